"""What follows from a height map: the normal map and ambient occlusion, around the border. numpy only."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["normals_from_height", "occlusion_from_height"]

Array = NDArray[np.float32]

_REACH = (1, 2, 4, 8, 16)
"""Distances at which neighbours are looked at, in 1024ths of the picture's width."""


def normals_from_height(height: Array, depth: float, rows: slice) -> Array:
    """Normals (rows, width, 3) in -1 to 1 of a periodic height map (height, width), 0 to 1.

    x to the right, y up, z towards the viewer (OpenGL's way, which Blender expects). depth: of the relief from 0
    to 1, in widths of the picture. Slopes are Sobel's, 3 x 3.
    """
    lines = np.arange(rows.start, rows.stop)
    total, width = height.shape
    above, here, below = (height[(lines + step) % total] for step in (-1, 0, 1))
    # in height per pixel; a picture's rows count downwards
    right = _difference(above) + 2 * _difference(here) + _difference(below)
    up = _smoothed(above) - _smoothed(below)
    scale = np.float32(depth * width / 8)
    normal = np.stack([-right * scale, -up * scale, np.ones_like(right)], axis=-1)
    result: Array = normal / np.linalg.norm(normal, axis=-1, keepdims=True)
    return result


def occlusion_from_height(height: Array, depth: float, rows: slice) -> Array:
    """Ambient occlusion (rows, width), 1 open sky to 0 deep in a hole, of a periodic height map.

    For each of eight directions the steepest rise within reach hides that part of the sky.
    """
    lines = np.arange(rows.start, rows.stop)
    total, width = height.shape
    here = height[lines % total]
    open_sky = np.zeros_like(here)
    for down, across in ((-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)):
        steepest = np.zeros_like(here)
        for reach in _REACH:
            step = max(1, round(reach * width / 1024))
            there = np.roll(height[(lines + down * step) % total], -across * step, axis=1)
            run = step / width * float(np.hypot(down, across))
            steepest = np.maximum(steepest, (there - here) * np.float32(depth / run))
        # of the sky above a rise of slope s, 1 - sin(atan(s)) is left
        open_sky += 1 - steepest / np.sqrt(1 + steepest**2)
    result: Array = open_sky / 8
    return result


def _difference(lines: Array) -> Array:
    return np.roll(lines, -1, axis=1) - np.roll(lines, 1, axis=1)


def _smoothed(lines: Array) -> Array:
    return np.roll(lines, -1, axis=1) + 2 * lines + np.roll(lines, 1, axis=1)
