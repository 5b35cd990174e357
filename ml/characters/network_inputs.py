"""What the characters' network is told, in numbers: one file for the renders it learns from and for the worker.

Everything of one character comes from its record: the guides of its views, and the colour of each of its surfaces.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..colour import linear_to_srgb
from .archetypes import ARCHETYPE_INDEX, BUILDS
from .casting import sculpt
from .character import Character
from .guide import Frame, draw_guide, frame_of, picture_channels
from .sculpture import PARTS, SURFACES, Sculpture

__all__ = [
    "CELL_PX",
    "CONTROL_CHANNELS",
    "DEPTH_SHARE",
    "LABELS",
    "Floats",
    "Told",
    "character_noise",
    "controls_of",
    "guide_tensors",
    "mixed_archetypes",
    "network_inputs",
    "tell",
    "told_in",
]

DEPTH_SHARE = 0.5
"""Of the frame's height: the depth, to both sides of the figure's axis, that a guide's bytes span."""
CONTROL_CHANNELS = 3 * len(SURFACES) + len(BUILDS)
"""Red, green and blue of every surface in the order of SURFACES, then which of BUILDS it is."""
LABELS = (len(PARTS), len(SURFACES))
"""The greatest number of a part and of a surface; 0 is nothing."""
CELL_PX = 16
"""Pixels per cell of the coarsest noise; pictures have whole numbers of cells."""

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What the network is told of one character."""

    labels: NDArray[np.int64]
    """(views, 2, H, W): part and surface."""
    relief: Floats
    """(views, 3, H, W): depth, facing right, facing up, -1 to 1."""
    archetype: Floats
    """(archetypes,): weights that sum to 1, in the order of ARCHETYPES."""
    controls: Floats
    """(CONTROL_CHANNELS,)."""
    frame: Frame
    """How the figure stands in its pictures: metres per pixel, and where the ground is."""


def tell(character: Character, views: Sequence[str], width_px: int, height_px: int) -> Told:
    """All that the network needs of a character but noise. Raises ValueError for a view or size that cannot be."""
    solids = sculpt(character)
    frame = frame_of(solids, width_px, height_px)
    return told_in(frame, character, solids, views, controls_of(character))


def told_in(
    frame: Frame, character: Character, solids: Sculpture, views: Sequence[str], controls: Floats
) -> Told:
    """The same in a frame of the caller's. Raises ValueError for a view or size that cannot be."""
    if frame.width_px % CELL_PX or frame.height_px % CELL_PX:
        raise ValueError(
            f"views have whole cells of {CELL_PX} pixels, not {frame.width_px} x {frame.height_px}"
        )
    guides = [draw_guide(solids, view, frame) for view in views]
    sheet = picture_channels(guides, DEPTH_SHARE * frame.height_px * frame.metres_per_px)
    surfaces = np.concatenate([guide.surface for guide in guides], axis=1)
    labels, relief = guide_tensors(sheet, surfaces, len(views))
    archetype = mixed_archetypes({character.archetype: 1.0})
    return Told(labels, relief, archetype, controls, frame)


def mixed_archetypes(weights: Mapping[str, float]) -> Floats:
    """(archetypes,), summing to 1. Raises ValueError for an unknown archetype or weights that cannot be."""
    found = np.zeros(len(ARCHETYPE_INDEX), np.float32)
    for name, weight in weights.items():
        if name not in ARCHETYPE_INDEX:
            raise ValueError(f"there is no archetype {name!r}; there are {', '.join(ARCHETYPE_INDEX)}")
        found[ARCHETYPE_INDEX[name]] += weight
    if not (np.isfinite(found).all() and found.min() >= 0 and found.sum() > 0):
        raise ValueError("weights of archetypes are not negative, and one at least is more than 0")
    shares: Floats = found / found.sum()
    return shares


def controls_of(character: Character) -> Floats:
    """(CONTROL_CHANNELS,): colours as sRGB from -1 to 1, 0 for a surface that the character does not have."""
    colours = np.zeros((len(SURFACES), 3), np.float32)
    for row, name in enumerate(SURFACES):
        if name in character.surfaces:
            colours[row] = linear_to_srgb(character.surfaces[name].colour) * 2 - 1
    build = np.array([float(character.build == name) for name in BUILDS], np.float32)
    return np.concatenate([colours.ravel(), build])


def guide_tensors(sheet: Bytes, surfaces: Bytes, views: int) -> tuple[NDArray[np.int64], Floats]:
    """Labels and relief, as ``Told`` has them, of views side by side.

    sheet (H, views * W, 4): part, depth, facing right, facing up, as ``picture_channels`` gives them; surfaces
    (H, views * W).
    """
    height, width = surfaces.shape
    channels = np.concatenate([sheet, surfaces[..., None]], axis=2)
    apart = channels.reshape(height, views, width // views, 5).transpose(1, 3, 0, 2)  # (views, 5, H, W)
    relief = apart[:, 1:4].astype(np.float32) / 127.5 - 1
    return apart[:, [0, 4]].astype(np.int64), relief


def character_noise(
    seed: int, views: int, size_px: tuple[int, int], local_channels: int, style_channels: int
) -> dict[str, Floats]:
    """Standard-normal ``style``, ``local`` and ``grain`` of that seed for one character, each with a batch of 1.

    size_px: width and height of a view. The style is drawn first, so it is the same at every size.
    """
    width, height = size_px
    rng = np.random.default_rng(seed)
    cells = (height // CELL_PX, width // CELL_PX)
    return {
        "style": rng.standard_normal((1, style_channels), np.float32),
        "local": rng.standard_normal((1, views, local_channels, *cells), np.float32),
        "grain": rng.standard_normal((1, views, 1, height, width), np.float32),
    }


def network_inputs(
    told: Told, noise: Mapping[str, Floats], truncation: float = 1.0
) -> dict[str, NDArray[np.int64] | Floats]:
    """The network's inputs by name, in its order, for one character. truncation: of the style; 0 is the average."""
    return {
        "labels": told.labels[None],
        "relief": told.relief[None],
        "grain": noise["grain"],
        "local": noise["local"],
        "style": noise["style"] * np.float32(truncation),
        "archetype": told.archetype[None],
        "controls": told.controls[None],
    }
