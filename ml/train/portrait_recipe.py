"""The recipe of the portraits' network: the characters', with what styles need (see ``character_recipe.py``)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..nets.portrait import STYLED_LEVELS
from ..wire import WireError, from_plain
from .character_recipe import CharacterDataRecipe, CharacterNetRecipe, CharacterRecipe
from .recipe import RecipeError, read_toml

__all__ = ["PortraitRecipe", "load_portrait_recipe", "portrait_recipe_from_plain"]


@dataclass(frozen=True, slots=True)
class PortraitDataRecipe(CharacterDataRecipe):
    """How renders become training pictures."""

    mixing: float
    """Share of the portraits whose coarse levels are told another's colours and noise, and whose fine levels are told
    another's face: so each kind of level learns to paint what is its own (StyleGAN, arXiv 1812.04948)."""

    def __post_init__(self) -> None:
        CharacterDataRecipe.__post_init__(self)
        if not 0 <= self.mixing <= 1:
            raise ValueError("mixing is within 0 to 1")


@dataclass(frozen=True, slots=True)
class PortraitNetRecipe(CharacterNetRecipe):
    """What is painted, and the widths of both networks; see ``ml.nets.portrait.PortraitConfig``."""

    mapping_layers: int
    coarse_levels: int
    """So many levels, from the coarsest on, have the head's style; the others have that of the look."""

    def __post_init__(self) -> None:
        CharacterNetRecipe.__post_init__(self)
        if self.width_px != self.height_px:
            raise ValueError("portraits are square: width_px and height_px are the same")
        if not 1 <= self.coarse_levels < STYLED_LEVELS or self.mapping_layers < 1:
            raise ValueError(
                f"coarse_levels is within 1 to {STYLED_LEVELS - 1}, and mapping_layers is positive"
            )


@dataclass(frozen=True, slots=True)
class PortraitRecipe(CharacterRecipe):
    """A whole recipe; the sections of the TOML file are the fields."""

    data: PortraitDataRecipe
    net: PortraitNetRecipe


def load_portrait_recipe(path: Path) -> PortraitRecipe:
    """The recipe in that TOML file. Raises RecipeError when it is absent, no TOML, or not a valid recipe."""
    return portrait_recipe_from_plain(read_toml(path))


def portrait_recipe_from_plain(plain: Any) -> PortraitRecipe:
    """A recipe from plain dicts and lists, as TOML and checkpoints hold it. Raises RecipeError."""
    try:
        recipe: PortraitRecipe = from_plain(PortraitRecipe, plain, "recipe")
    except WireError as error:
        raise RecipeError(str(error)) from None
    return recipe
