"""Brings pictures to the size that was asked for: tiles so that they still tile exactly, cut-outs by their alpha.

Lanczos interpolation (3 lobes). Of a tile the weights wrap around: what lies past the right edge is the left edge.
It adds no detail; it shows a small picture large without visible pixels. numpy only.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["enlarge_cutout", "enlarge_tile"]

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


def enlarge_cutout(picture: NDArray[np.float32], size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """RGBA (4, height, width), 0 to 1 with straight alpha, as uint8 of that width and height.

    (height, width, 4), straight alpha; beyond a border it goes on as it ends there. What is wholly clear is black.
    Colours are weighed by their alpha, so that edges carry no halo.
    """
    width, height = size_px
    down = _ending_lanczos(picture.shape[1], height)
    across = _ending_lanczos(picture.shape[2], width)
    weighed = np.concatenate([picture[:3] * picture[3:], picture[3:]])
    # what is clear from top to bottom adds nothing
    shown = np.flatnonzero(picture[3].any(axis=0))
    weighed, across = weighed[:, :, shown], across[:, shown]
    high = _resampled(down, weighed)
    large = _resampled(across, high.transpose(0, 2, 1)).transpose(0, 2, 1)
    alpha = np.clip(large[3], 0, 1)
    solid = alpha > 0.5 / 255
    colour = np.where(solid, large[:3] / np.where(solid, alpha, 1), 0)
    straight = np.concatenate([colour, np.where(solid, alpha, 0)[None]])
    rounded: NDArray[np.uint8] = np.rint(np.clip(straight, 0, 1) * 255).astype(np.uint8)
    return np.ascontiguousarray(rounded.transpose(1, 2, 0))


def _resampled(weights: NDArray[np.float32], maps: NDArray[np.float32]) -> NDArray[np.float32]:
    """weights (target, source) times maps (C, source, X): (C, target, X). Most weights are 0, and left out."""
    channels, source, across = maps.shape
    # few large products: the threads of many small ones would wait for each other on a busy machine
    rows = maps.transpose(1, 0, 2).reshape(source, channels * across)
    out = np.empty((len(weights), channels * across), np.float32)
    for top in range(0, len(weights), _BAND_ROWS):
        band = weights[top : top + _BAND_ROWS]
        used = np.flatnonzero(band.any(axis=0))
        np.matmul(band[:, used], rows[used], out=out[top : top + _BAND_ROWS])
    return out.reshape(len(weights), channels, across).transpose(1, 0, 2)


def _wrapped_lanczos(source: int, target: int) -> NDArray[np.float32]:
    """(target, source) weights of what goes on at the opposite border; each row sums to 1."""
    offsets, taps = _lanczos(source, target)
    return _weights(offsets % source, taps, source)


def _ending_lanczos(source: int, target: int) -> NDArray[np.float32]:
    """The same of what goes on as it ends."""
    offsets, taps = _lanczos(source, target)
    return _weights(np.clip(offsets, 0, source - 1), taps, source)


def _lanczos(source: int, target: int) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """For each target pixel places in the source, which may lie beyond it, and how much they count."""
    scale = source / target
    # a smaller target needs a wider filter, or it would alias
    reach = _LOBES * max(1.0, scale)
    centres = (np.arange(target) + 0.5) * scale - 0.5
    first = np.ceil(centres - reach).astype(np.intp)
    offsets = first[:, None] + np.arange(int(2 * reach) + 1)
    distance = (offsets - centres[:, None]) / max(1.0, scale)
    taps = np.where(np.abs(distance) < _LOBES, np.sinc(distance) * np.sinc(distance / _LOBES), 0.0)
    return offsets, taps


def _weights(places: NDArray[np.intp], taps: NDArray[np.float64], source: int) -> NDArray[np.float32]:
    weights = np.zeros((len(places), source))
    np.add.at(weights, (np.arange(len(places))[:, None], places), taps)
    weights /= weights.sum(axis=1, keepdims=True)
    return weights.astype(np.float32)
