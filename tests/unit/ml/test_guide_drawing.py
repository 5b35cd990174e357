"""Layouts as they are asked for: patterns by name, measures, wear, and the user's own picture."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from ml.materials.drawing import DrawnGuide, GuideWish, draw_guide
from ml.materials.own_layout import read_own_layout
from ml.materials.patterns import PATTERNS


def drawn(
    family: str = "brick",
    numbers: Mapping[str, float] | None = None,
    choices: Mapping[str, str] | None = None,
    wear: float | None = None,
    picture: np.ndarray | None = None,
    seed: int = 3,
    px: int = 96,
) -> DrawnGuide:
    return draw_guide(GuideWish(family, seed, numbers or {}, choices or {}, wear, picture), px)


def courses(relief: np.ndarray) -> int:
    """How many rows of something: rises of the mean from top to bottom, around the border."""
    high = relief.mean(1) > relief.mean()
    return int((~high & np.roll(high, -1)).sum())


def seam_over_inside(channel: np.ndarray, axis: int) -> float:
    inside = np.abs(np.diff(channel, axis=axis)).mean(axis=1 - axis)
    return float(np.abs(channel.take(0, axis) - channel.take(-1, axis)).mean() / max(inside.max(), 1e-6))


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_is_drawn_periodic_and_the_same_again(pattern: str) -> None:
    first, again = (drawn(choices={"pattern": pattern}).guide for _ in range(2))
    assert first.shape == (96, 96, 4)
    assert first.dtype == np.float32
    assert np.array_equal(first, again)
    assert first.min() >= 0
    assert first.max() <= 1
    assert first[..., 0].std() > 0.1
    for axis in (0, 1):
        assert seam_over_inside(first[..., 0], axis) < 1.5


@pytest.mark.parametrize("pattern", [name for name in PATTERNS if name != "panels"])
def test_several_tiles_of_a_pattern_are_alike_and_not_the_same(pattern: str) -> None:
    wish = GuideWish("brick", 3, {}, {"pattern": pattern}, None, None)
    one, four = draw_guide(wish, 96).guide, draw_guide(replace(wish, tiles=2), 96)
    assert (four.tiles, four.guide.shape) == (2, (192, 192, 4))
    quarters = [four.guide[down : down + 96, across : across + 96] for down in (0, 96) for across in (0, 96)]
    for other in quarters[1:]:
        assert np.abs(quarters[0][..., 1] - other[..., 1]).mean() > 0.05, "cells repeat"
        assert np.array_equal(quarters[0][..., 3], other[..., 3])
    for axis in (0, 1):
        assert seam_over_inside(four.guide[..., 0], axis) < 1.5
        steps = [np.abs(np.diff(guide[..., 0], axis=axis)).mean() for guide in (one, four.guide)]
        assert steps[1] == pytest.approx(steps[0], rel=0.3), "features have another size"
    assert four.guide[..., 0].mean() == pytest.approx(one[..., 0].mean(), abs=0.1)


def test_a_familys_own_layout_a_picture_and_panels_are_one_tile() -> None:
    for choices, picture in (({}, None), ({}, np.eye(8, dtype=np.float32)), ({"pattern": "panels"}, None)):
        made = draw_guide(GuideWish("brick", 3, {}, choices, None, picture, tiles=3), 64)
        assert (made.tiles, made.guide.shape) == (1, (64, 64, 4))


@pytest.mark.parametrize("pattern", ["hexagons", "voronoi", "cracks", None])
def test_no_angle_wraps_round_within_a_cell(pattern: str | None) -> None:
    for seed in range(6):
        guide = drawn("cobblestone", choices={"pattern": pattern} if pattern else {}, seed=seed).guide
        inside = (guide[..., 0] > 0.5) & (np.roll(guide[..., 0], 1, axis=0) > 0.5)
        jumps = np.abs(guide[..., 2] - np.roll(guide[..., 2], 1, axis=0))[inside]
        assert jumps.max() < 0.3


@pytest.mark.parametrize("rows", [4, 6, 10])
def test_rows_are_as_many_as_were_asked_for(rows: int) -> None:
    asked = {"rows": float(rows), "regularity": 1.0}
    bond = drawn(numbers=asked, choices={"pattern": "running_bond"})
    assert courses(bond.guide[..., 0]) == rows
    assert bond.notes == ()
    assert courses(drawn(numbers=asked).guide[..., 0]) == rows, "the family's own layout knows rows too"


def test_a_count_that_a_pattern_cannot_have_becomes_the_nearest_and_is_told() -> None:
    (note,) = drawn(numbers={"rows": 6}, choices={"pattern": "herringbone"}).notes
    assert "8 rows, not 6" in note


def test_a_wider_gap_lowers_more_and_less_regular_is_less_regular() -> None:
    def low(gap: float) -> float:
        return float(
            (drawn(numbers={"gap": gap}, choices={"pattern": "stack_bond"}).guide[..., 0] < 0.25).mean()
        )

    assert low(0.05) < low(0.2) < low(0.4)

    def spread(regularity: float) -> float:
        cells = drawn(numbers={"regularity": regularity}, choices={"pattern": "voronoi"}).guide[..., 1]
        return float(np.std(np.unique(cells, return_counts=True)[1]))

    assert spread(1.0) < spread(0.2)


def test_wear_that_is_asked_for_shows() -> None:
    amounts = [drawn(wear=wear).guide[..., 3].mean() for wear in (0.0, 0.5, 1.0)]
    assert amounts[0] < amounts[1] < amounts[2]


def test_what_a_family_does_not_know_is_told() -> None:
    notes = drawn("sand", numbers={"rows": 4}, choices={"smell": "roses"}).notes
    assert len(notes) == 2
    assert "Sand" in notes[0]
    assert "rows" in notes[0]
    assert "smell" in notes[1]


def test_an_unknown_pattern_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="herringbone"):
        drawn(choices={"pattern": "spaghetti"})


def mask() -> np.ndarray:
    picture = np.zeros((80, 80), np.float32)
    picture[10:40, 10:70] = 1
    # one region, across the border
    picture[50:70, 60:] = 1
    picture[50:70, :20] = 1
    return picture


def test_a_mask_rises_from_its_borders_and_its_regions_are_numbered_around_the_border() -> None:
    own = read_own_layout(mask(), 80, 3)
    assert own.notes == ()
    assert own.relief[5, 5] == 0
    assert own.relief[25, 40] > own.relief[11, 40] >= 0.25
    assert own.cell[60, 70] == own.cell[60, 10] != own.cell[25, 40]


def test_a_painting_with_greys_is_the_relief_itself() -> None:
    waves = np.sin(np.linspace(0, 2 * np.pi, 64, endpoint=False, dtype=np.float32)) * 0.5 + 0.5
    own = read_own_layout(np.broadcast_to(waves, (64, 64)), 64, 3)
    assert own.notes == ()
    assert np.abs(own.relief - waves).max() < 0.01


def test_a_picture_that_does_not_tile_is_told_with_its_sides() -> None:
    ramp = np.broadcast_to(np.linspace(0, 1, 64, dtype=np.float32), (64, 64))
    assert "left and right" in " ".join(read_own_layout(ramp, 64, 3).notes)
    assert "upper and lower" in " ".join(read_own_layout(ramp.T, 64, 3).notes)
    oblong = read_own_layout(np.tile(mask(), (1, 2)), 64, 3)
    assert "not square" in " ".join(oblong.notes)


@pytest.mark.parametrize("shape", [(1, 1), (64, 64), (0, 0)])
def test_a_picture_that_holds_nothing_is_refused(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="all of one grey"):
        read_own_layout(np.full(shape, 0.5, np.float32), 64, 3)


@pytest.mark.parametrize("shape", [(2, 2), (3, 500), (700, 31)])
def test_pictures_of_any_size_fit(shape: tuple[int, int]) -> None:
    picture = np.random.default_rng(0).random(shape, np.float32).round()
    picture.flat[0], picture.flat[-1] = 0, 1
    own = read_own_layout(picture, 96, 3)
    assert own.relief.shape == own.cell.shape == (96, 96)
    assert np.isfinite(own.relief).all()
