"""What every layout is made of: the three pictures, pixel centres, distances around the border. numpy only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Array",
    "Floats",
    "Layout",
    "need_counts",
    "packed",
    "pixel_centres",
    "to_border",
    "uneven_edges",
    "wrap",
]

Array = NDArray[np.float32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """Three pictures of one layout, each float32 (height, width), 0 to 1, row 0 at the top, exactly periodic."""

    edge: Array
    """Distance to the nearest edge of the cell, 0 in the gap, 1 at the middle of the broadest cells."""
    cell: Array
    """A random number for each cell."""
    slope: Array
    """Position along the cell's own direction (what that is, each layout says)."""


def pixel_centres(px: int) -> tuple[Floats, Floats]:
    """x (left to right) and y (top to bottom) of every pixel's middle, each (px, px), 0 to 1.

    Raises ValueError when px is not positive.
    """
    if px < 1:
        raise ValueError(f"a layout needs at least 1 pixel, not {px}")
    centres = (np.arange(px) + 0.5) / px
    x, y = np.meshgrid(centres, centres)
    return x, y


def to_border(fraction: Floats) -> Floats:
    """Distance of a fraction to 0 or 1, whichever is nearer."""
    border: Floats = np.minimum(fraction, 1.0 - fraction)
    return border


def uneven_edges(rng: np.random.Generator, count: int, jitter: float) -> Floats:
    """count + 1 rising borders from 0 to 1; the widths between differ by ``jitter`` of their mean."""
    sizes = 1.0 + rng.uniform(-jitter, jitter, count)
    edges = np.concatenate([[0.0], np.cumsum(sizes) / sizes.sum()])
    edges[-1] = 1.0
    return edges


def wrap(difference: Floats) -> Floats:
    """The shortest way around the tile, -0.5 to 0.5."""
    return difference - np.round(difference)


def packed(distance: Floats, cell: Floats | Array, slope: Floats | Array) -> Layout:
    """The layout of those channels; the distance is scaled so that its largest value is 1."""
    edge = np.clip(distance / max(float(distance.max()), 1e-9), 0.0, 1.0)
    return Layout(edge.astype(np.float32), cell.astype(np.float32), slope.astype(np.float32))


def need_counts(**counts: int) -> None:
    """Raises ValueError, naming the argument, unless every count is at least 1."""
    for name, count in counts.items():
        if count < 1:
            raise ValueError(f"{name} must be at least 1, not {count}")
