"""Periodic fractal noise drawn in numpy: far cheaper in a render than four-dimensional noise on a torus. numpy only."""

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["fractal_noise", "pixels_needed"]

_DEVIATION = 0.075
_FIRST_BLOCK = 16


def fractal_noise(
    px: int,
    scale: float,
    seed: int,
    detail: float = 4.0,
    roughness: float = 0.55,
    stretch: tuple[float, float] = (1.0, 1.0),
) -> NDArray[np.float32]:
    """Noise (px, px) around 0.5 with a standard deviation near 0.075, clipped to 0..1, exactly periodic.

    scale: features per tile; each of ``detail`` further octaves has twice the features and ``roughness`` times
    the strength. stretch: below 1 draws features out along x or y. px: a power of two, 32 or more; the same
    seed gives the same pattern at every size, as far as its pixels can show it.
    """
    if px < 2 * _FIRST_BLOCK or px & (px - 1):
        raise ValueError(f"px must be a power of two from {2 * _FIRST_BLOCK}, not {px}")
    down = np.fft.fftfreq(px, 1.0 / px)[:, None] / stretch[1]
    across = np.fft.rfftfreq(px, 1.0 / px)[None, :] / stretch[0]
    frequency = np.sqrt(down**2 + across**2)
    frequency[0, 0] = 1.0
    octave = np.log2(frequency * (2.0 / scale))
    # below the first octave the spectrum fades, above it each octave is weaker by the roughness
    strength = np.where(octave < 0.0, np.exp2(-1.5 * octave**2), roughness ** np.maximum(octave, 0.0))
    strength *= np.clip(detail + 1.0 - octave, 0.0, 1.0) / frequency
    strength[0, 0] = 0.0
    noise = np.fft.irfft2(_white_spectrum(px, seed) * strength, s=(px, px))
    noise *= _DEVIATION / max(float(noise.std()), 1e-12)
    return np.clip(noise + 0.5, 0.0, 1.0).astype(np.float32)


def pixels_needed(scale: float, detail: float, stretch: tuple[float, float], limit: int) -> int:
    """The smallest size that shows the noise well, at most the power of two at or below ``limit``."""
    finest = scale * 0.5 * 2.0 ** (detail + 1.0) * max(1.0, *stretch)
    wanted = 1 << math.ceil(math.log2(max(6.0 * finest, 64.0)))
    return min(wanted, 1 << max(5, int(math.log2(limit))))


def _white_spectrum(px: int, seed: int) -> NDArray[np.complex128]:
    """Random half spectrum (px, px // 2 + 1); low frequencies are drawn first, so that they are the same at any px."""
    rng = np.random.default_rng(seed)
    spectrum = np.zeros((px, px // 2 + 1), dtype=np.complex128)
    known = 0
    reach = _FIRST_BLOCK
    while reach <= px // 2:
        block = rng.standard_normal((2, 2 * reach, reach)).view(np.float64)
        block[:, reach - known : reach + known, :known] = 0.0
        rows = np.arange(-reach, reach) % px
        spectrum[rows, :reach] += block[0] + 1j * block[1]
        known, reach = reach, reach * 2
    return spectrum
