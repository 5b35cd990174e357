"""The recipe of the characters' enlarger: every number of a run, read strictly (see ``recipe.py``)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..nets.enlarger import EnlargerConfig
from ..wire import WireError, from_plain
from .recipe import RecipeError, RunRecipe, read_toml

__all__ = ["EnlargerDataRecipe", "EnlargerRecipe", "enlarger_recipe_from_plain", "load_enlarger_recipe"]


@dataclass(frozen=True, slots=True)
class EnlargerDataRecipe:
    """How renders become pairs of a small picture and a large one."""

    crop_px: int
    """Width and height of the small one."""
    blur_px: float
    """It is blurred by up to so many pixels (standard deviation) ..."""
    grain: float
    """... gets noise of up to so much (standard deviation, of 1) ..."""
    stain: float
    """... and colours that are off in places, by up to so much ..."""
    lattice: float
    """... and a pattern that repeats every two or four pixels, by up to so much, which convolutions leave."""

    def __post_init__(self) -> None:
        if not 8 <= self.crop_px <= 256 or not 0 <= self.blur_px <= 2:
            raise ValueError("crop_px is 8 to 256, blur_px 0 to 2")
        if not all(0 <= share <= 0.5 for share in (self.grain, self.stain, self.lattice)):
            raise ValueError("grain, stain and lattice are 0 to 0.5")


@dataclass(frozen=True, slots=True)
class EnlargerLossRecipe:
    """Mean absolute errors."""

    alpha: float

    def __post_init__(self) -> None:
        if self.alpha < 0:
            raise ValueError("alpha is not negative")


@dataclass(frozen=True, slots=True)
class EnlargerOptimiserRecipe:
    """Adam; the learning rate rises evenly, then sinks along a cosine to nothing at the run's last step."""

    batch: int
    learning_rate: float
    warmup_steps: int
    ema_decay: float
    seed: int

    def __post_init__(self) -> None:
        if self.batch < 1 or self.learning_rate <= 0 or min(self.warmup_steps, self.seed) < 0:
            raise ValueError("batch and learning_rate are positive, the others not negative")
        if not 0 <= self.ema_decay < 1:
            raise ValueError("ema_decay is within 0 to 1, without 1")


@dataclass(frozen=True, slots=True)
class EnlargerRecipe:
    """A whole recipe; the sections of the TOML file are the fields."""

    name: str
    """Name of the model that comes out of it, a folder under ``ml/models``."""
    data: EnlargerDataRecipe
    net: EnlargerConfig
    loss: EnlargerLossRecipe
    optimiser: EnlargerOptimiserRecipe
    run: RunRecipe

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError("name is made of letters, digits and underscores")


def load_enlarger_recipe(path: Path) -> EnlargerRecipe:
    """The recipe in that TOML file. Raises RecipeError when it is absent, no TOML, or not a valid recipe."""
    return enlarger_recipe_from_plain(read_toml(path))


def enlarger_recipe_from_plain(plain: Any) -> EnlargerRecipe:
    """A recipe from plain dicts and lists, as TOML and checkpoints hold it. Raises RecipeError."""
    try:
        recipe: EnlargerRecipe = from_plain(EnlargerRecipe, plain, "recipe")
    except WireError as error:
        raise RecipeError(str(error)) from None
    return recipe
