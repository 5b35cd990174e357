"""The benchmark of the characters: its figures on pictures with known answers, and the whole table on tiny data."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from PIL import Image

from bench import character_quality as bench
from bench.painted_characters import Painter, partners, studio_or_none
from ml.characters.archetypes import ARCHETYPES
from ml.characters.sculpture import SURFACES
from ml.export import characters as export
from ml.export.character_metrics import (
    haze,
    height_difference,
    height_shifts,
    overlap,
    rims,
    surface_colours,
    surface_distance,
)
from ml.export.metrics import Pictures
from ml.train import characters as train
from ml.train.character_data import load_characters
from ml.train.character_recipe import load_character_recipe
from ml.train.data import DataError
from ml.train.enlarger_recipe import load_enlarger_recipe
from ml.train.matcher import load_matcher, others, save_matcher, train_matcher
from ml.train.recipe import recipe_to_plain
from tests.fakes.tiny_characters import write_tiny_enlarger
from tests.ml.character_renders import tiny_character_recipe, write_character_render
from tests.ml.enlarger_renders import SHIPPED as ENLARGER_RECIPE

TRAINED, HELD_OUT = (0, 1, 12, 13, 24, 25), (2, 3, 14, 15)


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Fewer halvings: what they are a mean of is the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ml.export.material_metrics.HALVINGS", 2)
        patch.setattr("ml.export.material_metrics.SLICED_HALVINGS", 1)
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Renders of knights and aliens, and a model that was trained on them for two steps."""
    path = tmp_path_factory.mktemp("bench")
    (path / "tiny.toml").write_text(tiny_character_recipe(), encoding="utf-8")
    for split, seeds in (("train", TRAINED), ("test", HELD_OUT)):
        for seed in seeds:
            write_character_render(path / split, seed)
    command = ["--recipe", str(path / "tiny.toml"), "--data", str(path / "train")]
    assert train.main([*command, "--out", str(path / "run"), "--steps", "2"]) == 0
    wrote = ["--out", str(path / "models"), "--page", str(path / "pages")]
    assert export.main(["--checkpoint", str(path / "run" / "checkpoint.pt"), *wrote]) == 0
    plain = recipe_to_plain(load_enlarger_recipe(ENLARGER_RECIPE))
    write_tiny_enlarger(path / "models", training={"recipe": plain})
    return path


def command(folder: Path, *more: str) -> list[str]:
    places = [
        "--train",
        str(folder / "train"),
        "--test",
        str(folder / "test"),
        "--judges",
        str(folder / "judges"),
    ]
    return [*places, "--models", str(folder / "models"), "--judge-steps", "3", "--runs", "1", *more]


def figure() -> np.ndarray:
    """Two views (2, 100, 40) of something with a head, shoulders and legs."""
    drawn = np.zeros((2, 100, 40), bool)
    drawn[:, 10:25, 16:24] = True
    drawn[:, 25:60, 8:32] = True
    drawn[:, 60:90, 12:18] = drawn[:, 60:90, 22:28] = True
    return drawn


ROWS = (10.0, 25.0, 60.0, 90.0)


def test_views_that_are_where_their_guides_are_agree_in_all_heights() -> None:
    assert height_shifts(figure(), figure(), ROWS).tolist() == [[0] * 4] * 2
    assert height_difference(figure(), figure(), ROWS) == 0


def test_a_view_that_is_moved_does_not_agree_and_two_moved_alike_do() -> None:
    moved = figure()
    moved[1] = np.roll(moved[1], 3, axis=0)
    assert height_shifts(moved, figure(), ROWS)[1].tolist() == [3] * 4
    assert height_difference(moved, figure(), ROWS) == pytest.approx(3 / 80)
    assert height_difference(np.roll(figure(), 3, axis=1), figure(), ROWS) == 0


def test_shoulders_that_sit_lower_in_one_view_are_found_alone() -> None:
    lower = figure()
    lower[1, 25:29, 8:32] = False
    lower[1, 25:29, 16:24] = True
    assert height_shifts(lower, figure(), ROWS)[1].tolist() == [0, 4, 0, 0]
    assert height_difference(lower, figure(), ROWS) == pytest.approx(4 / 80)


