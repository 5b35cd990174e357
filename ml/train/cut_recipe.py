"""The recipe of the cut detector: every number of a run, read strictly (see ``recipe.py``)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..nets.cut_detector import CutDetectorConfig
from ..wire import WireError, from_plain
from .cut_films import KINDS, FilmSettings
from .recipe import RecipeError, RunRecipe, read_toml

__all__ = ["CutRecipe", "cut_recipe_from_plain", "load_cut_recipe"]


@dataclass(frozen=True, slots=True)
class CutDataRecipe:
    """How films are made up."""

    pattern: str
    """Glob for the pictures' file names."""
    frames: int
    """Of each film."""
    weights: tuple[float, ...]
    """How often shots are joined by a cut, a dissolve, a fade in, a fade out, a wipe; together 1."""
    disturbed: float
    """Share of shots with a flash, a passer-by, titles and the like, which are no cuts."""
    longest: int
    """Frames of the longest transition."""
    clip_share: float
    """Share of scenes taken from rendered clips, when there are any; the others are painted."""
    replayed: int
    """A film comes back so many times, mirrored, backwards, with its colours swapped."""

    def __post_init__(self) -> None:
        if self.frames < 32 or not 4 <= self.longest <= self.frames // 2 or self.replayed < 0:
            raise ValueError("frames is at least 32, longest within 4 to half of it, replayed not negative")
        if len(self.weights) != len(KINDS) or min(self.weights) < 0 or abs(sum(self.weights) - 1) > 1e-6:
            raise ValueError(f"weights are {len(KINDS)} numbers that sum to 1")
        if not (0 <= self.disturbed <= 1 and 0 <= self.clip_share <= 1):
            raise ValueError("disturbed and clip_share are within 0 to 1")

    def films(self, frames: int | None = None) -> FilmSettings:
        """As the film maker takes them."""
        return FilmSettings(
            frames or self.frames, weights=self.weights, disturbed=self.disturbed, longest=self.longest
        )


@dataclass(frozen=True, slots=True)
class CutNetRecipe:
    """Widths; see ``ml.nets.cut_detector.CutDetectorConfig``."""

    stem_channels: tuple[int, ...]
    trunk_channels: tuple[int, ...]
    dilations: tuple[int, ...]
    embedding: int
    band_frames: int
    head_channels: int
    head_dilations: tuple[int, ...]

    def config(self) -> CutDetectorConfig:
        """As the network takes them."""
        return CutDetectorConfig(
            len(KINDS),
            self.stem_channels,
            self.trunk_channels,
            self.dilations,
            self.embedding,
            self.band_frames,
            self.head_channels,
            self.head_dilations,
        )


@dataclass(frozen=True, slots=True)
class CutLossRecipe:
    """Cross-entropies."""

    positive: float
    """A frame with a cut counts so many times a frame without."""
    within: float
    """Weight of the frames within longer transitions, relative to the moments."""
    kind: float
    """Weight of the kinds."""

    def __post_init__(self) -> None:
        if self.positive <= 0 or min(self.within, self.kind) < 0:
            raise ValueError("positive is above 0, within and kind are not negative")


@dataclass(frozen=True, slots=True)
class CutOptimiserRecipe:
    """AdamW; the learning rate rises evenly, then sinks along a cosine to nothing at the run's last step."""

    batch: int
    learning_rate: float
    warmup_steps: int
    weight_decay: float
    ema_decay: float
    seed: int

    def __post_init__(self) -> None:
        if (
            self.batch < 1
            or self.learning_rate <= 0
            or min(self.warmup_steps, self.weight_decay, self.seed) < 0
        ):
            raise ValueError("batch and learning_rate are positive, the others not negative")
        if not 0 <= self.ema_decay < 1:
            raise ValueError("ema_decay is within 0 to 1, without 1")


@dataclass(frozen=True, slots=True)
class CutValidationRecipe:
    """Held-out films that choose the weights to ship."""

    films: int
    frames: int

    def __post_init__(self) -> None:
        if self.films < 1 or self.frames < 64:
            raise ValueError("there is at least one film of at least 64 frames")


@dataclass(frozen=True, slots=True)
class CutRecipe:
    """A whole recipe; the sections of the TOML file are the fields."""

    name: str
    """Name of the model that comes out of it, a folder under ``ml/models``."""
    data: CutDataRecipe
    net: CutNetRecipe
    loss: CutLossRecipe
    optimiser: CutOptimiserRecipe
    validation: CutValidationRecipe
    run: RunRecipe

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError("name is made of letters, digits and underscores")


def load_cut_recipe(path: Path) -> CutRecipe:
    """The recipe in that TOML file. Raises RecipeError when it is absent, no TOML, or not a valid recipe."""
    return cut_recipe_from_plain(read_toml(path))


def cut_recipe_from_plain(plain: Any) -> CutRecipe:
    """A recipe from plain dicts and lists, as TOML and checkpoints hold it. Raises RecipeError."""
    try:
        recipe: CutRecipe = from_plain(CutRecipe, plain, "recipe")
    except WireError as error:
        raise RecipeError(str(error)) from None
    return recipe
