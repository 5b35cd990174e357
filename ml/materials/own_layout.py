"""The user's own picture as a layout: what is bright stands out. Periodic, numpy only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["OwnLayout", "read_own_layout"]

Array = NDArray[np.float32]

_LABEL_PX = 128
"""Regions are told apart at this size: enough for as many as can be seen."""
_REACHES = (1 / 96, 1 / 48, 1 / 24, 1 / 12)
_TWO_TONE = 0.05
"""Share of middle greys up to which a picture is black and white."""
_JUMP = 2.5
"""So much larger than inside the picture a step may be at the wrap before it counts as a seam."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnLayout:
    """Channels of a guide, (px, px) each, 0 to 1, and what the user should know."""

    relief: Array
    cell: Array
    notes: tuple[str, ...]


def read_own_layout(picture: Array, px: int, seed: int) -> OwnLayout:
    """The guide of a picture (height, width), 0 to 1, of any size.

    A picture of two tones is a mask: relief is 0 in black and rises in white from its border to its middle. One
    with greys is the relief itself. Each white region has a number of its own, also across the border. Raises
    ValueError when the picture holds nothing.
    """
    if picture.size == 0 or np.ptp(picture) < 1e-3:
        raise ValueError(
            "The layout picture is all of one grey. Paint something bright on dark, and try again."
        )
    notes = _seams(picture)
    height, width = picture.shape
    if max(height, width) > 1.1 * min(height, width):
        notes.append("The layout picture is not square: it is stretched to the layout's square.")
    fitted = _fitted(picture, px)
    low, high = float(fitted.min()), float(fitted.max())
    spread = (fitted - low) / max(high - low, 1e-6)
    mask = (spread > 0.5).astype(np.float32)
    greys = float(((spread > 0.25) & (spread < 0.75)).mean())
    relief = spread if greys > _TWO_TONE else _risen(mask)
    return OwnLayout(np.ascontiguousarray(relief, np.float32), _numbered(mask, px, seed), tuple(notes))


def _seams(picture: Array) -> list[str]:
    """A note for each axis along which the picture does not continue at its opposite side."""
    notes = []
    for axis, sides in ((1, "left and right"), (0, "upper and lower")):
        if picture.shape[axis] < 3:
            continue
        inside = np.abs(np.diff(picture, axis=axis))
        across = np.abs(picture.take(0, axis) - picture.take(-1, axis)).mean()
        usual = float(np.sort(inside.mean(axis=1 - axis))[-max(1, inside.shape[axis] // 20) :].mean())
        if across > max(_JUMP * usual, 0.02):
            notes.append(f"The layout picture does not tile: its {sides} edges differ.")
    return notes


def _fitted(picture: Array, px: int) -> Array:
    """(px, px): means of the pixels that fall together, or the nearest pixel where it is enlarged."""
    fitted = picture
    for axis in (0, 1):
        size = fitted.shape[axis]
        if size >= 2 * px:
            places = np.arange(px) * size // px
            counts = np.diff([*places.tolist(), size])
            shape = [1, 1]
            shape[axis] = px
            sums = np.add.reduceat(fitted, places, axis=axis)
            fitted = np.divide(sums, counts.reshape(shape), dtype=np.float32)
        else:
            fitted = fitted.take(np.arange(px) * size // px, axis=axis)
    return np.asarray(fitted, np.float32)


def _risen(mask: Array) -> Array:
    """0 in black; in white from 1/4 at its border to 1 in its middle, as recipes have it."""
    px = mask.shape[0]
    rows = np.fft.fftfreq(px, 1 / px)[:, None]
    columns = np.fft.rfftfreq(px, 1 / px)[None, :]
    spectrum = np.fft.rfft2(mask)
    total = np.zeros_like(mask)
    for reach in _REACHES:
        window = np.exp(-2 * (np.pi * reach) ** 2 * (rows**2 + columns**2))
        # half of what is blurred lies beyond the border, so the border itself is at one half
        total += np.clip(2 * np.fft.irfft2(spectrum * window, s=mask.shape) - 1, 0, 1).astype(np.float32)
    deep = total / len(_REACHES)
    return np.multiply(mask, 0.25 + 0.75 * deep / max(float(deep.max()), 1e-6), dtype=np.float32)


def _numbered(mask: Array, px: int, seed: int) -> Array:
    """A random number, 0 to 1, for each connected white region, and one for black."""
    places = np.arange(_LABEL_PX) * px // _LABEL_PX
    white = mask[places][:, places] > 0.5
    labels = np.arange(1, white.size + 1, dtype=np.int64).reshape(white.shape) * white
    for _ in range(2 * _LABEL_PX):
        before = labels
        for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
            labels = np.maximum(labels, np.roll(labels, step, axis)) * white
        # whoever has the label of a pixel takes over what that pixel has by now: long regions fill fast
        known = np.concatenate([[0], labels.ravel()])
        labels = np.maximum(labels, known[labels]) * white
        if np.array_equal(labels, before):
            break
    numbers = np.random.default_rng((seed, 3)).random(white.size + 1, np.float32)
    back = np.arange(px) * _LABEL_PX // px
    return np.ascontiguousarray(numbers[labels][back][:, back])
