"""What a texture's look is told by, in numbers: measured on renders for training, asked for at work. numpy only.

A picture has two regions: what stands out of the guide's relief (bricks, stones, the ground of marble) and what
lies in it (joints, veins). Each has its mean colour. The network is given these numbers; afterwards they can be
measured on what it made.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .colour import linear_to_oklab, srgb_to_linear

__all__ = ["CONTROL_NAMES", "Controls", "measure_controls", "regions"]

Array = NDArray[np.float32]

REGION_FROM, REGION_TO = 0.15, 0.35
"""Relief below the first is a joint, above the second a brick; between both it fades."""
SMALLEST_REGION = 0.01
"""A region that covers less than this has no colour of its own."""
CONTROL_NAMES = (
    *("base_l", "base_a", "base_b", "second_l", "second_a", "second_b"),
    *("contrast", "roughness", "metallic", "zoom"),
)
CENTRES = np.array([0.6, 0, 0.02, 0.5, 0, 0.02, 0.07, 0.65, 0.1, 8], np.float32)
SCALES = np.array([0.2, 0.06, 0.06, 0.2, 0.06, 0.06, 0.05, 0.2, 0.3, 1], np.float32)
"""A vector is (value - centre) / scale, so that most of it lies within -2 to 2."""


@dataclass(frozen=True, slots=True)
class Controls:
    """One look."""

    base: tuple[float, float, float]
    """Mean OKLab colour of what stands out."""
    second: tuple[float, float, float]
    """Mean OKLab colour of what lies in the relief."""
    contrast: float
    """Standard deviation of OKLab's lightness within what stands out."""
    roughness: float
    """Mean, 0 to 1."""
    metallic: float
    """Mean, 0 to 1."""
    tile_px: float
    """Pixels from one border of the tile to the other: how close one stands."""

    def vector(self) -> Array:
        """(10,) float32, in the order of CONTROL_NAMES."""
        numbers = (
            *self.base,
            *self.second,
            self.contrast,
            self.roughness,
            self.metallic,
            np.log2(self.tile_px),
        )
        return (np.array(numbers, np.float32) - CENTRES) / SCALES

    @classmethod
    def of_vector(cls, vector: Array) -> "Controls":
        """The other way round."""
        n = [float(number) for number in vector * SCALES + CENTRES]
        return cls((n[0], n[1], n[2]), (n[3], n[4], n[5]), n[6], n[7], n[8], 2 ** n[9])


def regions(relief: Array) -> Array:
    """How far each pixel stands out, 0 to 1, from the guide's relief (same shape)."""
    place = np.clip((relief - REGION_FROM) / (REGION_TO - REGION_FROM), 0, 1)
    result: Array = place * place * (3 - 2 * place)
    return result


def measure_controls(
    albedo: Array, roughness: Array, metallic: Array, relief: Array, tile_px: float
) -> Controls:
    """The look of a picture: albedo (H, W, 3) sRGB 0 to 1, the other maps (H, W) 0 to 1."""
    oklab = linear_to_oklab(srgb_to_linear(albedo))
    out = regions(relief)
    whole = oklab.mean((0, 1))
    base = _mean_or(oklab, out, whole)
    second = _mean_or(oklab, 1 - out, base)
    weight = out if out.mean() >= SMALLEST_REGION else np.ones_like(out)
    spread = (np.square(oklab[..., 0] - base[0]) * weight).sum() / weight.sum()
    return Controls(
        base=(float(base[0]), float(base[1]), float(base[2])),
        second=(float(second[0]), float(second[1]), float(second[2])),
        contrast=float(np.sqrt(spread)),
        roughness=float(roughness.mean()),
        metallic=float(metallic.mean()),
        tile_px=tile_px,
    )


def _mean_or(oklab: Array, weight: Array, otherwise: Array) -> Array:
    """The weighted mean colour, unless the weights cover next to nothing."""
    if weight.mean() < SMALLEST_REGION:
        return otherwise
    mean: Array = (oklab * weight[..., None]).sum((0, 1)) / weight.sum()
    return mean
