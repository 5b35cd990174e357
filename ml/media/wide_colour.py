"""High dynamic range as a screen of today shows it: PQ and HLG to sRGB. numpy only.

After ITU-R BT.2100 and BT.2408: the white of paper is at 203 cd/m2; what is brighter is rolled off.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["HLG", "PQ", "standard_range"]

PQ, HLG = 16, 18
"""Transfer characteristics as H.273 counts them."""
_WHITE_NITS = 203.0
_PEAK_NITS = 1000.0
# BT.2020 to BT.709, linear light
_TO_709 = np.array(
    [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]], np.float32
)
_BT2020 = 9


def standard_range(pixels: NDArray[np.uint8], transfer: int, primaries: int) -> NDArray[np.uint8]:
    """(..., 3) RGB as coded by PQ or HLG to sRGB; of any other transfer it comes back as it is."""
    if transfer not in (PQ, HLG):
        return pixels
    # 256 values only: look them up
    coded = np.arange(256, dtype=np.float64) / 255
    nits = _pq_nits(coded) if transfer == PQ else _hlg_nits(coded)
    linear = (nits / _WHITE_NITS).astype(np.float32)[pixels]
    if primaries == _BT2020:
        linear = np.maximum(linear @ _TO_709.T, 0)
    # extended Reinhard on the brightest channel keeps hues; the peak becomes white
    brightest = linear.max(axis=-1, keepdims=True)
    peak = np.float32(_PEAK_NITS / _WHITE_NITS)
    linear = linear * (1 + brightest / peak**2) / (1 + brightest)
    curved = np.where(
        linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055
    )
    return np.asarray(np.rint(np.clip(curved, 0, 1) * 255), np.uint8)


def _pq_nits(coded: NDArray[np.float64]) -> NDArray[np.float64]:
    root = coded ** (1 / 78.84375)
    nits = 10_000 * (np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
    return np.asarray(nits)


def _hlg_nits(coded: NDArray[np.float64]) -> NDArray[np.float64]:
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - c) / a) + b) / 12)
    # the display's gamma of 1.2 per channel: hues shift a little, what is looked for does not
    return np.asarray(_PEAK_NITS * scene**1.2)
