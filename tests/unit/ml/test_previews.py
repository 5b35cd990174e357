"""The preview job on a tiny network: small pictures that are the materials themselves."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.errors import JobCancelled, TaskError
from ml.protocol import GenerateMaterial, LayoutWish
from ml.protocol_preview import MaterialPreview, PreviewMaterials, PreviewSheet
from ml.tasks import TaskContext, make_networks, run_task
from tests.fakes.tiny_model import write_tiny_studio
from tests.unit.ml.test_material_task import generate, pixels_of, wish

Steps = list[tuple[str, int, int]]


@pytest.fixture
def models(tmp_path: Path) -> Path:
    write_tiny_studio(tmp_path / "models")
    return tmp_path / "models"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def preview(models: Path, material: GenerateMaterial, px: int = 128, stop_at: int = -1) -> PreviewSheet:
    def progress(_phase: str, step: int, _total: int) -> None:
        if step == stop_at:
            raise JobCancelled

    request = PreviewMaterials(material.job, material, px)
    result = run_task(request, TaskContext(models, make_networks(), progress))
    assert isinstance(result, PreviewSheet)
    return result


def picture(made: MaterialPreview) -> np.ndarray:
    with Image.open(made.path) as opened:
        return np.asarray(opened).astype(float)


@pytest.mark.parametrize(("vary", "last"), [("both", (15, 15)), ("layout", (15, 7)), ("look", (7, 15))])
def test_a_sheet_shows_the_variations_that_the_material_would_have(
    models: Path, out: Path, vary: str, last: tuple[int, int]
) -> None:
    sheet = preview(models, wish(out, variations=9, vary=vary))
    assert len(sheet.previews) == 9
    seeds = [(made.layout_seed, made.look_seed) for made in sheet.previews]
    assert (seeds[0], seeds[-1]) == ((7, 7), last)
    assert len(list(out.iterdir())) == 9
    assert {picture(made).shape for made in sheet.previews} == {(128, 128, 3)}


def test_a_preview_has_the_layout_and_the_colours_of_the_material_in_full(models: Path, out: Path) -> None:
    (small,) = preview(models, wish(out, width_px=512, height_px=512)).previews
    full = generate(models, wish(out, width_px=512, height_px=512, maps=("basecolor", "height"))).materials[0]
    colours = pixels_of(full, "basecolor").astype(float)
    reduced = colours.reshape(128, 4, 128, 4, 3).mean((1, 3))
    assert np.abs(picture(small).mean((0, 1)) - reduced.mean((0, 1))).max() < 20
    other = preview(models, wish(out, layout_seed=8, width_px=512, height_px=512)).previews[0]
    grey, same, another = (values.mean(-1).ravel() for values in (reduced, picture(small), picture(other)))
    assert np.corrcoef(grey, same)[0, 1] > np.corrcoef(grey, another)[0, 1] + 0.2


def test_relief_is_seen_in_it(models: Path, out: Path) -> None:
    flat, deep = (
        picture(preview(models, wish(out, relief_widths=depth)).previews[0]) for depth in (0.0, 0.05)
    )
    assert deep.std() > flat.std()
    (colours,) = generate(models, wish(out, maps=("basecolor",))).materials
    # what is flat keeps its colour
    assert np.abs(flat - pixels_of(colours, "basecolor")).max() <= 1


@pytest.mark.parametrize(
    ("width", "height", "across", "shape"),
    [
        (1024, 1024, 4, (128, 128, 3)),
        (2048, 1024, 1, (64, 128, 3)),
        (512, 2048, 2, (128, 32, 3)),
        (8192, 64, 1, (1, 128, 3)),
    ],
)
def test_it_has_the_shape_of_the_material(
    models: Path, out: Path, width: int, height: int, across: int, shape: tuple[int, ...]
) -> None:
    layout = LayoutWish(across=across, numbers=(), choices=(), image="")
    sheet = preview(models, wish(out, width_px=width, height_px=height, layout=layout))
    assert picture(sheet.previews[0]).shape == shape
    assert (sheet.previews[0].height_px, sheet.previews[0].width_px) == shape[:2]


def test_the_same_sheet_has_the_same_bytes(models: Path, out: Path) -> None:
    first, again = (preview(models, wish(out, variations=3)).previews for _ in range(2))
    assert [made.sha256 for made in first] == [made.sha256 for made in again]
    assert len({made.sha256 for made in first}) == 3


@pytest.mark.parametrize("at", [0, 1, 3, 6, 9])
def test_a_cancelled_sheet_leaves_no_file(models: Path, out: Path, at: int) -> None:
    with pytest.raises(JobCancelled):
        preview(models, wish(out, variations=3), stop_at=at)
    assert list(out.iterdir()) == []


def test_steps_never_go_back_and_reach_their_total(models: Path, out: Path) -> None:
    told: Steps = []
    context = TaskContext(models, make_networks(), lambda *step: told.append(step))
    run_task(PreviewMaterials("a", wish(out, variations=4), 64), context)
    assert [step for _, step, _ in told] == list(range(len(told)))
    assert {total for _, _, total in told} == {len(told) - 1}


def test_the_users_own_picture_is_the_layout(models: Path, out: Path, tmp_path: Path) -> None:
    layout = LayoutWish(across=1, numbers=(), choices=(), image=str(tmp_path / "gone.png"))
    with pytest.raises(TaskError, match=r"gone\.png"):
        preview(models, wish(out, layout=layout))
    mask = np.zeros((64, 64), np.uint8)
    mask[8:56, 8:56] = 255
    Image.fromarray(mask).save(tmp_path / "gone.png")
    assert preview(models, wish(out, layout=layout)).previews[0].width_px == 128


def test_a_missing_model_or_folder_is_told(models: Path, out: Path, tmp_path: Path) -> None:
    with pytest.raises(TaskError) as caught:
        preview(tmp_path, wish(out))
    assert caught.value.code == "MODEL_MISSING"
    with pytest.raises(TaskError) as caught:
        preview(models, wish(out / "not there"))
    assert caught.value.code == "FOLDER_NOT_WRITABLE"


@pytest.mark.parametrize(
    ("px", "job", "word"), [(63, "a", "preview_px"), (257, "a", "preview_px"), (128, "b", "job")]
)
def test_what_cannot_be_previewed_is_refused_by_name(out: Path, px: int, job: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        PreviewMaterials(job, wish(out), px)


def test_a_sheet_takes_no_look_at_what_maps_were_asked_for(models: Path, out: Path) -> None:
    one, other = (preview(models, wish(out, maps=maps)).previews[0] for maps in (("height",), ("basecolor",)))
    assert one.sha256 == other.sha256
