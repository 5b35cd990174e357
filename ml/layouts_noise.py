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
    # beyond the last octave nothing is left, so nothing beyond is drawn
    most = scale * 0.5 * 2.0 ** (detail + 1.0)
    reach = min(px // 2, math.ceil(most * stretch[1]) + 1)
    columns = min(px // 2, math.ceil(most * stretch[0]) + 1)
    rows = np.arange(-reach, min(reach + 1, px - reach)) % px
    down = np.fft.fftfreq(px, 1.0 / px)[rows, None] / stretch[1]
    across = np.fft.rfftfreq(px, 1.0 / px)[None, :columns] / stretch[0]
    frequency = np.sqrt(down**2 + across**2)
    frequency[reach, 0] = 1.0
    octave = np.log2(frequency * (2.0 / scale))
    # below the first octave the spectrum fades, above it each octave is weaker by the roughness
    strength = np.where(octave < 0.0, np.exp2(-1.5 * octave**2), roughness ** np.maximum(octave, 0.0))
    strength *= np.clip(detail + 1.0 - octave, 0.0, 1.0) / frequency
    strength[reach, 0] = 0.0
    spectrum = np.zeros((px, columns), dtype=np.complex128)
    spectrum[rows] = _white_spectrum(px, seed, max(reach, columns))[rows, :columns] * strength
    noise = np.fft.irfft(np.fft.ifft(spectrum, axis=0), n=px, axis=1)
    noise *= _DEVIATION / max(float(noise.std()), 1e-12)
    noise += 0.5
    return np.clip(noise, 0.0, 1.0, out=noise).astype(np.float32)


def pixels_needed(scale: float, detail: float, stretch: tuple[float, float], limit: int) -> int:
    """The smallest size that shows the noise well, at most the power of two at or below ``limit``."""
    finest = scale * 0.5 * 2.0 ** (detail + 1.0) * max(1.0, *stretch)
    wanted = 1 << math.ceil(math.log2(max(6.0 * finest, 64.0)))
    return min(wanted, 1 << max(5, int(math.log2(limit))))


def _white_spectrum(px: int, seed: int, needed: int) -> NDArray[np.complex128]:
    """Random half spectrum (px, px // 2 + 1), of which frequencies below ``needed`` are drawn.

    Low frequencies are drawn first, so that they are the same at any px.
    """
    rng = np.random.default_rng(seed)
    spectrum = np.zeros((px, px // 2 + 1), dtype=np.complex128)
    known = 0
    reach = _FIRST_BLOCK
    while reach <= px // 2 and known < needed:
        block = rng.standard_normal((2, 2 * reach, reach))
        inner, outer = np.arange(-known, known), np.arange(-reach, reach)
        before = spectrum[inner, :known]
        spectrum.real[outer, :reach], spectrum.imag[outer, :reach] = block
        spectrum[inner, :known] = before
        known, reach = reach, reach * 2
    return spectrum
