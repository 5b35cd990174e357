"""Layouts of cells side by side: grids, courses of unequal stones, cells around points, herringbone. numpy only."""

import itertools

import numpy as np
from numpy.typing import NDArray

from .base import Floats, Layout, need_counts, packed, pixel_centres, to_border, uneven_edges, wrap

__all__ = ["basket", "courses", "grid", "herringbone", "hexagons", "voronoi"]

Integers = NDArray[np.int_]
Bools = NDArray[np.bool_]

_PIXELS_AT_ONCE = 8192
_POINTS_BEFORE_LIMIT = 7


def grid(
    px: int,
    rows: int,
    columns: int,
    seed: int,
    offset: float = 0.5,
    offset_jitter: float = 0.0,
) -> Layout:
    """Rows of equal cells; row r is shifted by ``offset * r`` cells (0.5 and even rows: running bond).

    px: size in pixels of the square picture. For an exact repeat ``offset * rows`` must be whole; it is rounded.
    slope: left to right within the cell.
    """
    need_counts(rows=rows, columns=columns)
    rng = np.random.default_rng(seed)
    offset = round(offset * rows) / rows
    x, y = pixel_centres(px)
    row_position = y * rows
    row = np.floor(row_position).astype(int) % rows
    shift = offset * np.arange(rows) + rng.uniform(-offset_jitter, offset_jitter, rows)
    column_position = x * columns + shift[row]
    column = np.floor(column_position).astype(int) % columns
    across, along = column_position % 1.0, row_position % 1.0
    distance = np.minimum(to_border(across) / columns, to_border(along) / rows)
    random = rng.random((rows, columns))
    return packed(distance, random[row, column], across)


def courses(
    px: int, rows: int, columns: float, seed: int, row_jitter: float = 0.3, width_jitter: float = 0.4
) -> Layout:
    """Rows of unequal height, each cut into cells of unequal width, about ``columns`` a row (a rubble wall, planks).

    The jitters are fractions of the mean height and width, 0 to 0.9. slope: left to right within the cell.
    """
    need_counts(rows=rows)
    rng = np.random.default_rng(seed)
    x, y = pixel_centres(px)
    row_edges = uneven_edges(rng, rows, row_jitter)
    row = np.searchsorted(row_edges, y, side="right") - 1
    along = (y - row_edges[row]) / (row_edges[row + 1] - row_edges[row])
    row_height = np.diff(row_edges)[row]
    distance = np.empty_like(x)
    random = np.empty_like(x)
    across = np.empty_like(x)
    for index in range(rows):
        inside = row == index
        count = max(1, round(columns * rng.uniform(0.85, 1.15)))
        edges = uneven_edges(rng, count, width_jitter)
        place = (x[inside] + rng.random()) % 1.0
        cell = np.searchsorted(edges, place, side="right") - 1
        width = np.diff(edges)[cell]
        across[inside] = (place - edges[cell]) / width
        distance[inside] = to_border(across[inside]) * width
        random[inside] = rng.random(count)[cell]
    return packed(np.minimum(distance, to_border(along) * row_height), random, across)


def voronoi(px: int, rows: int, columns: int, seed: int, jitter: float = 0.8) -> Layout:
    """Cells around jittered grid points (stones, cobbles, scales of leather); jitter 0 is a square grid.

    slope: the angle of the pixel around its cell's point, as a fraction of a turn.
    """
    need_counts(rows=rows, columns=columns)
    rng = np.random.default_rng(seed)
    points_x = (
        np.arange(columns)[None, :] + 0.5 + rng.uniform(-0.5, 0.5, (rows, columns)) * jitter
    ) / columns
    points_y = (np.arange(rows)[:, None] + 0.5 + rng.uniform(-0.5, 0.5, (rows, columns)) * jitter) / rows
    return _around_points(px, points_x, points_y, rng.random((rows, columns)))


def hexagons(px: int, columns: int, seed: int) -> Layout:
    """Six-sided cells with points upwards; the (even) number of rows makes them as regular as can be.

    slope: the angle of the pixel around its cell's middle, as a fraction of a turn.
    """
    need_counts(columns=columns)
    rows = max(2, 2 * round(columns / np.sqrt(3.0)))
    points_x = (np.arange(columns)[None, :] + np.where(np.arange(rows) % 2, 0.75, 0.25)[:, None]) / columns
    points_y = np.repeat((np.arange(rows)[:, None] + 0.5) / rows, columns, axis=1)
    return _around_points(px, points_x, points_y, np.random.default_rng(seed).random((rows, columns)))


def herringbone(px: int, units: int, seed: int) -> Layout:
    """Bricks of 2 x 1 units, in turn level and upright, in zigzag; ``units`` per side, a multiple of 4.

    slope: along the brick.
    """
    _need_multiple_of_four(units)
    x, y = pixel_centres(px)
    column, row = np.floor(x * units).astype(int), np.floor(y * units).astype(int)
    phase = (column - row) % 4
    level = phase < 2
    # phases 0, 1 are the halves of a level brick; 3, 2 the upper and the lower half of an upright one
    second = np.where(level, phase == 1, phase == 2).astype(int)
    first_column = (column - np.where(level, second, 0)) % units
    first_row = (row - np.where(level, 0, second)) % units
    return _two_by_one(x * units, y * units, level, second, (first_row, first_column), units, seed)


