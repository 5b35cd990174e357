"""Recipes: every number of a training run in one TOML file, read strictly into frozen dataclasses.

A missing, unknown or mistyped key is an error that names it, because a misspelt setting that is silently
ignored costs a night. The recipe travels in the checkpoint and from there into the model card.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..wire import WireError, from_plain, to_plain

__all__ = [
    "DCGANRecipe",
    "DataRecipe",
    "NetRecipe",
    "OptimiserRecipe",
    "RecipeError",
    "RunRecipe",
    "load_recipe",
    "read_toml",
    "recipe_from_plain",
    "recipe_to_plain",
]


class RecipeError(ValueError):
    """The recipe cannot be used; the text names the file or the key and what is wrong."""


@dataclass(frozen=True, slots=True)
class DataRecipe:
    """Which pictures, and how they are varied."""

    pattern: str
    """Glob for file names, for example ``*_albedo.png`` or ``*``."""
    periodic: bool
    """The pictures tile: their left edge continues at the right one, their top at the bottom."""
    roll: Literal["none", "turnable", "all"]
    """Shift tiles by a random amount, wrapped: no class, those that may be turned (see ``turn``), or all."""
    mirror: bool
    """Swap left and right in half of the pictures."""
    turn: bool
    """Also turn by quarters and flip upside down, in families that have no up (``ml.families``)."""

    def __post_init__(self) -> None:
        if not self.pattern or "/" in self.pattern or "\\" in self.pattern:
            raise ValueError("pattern is a glob for file names, without folders")
        if self.roll != "none" and not self.periodic:
            raise ValueError('roll wraps pictures around, which needs periodic = true; else roll = "none"')


@dataclass(frozen=True, slots=True)
class NetRecipe:
    """How the reference network is used."""

    noise_channels: int
    """Latent channels that carry noise when the data have classes; without classes all 100 do."""
    code_scale: float
    """Size of the one-hot code while training; folded into the first layer at export."""
    generator_channels: tuple[int, ...]
    discriminator_channels: tuple[int, ...]
    discriminator_norm: bool
    """BatchNorm in the discriminator, as the reference has it; gradient penalties want none."""

    def __post_init__(self) -> None:
        if not 1 <= self.noise_channels < 100:
            raise ValueError("noise_channels is within 1 to 99 of the latent's 100 channels")
        if not self.code_scale > 0:
            raise ValueError("code_scale is positive")
        for widths in (self.generator_channels, self.discriminator_channels):
            if len(widths) != 4 or min(widths) < 1:
                raise ValueError(
                    "generator_channels and discriminator_channels are four positive numbers each"
                )


@dataclass(frozen=True, slots=True)
class OptimiserRecipe:
    """Adam for both networks, discriminator and generator in turn."""

    loss: Literal["cross_entropy", "relativistic"]
    """The reference's, or pairs of a real and a generated picture with gradient penalties (R3GAN, arXiv 2501.05441)."""
    penalty: float
    """Of the relativistic loss: gamma of R1 and R2, for pictures within -1 to 1."""
    penalty_every_steps: int
    batch: int
    classes_per_batch: int
    """So many classes share a batch, drawn anew each step; 0 means all."""
    discriminator_group: int
    """The discriminator sees the batch in groups of so many pictures, sorted by class, each normalised by
    itself; 0 means the whole batch. With few classes and several pictures of each in a group, its BatchNorm
    notices a class that always gives the same picture."""
    real_target: float
    """Target of the discriminator for real pictures: 1, or a little less (one-sided label smoothing)."""
    learning_rate_generator: float
    learning_rate_discriminator: float
    decay_from_step: int
    """From this step on both learning rates sink evenly, to nothing at the run's last one."""
    beta1: float
    beta2: float
    instance_noise: float
    """Standard deviation of noise on the discriminator's inputs at step 0 (pictures are within -1 to 1)."""
    instance_noise_steps: int
    """Steps until that noise has faded to nothing, linearly."""
    ema_decay: float
    """The averaged generator is ``decay * average + (1 - decay) * weights`` after each step; 0 keeps none."""
    seed: int

    def __post_init__(self) -> None:
        if self.penalty < 0 or self.penalty_every_steps < 1:
            raise ValueError("penalty is not negative, penalty_every_steps is positive")
        if self.batch < 2:
            raise ValueError("batch is at least 2, since BatchNorm needs more than one picture")
        if not 0 <= self.classes_per_batch <= self.batch:
            raise ValueError("classes_per_batch is within 0 to batch")
        if self.discriminator_group and not 2 <= self.discriminator_group <= self.batch:
            raise ValueError("discriminator_group is 0, or within 2 to batch")
        if self.discriminator_group and self.batch % self.discriminator_group:
            raise ValueError("batch is a multiple of discriminator_group")
        if not 0.5 < self.real_target <= 1:
            raise ValueError("real_target is within 0.5 to 1")
        if min(self.learning_rate_generator, self.learning_rate_discriminator) <= 0:
            raise ValueError("learning rates are positive")
        if not (0 <= self.beta1 < 1 and 0 <= self.beta2 < 1 and 0 <= self.ema_decay < 1):
            raise ValueError("beta1, beta2 and ema_decay are within 0 to 1, without 1")
        if min(self.instance_noise, self.instance_noise_steps, self.decay_from_step, self.seed) < 0:
            raise ValueError(
                "instance_noise, instance_noise_steps, decay_from_step and seed are not negative"
            )


@dataclass(frozen=True, slots=True)
class RunRecipe:
    """How long, and what is left on the way."""

    steps: int
    """Steps after which the run is finished."""
    sheet_every_steps: int
    checkpoint_every_minutes: float
    export_average: bool
    """Export the averaged generator instead of the last one."""

    def __post_init__(self) -> None:
        if self.steps < 1 or self.sheet_every_steps < 1 or self.checkpoint_every_minutes <= 0:
            raise ValueError("steps, sheet_every_steps and checkpoint_every_minutes are positive")


@dataclass(frozen=True, slots=True)
class DCGANRecipe:
    """A whole recipe; the sections of the TOML file are the fields."""

    name: str
    """Name of the model that comes out of it, a folder under ``ml/models``."""
    data: DataRecipe
    net: NetRecipe
    optimiser: OptimiserRecipe
    run: RunRecipe

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError("name is made of letters, digits and underscores")
        if self.run.export_average and self.optimiser.ema_decay == 0:
            raise ValueError("export_average needs an ema_decay above 0")


def load_recipe(path: Path) -> DCGANRecipe:
    """The recipe in that TOML file. Raises RecipeError when it is absent, no TOML, or not a valid recipe."""
    return recipe_from_plain(read_toml(path))


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a recipe's file. Raises RecipeError when it is absent or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RecipeError(f"cannot read the recipe {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipeError(f"{path} is not TOML: {error}") from None


def recipe_from_plain(plain: Any) -> DCGANRecipe:
    """A recipe from plain dicts and lists, as TOML and checkpoints hold it. Raises RecipeError."""
    try:
        recipe: DCGANRecipe = from_plain(DCGANRecipe, plain, "recipe")
    except WireError as error:
        raise RecipeError(str(error)) from None
    return recipe


def recipe_to_plain(recipe: Any) -> dict[str, Any]:
    """The other way round, for every kind of recipe."""
    plain: dict[str, Any] = to_plain(recipe)
    return plain
