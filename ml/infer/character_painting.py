"""Asks the characters' network: guides, colours and a seed in, cut-out pictures of all views out. numpy only.

Everything that the guides do not say follows from the look's seed, so the same body can be painted in many ways and
many bodies in one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cards import CharacterCard
from .upscale import enlarge_cutout

__all__ = ["Paint", "ViewGuide", "cut_out", "network_inputs"]

Array = NDArray[np.float32]

_CELL_PX = 16
"""Pixels per cell of the network's coarsest map."""
_STREAM = 11
"""Apart from the streams that materials draw from."""
_CLEAR, _SOLID = 0.03, 0.97
"""Alpha up to the first is nothing, from the second on is all: a network never says exactly 0 or 1."""


@dataclass(frozen=True, slots=True, eq=False)
class ViewGuide:
    """What is where in one view."""

    labels: NDArray[np.int64]
    """(2, H, W): part and surface, 0 where nothing is."""
    relief: Array
    """(3, H, W): depth, facing right and facing up, -1 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Paint:
    """What is painted onto the guides."""

    archetype: str
    controls: Array
    """(control_channels,): colours and build, as the network learnt them."""
    seed: int
    truncation: float
    """How far from the average: 0 the average itself, 1 as far as in training."""


def network_inputs(
    card: CharacterCard, guides: Sequence[ViewGuide], paint: Paint
) -> Mapping[str, NDArray[Any]]:
    """The inputs of one run, with a batch of one. Views of equal size, multiples of 16, in the card's order.

    Raises ValueError for an archetype that the network does not have.
    """
    if paint.archetype not in card.families:
        raise ValueError(f"the network knows no {paint.archetype}; it knows {', '.join(card.families)}")
    views, (height, width) = len(guides), guides[0].relief.shape[1:]
    rng = np.random.default_rng((paint.seed, _STREAM))
    # in this order, so that a size never changes the style
    style = rng.standard_normal((1, card.style_channels), np.float32)
    local = rng.standard_normal(
        (1, views, card.local_channels, height // _CELL_PX, width // _CELL_PX), np.float32
    )
    grain = rng.standard_normal((1, views, 1, height, width), np.float32)
    archetype = np.zeros((1, len(card.families)), np.float32)
    archetype[0, card.families.index(paint.archetype)] = 1
    # the average of what is drawn from a standard normal is zero
    reach = np.float32(paint.truncation)
    return {
        "labels": np.stack([guide.labels for guide in guides])[None],
        "relief": np.stack([guide.relief for guide in guides])[None],
        "grain": grain,
        "local": local * reach,
        "style": style * reach,
        "archetype": archetype,
        "controls": paint.controls[None],
    }


def cut_out(painted: Array, size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """One painted view (4, H, W), 0 to 1, as (height, width, 4) of that size (width, height), straight alpha."""
    alpha = np.clip((painted[3:] - _CLEAR) / (_SOLID - _CLEAR), 0, 1)
    return enlarge_cutout(np.concatenate([painted[:3], alpha]).astype(np.float32), size_px)