def basket(px: int, units: int, seed: int) -> Layout:
    """Bricks of 2 x 1 units in pairs, in turn level and upright; ``units`` per side, a multiple of 4.

    slope: along the brick.
    """
    _need_multiple_of_four(units)
    x, y = pixel_centres(px)
    column, row = np.floor(x * units).astype(int), np.floor(y * units).astype(int)
    level = (column // 2 + row // 2) % 2 == 0
    second = np.where(level, column % 2, row % 2)
    first_column = np.where(level, column - second, column)
    first_row = np.where(level, row, row - second)
    return _two_by_one(x * units, y * units, level, second, (first_row, first_column), units, seed)


def _need_multiple_of_four(units: int) -> None:
    if units < 4 or units % 4:
        raise ValueError(f"the pattern repeats every 4 units, not {units}")


def _two_by_one(
    x: Floats,
    y: Floats,
    level: Bools,
    second: Integers,
    first: tuple[Integers, Integers],
    units: int,
    seed: int,
) -> Layout:
    """x, y in units; ``second``: 1 in the second half of the brick; ``first``: row and column of its first half."""
    number = np.random.default_rng(seed).random((units, units))
    across_x, across_y = x % 1.0, y % 1.0
    along = (np.where(level, across_x, across_y) + second) / 2.0
    narrow = to_border(np.where(level, across_y, across_x))
    return packed(np.minimum(to_border(along) * 2.0, narrow), number[first], along)


def _around_points(px: int, points_x: Floats, points_y: Floats, random: Floats) -> Layout:
    """Cells nearest to points, each (rows, columns), of which one lies in or near each square of a grid."""
    rows, columns = random.shape
    x, y = pixel_centres(px)
    own_column, own_row = np.floor(x[0] * columns).astype(int), np.floor(y[:, 0] * rows).astype(int)
    distance, near_x, near_y, cell = (np.empty((px, px)) for _ in range(4))
    for band in _bands(own_row):
        # the pixels of a band mostly lie in one row of the grid
        row = own_row[band] if own_row[band.start] != own_row[band.stop - 1] else own_row[band][:1]
        squares = [
            np.ix_((row + step_row) % rows, (own_column + step_column) % columns)
            for step_row in _steps(rows)
            for step_column in _steps(columns)
        ]
        to_points = [(wrap(points_x[at] - x[:1]), wrap(points_y[at] - y[band, :1])) for at in squares]
        squared = [to_x**2 + to_y**2 for to_x, to_y in to_points]
        nearest = np.full((band.stop - band.start, px), np.inf)
        for one, (to_x, to_y), at in zip(squared, to_points, squares, strict=True):
            nearer = one < nearest
            targets = (nearest, near_x[band], near_y[band], cell[band])
            for target, source in zip(targets, (one, to_x, to_y, random[at]), strict=True):
                np.copyto(target, source, where=nearer)
        distance[band] = _to_nearest_bisector(to_points, squared, (near_x[band], near_y[band]), nearest)
    if random.size == 1:
        # its only neighbours are itself, one tile away
        distance = 0.5 - np.maximum(np.abs(near_x), np.abs(near_y))
    return packed(distance, cell, np.arctan2(near_y, near_x) / (2 * np.pi) + 0.5)


def _bands(own_row: Integers) -> list[slice]:
    """Rows of pixels to be worked on together: few enough for the processor's cache, of one row of the grid."""
    px = len(own_row)
    most = max(1, _PIXELS_AT_ONCE // px)
    borders = np.flatnonzero(np.diff(own_row)) + 1
    if len(borders) * most > 2 * px:
        # so many rows that each is thin
        borders = np.arange(0)
    bands = []
    for start, end in itertools.pairwise([0, *borders.tolist(), px]):
        height = -(-(end - start) // -(-(end - start) // most))
        bands += [slice(first, min(first + height, end)) for first in range(start, end, height)]
    return bands


def _steps(count: int) -> range:
    """To the squares that hold the nearest points for any jitter up to 1: two rings, none of a small grid twice."""
    return range(-2, min(3, count - 2))


def _to_nearest_bisector(
    to_points: list[tuple[Floats, Floats]],
    squared: list[Floats],
    near: tuple[Floats, Floats],
    nearest: Floats,
) -> Floats:
    """Distance to the bisector between the nearest point and each other one, of which the least counts.

    squared: distances of the points; near: the way to the nearest one; nearest: its squared distance.
    """
    distance, length, limit = np.full_like(nearest, np.inf), np.zeros_like(nearest), nearest
    everywhere = np.ones(nearest.shape, dtype=bool)
    # the nearer points first: they leave little for the others to come nearer than
    for place, index in enumerate(np.argsort([one.min() for one in squared])):
        to_x, to_y = to_points[index]
        close = everywhere
        if place >= _POINTS_BEFORE_LIMIT:
            # a bisector is at least half as far away as its point is farther away than the nearest one
            if place == _POINTS_BEFORE_LIMIT:
                limit = (np.sqrt(nearest) + 2.0 * distance) ** 2 * 1.00001
            close = squared[index] < limit
            if not close.any():
                continue
        np.hypot(to_x - near[0], to_y - near[1], out=length, where=close)
        to_bisector = (squared[index] - nearest) / np.maximum(2.0 * length, 1e-9)
        np.minimum(distance, to_bisector, out=distance, where=(length >= 1e-6) & close)
    return distance
