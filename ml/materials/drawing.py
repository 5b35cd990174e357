"""What a network is told to paint, drawn from what the user asks of the layout. numpy only."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..families import FAMILY_INDEX, family_by_id
from . import families as _recipes  # noqa: F401  (registers the recipes)
from .arrays import ArrayGraph
from .own_layout import read_own_layout
from .params import Params, Split
from .patterns import MEASURES, NamedLayout, draw_pattern
from .recipe import RECIPES, outline

__all__ = ["DrawnGuide", "GuideWish", "draw_guide"]

Array = NDArray[np.float32]

_NAMES = {
    "rows": ("rows", "half_rows"),
    "columns": ("columns",),
    "gap": ("gap",),
    "regularity": ("jitter", "wobble"),
}
"""What the recipes call a measure, one of these each."""


@dataclass(frozen=True, slots=True, eq=False)
class GuideWish:
    """A layout as it is asked for; what is not said is left to the seed."""

    family: str
    seed: int
    numbers: Mapping[str, float]
    """``patterns.MEASURES``, or any number that the family's recipe draws, by its name."""
    choices: Mapping[str, str]
    """``pattern``: one of ``patterns.PATTERNS``; or any choice that the family's recipe draws, by its name."""
    wear: float | None
    """0 to 1; None as the seed has it."""
    picture: Array | None
    """(height, width), 0 to 1: the user's own layout, bright where something stands out."""
    tiles: int = 1
    """So many tiles along each axis are drawn as one where the layout can be that large: where it is a pattern."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnGuide:
    """A drawn layout, and what the user should know of it."""

    guide: Array
    """(px, px, 4): relief, cell, detail, wear, 0 to 1, exactly periodic."""
    notes: tuple[str, ...]
    tiles: int = 1
    """How many tiles it has along each axis."""


def draw_guide(wish: GuideWish, px: int, split: Split = "train") -> DrawnGuide:
    """The guide of that wish, each of its tiles ``px`` pixels wide.

    A family's own layout is one tile: its recipe places noise, pieces and waves by fractions of the tile, in the
    ranges that the network was trained on, so more of its rows and columns would be another layout. Raises
    ValueError for an unknown pattern and for a picture that holds nothing; its text is for the user.
    """
    params, channels = _of_family(wish, px, split)
    notes: list[str] = []
    tiles = 1
    pattern = wish.choices.get("pattern")
    if wish.picture is not None:
        own = read_own_layout(wish.picture, px, wish.seed)
        channels[0], channels[1] = own.relief, own.cell
        if family_by_id(wish.family).has_up:
            # laid by rows: its detail would show the rows that the picture has taken the place of
            channels[2] = np.full_like(own.relief, 0.5)
        notes += own.notes
    elif pattern is not None and "pattern" not in params.values:
        named = draw_pattern(pattern, px, wish.seed, wish.numbers, wish.tiles)
        tiles = named.tiles
        channels = [*_of_pattern(ArrayGraph(px * tiles, params), named), np.tile(channels[3], (tiles, tiles))]
        notes += named.notes
    else:
        if wish.family == "cobblestone" and not params.values["setts"]:
            channels[2] = _without_turn(channels[2])
        notes += _unknown(wish, params)
    guide = np.clip(np.stack(channels, axis=-1), 0, 1)
    return DrawnGuide(np.ascontiguousarray(guide, np.float32), tuple(notes), tiles)


def _of_family(wish: GuideWish, px: int, split: Split) -> tuple[Params, list[Array]]:
    params = Params((FAMILY_INDEX[wish.family], wish.seed), split, _wanted(wish), wish.wear)
    graph = ArrayGraph(px, params)
    guide = RECIPES[wish.family](graph, params, px).guide
    parts = (guide.relief, guide.cell, guide.detail, guide.wear)
    return params, [graph.array(part) for part in parts]


def _wanted(wish: GuideWish) -> dict[str, float | str]:
    """What is asked for in the recipes' own names."""
    wanted: dict[str, float | str] = {**wish.numbers, **wish.choices}
    if "rows" in wish.numbers:
        wanted["half_rows"] = wish.numbers["rows"] / 2
    if "regularity" in wish.numbers:
        # from none to what a recipe may have at most, which limits it
        wanted["jitter"] = 1 - wish.numbers["regularity"]
        wanted["wobble"] = 0.02 * (1 - wish.numbers["regularity"])
    return wanted


def _of_pattern(graph: ArrayGraph, named: NamedLayout) -> list[Array]:
    edge, cell, slope = graph.layout(named.layout)
    channels = [graph.array(part) for part in (outline(edge, named.gap), cell, slope)]
    return [*channels[:2], _without_turn(channels[2])] if named.around else channels


def _without_turn(detail: Array) -> Array:
    """Where an angle jumps from 1 to 0 the network paints a scratch across the cell: all angles are its middle."""
    return np.full_like(detail, 0.5)


def _unknown(wish: GuideWish, params: Params) -> list[str]:
    """A note for each wish that the family's own layout knows nothing of."""
    label = family_by_id(wish.family).label
    notes = []
    for name in (*wish.numbers, *wish.choices):
        names = _NAMES[name] if name in MEASURES else (name,)
        if not any(own in params.values for own in names):
            notes.append(
                f"{label} in its own layout has no {name.replace('_', ' ')}; choose a pattern to set it."
            )
    return notes
