"""The recipe of the shot describer: every number of a run, read strictly (see ``recipe.py``)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..nets.shot_transformer import INSTANTS, ShotConfig
from ..wire import WireError, from_plain
from .recipe import RecipeError, RunRecipe, read_toml

__all__ = [
    "ShotDataRecipe",
    "ShotLookingRecipe",
    "ShotLossRecipe",
    "ShotNetRecipe",
    "ShotOptimiserRecipe",
    "ShotRecipe",
    "ShotSpeakingRecipe",
    "load_shot_recipe",
    "shot_config",
    "shot_recipe_from_plain",
]


@dataclass(frozen=True, slots=True)
class ShotDataRecipe:
    """How renders become training shots; what each number does is in ``shot_augment.py``."""

    held_out: float
    """Share of the training renders that are never trained on: they choose the best weights and the calibration."""
    frames: int
    """So many of the eight frames are looked at in a step, drawn anew each time."""
    flows: float
    """Probability that a shot gets the motion of one without pictures; see ``shot_flows.py``."""
    flows_still: float
    """The same for single pictures, which have none of their own."""
    mirror: float
    """Probability that left and right are swapped, in picture and labels."""
    reverse: float
    """Probability that a shot runs backwards, where its labels can follow."""
    single: float
    """Probability that a shot becomes a single picture, which stands still."""
    reshape: float
    """Probability that a batch is cropped to another aspect."""
    grade: float
    """Strength of grading, gamma, contrast and hue, 0 to 1."""
    grain: float
    """Largest standard deviation of grain, for pixels within 0 to 1."""
    soften: float
    """Probability of blur and of coarse blocks, each."""
    bars: float
    """Probability that remnants of a letterbox are left at the border."""
    flow_noise: float
    """Standard deviation of noise on flow, in frame widths."""
    outliers: float
    """Probability that some vectors of a shot are wrong, unsure, or those of something that moves by itself."""

    def __post_init__(self) -> None:
        shares = (
            *(
                self.flows,
                self.flows_still,
                self.mirror,
                self.reverse,
                self.single,
                self.reshape,
                self.grade,
                self.soften,
            ),
            *(self.bars, self.outliers),
        )
        if not 0 < self.held_out < 0.5 or min(shares) < 0 or max(shares) > 1:
            raise ValueError("held_out is within 0 to 0.5, other shares and probabilities within 0 to 1")
        if not 1 <= self.frames <= INSTANTS:
            raise ValueError(f"frames is within 1 to {INSTANTS}")
        if min(self.grain, self.flow_noise) < 0:
            raise ValueError("grain and flow_noise are not negative")


@dataclass(frozen=True, slots=True)
class ShotNetRecipe:
    """Widths and layers; see ``ml.nets.shot_transformer.ShotConfig``."""

    width: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    frame_channels: tuple[int, ...]
    flow_channels: tuple[int, ...]
    dropout: float


@dataclass(frozen=True, slots=True)
class ShotLossRecipe:
    """The fields' and the sentence's cross-entropy together."""

    smoothing: float
    """Of the fields' labels: so much of the target is spread over all values."""
    balance: float
    """Rare values weigh more, by their frequency to the power of minus this; 0 is none, 1 makes all equal."""
    movement: float
    """Weight of the camera's movement among the fields, which weigh 1."""
    sentence: float
    """Weight of the sentence beside the mean of the fields."""
    sentences: int
    """So many of a step's shots are spoken about; words are learned sooner than pictures."""
    invented: float
    """Share of the sentences that are about random values instead of the shot's: the decoder then learns to
    say what it is told, as it has to when the user sets a field by hand."""

    def __post_init__(self) -> None:
        if not 0 <= self.smoothing < 0.5 or not 0 <= self.balance <= 1 or not 0 <= self.invented <= 1:
            raise ValueError("smoothing is within 0 to 0.5, balance and invented within 0 to 1")
        if min(self.movement, self.sentence, self.sentences) <= 0:
            raise ValueError("movement, sentence and sentences are positive")


