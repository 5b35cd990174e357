"""What a material recipe is given and what it gives back; the registry of all recipes."""

from collections.abc import Callable
from dataclasses import dataclass

from ..layouts import Layout
from .graph import Colour, Field, Graph, Value
from .params import Params

__all__ = ["RECIPES", "Maps", "Recipe", "recipe"]


@dataclass(frozen=True, slots=True)
class Maps:
    """The four maps of one material, over the unit square, all periodic."""

    albedo: Field | Colour
    """Linear RGB. May hold dirt and worn edges, never light or shadow of a lamp."""
    height: Value
    """0 lowest to 1 highest."""
    roughness: Value
    """0 mirror to 1 chalk, as the Principled shader takes it."""
    metallic: Value = 0.0
    """0 dielectric, 1 metal."""
    layout: Layout | None = None
    """The layout that the material is built on, if it has one."""


Recipe = Callable[[Graph, Params, int], Maps]
"""(graph, params, px) -> maps; ``px`` is the resolution to draw layouts at."""

RECIPES: dict[str, Recipe] = {}


def recipe(family_id: str) -> Callable[[Recipe], Recipe]:
    """Registers the function as the recipe of that family."""

    def register(function: Recipe) -> Recipe:
        RECIPES[family_id] = function
        return function

    return register
