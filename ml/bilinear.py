"""Looking pictures up between their pixels, around the border: the one place where that is done. numpy only.

Positions are in pixels of the picture: 0 is the middle of the first pixel, 1 that of the next, and so on.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Places", "enlarged"]

Array = NDArray[np.float32]
Positions: TypeAlias = NDArray[np.floating[Any]]
Integers = NDArray[np.int64]


class Places:
    """Where to look in a square picture, kept so that several pictures can be looked up there."""

    def __init__(self, px: int, x: Positions, y: Positions) -> None:
        """x and y: positions from the left and from the top of a picture of ``px`` pixels, of one shape."""
        column, next_column, self._right_share = _between(x, px)
        row, next_row, self._low_share = _between(y, px)
        row, next_row = row * px, next_row * px
        self._corners = row + column, row + next_column, next_row + column, next_row + next_column

    def sampled(self, picture: Array) -> Array:
        """The picture (px, px) at every place."""
        flat = picture.ravel()
        upper_left, upper_right, lower_left, lower_right = (flat.take(corner) for corner in self._corners)
        left_share = 1 - self._right_share
        upper = upper_left * left_share + upper_right * self._right_share
        lower = lower_left * left_share + lower_right * self._right_share
        result: Array = (upper * (1 - self._low_share) + lower * self._low_share).astype(np.float32)
        return result


def enlarged(pictures: Array, rows: Positions, columns: Positions) -> Array:
    """Pictures (N, height, width) at every pair of these positions: (N, rows, columns)."""
    top, below, low_share = _between(rows, pictures.shape[1])
    left, right, right_share = _between(columns, pictures.shape[2])
    low, aside = low_share.astype(np.float32)[:, None], right_share.astype(np.float32)
    lines = pictures.take(top, axis=1) * (1 - low)
    lines += pictures.take(below, axis=1) * low
    result = lines.take(left, axis=2)
    result *= 1 - aside
    others = lines.take(right, axis=2)
    others *= aside
    result += others
    return result


def _between(positions: Positions, px: int) -> tuple[Integers, Integers, Positions]:
    """The pixels before and after each position, and how far it is on the way from one to the other."""
    floor = np.floor(positions)
    before = floor.astype(np.int64)
    return _around(before, px), _around(before + 1, px), positions - floor


def _around(index: Integers, px: int) -> Integers:
    # a remainder costs most of a lookup, and most pictures are a power of two wide
    return index % px if px & (px - 1) else index & (px - 1)
