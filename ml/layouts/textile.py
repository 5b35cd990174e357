"""Layouts of threads: weave and knit. numpy only."""

import numpy as np

from .base import Layout, need_counts, packed, pixel_centres, to_border

__all__ = ["knit", "weave"]


def weave(px: int, threads: int, seed: int, over: int = 1, under: int = 1) -> Layout:
    """``threads`` upright and as many level threads; an upright one passes over ``over`` and under ``under``.

    1 over 1 is plain weave, 2 over 2 twill. ``threads`` must be a multiple of over + under.
    edge: across the thread; cell: a number per thread, below 0.5 for upright threads, above for level ones;
    slope: along the visible part of the thread, from where it comes up to where it goes down.
    """
    need_counts(threads=threads, over=over, under=under)
    period = over + under
    if threads % period:
        raise ValueError(f"{threads} threads do not repeat a pattern of {period}")
    number = np.random.default_rng(seed).random((2, threads)) * 0.499
    x, y = pixel_centres(px)
    upright, level = np.floor(x * threads).astype(int), np.floor(y * threads).astype(int)
    across, down = (x * threads) % 1.0, (y * threads) % 1.0
    phase = (upright + level) % period
    upright_seen = phase < over
    distance = np.where(upright_seen, to_border(across), to_border(down))
    slope = np.where(upright_seen, (phase + down) / over, (phase - over + across) / under)
    cell = np.where(upright_seen, number[0, upright], 0.5 + number[1, level])
    return packed(distance, cell, slope)


def knit(px: int, rows: int, columns: int, seed: int, slant: float = 0.8) -> Layout:
    """Stocking stitch: columns of V-shaped stitches, each of two slanting legs.

    slant: height of the V in rows. edge: across the leg, falling at its two ends; cell: a number per stitch;
    slope: along the leg, from the foot of the V to its top. Counted from the top, a pixel's row is
    floor(y * rows + slant * slope).
    """
    need_counts(rows=rows, columns=columns)
    number = np.random.default_rng(seed).random((rows, columns))
    x, y = pixel_centres(px)
    column = np.floor(x * columns).astype(int) % columns
    along = 1.0 - 2.0 * to_border((x * columns) % 1.0)
    # 0 at the middle of the column, 1 at its sides; the legs rise outwards
    place = y * rows + slant * along
    row = np.floor(place).astype(int) % rows
    across = 2.0 * place % 2.0 - 1.0
    # an oval: blunt ends, full middle
    oval = 1.0 - np.abs(across) ** 2 - np.abs(2.0 * along - 1.0) ** 4 * 0.9
    return packed(np.clip(oval, 0.0, 1.0), number[row, column], along)
