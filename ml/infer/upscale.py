"""Enlarges a tile to the size that was asked for, so that it still tiles exactly. numpy only.

Lanczos interpolation (3 lobes) with weights that wrap around: what lies past the right edge is the left edge.
It adds no detail; it shows a small picture large without visible pixels.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["enlarge_tile"]

_LOBES = 3
_BAND_ROWS = 256
"""Rows that are computed at once: bounds the memory."""


def enlarge_tile(tile: NDArray[np.float32], size_px: int) -> NDArray[np.uint8]:
    """The periodic picture ``tile`` (height, width, 3), float32 in [-1, 1], as (size_px, size_px, 3) uint8.

    Values are rounded to the nearest; overshoots of the interpolation are clipped.
    """
    height, width, channels = tile.shape
    down, across = _wrapped_lanczos(height, size_px), _wrapped_lanczos(width, size_px)
    # (channels, size_px, height): columns are done first, since they are few
    wide = np.matmul(across, tile.transpose(2, 1, 0))
    wide = np.ascontiguousarray(wide.transpose(0, 2, 1)) * np.float32(127.5)
    out = np.empty((size_px, size_px, channels), np.uint8)
    for top in range(0, size_px, _BAND_ROWS):
        rows = down[top : top + _BAND_ROWS]
        for channel in range(channels):
            band = rows @ wide[channel]
            # + 127.5 centres the range, + 0.5 rounds when the fraction is cut off
            band += np.float32(128)
            np.clip(band, 0, 255.5, out=band)
            out[top : top + _BAND_ROWS, :, channel] = band
    return out


def _wrapped_lanczos(source: int, target: int) -> NDArray[np.float32]:
    """(target, source) weights; each row sums to 1."""
    scale = source / target
    # a smaller target needs a wider filter, or it would alias
    reach = _LOBES * max(1.0, scale)
    centres = (np.arange(target) + 0.5) * scale - 0.5
    first = np.ceil(centres - reach).astype(np.intp)
    offsets = first[:, None] + np.arange(int(2 * reach) + 1)
    distance = (offsets - centres[:, None]) / max(1.0, scale)
    taps = np.where(np.abs(distance) < _LOBES, np.sinc(distance) * np.sinc(distance / _LOBES), 0.0)
    weights = np.zeros((target, source))
    np.add.at(weights, (np.arange(target)[:, None], offsets % source), taps)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights.astype(np.float32)
