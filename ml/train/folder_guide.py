"""Makes a picture periodic, and reads its guide out of it: where things are, without a word on colours. numpy, Pillow.

The guide has the four channels of ``ml.materials.recipe.Guide``, each with the even distribution of ranks, so that
other layouts can take its place (``ml.materials.own_family``): relief is the height without its finest parts, cell
the larger patches of hue, detail how busy a place is, wear the largest patches of light and dark.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..colour import linear_to_oklab, srgb_to_linear
from ..materials.own_family import ranked

__all__ = ["GUIDE_PX", "periodic_squares", "picture_guide", "resized"]

Array = NDArray[np.float32]

GUIDE_PX = 256
_RELIEF_REACH, _CELL_REACH, _DETAIL_REACH, _WEAR_REACH = 1 / 100, 1 / 40, 1 / 50, 1 / 14
"""Standard deviations of blurs, in widths of the picture."""
_OBLONG = 1.5
_MARGIN = 6
"""A sixth of the picture is blended with its opposite side."""
_JUMP = 1.5
"""So much larger than inside may a step at the wrap be in a picture that tiles."""
_STEP_PX = 8
_FILTER_PX = 4
"""Bicubic interpolation looks two pixels far."""


def periodic_squares(maps: Array) -> Iterator[Array]:
    """Squares (C, px, px) of a picture (C, height, width), each continuing at its opposite side; px is a multiple of 8.

    An oblong picture gives two. One that is square and tiles already stays as it is.
    """
    height, width = maps.shape[1:]
    side = min(height, width)
    if height == width and _continues(maps):
        yield maps if side % _STEP_PX == 0 else resized(maps, side // _STEP_PX * _STEP_PX)
        return
    spare = max(height, width) - side
    for start in (0, spare) if max(height, width) >= _OBLONG * side else (spare // 2,):
        square = maps[:, start : start + side] if height > width else maps[:, :, start : start + side]
        yield _blended(_blended(square, 1), 2)


def picture_guide(square: Array) -> Array:
    """(4, GUIDE_PX, GUIDE_PX), 0 to 1, of the maps (6, px, px) of a periodic picture."""
    maps = resized(square, GUIDE_PX)
    oklab = linear_to_oklab(srgb_to_linear(maps[:3].transpose(1, 2, 0))).astype(np.float32)
    light, height = oklab[..., 0], maps[3]
    busy = np.abs(light - _blurred(light, _RELIEF_REACH))
    channels = (
        _blurred(height, _RELIEF_REACH),
        _blurred(_main_hue(oklab), _CELL_REACH),
        _blurred(busy, _DETAIL_REACH),
        _blurred(light, _WEAR_REACH),
    )
    return np.stack([ranked(channel) for channel in channels])


def resized(square: Array, px: int) -> Array:
    """(C, px, px), around the border. square: (C, side, side)."""
    side = square.shape[-1]
    if side == px:
        return square
    # Pillow knows no wrap: it is given some of the opposite sides, which are cut off again
    reach = _FILTER_PX * side / px
    around = math.ceil(reach)
    padded = np.pad(square, ((0, 0), (around, around), (around, around)), mode="wrap").astype(np.float32)
    box = (around - reach, around - reach, around + side + reach, around + side + reach)
    larger = (px + 2 * _FILTER_PX, px + 2 * _FILTER_PX)
    planes = [Image.fromarray(plane).resize(larger, Image.Resampling.BICUBIC, box) for plane in padded]
    inner = slice(_FILTER_PX, _FILTER_PX + px)
    return np.clip(np.stack([np.asarray(plane, np.float32) for plane in planes])[:, inner, inner], 0, 1)


def _continues(maps: Array) -> bool:
    """True when the colours' steps across both wraps are about as small as those inside."""
    for axis in (1, 2):
        inside = np.abs(np.diff(maps[:3], axis=axis)).mean(axis=(0, 3 - axis))
        across = float(np.abs(maps[:3].take(0, axis) - maps[:3].take(-1, axis)).mean())
        if across > _JUMP * max(float(np.percentile(inside, 95)), 1e-3):
            return False
    return True


def _blended(maps: Array, axis: int) -> Array:
    """Shorter by the margin: its beginning fades over from what follows its end."""
    side = maps.shape[axis]
    left = max((side - max(side // _MARGIN, _STEP_PX)) // _STEP_PX * _STEP_PX, _STEP_PX)
    margin = side - left
    begin, beyond = (maps.take(np.arange(first, first + margin), axis) for first in (0, left))
    place = (np.arange(margin, dtype=np.float32) + np.float32(0.5)) / margin
    place = place.reshape([-1 if number == axis else 1 for number in range(maps.ndim)])
    mean = maps.mean(axis=(1, 2), keepdims=True)
    # half of two pictures has less contrast than either: the deviation from the mean is scaled back up
    strength = np.sqrt(place**2 + (1 - place) ** 2)
    faded = mean + ((begin - mean) * place + (beyond - mean) * (1 - place)) / strength
    rest = maps.take(np.arange(margin, left), axis)
    return np.concatenate([np.clip(faded, 0, 1), rest], axis=axis).astype(np.float32)


def _main_hue(oklab: Array) -> Array:
    """Along the direction of the a-b plane in which the colours differ most."""
    hues = oklab[..., 1:] - oklab[..., 1:].mean((0, 1))
    _, directions = np.linalg.eigh(np.einsum("hwi,hwj->ij", hues, hues))
    main = directions[:, -1]
    # an eigenvector has no sign of its own: the same picture must give the same guide everywhere
    along: Array = hues @ (main * np.sign(main.sum() or 1)).astype(np.float32)
    return along


def _blurred(picture: Array, reach: float) -> Array:
    """Gauss, around the border; ``reach`` in widths of the picture (px, px)."""
    px = picture.shape[0]
    rows, columns = np.fft.fftfreq(px, 1 / px)[:, None], np.fft.rfftfreq(px, 1 / px)[None, :]
    window = np.exp(-2 * (np.pi * reach) ** 2 * (rows**2 + columns**2))
    blurred: Array = np.fft.irfft2(np.fft.rfft2(picture) * window, s=picture.shape).astype(np.float32)
    return blurred
