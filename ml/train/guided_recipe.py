"""The recipe of the texture studio's network: every number of a run, read strictly (see ``recipe.py``)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..wire import WireError, from_plain
from .recipe import RecipeError, RunRecipe, read_toml

__all__ = ["GuidedRecipe", "guided_recipe_from_plain", "load_guided_recipe"]


@dataclass(frozen=True, slots=True)
class GuidedDataRecipe:
    """How renders become training pictures."""

    crop_px: int
    """Size of what the discriminator sees."""
    halo_px: int
    """So much of the surroundings the generator draws on each side, so that parts of tiles have no border."""
    mirror: bool
    """Swap left and right in half of the pictures, of families that have no up."""
    turn: bool
    """Turn by quarters, of families that have no up."""

    def __post_init__(self) -> None:
        if self.crop_px < 32 or self.crop_px % 16 or self.halo_px < 0 or self.halo_px % 8:
            raise ValueError("crop_px is a multiple of 16 from 32, halo_px a multiple of 8")


@dataclass(frozen=True, slots=True)
class GuidedNetRecipe:
    """Widths of both networks; see ``ml.nets.guided.GuidedConfig``."""

    local_channels: int
    style_channels: int
    generator_channels: tuple[int, ...]
    discriminator_channels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GuidedLossRecipe:
    """Relativistic pairing with gradient penalties on real and generated pictures (R3GAN, arXiv 2501.05441)."""

    penalty_first: float
    """R3GAN's gamma at step 0: high, so that the discriminator cannot run away from an untrained generator."""
    penalty: float
    """What it has sunk to after ``penalty_fade_steps``, evenly in its logarithm, and stays. For pixels within 0 to
    1: a quarter of what it would be for -1 to 1. A logit that never leaves 0 is a sign of too much."""
    penalty_fade_steps: int
    penalty_every_steps: int
    """The penalty is computed now and then, and counts so many times more (StyleGAN2, arXiv 1912.04958)."""
    control: float
    """Weight of the error between the controls that were asked for and those that are measured."""
    match: float
    """Weight, at step 0, of the mean difference from the paired render, both averaged over 4 x 4 pixels (pix2pix,
    arXiv 1611.07004): which map goes where is learned in minutes, and what has many answers is left to the pairing."""
    match_steps: int
    """Steps until that weight has faded to nothing, linearly."""
    features: float
    """Weight of the difference from the paired render in what each layer of the discriminator sees (pix2pixHD,
    arXiv 1711.11585), relative to what it sees in the render."""
    features_from_step: int
    """Before this step the discriminator's layers see too little to learn from."""
    cutout: float
    """Share of pictures in which a rectangle is hidden from the discriminator, the same in real and generated
    ones (DiffAugment, arXiv 2006.10738)."""

    def __post_init__(self) -> None:
        if min(self.match, self.match_steps, self.features, self.features_from_step) < 0:
            raise ValueError("match, match_steps, features and features_from_step are not negative")
        if self.penalty_first <= 0 or self.penalty_fade_steps < 0:
            raise ValueError("penalty_first is positive, penalty_fade_steps not negative")
        if self.penalty <= 0 or self.penalty_every_steps < 1 or self.control < 0 or not 0 <= self.cutout <= 1:
            raise ValueError(
                "penalty and penalty_every_steps are positive, control is not negative, cutout 0 to 1"
            )


@dataclass(frozen=True, slots=True)
class GuidedOptimiserRecipe:
    """Adam for both networks."""

    batch: int
    learning_rate_generator: float
    learning_rate_discriminator: float
    decay_from_step: int
    """From this step on both learning rates sink evenly, to nothing at the run's last one."""
    beta1: float
    beta2: float
    ema_decay: float
    """The averaged generator, which is exported, is ``decay * average + (1 - decay) * weights``."""
    seed: int

    def __post_init__(self) -> None:
        if self.decay_from_step < 0:
            raise ValueError("decay_from_step is not negative")
        if self.batch < 1 or min(self.learning_rate_generator, self.learning_rate_discriminator) <= 0:
            raise ValueError("batch and learning rates are positive")
        if not (0 <= self.beta1 < 1 and 0 <= self.beta2 < 1 and 0 < self.ema_decay < 1) or self.seed < 0:
            raise ValueError(
                "betas are within 0 to 1 without 1, ema_decay within 0 to 1, seed is not negative"
            )


@dataclass(frozen=True, slots=True)
class GuidedRecipe:
    """A whole recipe; the sections of the TOML file are the fields."""

    name: str
    """Name of the model that comes out of it, a folder under ``ml/models``."""
    data: GuidedDataRecipe
    net: GuidedNetRecipe
    loss: GuidedLossRecipe
    optimiser: GuidedOptimiserRecipe
    run: RunRecipe

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError("name is made of letters, digits and underscores")


def load_guided_recipe(path: Path) -> GuidedRecipe:
    """The recipe in that TOML file. Raises RecipeError when it is absent, no TOML, or not a valid recipe."""
    return guided_recipe_from_plain(read_toml(path))


def guided_recipe_from_plain(plain: Any) -> GuidedRecipe:
    """A recipe from plain dicts and lists, as TOML and checkpoints hold it. Raises RecipeError."""
    try:
        recipe: GuidedRecipe = from_plain(GuidedRecipe, plain, "recipe")
    except WireError as error:
        raise RecipeError(str(error)) from None
    return recipe
