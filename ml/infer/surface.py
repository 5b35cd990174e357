"""What follows from a height map: the normal map and ambient occlusion, around the border. numpy only.

Heights are floats of 0 to 1, or integers that fill the range of their kind. Both are computed for some rows at a
time, so that memory does not grow with the picture's height.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Heights", "normals_from_height", "occlusion_from_height"]

Array = NDArray[np.float32]
Heights: TypeAlias = NDArray[np.float32] | NDArray[np.uint16]

_REACH = (1, 2, 4, 8, 16)
"""Distances at which neighbours are looked at, in 1024ths of the picture's width."""
_DIRECTIONS = ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1))


def normals_from_height(height: Heights, depth: float, rows: slice) -> Array:
    """Normals (rows, width, 3) in -1 to 1 of a periodic height map (height, width).

    x to the right, y up, z towards the viewer (OpenGL's way, which Blender expects). depth: of the relief from 0
    to 1, in widths of the picture. Slopes are Sobel's, 3 x 3.
    """
    around = _with_surroundings(height, rows, 1)
    above, here, below = around[:-2], around[1:-1], around[2:]
    # in height per pixel; a picture's rows count downwards
    columns = above + 2 * here + below
    right = columns[:, 2:] - columns[:, :-2]
    lines = above - below
    up = lines[:, :-2] + 2 * lines[:, 1:-1] + lines[:, 2:]
    scale = np.float32(-depth * height.shape[1] / 8)
    normal = np.empty((*right.shape, 3), np.float32)
    np.multiply(right, scale, out=right)
    np.multiply(up, scale, out=up)
    length = np.sqrt(right * right + up * up + 1)
    normal[..., 0], normal[..., 1], normal[..., 2] = right / length, up / length, 1 / length
    return normal


def occlusion_from_height(height: Heights, depth: float, rows: slice) -> Array:
    """Ambient occlusion (rows, width), 1 open sky to 0 deep in a hole, of a periodic height map.

    For each of eight directions the steepest rise within reach hides that part of the sky.
    """
    width = height.shape[1]
    steps = [max(1, round(reach * width / 1024)) for reach in _REACH]
    margin = steps[-1]
    around = _with_surroundings(height, rows, margin)
    count = rows.stop - rows.start
    here = np.ascontiguousarray(around[margin : margin + count, margin : margin + width])
    open_sky, steepest, rise = np.zeros_like(here), np.empty_like(here), np.empty_like(here)
    for down, across in _DIRECTIONS:
        steepest.fill(0)
        for step in steps:
            top, left = margin + down * step, margin + across * step
            np.subtract(around[top : top + count, left : left + width], here, out=rise)
            rise *= np.float32(depth * width / (step * float(np.hypot(down, across))))
            np.maximum(steepest, rise, out=steepest)
        # of the sky above a rise of slope s, 1 - sin(atan(s)) is left
        np.multiply(steepest, steepest, out=rise)
        rise += 1
        steepest /= np.sqrt(rise, out=rise)
        open_sky += np.subtract(1, steepest, out=steepest)
    open_sky /= 8
    return open_sky


def _with_surroundings(height: Heights, rows: slice, margin: int) -> Array:
    """These rows with so many pixels around them, 0 to 1: (rows + 2 margin, width + 2 margin)."""
    total, width = height.shape
    lines = height.take(np.arange(rows.start - margin, rows.stop + margin) % total, axis=0)
    columns = np.arange(-margin, width + margin) % width
    fractions = np.multiply(
        lines, np.float32(1 / 65535 if height.dtype == np.uint16 else 1), dtype=np.float32
    )
    around: Array = fractions.take(columns, axis=1)
    return around
