"""Layouts of overlapping rows: scales and roof tiles. The upper row lies on the lower. numpy only."""

from typing import Literal

import numpy as np

from .base import Floats, Layout, need_counts, packed, pixel_centres, to_border

__all__ = ["TipShape", "overlaps", "scales"]

TipShape = Literal["round", "pointed", "straight", "wave"]


def scales(px: int, rows: int, columns: int, seed: int, pointed: float = 0.0) -> Layout:
    """Fish scales in an even number of rows, every second row shifted by half a scale.

    pointed: 0 round tips, 1 lozenges. slope: from the root (top) to the tip (bottom).
    """
    if rows % 2:
        raise ValueError(f"scales need an even number of rows to repeat, not {rows}")
    return overlaps(px, rows, columns, seed, "round", depth=1.0, offset=0.5, pointed=pointed)


def overlaps(
    px: int,
    rows: int,
    columns: int,
    seed: int,
    tip: TipShape = "straight",
    depth: float = 0.4,
    offset: float = 0.5,
    jitter: float = 0.0,
    pointed: float = 0.0,
) -> Layout:
    """Rows of tiles that hang over the next row; row r is shifted by ``offset * r`` columns.

    tip: shape of the lower end; depth: how far the shape cuts into a row, 0 to 1 row heights; jitter: how
    unevenly the tiles hang, in row heights; pointed: mixes a round tip with a pointed one. ``offset * rows`` is
    rounded to whole columns. slope: from the root (top, hidden under the upper row) to the tip (bottom).
    """
    need_counts(rows=rows, columns=columns)
    if not 0.0 <= depth + jitter <= 1.0:
        raise ValueError(f"depth and jitter together must be 0 to 1 row heights, not {depth + jitter}")
    rng = np.random.default_rng(seed)
    number, hang = rng.random((rows, columns)), rng.random((rows, columns)) * jitter
    x, y = pixel_centres(px)
    place = y * rows
    upper = np.floor(place).astype(int)
    shift = round(offset * rows) / rows
    below_upper, tops = [], []
    # a row's tips end within its own band, so only this row and the next can be seen, and the row above shades
    for row in (upper - 1, upper, upper + 1):
        across = x * columns + shift * (row % rows)
        column = np.floor(across).astype(int) % columns
        inside = across % 1.0
        end = row + 1.0 - _tip(inside, tip, pointed) * depth - hang[row % rows, column]
        below_upper.append((place - end) / _steepness(inside, tip, pointed, depth * columns / rows))
        tops.append((to_border(inside) * rows / columns, number[row % rows, column], place - row))
    seen = below_upper[1] < 0.0
    side, cell, down = (np.where(seen, a, b) for a, b in zip(tops[1], tops[2], strict=True))
    own_tip = -np.where(seen, below_upper[1], below_upper[2])
    shadow = np.where(seen, below_upper[0], below_upper[1])
    # the side seams of round and pointed tiles are hidden or a point; straight ones show theirs
    sides = side if tip in ("straight", "wave") else np.full_like(side, np.inf)
    distance = np.minimum(np.minimum(own_tip, np.maximum(shadow, 0.0)), sides)
    return packed(np.clip(distance, 0.0, 0.5), cell, np.clip((down + depth) / (1.0 + depth), 0.0, 1.0))


def _tip(inside: Floats, tip: TipShape, pointed: float) -> Floats:
    """How much is cut off the lower end at that place across the tile, 0 to 1."""
    off_centre = np.abs(2.0 * inside - 1.0)
    if tip == "straight":
        return np.zeros_like(inside)
    if tip == "wave":
        return 0.5 - 0.5 * np.cos(2.0 * np.pi * inside)
    if tip == "pointed":
        return off_centre
    rounded = 1.0 - np.sqrt(np.maximum(1.0 - off_centre**2, 0.0))
    return rounded + (off_centre - rounded) * pointed


def _steepness(inside: Floats, tip: TipShape, pointed: float, depth_in_columns: float) -> Floats:
    """Turns a distance measured downwards into one measured across the tip's outline."""
    step = 1e-3
    left, right = np.clip(inside - step, 0.0, 1.0), np.clip(inside + step, 0.0, 1.0)
    rise = (_tip(right, tip, pointed) - _tip(left, tip, pointed)) / (right - left)
    result: Floats = np.sqrt(1.0 + (rise * depth_in_columns) ** 2)
    return result
