"""Periodic layouts of many overlapping items (leaves, blades, clods, strokes), drawn in numpy.

Each item is a small grid of points bent along its spine and splatted on the picture; later items lie on top.
Every picture repeats exactly over the unit square. numpy only.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .layouts import Layout

__all__ = ["Items", "Layered", "Shape", "blurred", "scatter"]

Array = NDArray[np.float32]
_POINTS_AT_ONCE = 40_000
Shape = Literal["ovate", "lobed", "maple", "blade", "pebble", "stroke"]


@dataclass(frozen=True, slots=True)
class Items:
    """What is scattered. Lengths are fractions of the tile's width, angles are fractions of a turn."""

    count: int
    shape: Shape
    length: tuple[float, float]
    """Shortest and longest item."""
    slimness: tuple[float, float]
    """Width over length, smallest and largest."""
    bend: float = 0.0
    """Largest turn of the spine between its ends."""
    heading: float = 0.25
    """Middle direction of the items: 0 points to the right, 0.25 up."""
    heading_spread: float = 1.0
    """Full width of the range of directions; 1 is every direction."""


@dataclass(frozen=True, slots=True)
class Layered:
    """A scattered layout and what else is known of its items; float32 (height, width), 0 to 1, row 0 at the top."""

    layout: Layout
    """edge: 0 at the rim of the item, 1 on its spine; cell: a number per item; slope: across the item."""
    depth: Array
    """0 the ground, above it the order of the items, 1 the uppermost."""
    along: Array
    """0 at the item's foot, 1 at its tip."""
    shade: Array
    """Occlusion: 0 free, 1 deep beneath its neighbours."""

    @property
    def relief(self) -> Layout:
        """depth, along and shade in the three channels of a layout, to be used as one image texture."""
        return Layout(self.depth, self.along, self.shade)


