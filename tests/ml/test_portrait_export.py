"""Export of the portraits' network, and the job on what the export wrote."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.characters.portraits import draw_portrait
from ml.errors import TaskError
from ml.export import portraits as export
from ml.export.parity import ParityError, measure_painter_parity
from ml.export.portrait_painter import head_inputs, open_portraits
from ml.infer.cards import PortraitCard
from ml.infer.models import find_model, list_models
from ml.nets.portrait import STYLED_LEVELS
from ml.protocol import Colour
from ml.protocol_characters import CharacterResult, GenerateCharacter
from ml.tasks import TaskContext, make_networks, run_task
from ml.train import portraits as train
from ml.train.portrait_recipe import PortraitRecipe, load_portrait_recipe
from tests.ml.character_renders import SIDE_PX, tiny_portrait_recipe, write_portrait_render


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a run of two steps."""
    path = tmp_path_factory.mktemp("run")
    (path / "tiny.toml").write_text(tiny_portrait_recipe(), encoding="utf-8")
    for seed in (0, 1, 12, 13):
        write_portrait_render(path / "data", seed)
    command = ["--recipe", str(path / "tiny.toml"), "--data", str(path / "data"), "--out", str(path / "out")]
    assert train.main([*command, "--steps", "2"]) == 0
    return path / "out" / "checkpoint.pt"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, checkpoint: Path) -> Path:
    """A folder with models and pages."""
    path = tmp_path_factory.mktemp("shipped")
    command = ["--checkpoint", str(checkpoint), "--out", str(path / "models"), "--page", str(path / "pages")]
    assert export.main(command) == 0
    return path


@pytest.fixture(scope="module")
def recipe(checkpoint: Path) -> PortraitRecipe:
    return load_portrait_recipe(checkpoint.parents[1] / "tiny.toml")


