"""Gives a painted picture exactly the mean colours, contrast and roughness that were asked for. numpy only.

A network obeys its controls nearly; the rest is a shift in OKLab, found on a sample of the picture's pixels and
then applied to all of them. What leaves the screen's colours is clipped, so the shift is found in rounds.
"""

import functools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..colour import linear_to_oklab, linear_to_srgb, oklab_to_linear, srgb_to_linear
from ..controls import SMALLEST_REGION

__all__ = ["Sample", "Tone", "Wanted", "find_tone", "measure_sample", "toned", "toned_bytes"]

Array = NDArray[np.float32]

_ROUNDS = 4
_LARGEST_FACTOR = 4.0
_FINE = 65535


@dataclass(frozen=True, slots=True)
class Wanted:
    """Means that the picture shall have; None leaves one as it is."""

    base: tuple[float, float, float] | None = None
    """OKLab, of what stands out (``ml.controls.regions``)."""
    second: tuple[float, float, float] | None = None
    contrast: float | None = None
    """Standard deviation of OKLab's lightness within what stands out."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Pixels of a picture, in any order."""

    albedo: Array
    """(N, 3) sRGB, 0 to 1."""
    out: Array
    """(N,) how far each stands out, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Tone:
    """What is done to each pixel."""

    base_shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """OKLab, added to what stands out; in between both shifts fade over."""
    second_shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    contrast: float = 1.0
    """Times the distance of lightness from ``middle``, where something stands out."""
    middle: float = 0.0


def find_tone(sample: Sample, wanted: Wanted) -> Tone | None:
    """The tone after which the sample is as wanted, or as near as colours of a screen allow; None for no change."""
    if wanted == Wanted():
        return None
    base, second, contrast = _measured(sample.albedo, sample.out)
    tone = Tone(middle=float(base[0]))
    apart = 1 - sample.out.mean() >= SMALLEST_REGION
    for _ in range(_ROUNDS):
        base_shift, second_shift, factor = (
            np.array(tone.base_shift),
            np.array(tone.second_shift),
            tone.contrast,
        )
        if wanted.base is not None:
            base_shift += np.array(wanted.base) - base
        if wanted.second is not None and apart:
            second_shift += np.array(wanted.second) - second
        if wanted.contrast is not None:
            factor = min(factor * wanted.contrast / max(contrast, 1e-4), _LARGEST_FACTOR)
        tone = replace(
            tone,
            base_shift=(float(base_shift[0]), float(base_shift[1]), float(base_shift[2])),
            second_shift=(float(second_shift[0]), float(second_shift[1]), float(second_shift[2])),
            contrast=float(factor),
        )
        base, second, contrast = _measured(toned(sample.albedo, sample.out, tone), sample.out)
    return tone


def toned(albedo: Array, out: Array, tone: Tone) -> Array:
    """Albedo (..., 3), sRGB 0 to 1, with the tone applied; out (...) as in ``Sample``."""
    return linear_to_srgb(_toned_linear(srgb_to_linear(albedo), out, tone))


def toned_bytes(albedo: NDArray[np.uint16], out: Array, tone: Tone) -> NDArray[np.uint8]:
    """The same for numbers that fill 16 bits, rounded to 8: what leaves the powers of sRGB to tables."""
    to_linear, to_bytes = _tables()
    linear = _toned_linear(to_linear[albedo], out, tone)
    np.clip(linear, 0, 1, out=linear)
    linear *= _FINE
    linear += np.float32(0.5)
    rounded: NDArray[np.uint8] = to_bytes[linear.astype(np.uint16)]
    return rounded


def measure_sample(sample: Sample) -> tuple[Array, Array, float]:
    """Mean OKLab colours (3,) of both regions, and the contrast of the first; as ``ml.controls`` measures."""
    return _measured(sample.albedo, sample.out)


def _toned_linear(linear: Array, out: Array, tone: Tone) -> Array:
    """Linear RGB (..., 3); what no screen shows lies outside 0 to 1."""
    oklab = linear_to_oklab(linear)
    base, second = np.array(tone.base_shift, np.float32), np.array(tone.second_shift, np.float32)
    lightness = (oklab[..., 0] - np.float32(tone.middle)) * (np.float32(tone.contrast - 1) * out)
    oklab += out[..., None] * (base - second) + second
    oklab[..., 0] += lightness
    return oklab_to_linear(oklab)


@functools.cache
def _tables() -> tuple[Array, NDArray[np.uint8]]:
    """sRGB of 16 bits to linear, and linear of 16 bits to sRGB of 8: in black, where it is coarsest, a twentieth
    of a step of 8 bits."""
    fine = np.arange(_FINE + 1, dtype=np.float32) / _FINE
    return srgb_to_linear(fine), np.rint(linear_to_srgb(fine) * 255).astype(np.uint8)


def _measured(albedo: Array, out: Array) -> tuple[Array, Array, float]:
    oklab = linear_to_oklab(srgb_to_linear(albedo)).astype(np.float32)
    whole = oklab.mean(0)
    base = _mean_or(oklab, out, whole)
    second = _mean_or(oklab, 1 - out, base)
    weight = out if out.mean() >= SMALLEST_REGION else np.ones_like(out)
    spread = float((np.square(oklab[:, 0] - base[0]) * weight).sum() / weight.sum())
    return base, second, spread**0.5


def _mean_or(oklab: Array, weight: Array, otherwise: Array) -> Array:
    if weight.mean() < SMALLEST_REGION:
        return otherwise
    mean: Array = (oklab * weight[:, None]).sum(0) / weight.sum()
    return mean
