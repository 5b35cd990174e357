"""Colours: sRGB, linear RGB and OKLab, and how different two colours look. numpy only.

OKLab is Björn Ottosson's (2020, "A perceptual color space for image processing", public domain): lightness 0 to
1, a from green to red, b from blue to yellow. CIEDE2000 follows Sharma, Wu and Dalal (2005, "The CIEDE2000
color-difference formula: implementation notes").
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["ciede2000", "lab", "linear_to_oklab", "linear_to_srgb", "oklab_to_linear", "srgb_to_linear"]

Floats = NDArray[np.float32]

LMS_OF_LINEAR = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
LAB_OF_ROOTS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_LINEAR_OF_LMS = np.linalg.inv(LMS_OF_LINEAR)
_ROOTS_OF_LAB = np.linalg.inv(LAB_OF_ROOTS)
# of linear sRGB, for the D65 white
_XYZ_OF_LINEAR = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def srgb_to_linear(encoded: ArrayLike) -> Floats:
    """sRGB values 0 to 1 to linear ones; any shape."""
    values = np.clip(np.asarray(encoded, np.float32), 0, 1)
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4).astype(np.float32)


def linear_to_srgb(linear: ArrayLike) -> Floats:
    """The other way round; what lies outside 0 to 1 is clipped."""
    values = np.clip(np.asarray(linear, np.float32), 0, 1)
    return np.where(values <= 0.0031308, values * 12.92, 1.055 * values ** (1 / 2.4) - 0.055).astype(
        np.float32
    )


def linear_to_oklab(linear: ArrayLike) -> Floats:
    """(..., 3) linear RGB to OKLab."""
    roots = np.cbrt(np.asarray(linear, np.float32) @ LMS_OF_LINEAR.T.astype(np.float32))
    result: Floats = roots @ LAB_OF_ROOTS.T.astype(np.float32)
    return result


def oklab_to_linear(oklab: ArrayLike) -> Floats:
    """(..., 3) OKLab to linear RGB; colours that no screen shows lie outside 0 to 1."""
    roots = np.asarray(oklab, np.float32) @ _ROOTS_OF_LAB.T.astype(np.float32)
    result: Floats = roots**3 @ _LINEAR_OF_LMS.T.astype(np.float32)
    return result


def lab(encoded: ArrayLike) -> NDArray[np.float64]:
    """(..., 3) sRGB, 0 to 1, to CIE L*a*b* (D65)."""
    xyz = (
        srgb_to_linear(encoded).astype(np.float64) @ (_XYZ_OF_LINEAR / _XYZ_OF_LINEAR.sum(1, keepdims=True)).T
    )
    roots = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(roots, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def ciede2000(first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    """Difference of two L*a*b* colours (..., 3): 1 can just be seen side by side, 10 is another shade."""
    (l1, a1, b1), (l2, a2, b2) = (
        np.moveaxis(np.asarray(part, np.float64), -1, 0) for part in (first, second)
    )
    mean_chroma = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7))
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    grey = c1 * c2 == 0
    turn = np.where(grey, 0, (h2 - h1 + 180) % 360 - 180)
    mean_hue = np.where(grey, h1 + h2, (h1 + turn / 2) % 360)
    mean_light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    weight = (
        1
        - 0.17 * np.cos(np.radians(mean_hue - 30))
        + 0.24 * np.cos(np.radians(2 * mean_hue))
        + 0.32 * np.cos(np.radians(3 * mean_hue + 6))
        - 0.20 * np.cos(np.radians(4 * mean_hue - 63))
    )
    light = (l2 - l1) / (1 + 0.015 * (mean_light - 50) ** 2 / np.sqrt(20 + (mean_light - 50) ** 2))
    colourful = (c2 - c1) / (1 + 0.045 * chroma)
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    bend = -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    bend = bend * np.sin(np.radians(60 * np.exp(-(((mean_hue - 275) / 25) ** 2))))
    difference: NDArray[np.float64] = np.sqrt(light**2 + colourful**2 + hue**2 + bend * colourful * hue)
    return difference
