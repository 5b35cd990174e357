"""Portraits: who is painted, head and shoulders in a square, and what their network is told.

Told as the characters' network is, with the face's numbers beside the colours. The levels of the network that give
form are told of the head, those that give colour of the look, so that a look can be put on another head.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..materials.params import Split
from .casting import sculpt
from .character import Character, Face, draw_character
from .guide import portrait_frame
from .network_inputs import CONTROL_CHANNELS, Floats, Told, controls_of, told_in
from .palette import RGB
from .sculpture import SURFACES

__all__ = [
    "COLOUR_CONTROLS",
    "FACE_NUMBERS",
    "PORTRAIT_CONTROL_CHANNELS",
    "PORTRAIT_TURNS",
    "PORTRAIT_WEARS",
    "draw_portrait",
    "portrait_controls",
    "portrait_inputs",
    "tell_portrait",
]

PORTRAIT_TURNS = ("villager", "monarch", "ranger", "villager", "pirate", "monk")
"""Archetypes of people whose faces are seen, in the order in which renders take turns."""
FACE_NUMBERS = {
    "jaw": (0.84, 1.2),
    "eyes": (0.9, 1.3),
    "nose": (0.8, 1.4),
    "smile": (-0.7, 1.0),
    "frown": (0.0, 1.0),
    "mouth": (0.0, 1.0),
    "age": (0.0, 1.0),
}
"""Of a ``Face``, with what they are drawn from: -1 and 1 to the network."""
PORTRAIT_CONTROL_CHANNELS = CONTROL_CHANNELS + len(FACE_NUMBERS)
"""Colours of the surfaces and build as the characters' network has them, then FACE_NUMBERS."""
COLOUR_CONTROLS = 3 * len(SURFACES)
"""So many controls, the first, are colours."""
PORTRAIT_WEARS: Mapping[str, str] = {"hat": "none", "hood": "down"}


def draw_portrait(
    archetype: str,
    seed: int,
    split: Split = "train",
    build: str | None = None,
    main: RGB | None = None,
    second: RGB | None = None,
    wanted: Mapping[str, float] | None = None,
) -> Character:
    """As ``draw_character``, bareheaded where that can be.

    Raises ValueError as that does, and for an archetype that has no portraits.
    """
    if archetype not in PORTRAIT_TURNS:
        known = ", ".join(dict.fromkeys(PORTRAIT_TURNS))
        raise ValueError(f"there are no portraits of {archetype!r}; there are of {known}")
    return draw_character(archetype, seed, split, build, main, second, PORTRAIT_WEARS, wanted)


def portrait_controls(character: Character) -> Floats:
    """(PORTRAIT_CONTROL_CHANNELS,)."""
    return np.concatenate([controls_of(character), _face_numbers(character.face)])


def tell_portrait(character: Character, views: Sequence[str], side_px: int) -> Told:
    """All that the network needs of a head but noise, its ``controls`` being ``portrait_controls``'.

    Raises ValueError for a view or size that cannot be.
    """
    frame = portrait_frame(character, side_px)
    return told_in(frame, character, sculpt(character), views, portrait_controls(character))


def portrait_inputs(
    told: Told,
    look: Floats,
    noise: tuple[Mapping[str, Floats], Mapping[str, Floats]],
    levels: tuple[int, int],
    truncation: float = 1.0,
) -> dict[str, NDArray[np.int64] | Floats]:
    """The network's inputs by name, in its order, for one portrait.

    told: of the head. look (PORTRAIT_CONTROL_CHANNELS,): whose colours it wears. noise: of the head and of the look
    (``character_noise``); grain and local are the look's. levels: how many there are, and how many of them, from the
    coarsest on, are the head's.
    """
    count, coarse = levels
    head_noise, look_noise = noise
    styles = [head_noise["style"]] * coarse + [look_noise["style"]] * (count - coarse)
    controls = [told.controls] * coarse + [look] * (count - coarse)
    return {
        "labels": told.labels[None],
        "relief": told.relief[None],
        "grain": look_noise["grain"],
        "local": look_noise["local"],
        "styles": np.stack(styles, axis=1),
        "archetype": told.archetype[None],
        "controls": np.stack(controls)[None],
        "truncation": np.full((1, 1), truncation, np.float32),
    }


def _face_numbers(face: Face) -> Floats:
    places = [(getattr(face, name) - low) / (high - low) for name, (low, high) in FACE_NUMBERS.items()]
    return np.array(places, np.float32) * 2 - 1