def scatter(px: int, items: Items, seed: int, shade_radius: float = 0.03) -> Layered:
    """Draws the items at random places; ground that no item covers has edge, cell and depth 0.

    px: size in pixels of the square picture. shade_radius: reach of the occlusion, as a fraction of the tile.
    """
    rng = np.random.default_rng(seed)
    # a maple leaf's axes run from its middle to the rim, and around it
    length_factor, width_factor = (1.0, 5.0) if items.shape == "maple" else (1.6, items.slimness[1] * 1.8)
    steps = max(8, int(items.length[1] * px * length_factor))
    across_steps = max(7, int(items.length[1] * px * width_factor))
    along = np.linspace(0.0, 1.0, steps)[None, :, None]
    across = np.linspace(-1.0, 1.0, across_steps)[None, None, :]
    placed = _placed(rng, items)
    winner = np.full(px * px, -1, dtype=np.int64)
    each = steps * across_steps
    # a few at a time: what they need stays in the processor's cache
    together = max(1, _POINTS_AT_ONCE // each)
    for first in range(0, items.count, together):
        part = [values[first : first + together] for values in placed]
        centre_x, centre_y, length, slimness, heading, bend = part
        if items.shape == "maple":
            local_x, local_y = _maple(along, across, length)
        else:
            local_x, local_y = _bent(along, across, length, slimness, bend, items.shape)
        cosine, sine = np.cos(heading), np.sin(heading)
        x = centre_x + local_x * cosine - local_y * sine
        y = centre_y - local_x * sine - local_y * cosine
        column = np.floor(x * px).astype(np.int32) % px
        row = np.floor(y * px).astype(np.int32) % px
        # numpy assigns in order, so of several points on a pixel the last, uppermost item stays
        winner[(row * px + column).ravel()] = np.arange(first * each, (first + len(heading)) * each)
    return _gathered(px, winner, (items.count, steps, across_steps), rng, items, shade_radius)


def blurred(picture: NDArray[np.floating], radius: float) -> NDArray[np.float64]:
    """The picture convolved with a Gaussian, around the border; radius (sigma) as a fraction of the tile."""
    rows = np.fft.fftfreq(picture.shape[0], 1.0 / picture.shape[0])[:, None]
    columns = np.fft.rfftfreq(picture.shape[1], 1.0 / picture.shape[1])[None, :]
    window = np.exp(-2.0 * (np.pi * radius) ** 2 * (rows**2 + columns**2))
    result: NDArray[np.float64] = np.fft.irfft2(np.fft.rfft2(picture) * window, s=picture.shape)
    return result


def _placed(rng: np.random.Generator, items: Items) -> tuple[NDArray[np.float64], ...]:
    """centre x, centre y, length, slimness, heading (radians), bend (radians), each (count, 1, 1)."""
    shape = (items.count, 1, 1)
    # a jittered grid covers the tile evenly; the order of drawing is random
    side = int(np.ceil(np.sqrt(items.count)))
    place = rng.permutation(side * side)[: items.count].reshape(shape)
    centre_x = (place % side + rng.random(shape)) / side
    centre_y = (place // side + rng.random(shape)) / side
    length = rng.uniform(*items.length, shape)
    slimness = rng.uniform(*items.slimness, shape)
    heading = (items.heading + rng.uniform(-0.5, 0.5, shape) * items.heading_spread) * 2 * np.pi
    bend = rng.uniform(-1.0, 1.0, shape) * items.bend * 2 * np.pi
    return centre_x, centre_y, length, slimness, heading, bend


def _bent(
    along: NDArray[np.float64],
    across: NDArray[np.float64],
    length: NDArray[np.float64],
    slimness: NDArray[np.float64],
    bend: NDArray[np.float64],
    shape: Shape,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of items whose spine turns evenly from foot to tip, about the spine's middle."""
    turn = bend * (along - 0.5)
    safe = np.where(np.abs(bend) < 1e-3, 1e-3, bend)
    spine_x = length * np.sin(safe * (along - 0.5)) / safe
    spine_y = length * (1.0 - np.cos(safe * (along - 0.5))) / safe
    half_width = 0.5 * length * slimness * _profile(along, shape) * across
    return spine_x - half_width * np.sin(turn), spine_y + half_width * np.cos(turn)


def _profile(along: NDArray[np.float64], shape: Shape) -> NDArray[np.float64]:
    """Half width of an item from foot to tip, 0 to 1."""
    profile: NDArray[np.float64]
    if shape == "blade":
        profile = np.clip((1.0 - along) * 1.6, 0.0, 1.0) ** 0.8
    elif shape == "pebble":
        profile = np.sqrt(np.clip(1.0 - (2.0 * along - 1.0) ** 2, 0.0, 1.0))
    elif shape == "stroke":
        profile = np.clip(np.minimum(along, 1.0 - along) * 8.0, 0.0, 1.0) ** 0.5
    else:
        stalk = 0.12
        blade = np.clip((along - stalk) / (1.0 - stalk), 0.0, 1.0)
        profile = np.sin(np.pi * blade**0.75) ** 0.85
        if shape == "lobed":
            profile = profile * (0.72 + 0.28 * np.cos(blade * 2 * np.pi * 4.0))
        profile = np.maximum(profile, 0.06)
    return profile


def _maple(
    along: NDArray[np.float64], across: NDArray[np.float64], length: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of five-pointed leaves: ``along`` runs from the middle to the rim, ``across`` around."""
    angle = across * np.pi
    lobes = np.abs(np.cos(angle * 2.5)) ** 0.7
    rim = (0.35 + 0.65 * lobes) * (0.72 + 0.28 * np.cos(angle))
    radius = 0.62 * length * rim * along
    return radius * np.cos(angle), radius * np.sin(angle)


def _gathered(
    px: int,
    winner: NDArray[np.int64],
    shape: tuple[int, ...],
    rng: np.random.Generator,
    items: Items,
    shade_radius: float,
) -> Layered:
    covered = winner >= 0
    item, along, across = np.unravel_index(np.maximum(winner, 0), shape)
    side = across / (shape[2] - 1.0)
    tip = along / (shape[1] - 1.0)
    rim = 1.0 - tip if items.shape == "maple" else 1.0 - np.abs(2.0 * side - 1.0)
    number = rng.random(items.count)
    depth = np.where(covered, (item + 1.0) / items.count, 0.0)
    channels = [rim, number[item], side, depth, tip]
    edge, cell, slope, height, foot = (
        np.where(covered, channel, 0.0).astype(np.float32).reshape(px, px) for channel in channels
    )
    shade = np.clip((blurred(height, shade_radius) - height) * 2.0, 0.0, 1.0).astype(np.float32)
    return Layered(Layout(edge, cell, slope), height, foot, shade)
