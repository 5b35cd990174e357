"""The recipe of the characters' network: every number of a run, read strictly (see ``recipe.py``)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..characters.guide import VIEWS
from ..characters.network_inputs import CELL_PX
from ..wire import WireError, from_plain
from .guided_recipe import GuidedLossRecipe, GuidedOptimiserRecipe
from .recipe import RecipeError, RunRecipe, read_toml

__all__ = [
    "CharacterDataRecipe",
    "CharacterLossRecipe",
    "CharacterRecipe",
    "ViewsRecipe",
    "character_recipe_from_plain",
    "load_character_recipe",
]


@dataclass(frozen=True, slots=True)
class CharacterDataRecipe:
    """How renders become training pictures."""

    held_out: float
    """Share of the characters that are never trained on: the sample sheets show these."""
    shift_px: int
    """The discriminator sees all views moved by up to so much, the same for real and generated ones."""
    jitter: float
    """... and their light and contrast changed by up to this share (DiffAugment, arXiv 2006.10738)."""

    def __post_init__(self) -> None:
        if not 0 < self.held_out <= 0.5 or not 0 <= self.shift_px <= 64 or not 0 <= self.jitter < 1:
            raise ValueError("held_out is above 0 and up to 0.5, shift_px 0 to 64, jitter 0 to 1 without 1")


@dataclass(frozen=True, slots=True)
class ViewsRecipe:
    """What is painted."""

    views: tuple[str, ...]
    """Painted in one pass, in this order."""
    width_px: int
    height_px: int

    def __post_init__(self) -> None:
        unknown = [view for view in self.views if view not in VIEWS]
        if not self.views or unknown or len(set(self.views)) < len(self.views):
            raise ValueError(f"views are one or more of {', '.join(VIEWS)}, each once")
        if min(self.width_px, self.height_px) < 2 * CELL_PX or (self.width_px | self.height_px) % CELL_PX:
            raise ValueError(f"width_px and height_px are multiples of {CELL_PX} from {2 * CELL_PX}")


@dataclass(frozen=True, slots=True)
class CharacterNetRecipe(ViewsRecipe):
    """... and the widths of both networks; see ``ml.nets.characters.CharacterConfig``."""

    label_channels: int
    local_channels: int
    style_channels: int
    generator_channels: tuple[int, ...]
    discriminator_channels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CharacterLossRecipe(GuidedLossRecipe):
    """As the texture studio's, and one more."""

    pixels: float
    """Weight of the mean difference from the paired render, pixel by pixel: guide and colours settle most of a
    character, so there is less to be left open than in a material, and a grid of noise costs something at last."""
    pixels_from_step: int
    """Before this step that weight is nothing."""

    def __post_init__(self) -> None:
        # slots make a class anew, which super() without arguments does not find
        GuidedLossRecipe.__post_init__(self)
        if min(self.pixels, self.pixels_from_step) < 0:
            raise ValueError("pixels and pixels_from_step are not negative")


@dataclass(frozen=True, slots=True)
class CharacterRecipe:
    """A whole recipe; the sections of the TOML file are the fields."""

    name: str
    """Name of the model that comes out of it, a folder under ``ml/models``."""
    data: CharacterDataRecipe
    net: CharacterNetRecipe
    loss: CharacterLossRecipe
    """Its ``control`` weighs the error of the surfaces' colours."""
    optimiser: GuidedOptimiserRecipe
    run: RunRecipe

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError("name is made of letters, digits and underscores")


def load_character_recipe(path: Path) -> CharacterRecipe:
    """The recipe in that TOML file. Raises RecipeError when it is absent, no TOML, or not a valid recipe."""
    return character_recipe_from_plain(read_toml(path))


def character_recipe_from_plain(plain: Any) -> CharacterRecipe:
    """A recipe from plain dicts and lists, as TOML and checkpoints hold it. Raises RecipeError."""
    try:
        recipe: CharacterRecipe = from_plain(CharacterRecipe, plain, "recipe")
    except WireError as error:
        raise RecipeError(str(error)) from None
    return recipe
