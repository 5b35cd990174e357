"""Export of the characters' network: the file paints what torch paints, and its card can be read."""

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from PIL import Image

from ml.characters.archetypes import ARCHETYPES
from ml.characters.character import draw_character
from ml.characters.network_inputs import CONTROL_CHANNELS, character_noise, network_inputs, tell
from ml.characters.sculpture import SURFACES
from ml.export import characters as export
from ml.export.character_painter import open_characters
from ml.export.parity import ParityError, measure_painter_parity, painter_function
from ml.infer.cards import CharacterCard
from ml.infer.models import find_model, list_models
from ml.train import characters as train
from tests.ml.character_renders import tiny_character_recipe, write_character_render


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a run of two steps."""
    path = tmp_path_factory.mktemp("run")
    (path / "tiny.toml").write_text(tiny_character_recipe(), encoding="utf-8")
    for seed in (0, 1, 12, 13):
        write_character_render(path / "data", seed)
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


def inputs(seed: int) -> dict[str, np.ndarray]:
    told = tell(draw_character(ARCHETYPES[seed].id, seed), ("front", "side"), 32, 48)
    return network_inputs(told, character_noise(seed, 2, (32, 48), 8, 32))


def test_the_worker_finds_a_model_with_all_that_it_needs(shipped: Path) -> None:
    models, problems = list_models(shipped / "models")
    assert (len(models), problems) == (1, ())
    card = find_model(shipped / "models", "character_studio", CharacterCard).card
    assert card.task == "characters"
    assert card.views == ("front", "side")
    assert card.families == tuple(archetype.id for archetype in ARCHETYPES)
    assert (card.width_px, card.height_px, card.surfaces) == (32, 48, SURFACES)
    assert [spec.name for spec in card.inputs] == list(inputs(0))
    assert card.inputs[0].dtype == "int64"
    assert card.inputs[-1].axes == ("1", str(CONTROL_CHANNELS))


def test_the_file_matches_torch(shipped: Path, checkpoint: Path) -> None:
    generator = open_characters(checkpoint).generator
    file = shipped / "models" / "character_studio" / "1" / "model.onnx"
    given = [inputs(0), inputs(1), inputs(2)]
    parity = measure_painter_parity(generator, file, given, "pictures")
    assert parity.max_abs_error < parity.allowed
    assert painter_function(file, "pictures")(given[1]).shape == (1, 2, 4, 48, 32)
    wrong = open_characters(checkpoint).generator
    wrong.last.bias.data += 1
    with pytest.raises(ParityError, match="differs"):
        measure_painter_parity(wrong, file, given[:1], "pictures")


def test_the_graph_is_clean(shipped: Path) -> None:
    file = shipped / "models" / "character_studio" / "1" / "model.onnx"
    assert not {node.op_type for node in onnx.load(file).graph.node} & {"If", "Loop", "ScatterND"}
    assert str(Path(__file__).parents[2]).encode() not in file.read_bytes(), "no folders of this machine"


def test_page_and_sheet_show_every_archetype_that_was_trained(shipped: Path) -> None:
    page = (shipped / "pages" / "character_studio.md").read_text(encoding="utf-8")
    assert "bench.character_quality measures them" in page
    assert "Never trained: wizard, robot" in page
    with Image.open(shipped / "pages" / "character_studio_samples.jpg") as sheet:
        assert sheet.size == (3 * (2 * 32 + 8), 2 * (48 + 24))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("views", [], "missing"), ("width_px", 30, "multiple of 16"), ("style_channels", 0, "out of range")],
)
def test_a_card_that_cannot_be_is_refused(
    tmp_path: Path, shipped: Path, field: str, value: object, words: str
) -> None:
    source = shipped / "models" / "character_studio" / "1"
    folder = tmp_path / "character_studio" / "1"
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes((source / "model.onnx").read_bytes())
    plain = json.loads((source / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps({**plain, field: value}))
    _, problems = list_models(tmp_path)
    assert words in problems[0]


def test_a_missing_or_foreign_checkpoint_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.pt").write_bytes(b"nothing")
    for name, words in (("absent.pt", "there is no checkpoint"), ("broken.pt", "damaged or no checkpoint")):
        assert export.main(["--checkpoint", str(tmp_path / name), "--out", str(tmp_path / "models")]) == 2
        assert words in capsys.readouterr().err
    assert not (tmp_path / "models").exists()
