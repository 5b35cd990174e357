"""What vehicles, furniture and houses share: painted surfaces, and a side view pulled to a width."""

import numpy as np

from ...shapes import Shape, Surface
from .draws import Params, darkened, named_colour

__all__ = ["DARK", "LIGHT", "MAIN", "RED", "hull", "painted"]

MAIN, DARK, LIGHT, RED = range(4)
"""Slots of a painted thing's surfaces: its colour, what is nearly black, what shines, what glows red."""


def hull(profile: list[tuple[float, float]], width: float, slot: int = 0, tuck: float = 0.0) -> Shape:
    """A side view (x, z) pulled to a width along y; tuck: how much narrower the highest point is."""
    points = np.array(profile, float)
    low, high = points[:, 1].min(), points[:, 1].max()
    narrow = 1 - tuck * (points[:, 1] - low) / max(high - low, 1e-9)
    count = len(points)
    left = np.stack([points[:, 0], width / 2 * narrow, points[:, 1]], axis=1)
    centre = points.mean(axis=0)
    middle = np.array([[centre[0], width / 2, centre[1]], [centre[0], -width / 2, centre[1]]])
    vertices = np.concatenate([left, left * (1, -1, 1), middle])
    quads = []
    for index in range(count):
        after = (index + 1) % count
        quads.append((index, after, count + after, count + index))
        quads.append((after, index, 2 * count, 2 * count))
        quads.append((count + index, count + after, 2 * count + 1, 2 * count + 1))
    return Shape(vertices, np.array(quads), np.full(len(quads), slot), np.zeros(len(quads), dtype=bool))


def painted(params: Params, colour: str, kind: str = "paint") -> tuple[Surface, ...]:
    main = named_colour(params, "paint", colour)
    return (
        Surface(kind, main, darkened(main, 0.75), 0.6),
        Surface("paint", (0.012, 0.013, 0.016)),
        Surface("plain", (0.75, 0.75, 0.7), glow=0.4),
        Surface("plain", (0.5, 0.01, 0.01), glow=0.3),
    )
