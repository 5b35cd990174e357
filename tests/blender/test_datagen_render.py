"""Material renders in a real Blender: repeatable, seamless, resumable, complete."""

import json
from pathlib import Path

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")
pytest.importorskip("PIL")
pytest.importorskip("tqdm")

from PIL import Image  # noqa: E402  (skipped before it where Blender is missing)

from ml.datagen import materials  # noqa: E402
from ml.datagen.render import MaterialRenderer, Part, render_paths  # noqa: E402
from ml.families import FAMILIES  # noqa: E402
from ml.materials.recipe import RECIPES  # noqa: E402

SIZE_PX = 32


@pytest.fixture(scope="module")
def renderer() -> MaterialRenderer:
    return MaterialRenderer(SIZE_PX, samples=16)


def pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"), dtype=np.float64)


def test_every_family_has_a_recipe_and_no_recipe_lacks_a_family() -> None:
    assert set(RECIPES) == {family.id for family in FAMILIES}


@pytest.mark.parametrize("family", ["rock", "leaves"])
def test_the_same_seed_renders_the_same_bytes(
    renderer: MaterialRenderer, tmp_path: Path, family: str
) -> None:
    first = renderer.render(family, 5, "train", tmp_path / "first")
    renderer.render("marble", 1, "train", tmp_path / "between")
    second = renderer.render(family, 5, "train", tmp_path / "second")
    for kind, path in first.items():
        assert path.read_bytes() == second[kind].read_bytes(), kind


def test_another_seed_and_another_split_render_other_pictures(
    renderer: MaterialRenderer, tmp_path: Path
) -> None:
    train = renderer.render("sand", 5, "train", tmp_path / "train")
    other = renderer.render("sand", 6, "train", tmp_path / "train")
    test = renderer.render("sand", 5, "test", tmp_path / "test")
    assert np.abs(pixels(train["albedo"]) - pixels(other["albedo"])).mean() > 1.0
    assert np.abs(pixels(train["albedo"]) - pixels(test["albedo"])).mean() > 1.0
    assert json.loads(test["truth"].read_text())["split"] == "test"


def test_the_truth_names_family_seed_size_and_parameters(renderer: MaterialRenderer, tmp_path: Path) -> None:
    truth = json.loads(renderer.render("leaves", 3, "train", tmp_path)["truth"].read_text())
    assert (truth["family"], truth["seed"], truth["size_px"]) == ("leaves", 3, SIZE_PX)
    assert truth["shape"] in ("ovate", "lobed", "maple")


@pytest.mark.parametrize("family", sorted(RECIPES))
def test_tiles_repeat_exactly(renderer: MaterialRenderer, tmp_path: Path, family: str) -> None:
    """A render moved by 13 of its 32 pixels shows the same picture, rolled by as many."""
    whole = pixels(renderer.render(family, 1, "train", tmp_path / "whole")["albedo"])
    part = Part(SIZE_PX, (13 / SIZE_PX, 13 / SIZE_PX))
    moved = pixels(renderer.render(family, 1, "train", tmp_path / "moved", part)["albedo"])
    rolled = np.roll(whole, (13, -13), axis=(0, 1))
    # the few samples per pixel lie elsewhere, which leaves some noise along edges
    assert np.abs(rolled - moved).mean() < 0.3 * np.abs(whole - moved).mean()


@pytest.mark.parametrize("family", ["sand", "leaves", "wood_grain"])
def test_the_step_across_the_border_is_like_those_inside(
    renderer: MaterialRenderer, tmp_path: Path, family: str
) -> None:
    across, inside = 0.0, 0.0
    for seed in range(6):
        picture = pixels(renderer.render(family, seed, "train", tmp_path)["albedo"])
        for axis in (0, 1):
            inside += np.abs(np.diff(picture, axis=axis)).mean()
            across += np.abs(np.take(picture, 0, axis) - np.take(picture, -1, axis)).mean()
    assert across / inside == pytest.approx(1.0, abs=0.3)


def test_a_part_of_a_tile_is_rendered_close_up(renderer: MaterialRenderer, tmp_path: Path) -> None:
    whole = renderer.render("brick", 4, "train", tmp_path / "whole")["guide"]
    paths = renderer.render("brick", 4, "train", tmp_path / "part", Part(2 * SIZE_PX, (0.5, 0.25)))
    with Image.open(whole) as picture:
        # rows count from the top, the corner from the bottom
        expected = picture.convert("RGB").crop((16, 8, 32, 24)).resize((SIZE_PX, SIZE_PX))
    difference = np.abs(pixels(paths["guide"]) - np.asarray(expected, dtype=np.float64)).mean()
    assert difference < 0.5 * np.abs(pixels(paths["guide"]) - pixels(whole)).mean()
    truth = json.loads(paths["truth"].read_text())
    assert (truth["tile_px"], truth["corner"], truth["size_px"]) == (2 * SIZE_PX, [0.5, 0.25], SIZE_PX)
    assert 0 <= truth["wear"] <= 1


def test_maps_hold_height_roughness_and_metallic(renderer: MaterialRenderer, tmp_path: Path) -> None:
    maps = pixels(renderer.render("rock", 2, "train", tmp_path)["maps"])
    assert maps[..., 0].std() > 2.0, "rock has relief"
    assert maps[..., 1].mean() > 64, "rock is rough"
    assert maps[..., 2].max() == 0, "rock is no metal"


def run(out: Path, *more: str) -> int:
    shard = ["--shard", "0/1", "--size", "16", "--samples", "1", "--families", "granite", "--count", "2"]
    return materials.main(["--out", str(out), *shard, *more])


def test_a_finished_render_is_kept_and_one_without_truth_is_made_again(tmp_path: Path) -> None:
    assert run(tmp_path) == 0
    kept, remade = (render_paths(tmp_path / "train" / "granite", seed) for seed in (0, 1))
    before = kept["albedo"].read_bytes(), remade["albedo"].read_bytes()
    kept["albedo"].write_bytes(b"kept as it is")
    remade["albedo"].write_bytes(b"half a pic")
    remade["truth"].unlink()
    assert run(tmp_path) == 0
    assert kept["albedo"].read_bytes() == b"kept as it is"
    assert remade["albedo"].read_bytes() == before[1]


def test_seeds_take_the_sizes_of_the_tile_in_turn(tmp_path: Path) -> None:
    assert run(tmp_path, "--tile", "16,64") == 0
    truths = [
        json.loads(render_paths(tmp_path / "train" / "granite", seed)["truth"].read_text()) for seed in (0, 1)
    ]
    assert [truth["tile_px"] for truth in truths] == [16, 64]
    assert truths[0]["corner"] == [0, 0] != truths[1]["corner"]


def test_an_unknown_family_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert materials.main(["--out", str(tmp_path), "--families", "brick,cheese"]) == 2
    assert "cheese" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