def test_a_guide_without_a_figure_has_no_heights() -> None:
    with pytest.raises(ValueError, match="without a figure"):
        height_difference(figure(), figure() & False, ROWS)


def test_overlap_is_intersection_over_union() -> None:
    one = np.array([True, True, False, False])
    assert overlap(one, np.array([False, True, True, False])) == pytest.approx(1 / 3)
    assert overlap(one & False, one & False) == 1


def disc(edge: int) -> np.ndarray:
    """A grey disc (4, 64, 64) whose half-clear outline has that brightness."""
    rows, columns = np.mgrid[:64, :64]
    radius = np.hypot(rows - 31.5, columns - 31.5)
    view = np.zeros((4, 64, 64), np.uint8)
    view[:3, radius < 21] = edge
    view[:3, radius < 20] = 128
    view[3, radius < 21] = 128
    view[3, radius < 20] = 255
    return view


def test_a_rim_is_seen_on_the_ground_that_it_stands_out_from() -> None:
    assert rims(disc(128)).tolist() == pytest.approx([0, 0, 0], abs=1e-4)
    black, grey, white = rims(disc(255))
    assert white == pytest.approx(0, abs=1e-4)
    # half of the way from grey to white, at half alpha
    assert black == pytest.approx(100 * 127 / 255 * 128 / 255, rel=0.01)
    assert grey == pytest.approx(black)
    assert rims(disc(0))[2] > 20
    assert rims(np.zeros((4, 8, 8), np.uint8)).tolist() == [0, 0, 0]


def test_haze_is_what_is_painted_far_from_the_figure() -> None:
    view = disc(128)
    assert haze(view, view[3] > 0) == 0
    view[3, :2] = 51
    assert haze(view, view[3] > 60) > 0.5
    assert haze(view, np.ones((64, 64), bool)) == 0


def test_colours_are_those_of_surfaces_that_are_large_enough() -> None:
    views = np.zeros((1, 4, 10, 10), np.uint8)
    views[:, 3], views[:, 0, :5] = 255, 200
    surfaces = np.ones((1, 10, 10), int)
    surfaces[:, :5], surfaces[:, 9, :3] = 2, 3
    found = surface_colours(views, surfaces, 3)
    assert found[0, 0] == pytest.approx(0, abs=1e-3)
    assert found[1, 1] > 30
    assert np.isnan(found[2]).all()
    assert surface_distance(found, found) == 0
    assert surface_distance(found, found[[1, 0, 2]]) > 20
    assert np.isnan(surface_distance(found, found * np.nan))


