"""The drawn layouts: their form, their exact repeat, their determinism, and what each promises beyond that."""

from collections.abc import Callable

import numpy as np
import pytest

from ml import layouts
from ml.layouts import Layout

Draw = Callable[[int, int], Layout]
PX = 96

DRAWINGS: dict[str, Draw] = {
    "grid": lambda px, seed: layouts.grid(px, 6, 3, seed),
    "grid, odd rows": lambda px, seed: layouts.grid(px, 5, 3, seed, 0.5),
    "courses": lambda px, seed: layouts.courses(px, 5, 2.5, seed),
    "voronoi": lambda px, seed: layouts.voronoi(px, 5, 6, seed, 1.0),
    "hexagons": lambda px, seed: layouts.hexagons(px, 5, seed),
    "herringbone": lambda px, seed: layouts.herringbone(px, 8, seed),
    "basket": lambda px, seed: layouts.basket(px, 8, seed),
    "scales": lambda px, seed: layouts.scales(px, 6, 4, seed, 0.4),
    "straight tiles": lambda px, seed: layouts.overlaps(px, 4, 3, seed, "straight", 0.0, 0.5, 0.1),
    "wavy tiles": lambda px, seed: layouts.overlaps(px, 4, 5, seed, "wave", 0.3, 0.0, 0.05),
    "pointed tiles": lambda px, seed: layouts.overlaps(px, 4, 4, seed, "pointed", 0.6),
    "weave": lambda px, seed: layouts.weave(px, 8, seed),
    "twill": lambda px, seed: layouts.weave(px, 8, seed, 2, 2),
    "knit": lambda px, seed: layouts.knit(px, 8, 6, seed),
    "panels": lambda px, seed: layouts.panels(px, seed),
    "lozenges": lambda px, seed: layouts.lozenges(px, 4, 6, seed),
    "spots": lambda px, seed: layouts.spots(px, 3, 4, seed, 0.4, 0.8, 0.7),
    "turned": lambda px, seed: layouts.turned(layouts.courses(px, 5, 2.5, seed)),
    "warped": lambda px, seed: layouts.warped(layouts.voronoi(px, 5, 5, seed), 0.01, 4, seed),
    "rounded": lambda px, seed: layouts.rounded(layouts.voronoi(px, 5, 5, seed), 0.02),
}

every_drawing = pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)


def parts(layout: Layout) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return layout.edge, layout.cell, layout.slope


def test_every_public_layout_is_drawn_here() -> None:
    drawn = {name.split(",")[0] for name in DRAWINGS} | {"overlaps", "Layout"}
    assert set(layouts.__all__) <= drawn


@every_drawing
def test_three_square_float_pictures_from_zero_to_one(draw: Draw) -> None:
    for part in parts(draw(PX, 1)):
        assert part.shape == (PX, PX)
        assert part.dtype == np.float32
        assert np.isfinite(part).all()
        assert part.min() >= 0.0
        assert part.max() <= 1.0


@every_drawing
def test_edges_reach_from_the_gap_to_the_middle(draw: Draw) -> None:
    edge = draw(2 * PX, 1).edge
    assert edge.max() > 0.95
    assert edge.min() < 0.2


@every_drawing
def test_same_arguments_give_the_same_picture(draw: Draw) -> None:
    for first, second in zip(parts(draw(PX, 7)), parts(draw(PX, 7)), strict=True):
        assert np.array_equal(first, second)


@every_drawing
def test_another_seed_gives_other_cells(draw: Draw) -> None:
    assert not np.array_equal(draw(PX, 7).cell, draw(PX, 8).cell)


@every_drawing
@pytest.mark.parametrize("seed", range(4))
def test_edge_is_as_smooth_across_the_border_as_inside(draw: Draw, seed: int) -> None:
    # the edge is a distance, so it changes little from pixel to pixel, except where it jumps at an overlap;
    # a seam would be a whole row or column of large changes
    edge = draw(4 * PX, seed).edge
    for axis in (0, 1):
        step = np.abs(np.roll(edge, -1, axis) - edge).mean(axis=1 - axis)
        assert step[-1] <= np.quantile(step[:-1], 0.99) + 0.01


