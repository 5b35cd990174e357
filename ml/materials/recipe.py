"""What a material recipe is given and what it gives back; the registry of all recipes."""

from collections.abc import Callable
from dataclasses import dataclass

from .field import Colour, Field, Value
from .graph import Graph
from .params import Params

__all__ = ["RECIPES", "Guide", "Maps", "Recipe", "outline", "recipe"]


@dataclass(frozen=True, slots=True)
class Guide:
    """Where things are in a material, without a word on colours: what a network is told to paint.

    Four fields, 0 to 1, that depend on no colour. Their exact meaning is each family's own; in general:
    """

    relief: Value
    """Of structured families 0 in a gap, 1/4 at a cell's border, 1 at its middle (``outline``); of others the
    form that is seen first: veins, dunes, rings."""
    cell: Value
    """A number per cell, or the second form."""
    detail: Value
    """What divides a cell: its slope, a pattern, small pieces."""
    wear: Value = 0.0
    """Where age shows: dirt, rust, moss, peeled paint."""


@dataclass(frozen=True, slots=True)
class Maps:
    """The four maps of one material and its guide, over the unit square, all periodic."""

    albedo: Field | Colour
    """Linear RGB. May hold dirt and worn edges, never light or shadow of a lamp."""
    height: Value
    """0 lowest to 1 highest."""
    roughness: Value
    """0 mirror to 1 chalk, as the Principled shader takes it."""
    metallic: Value
    """0 dielectric, 1 metal."""
    guide: Guide


Recipe = Callable[[Graph, Params, int], Maps]
"""(graph, params, px) -> maps; ``px`` is the resolution to draw layouts at."""

RECIPES: dict[str, Recipe] = {}


def recipe(family_id: str) -> Callable[[Recipe], Recipe]:
    """Registers the function as the recipe of that family."""

    def register(function: Recipe) -> Recipe:
        RECIPES[family_id] = function
        return function

    return register


def outline(edge: Field, gap: float) -> Field:
    """A layout's distance to the edge with the gap's border always at 1/4, however wide the gap is."""
    graph = edge.graph
    return graph.remap(edge, 0.0, gap, 0.0, 0.25) + graph.remap(edge, gap, 1.0, 0.0, 0.75)