def coloured(count: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Fronts and sides whose upper and lower halves have the character's two colours."""
    rng = np.random.default_rng(seed)
    colours = rng.integers(0, 256, (count, 2, 3))
    views = np.zeros((2, count, 3, 64, 64))
    for half, rows in enumerate((slice(0, 32), slice(32, 64))):
        views[:, :, :, rows] = colours[None, :, half, :, None, None]
    noisy = np.clip(views + rng.normal(0, 8, views.shape), 0, 255).astype(np.uint8)
    return torch.from_numpy(noisy[0]), torch.from_numpy(noisy[1])


def test_the_matcher_learns_who_belongs_together(tmp_path: Path) -> None:
    fronts, sides = coloured(40, 1)
    archetypes = torch.arange(40) // 4
    save_matcher(tmp_path / "views.pt", train_matcher(fronts, sides, archetypes, 60, seed=0))
    matcher = load_matcher(tmp_path / "views.pt")
    front, side = coloured(30, 2)
    assert matcher.says_one(front, side).float().mean() > 0.8
    assert matcher.says_one(front, side.roll(1, 0)).float().mean() < 0.2
    assert torch.equal(matcher.says_one(front, side), matcher.says_one(side, front))
    with pytest.raises(ValueError, match="at least two"):
        train_matcher(fronts[:1], sides[:1], archetypes[:1], 1, seed=0)


def test_another_is_mostly_of_the_same_archetype_and_never_the_same() -> None:
    archetypes = torch.tensor([0, 0, 0, 1, 2, 2])
    rows = torch.arange(6).repeat(40)
    found = others(rows, archetypes, torch.Generator().manual_seed(0))
    assert (found != rows).all()
    several = archetypes[rows] != 1
    alike = (archetypes[found] == archetypes[rows])[several].float().mean()
    assert 0.7 < alike < 0.95


def test_mixing_takes_shape_from_one_and_colours_from_the_other(folder: Path) -> None:
    model = studio_or_none(folder / "models")
    assert model is not None
    net = load_character_recipe(folder / "tiny.toml").net
    held_out = load_characters([folder / "test"], net)[0]
    assert partners(held_out) == [(0, 2), (2, 0), (1, 3), (3, 1)]
    painter = Painter(model, held_out)
    mixed, body, look = (painter.inputs(*who, seed=5) for who in ((0, 2), (0, 0), (2, 2)))
    assert np.array_equal(mixed["labels"], body["labels"])
    colours = 3 * len(SURFACES)
    assert np.array_equal(mixed["controls"][:, :colours], look["controls"][:, :colours])
    assert np.array_equal(mixed["controls"][:, colours:], body["controls"][:, colours:])
    assert not painter.inputs(0, 0, 5, truncation=0.0)["style"].any()
    assert painter.paint([0, 1], [0, 1], [0, 1]).shape == (2, 2, 4, 48, 32)


def test_one_command_measures_everything_and_writes_sheets(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main(command(folder, "--json", "--pictures", str(folder / "sheets"))) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert {"filmai_kid", "class_accuracy", "diversity", "nearest_training"} < set(rows)
    assert "seam_ratio" not in rows
    assert rows["filmai_kid"]["met"] is None, "without a reference there is nothing to be a quarter of"
    # the renders of these tests are their guides, filled
    assert rows["heights_agree"]["floor"] == 1
    assert rows["haze"]["floor"] == 0
    assert 0 <= rows["views_match"]["ours"] <= 1
    assert rows["mixing_outline"]["ours"] > 0
    assert 0 <= rows["truncation_0"]["ours"] < rows["truncation_half"]["ours"] < 1.2
    for name in ("concept_seconds", "painting_seconds", "enlarging_seconds"):
        assert rows[name]["ours"] > 0
    assert rows["painting_seconds"]["floor"] > 0
    for name in ("knight", "alien"):
        with Image.open(folder / "sheets" / f"{name}.png") as sheet:
            assert sheet.size == (2 * (2 * 32 + 6), 2 * (48 + 6))


def test_without_the_model_the_other_columns_are_measured_with_the_same_judges(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "RECIPE", folder / "tiny.toml")
    for _ in range(2):
        assert bench.main(command(folder, "--models", str(tmp_path))) == 0
        out, err = capsys.readouterr()
    assert "training" not in err, "judges that are there are not trained again"
    assert "no characters' model" in err
    assert "Front and side: said to be one" in out
    assert "A concept of" not in out


def test_the_reference_is_read_in_the_order_of_its_own_classes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    families = tuple(sorted(archetype.id for archetype in ARCHETYPES))
    card = SimpleNamespace(card=SimpleNamespace(families=families))
    monkeypatch.setattr(bench, "find_model", lambda *_: card)
    images, classes = torch.zeros(24, 3, 64, 64, dtype=torch.uint8), torch.arange(12).repeat_interleave(2)
    monkeypatch.setattr(bench, "reference_pictures", lambda *_: Pictures(images, classes))
    drawn = bench.reference_fronts(folder, 2)
    assert drawn is not None
    assert [ARCHETYPES[index].id for index in drawn.classes[::2]] == list(families)
    assert bench.reference_fronts(None, 2) is None
    card.card.families = ("brick",)
    with pytest.raises(DataError, match="other classes"):
        bench.reference_fronts(folder, 2)


@pytest.mark.parametrize("missing", ["--train", "--test", "--reference"])
def test_what_is_missing_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    assert bench.main(command(folder, missing, str(tmp_path / "nothing"))) == 2
    assert "nothing" in capsys.readouterr().err


def test_judges_of_something_else_are_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "archetypes.pt").write_bytes(b"nothing")
    assert bench.main(command(folder, "--judges", str(tmp_path))) == 2
    assert "damaged or no checkpoint" in capsys.readouterr().err