@dataclass(frozen=True, slots=True)
class ShotOptimiserRecipe:
    """AdamW, while whole shots are looked at: a warm-up, and a cosine down to nothing at the last such step."""

    batch: int
    learning_rate: float
    warmup_steps: int
    weight_decay: float
    ema_decay: float
    """The averaged network, which is exported, is ``decay * average + (1 - decay) * weights``."""
    seed: int

    def __post_init__(self) -> None:
        if self.batch < 2 or self.learning_rate <= 0 or self.warmup_steps < 1:
            raise ValueError("batch is at least 2, learning_rate and warmup_steps are positive")
        if self.weight_decay < 0 or not 0 < self.ema_decay < 1 or self.seed < 0:
            raise ValueError(
                "weight_decay and seed are not negative, ema_decay is within 0 to 1, without both"
            )


@dataclass(frozen=True, slots=True)
class ShotLookingRecipe:
    """The run's beginning, in which single pictures alone are looked at: seeing needs more practice than moving."""

    until_step: int
    """Up to here; 0: there is no such beginning."""
    pictures: int
    """So many in a step."""
    learning_rate: float
    """After the warm-up; it sinks to a tenth at the last step."""
    zoom: float
    """Probability that a picture is looked at from closer by, and turned; see ``shot_zoom.py``."""

    def __post_init__(self) -> None:
        if self.until_step < 0 or self.pictures < 2 or self.learning_rate <= 0:
            raise ValueError("until_step is not negative, pictures at least 2, learning_rate positive")
        if not 0 <= self.zoom <= 1:
            raise ValueError("zoom is within 0 to 1")


@dataclass(frozen=True, slots=True)
class ShotSpeakingRecipe:
    """The run's end, in which the decoder alone learns on: sentences need more practice than pictures allow."""

    from_step: int
    """From here on; at the run's last step or later there is no such end."""
    shots: int
    """So many shots are looked at in a step."""
    sentences: int
    """So many sentences are written about each."""
    learning_rate: float
    """At first; it sinks to nothing at the last step."""

    def __post_init__(self) -> None:
        if min(self.from_step, self.shots, self.sentences) < 1 or self.learning_rate <= 0:
            raise ValueError("from_step, shots and sentences are at least 1, learning_rate is positive")


@dataclass(frozen=True, slots=True)
class ShotRecipe:
    """A whole recipe; the sections of the TOML file are the fields."""

    name: str
    """Name of the model that comes out of it, a folder under ``ml/models``."""
    data: ShotDataRecipe
    net: ShotNetRecipe
    loss: ShotLossRecipe
    optimiser: ShotOptimiserRecipe
    looking: ShotLookingRecipe
    speaking: ShotSpeakingRecipe
    run: RunRecipe

    def __post_init__(self) -> None:
        if not self.name.isidentifier():
            raise ValueError("name is made of letters, digits and underscores")
        if self.looking.until_step >= self.speaking.from_step:
            raise ValueError("speaking.from_step comes after looking.until_step")


def load_shot_recipe(path: Path) -> ShotRecipe:
    """The recipe in that TOML file. Raises RecipeError when it is absent, no TOML, or not a valid recipe."""
    return shot_recipe_from_plain(read_toml(path))


def shot_recipe_from_plain(plain: Any) -> ShotRecipe:
    """A recipe from plain dicts and lists, as TOML and checkpoints hold it. Raises RecipeError."""
    try:
        recipe: ShotRecipe = from_plain(ShotRecipe, plain, "recipe")
    except WireError as error:
        raise RecipeError(str(error)) from None
    return recipe


def shot_config(recipe: ShotRecipe, vocabulary: int) -> ShotConfig:
    """The network of that recipe for so many words. Raises ValueError when its numbers do not fit together."""
    net = recipe.net
    return ShotConfig(
        vocabulary=vocabulary,
        width=net.width,
        heads=net.heads,
        encoder_layers=net.encoder_layers,
        decoder_layers=net.decoder_layers,
        frame_channels=net.frame_channels,
        flow_channels=net.flow_channels,
        dropout=net.dropout,
    )
