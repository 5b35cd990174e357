"""Layouts of plates and what sits on them: panels, raised bars, spots (rivets, knots). numpy only."""

import itertools
import math

import numpy as np

from .base import Floats, Layout, need_counts, packed, pixel_centres, to_border, wrap

__all__ = ["lozenges", "panels", "spots"]


def lozenges(px: int, rows: int, columns: int, seed: int, length: float = 0.85, width: float = 0.3) -> Layout:
    """Raised lens-shaped bars on a grid, in turn at +45 and -45 degrees; rows and columns must be even.

    length and width: of a bar, as fractions of the grid's diagonal step. edge: 0 off the bars, 1 on their ridge;
    cell: a number per bar; slope: along the bar.
    """
    need_counts(rows=rows, columns=columns)
    if rows % 2 or columns % 2:
        raise ValueError(f"bars that alternate need even rows and columns, not {rows} x {columns}")
    number = np.random.default_rng(seed).random((rows, columns))
    x, y = pixel_centres(px)
    row, column = np.floor(y * rows).astype(int), np.floor(x * columns).astype(int)
    right, down = (x * columns) % 1.0 - 0.5, (y * rows) % 1.0 - 0.5
    sign = np.where((row + column) % 2, 1.0, -1.0)
    along, across = (right + sign * down) / np.sqrt(2.0), (right - sign * down) / np.sqrt(2.0)
    half_length, half_width = length * np.sqrt(0.5), width * np.sqrt(0.5)
    lens = 1.0 - (along / half_length) ** 2 - np.abs(across) / half_width
    slope = np.clip(0.5 + along / half_length / 2.0, 0.0, 1.0)
    return packed(np.clip(lens, 0.0, 1.0), number[row, column], slope)


def panels(px: int, seed: int, splits: int = 5, steps: int = 16, least_steps: int = 2) -> Layout:
    """The square cut in two, again and again, up to ``splits`` times, on a raster of ``steps``, then rolled.

    least_steps: shortest side of a panel. slope: left to right within the panel.
    """
    need_counts(splits=splits, steps=steps, least_steps=least_steps)
    rng = np.random.default_rng(seed)
    roll_x, roll_y = rng.integers(steps, size=2) / steps
    boxes = _cut(rng, (0, 0, steps, steps), splits, least_steps)
    x, y = pixel_centres(px)
    place_x, place_y = (x + roll_x) % 1.0 * steps, (y + roll_y) % 1.0 * steps
    distance, cell, slope = np.zeros_like(x), np.zeros_like(x), np.zeros_like(x)
    for left, top, right, bottom in boxes:
        inside = (place_x >= left) & (place_x < right) & (place_y >= top) & (place_y < bottom)
        across = (place_x[inside] - left) / (right - left)
        down = (place_y[inside] - top) / (bottom - top)
        distance[inside] = np.minimum(to_border(across) * (right - left), to_border(down) * (bottom - top))
        cell[inside], slope[inside] = rng.random(), across
    return packed(distance, cell, slope)


def spots(
    px: int,
    rows: int,
    columns: int,
    seed: int,
    radius: float = 0.2,
    jitter: float = 0.0,
    density: float = 1.0,
) -> Layout:
    """Round spots near grid points: rivets, nail heads, knots.

    radius: largest, as a fraction of the closer grid step; spots with jitter also differ in size. density: the
    share of grid points that hold one. edge: 0 outside, 1 at the middle; cell: a number per spot; slope: the
    angle around the middle, as a fraction of a turn.
    """
    need_counts(rows=rows, columns=columns)
    rng = np.random.default_rng(seed)
    shape = (rows, columns)
    at_x = (np.arange(columns)[None, :] + 0.5 + rng.uniform(-0.5, 0.5, shape) * jitter) / columns
    at_y = (np.arange(rows)[:, None] + 0.5 + rng.uniform(-0.5, 0.5, shape) * jitter) / rows
    size = radius / max(rows, columns) * (1.0 - jitter * 0.6 * rng.random(shape))
    number = rng.random(shape)
    present = rng.random(shape) < density
    x, y = pixel_centres(px)
    own_row, own_column = np.floor(y[:, 0] * rows).astype(int), np.floor(x[0] * columns).astype(int)
    # rings of grid squares from which a spot can reach into this one
    reach = math.ceil(radius + 0.5 + jitter / 2) - 1
    steps = range(-reach, reach + 1)
    height, cell, near_x, near_y = (np.zeros_like(x) for _ in range(4))
    for step_row, step_column in itertools.product(steps, steps):
        place = np.ix_((own_row + step_row) % rows, (own_column + step_column) % columns)
        to_x, to_y = wrap(x - at_x[place]), wrap(y - at_y[place])
        here: Floats = 1.0 - np.hypot(to_x, to_y) / size[place]
        higher = present[place] & (here > height)
        for target, source in ((height, here), (cell, number[place]), (near_x, to_x), (near_y, to_y)):
            np.copyto(target, source, where=higher)
    angle = np.where(height > 0, np.arctan2(near_y, near_x) / (2 * np.pi) + 0.5, 0.0)
    return packed(height, cell, angle)


def _cut(
    rng: np.random.Generator, box: tuple[int, int, int, int], splits: int, least: int
) -> list[tuple[int, int, int, int]]:
    """The box (left, top, right, bottom) or its parts."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    upright = width > height if width != height else bool(rng.random() < 0.5)
    side = width if upright else height
    large_enough_to_stay = width * height <= 36
    if splits == 0 or side < 2 * least or (large_enough_to_stay and rng.random() < 0.2):
        return [box]
    cut = int(rng.integers(least, side - least + 1))
    if upright:
        parts = ((left, top, left + cut, bottom), (left + cut, top, right, bottom))
    else:
        parts = ((left, top, right, top + cut), (left, top + cut, right, bottom))
    return [piece for part in parts for piece in _cut(rng, part, splits - 1, least)]
