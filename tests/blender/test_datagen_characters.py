"""A character rendered in a real Blender: its files, its alpha, and a picture that fits its guide."""

import json
from pathlib import Path

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")
pytest.importorskip("PIL")
pytest.importorskip("tqdm")

from PIL import Image  # noqa: E402  (skipped before it where Blender is missing)

from ml.characters.sculpture import PARTS  # noqa: E402
from ml.datagen.characters.__main__ import main  # noqa: E402
from ml.datagen.characters.overview import overview  # noqa: E402
from ml.datagen.characters.render import archetype_of, render_character  # noqa: E402
from ml.datagen.characters.render_files import character_paths  # noqa: E402
from ml.datagen.characters.stage import Stage  # noqa: E402

WIDTH_PX, HEIGHT_PX = 64, 96


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Front and side of one knight."""
    found = tmp_path_factory.mktemp("characters")
    with Stage((WIDTH_PX, HEIGHT_PX), samples=2) as stage:
        render_character(stage, found, "knight", 0, "train", ("front", "side"))
    return found


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGBA"), dtype=np.float64)


def test_the_picture_shows_what_the_guide_says(folder: Path) -> None:
    paths = character_paths(folder, 0)
    views, guide = pixels(paths["views"]), pixels(paths["guide"])
    assert views.shape == guide.shape == (HEIGHT_PX, 2 * WIDTH_PX, 4)
    solid, drawn = views[..., 3] > 127, guide[..., 0] > 0
    # straps, rivets and plumes are finer in the render
    assert (solid & drawn).sum() / (solid | drawn).sum() > 0.93
    assert views[..., 3][drawn].mean() > 240
    assert guide[..., 0].max() <= len(PARTS)


def test_the_background_is_transparent_and_edges_are_soft(folder: Path) -> None:
    alpha = pixels(character_paths(folder, 0)["views"])[..., 3]
    assert alpha[:2].max() == 0
    assert 0.005 < np.mean((alpha > 10) & (alpha < 245)) < 0.2


def test_edges_have_no_dark_halo(folder: Path) -> None:
    views = pixels(character_paths(folder, 0)["views"])
    alpha, light = views[..., 3], views[..., :3].mean(axis=2)
    edge, inside = (alpha > 40) & (alpha < 200), alpha > 250
    # colours are not mixed with the black of nothing: edges, lit from behind, are no darker than what they bound
    assert light[edge].mean() > 0.8 * light[inside].mean()


def test_the_truth_says_who_it_is_and_how_high(folder: Path) -> None:
    truth = json.loads(character_paths(folder, 0)["truth"].read_text(encoding="utf-8"))
    assert (truth["archetype"], truth["seed"], truth["split"]) == ("knight", 0, "train")
    assert truth["views"] == ["front", "side"]
    assert 1.7 <= truth["heights_m"]["head_top"] <= 2.0
    rows = np.flatnonzero((pixels(character_paths(folder, 0)["views"])[..., 3] > 127).any(axis=1))
    assert (rows[-1] + 1) == pytest.approx(truth["ground_px"], abs=2)


def test_an_overview_shows_what_is_there_and_needs_something(folder: Path, tmp_path: Path) -> None:
    assert overview(folder, range(4)).width == 2 * WIDTH_PX
    with pytest.raises(ValueError, match="render some first"):
        overview(tmp_path, range(4))


def test_archetypes_take_turns() -> None:
    assert archetype_of(0) != archetype_of(1)
    assert [archetype_of(seed, ("monk", "robot")) for seed in range(3)] == ["monk", "robot", "monk"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--count", "0"], "1 or more"),
        (["--height", "100"], "multiple of 48"),
        (["--views", "front,below"], "'below'"),
        (["--archetypes", "dentist"], "knight"),
    ],
)
def test_options_that_cannot_be_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str], words: str
) -> None:
    assert main(["--out", str(tmp_path), *options]) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
