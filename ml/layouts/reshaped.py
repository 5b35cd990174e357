"""Layouts made from layouts: turned, rounded, or warped so that straight edges become natural. numpy only."""

import numpy as np

from ..bilinear import Places
from .base import Floats, Layout, packed, pixel_centres

__all__ = ["rounded", "turned", "warped"]


def turned(layout: Layout) -> Layout:
    """The layout with rows and columns exchanged: courses of planks stand upright."""
    return Layout(*(np.ascontiguousarray(part.T) for part in (layout.edge, layout.cell, layout.slope)))


def rounded(layout: Layout, reach: float = 0.012) -> Layout:
    """The layout with the corners of its cells rounded off, as the sea rounds pebbles.

    reach: of the rounding, as a fraction of the tile.
    """
    px = layout.edge.shape[0]
    rows = np.fft.fftfreq(px, 1.0 / px)[:, None]
    columns = np.fft.rfftfreq(px, 1.0 / px)[None, :]
    window = np.exp(-2.0 * (np.pi * reach) ** 2 * (rows**2 + columns**2))
    smooth: Floats = np.fft.irfft2(np.fft.rfft2(layout.edge) * window, s=(px, px))
    return packed(np.maximum(smooth - smooth.min(), 0.0), layout.cell, layout.slope)


def warped(layout: Layout, amount: float, waves: int, seed: int) -> Layout:
    """The layout shifted from place to place by smooth periodic noise.

    amount: typical shift as a fraction of the tile; waves: the most waves of the noise per tile, 1 or more.
    The edge is sampled smoothly, cell and slope at the nearest pixel since they jump at edges.
    """
    if waves < 1:
        raise ValueError(f"waves must be at least 1, not {waves}")
    px = layout.edge.shape[0]
    rng = np.random.default_rng(seed)
    x, y = pixel_centres(px)
    place_x = (x + _smooth(rng, px, waves) * amount) * px - 0.5
    place_y = (y + _smooth(rng, px, waves) * amount) * px - 0.5
    column, row = np.round(place_x).astype(int) % px, np.round(place_y).astype(int) % px
    nearest = row * px + column
    edge = Places(px, place_x, place_y).sampled(layout.edge)
    return Layout(edge, layout.cell.take(nearest), layout.slope.take(nearest))


def _smooth(rng: np.random.Generator, px: int, waves: int) -> Floats:
    """Noise (px, px) with a standard deviation of 1, of no more than ``waves`` waves per side."""
    frequencies = np.arange(-waves, waves + 1)
    down, across = np.meshgrid(frequencies, frequencies, indexing="ij")
    length = np.hypot(down, across)
    inside = (length > 0) & (length <= waves)
    strength = np.zeros(length.shape, dtype=complex)
    strength[inside] = (1.0 / length[inside]) * np.exp(2j * np.pi * rng.random(int(inside.sum())))
    spectrum = np.zeros((px, px), dtype=complex)
    np.add.at(spectrum, (down % px, across % px), strength)
    noise: Floats = np.fft.ifft2(spectrum).real
    return noise / max(float(noise.std()), 1e-12)
