"""What a network is told to paint, drawn from what the user asks of the layout. numpy only."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..families import FAMILY_INDEX
from . import families as _recipes  # noqa: F401  (registers the recipes)
from .arrays import ArrayGraph
from .params import Params, Split
from .recipe import RECIPES

__all__ = ["DrawnGuide", "GuideWish", "draw_guide"]


@dataclass(frozen=True, slots=True, eq=False)
class GuideWish:
    """A layout as it is asked for; what is not said is left to the seed."""

    family: str
    seed: int
    numbers: Mapping[str, float]
    choices: Mapping[str, str]
    wear: float | None
    """0 to 1; None as the seed has it."""
    picture: NDArray[np.float32] | None
    """(height, width), 0 to 1: the user's own layout, bright where something stands out."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnGuide:
    """A drawn layout, and what the user should know of it."""

    guide: NDArray[np.float32]
    """(px, px, 4): relief, cell, detail, wear, 0 to 1, exactly periodic."""
    notes: tuple[str, ...]


def draw_guide(wish: GuideWish, px: int, split: Split = "train") -> DrawnGuide:
    """The guide of that wish."""
    params = Params(
        (FAMILY_INDEX[wish.family], wish.seed), split, {**wish.numbers, **wish.choices}, wish.wear
    )
    graph = ArrayGraph(px, params)
    guide = RECIPES[wish.family](graph, params, px).guide
    channels = [graph.array(part) for part in (guide.relief, guide.cell, guide.detail, guide.wear)]
    if wish.picture is not None:
        height, width = wish.picture.shape
        rows, columns = np.arange(px) * height // px, np.arange(px) * width // px
        channels[0] = wish.picture[rows][:, columns]
    return DrawnGuide(np.ascontiguousarray(np.clip(np.stack(channels, axis=-1), 0, 1), np.float32), ())