@pytest.mark.parametrize(
    ("draw", "rows", "columns"),
    [
        (lambda px: layouts.grid(px, 4, 4, 0), 2, 1),
        (lambda px: layouts.hexagons(px, 4, 0), 2, 4),
        (lambda px: layouts.herringbone(px, 8, 0), 2, 2),
        (lambda px: layouts.basket(px, 8, 0), 2, 2),
        (lambda px: layouts.scales(px, 4, 4, 0), 2, 4),
        (lambda px: layouts.overlaps(px, 4, 4, 0, "wave", 0.3, 0.0), 4, 4),
        (lambda px: layouts.weave(px, 8, 0, 2, 2), 2, 2),
        (lambda px: layouts.knit(px, 4, 4, 0), 4, 4),
        (lambda px: layouts.lozenges(px, 4, 4, 0), 2, 2),
    ],
)
def test_regular_edges_repeat_inside_the_tile_exactly(
    draw: Callable[[int], Layout], rows: int, columns: int
) -> None:
    # a pattern that equals itself rolled by its own period, around the border, has no seam at all
    edge = draw(PX).edge
    assert np.allclose(np.roll(edge, PX // rows, 0), edge, atol=1e-5)
    assert np.allclose(np.roll(edge, PX // columns, 1), edge, atol=1e-5)


@pytest.mark.parametrize("name", ["voronoi", "panels", "courses", "spots", "scales", "wavy tiles"])
def test_cells_continue_across_the_border(name: str) -> None:
    # cells that are cut by the border must show the same number on both sides, except where a cell ends there
    cell = DRAWINGS[name](8 * PX, 3).cell
    for axis in (0, 1):
        other = np.mean(cell != np.roll(cell, -1, axis), axis=1 - axis)
        assert other[-1] <= other[:-1].max() + 0.02


def test_upright_threads_are_below_a_half_and_as_many_as_level_ones() -> None:
    layout = layouts.weave(PX, 8, 0)
    assert np.mean(layout.cell < 0.5) == pytest.approx(0.5)


def test_denim_shows_more_of_the_upright_thread() -> None:
    assert np.mean(layouts.weave(PX, 6, 0, 2, 1).cell < 0.5) == pytest.approx(2 / 3)


def test_scales_run_from_root_to_tip_downwards() -> None:
    slope = layouts.scales(PX, 4, 4, 0).slope
    # going down, slope grows except where the next scale begins
    assert np.mean(np.diff(slope, axis=0) > 0) > 0.9


def test_bricks_of_a_herringbone_are_two_to_one() -> None:
    layout = layouts.herringbone(PX, 8, 0)
    _numbers, areas = np.unique(layout.cell, return_counts=True)
    assert set(areas) == {2 * (PX // 8) ** 2}


def test_panels_have_the_least_side() -> None:
    layout = layouts.panels(PX, 2, splits=8, steps=16, least_steps=4)
    _numbers, areas = np.unique(layout.cell, return_counts=True)
    assert areas.min() >= (PX // 4) ** 2


def test_turned_exchanges_rows_and_columns() -> None:
    layout = layouts.courses(PX, 5, 2.5, 0)
    assert np.array_equal(layouts.turned(layout).cell, layout.cell.T)


def test_warped_by_nothing_is_unchanged() -> None:
    layout = layouts.voronoi(PX, 5, 5, 0)
    for before, after in zip(parts(layout), parts(layouts.warped(layout, 0.0, 3, 0)), strict=True):
        assert np.allclose(before, after, atol=1e-6)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: layouts.grid(0, 4, 4, 0),
        lambda: layouts.grid(PX, 0, 4, 0),
        lambda: layouts.courses(PX, 0, 2, 0),
        lambda: layouts.voronoi(PX, 3, 0, 0),
        lambda: layouts.hexagons(PX, 0, 0),
        lambda: layouts.herringbone(PX, 6, 0),
        lambda: layouts.basket(PX, 0, 0),
        lambda: layouts.scales(PX, 5, 4, 0),
        lambda: layouts.overlaps(PX, 4, 4, 0, "wave", 0.9, 0.5, 0.2),
        lambda: layouts.weave(PX, 7, 0),
        lambda: layouts.weave(PX, 8, 0, 0, 2),
        lambda: layouts.knit(PX, 0, 4, 0),
        lambda: layouts.lozenges(PX, 3, 4, 0),
        lambda: layouts.panels(PX, 0, splits=0),
        lambda: layouts.spots(PX, 0, 1, 0),
        lambda: layouts.warped(layouts.voronoi(PX, 4, 4, 0), 0.1, 0, 0),
    ],
)
def test_arguments_that_cannot_repeat_are_refused(draw: Callable[[], Layout]) -> None:
    with pytest.raises(ValueError, match=r"at least|repeat|must be|need even"):
        draw()