def wish(out: Path, **changes: object) -> GenerateCharacter:
    out.mkdir(exist_ok=True)
    plain = GenerateCharacter(
        job="a",
        archetype="villager",
        body_seed=7,
        look_archetype="villager",
        look_seed=7,
        variations=1,
        vary="both",
        build=None,
        height_m=None,
        numbers=(),
        main=None,
        second=None,
        truncation=1.0,
        height_px=128,
        enlarge=False,
        device="cpu",
        out_dir=str(out),
        portrait=True,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def paint(models: Path, request: GenerateCharacter) -> CharacterResult:
    result = run_task(request, TaskContext(models, make_networks(), lambda *_: None))
    assert isinstance(result, CharacterResult)
    return result


def front(result: CharacterResult) -> np.ndarray:
    with Image.open(result.characters[0].views[0].path) as picture:
        return np.asarray(picture).astype(float)


def test_the_worker_finds_a_model_with_all_that_it_needs(shipped: Path, recipe: PortraitRecipe) -> None:
    models, problems = list_models(shipped / "models")
    assert (len(models), problems) == (1, ())
    card = find_model(shipped / "models", "portrait_studio", PortraitCard).card
    assert (card.task, card.views) == ("portraits", ("front", "three_quarter"))
    assert (card.styled_levels, card.coarse_levels) == (STYLED_LEVELS, 2)
    given = head_inputs(draw_portrait("monk", 1), draw_portrait("monk", 2), recipe, 0.5)
    assert [spec.name for spec in card.inputs] == list(given)
    assert [spec.axes for spec in card.inputs] == [tuple(map(str, each.shape)) for each in given.values()]


def test_the_file_matches_torch(shipped: Path, checkpoint: Path, recipe: PortraitRecipe) -> None:
    wrong = open_portraits(checkpoint)
    file = shipped / "models" / "portrait_studio" / "1" / "model.onnx"
    given = [head_inputs(draw_portrait("monk", 1), draw_portrait("monk", 2), recipe, 0.5)]
    parity = measure_painter_parity(wrong.generator, file, given, "pictures")
    assert parity.max_abs_error < parity.allowed
    wrong.generator.mean_controls.data += 0.5
    with pytest.raises(ParityError, match="differs"):
        measure_painter_parity(wrong.generator, file, given, "pictures")


def test_page_and_sheet_show_heads_mixes_and_truncation(shipped: Path) -> None:
    page = (shipped / "pages" / "portrait_studio.md").read_text(encoding="utf-8")
    assert "Input `truncation`" in page
    assert "It was trained on villager, monarch." in page
    with Image.open(shipped / "pages" / "portrait_studio_samples.jpg") as sheet:
        assert sheet.size == (6 * (SIDE_PX + 4), 6 * (SIDE_PX + 18))


def test_a_portrait_is_square_in_both_views_and_hangs_over_its_ground(shipped: Path, tmp_path: Path) -> None:
    request = wish(tmp_path / "out", height_px=192)
    first, again = (paint(shipped / "models", request) for _ in range(2))
    assert first.characters == again.characters
    (made,) = first.characters
    assert [view.view for view in made.views] == ["front", "three_quarter"]
    for view in made.views:
        with Image.open(view.path) as picture:
            assert (picture.size, picture.mode) == ((192, 192), "RGBA")
    top_m = made.ground_m + made.height_m
    assert made.ground_m < -0.5, "the ground is far below"
    assert 0 < -made.ground_m < made.height_m < made.picture_height_m - made.ground_m
    assert top_m < made.picture_height_m < 1


def test_seeds_of_head_and_look_each_change_the_picture(shipped: Path, tmp_path: Path) -> None:
    plain = front(paint(shipped / "models", wish(tmp_path / "a")))
    head = front(paint(shipped / "models", wish(tmp_path / "b", body_seed=8)))
    look = front(paint(shipped / "models", wish(tmp_path / "c", look_seed=8)))
    assert np.abs(plain - head).mean() > 0.5
    assert np.abs(plain - look).mean() > 0.2


def test_at_truncation_zero_every_look_is_the_average(shipped: Path, tmp_path: Path) -> None:
    red, blue = Colour(1.0, 0.0, 0.0), Colour(0.0, 0.0, 1.0)

    def painted(main: Colour, truncation: float) -> np.ndarray:
        return front(paint(shipped / "models", wish(tmp_path / "out", main=main, truncation=truncation)))

    assert np.array_equal(painted(red, 0.0), painted(blue, 0.0))
    assert not np.array_equal(painted(red, 1.0), painted(blue, 1.0))


def test_who_has_no_portrait_is_named() -> None:
    with pytest.raises(ValueError, match="no portraits of robot; there are of villager"):
        wish(Path("/tmp"), look_archetype="robot")


def test_a_package_without_the_network_says_so(tmp_path: Path) -> None:
    with pytest.raises(TaskError, match="network for portraits") as caught:
        paint(tmp_path, wish(tmp_path / "out"))
    assert caught.value.code == "MODEL_MISSING"
    assert not any((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("coarse_levels", 5, "fewer than styled_levels"), ("width_px", 64, "square"), ("views", [], "missing")],
)
def test_a_card_that_cannot_be_is_refused(
    tmp_path: Path, shipped: Path, field: str, value: object, words: str
) -> None:
    source = shipped / "models" / "portrait_studio" / "1"
    folder = tmp_path / "portrait_studio" / "1"
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes((source / "model.onnx").read_bytes())
    plain = json.loads((source / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps({**plain, field: value}))
    _, problems = list_models(tmp_path)
    assert words in problems[0]


def test_a_broken_checkpoint_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.pt").write_bytes(b"nothing")
    assert export.main(["--checkpoint", str(tmp_path / "broken.pt"), "--out", str(tmp_path / "models")]) == 2
    assert "damaged or no checkpoint" in capsys.readouterr().err
    assert not (tmp_path / "models").exists()
