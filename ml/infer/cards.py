"""What the worker reads of a model's ``card.json``: one class per task, beside what all have in common.

The rest of a card (training, parity, metrics, limits) is for people; ``ml.export.card`` writes it.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from ..own_families import is_own_family
from ..shot_terms import FIELDS
from .shot_text import SPECIAL_WORDS

__all__ = [
    "CharacterCard",
    "CutCard",
    "EnlargerCard",
    "FamilyLooks",
    "FieldSpec",
    "LatentSpec",
    "MaterialCard",
    "ModelCard",
    "OwnMaterialCard",
    "PartSpec",
    "PortraitCard",
    "ShotCard",
    "TensorSpec",
    "TextureCard",
]

_BARE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}\.onnx")
_BARE_PICTURE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,100}\.png")
_LOOK_NUMBERS = 9


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """An input or output; an axis is a size as digits, or a name when it is dynamic."""

    name: str
    dtype: str
    axes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartSpec:
    """One ONNX file of a model."""

    file: str
    """Bare name of the ONNX file beside the card."""
    sha256: str
    """Of ``file``."""
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]

    def __post_init__(self) -> None:
        _require_bare(self.file)


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What every model says of itself."""

    name: str
    version: str
    task: str
    file: str
    """Bare name of the ONNX file beside the card."""
    sha256: str
    """Of ``file``."""
    opset: int
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    families: tuple[str, ...]
    """Ids in the order of the network's classes."""
    licence: str

    def __post_init__(self) -> None:
        _require_bare(self.file)

    @property
    def parts(self) -> tuple[PartSpec, ...]:
        """Every ONNX file of the model; most have one."""
        return (PartSpec(self.file, self.sha256, self.inputs, self.outputs),)


@dataclass(frozen=True, slots=True)
class LatentSpec:
    """Noise channels come first, then the one-hot family code; noise is multiplied by ``truncation``."""

    noise_channels: int
    code_channels: int
    truncation: float

    def __post_init__(self) -> None:
        for channels in (self.noise_channels, self.code_channels):
            if not 1 <= channels <= 4096:
                raise ValueError(f"{channels} channels are not within 1 to 4096")


@dataclass(frozen=True, slots=True)
class TextureCard(ModelCard):
    """Of a network that draws pictures of one size from a latent."""

    latent: LatentSpec
    network_px: int

    def __post_init__(self) -> None:
        # slots make a new class of this one, which super() without arguments would not know
        ModelCard.__post_init__(self)
        if len(self.families) > self.latent.code_channels:
            raise ValueError(f"{len(self.families)} families do not fit the latent's code channels")
        if not 8 <= self.network_px <= 4096:
            raise ValueError(f"network_px {self.network_px} is not within 8 to 4096")


@dataclass(frozen=True, slots=True)
class FamilyLooks:
    """How renders of one family look: rows of numbers, in the order and units of ``ml.controls.Controls``."""

    family: str
    looks: tuple[tuple[float, ...], ...]
    """Base colour, second colour (OKLab), contrast, roughness, metallic: nine numbers each."""

    def __post_init__(self) -> None:
        if not self.looks or any(len(look) != _LOOK_NUMBERS for look in self.looks):
            raise ValueError(f"looks of {self.family!r:.40} are not rows of {_LOOK_NUMBERS} numbers")


@dataclass(frozen=True, slots=True)
class MaterialCard(ModelCard):
    """Of a network that paints guides of any size."""

    local_channels: int
    style_channels: int
    looks: tuple[FamilyLooks, ...]
    """From which a seed takes its look; a family without any was never trained."""

    def __post_init__(self) -> None:
        ModelCard.__post_init__(self)
        if not (1 <= self.local_channels <= 256 and 1 <= self.style_channels <= 4096):
            raise ValueError("local_channels or style_channels are out of range")
        unknown = {entry.family for entry in self.looks} - set(self.families)
        if not self.looks or unknown:
            raise ValueError(f"looks are missing, or of families that the network does not have: {unknown}")


@dataclass(frozen=True, slots=True)
class CharacterCard(ModelCard):
    """Of a network that paints all views of a character at once; its ``families`` are the archetypes."""

    views: tuple[str, ...]
    """Ids of ``ml.characters.guide.VIEWS``, in the order in which they are painted."""
    width_px: int
    """Of each view; no other size can be painted."""
    height_px: int
    guide_parts: tuple[str, ...]
    """What the numbers of labels mean, from 1 on; 0 is nothing."""
    surfaces: tuple[str, ...]
    builds: tuple[str, ...]
    """Controls are three numbers for each surface and one for each build."""
    local_channels: int
    style_channels: int

    def __post_init__(self) -> None:
        ModelCard.__post_init__(self)
        if not (1 <= self.local_channels <= 256 and 1 <= self.style_channels <= 4096):
            raise ValueError("local_channels or style_channels are out of range")
        if not all((self.families, self.views, self.guide_parts, self.surfaces)) or len(self.views) > 16:
            raise ValueError("archetypes, views, parts or surfaces are missing, or views are more than 16")
        for side in (self.width_px, self.height_px):
            if not 32 <= side <= 4096 or side % 16:
                raise ValueError(f"{side} pixels are no multiple of 16 within 32 to 4096")


@dataclass(frozen=True, slots=True)
class EnlargerCard(ModelCard):
    """Of a network that enlarges cut-out pictures of any size; it has no ``families``."""

    factor: int
    """So many times as wide and as high."""

    def __post_init__(self) -> None:
        ModelCard.__post_init__(self)
        if not 2 <= self.factor <= 8:
            raise ValueError(f"factor {self.factor} is not within 2 to 8")


@dataclass(frozen=True, slots=True)
class PortraitCard(CharacterCard):
    """Of a network that paints heads and shoulders, and takes a style for each of its levels."""

    styled_levels: int
    coarse_levels: int
    """So many of them, the first, have the head's style; the others have that of the look."""

    def __post_init__(self) -> None:
        CharacterCard.__post_init__(self)
        if not 1 <= self.coarse_levels < self.styled_levels <= 16:
            raise ValueError("coarse_levels are at least 1 and fewer than styled_levels, which are up to 16")
        if self.width_px != self.height_px:
            raise ValueError("portraits are square")


@dataclass(frozen=True, slots=True)
class CutCard(ModelCard):
    """Of a network that finds the transitions of a film; its ``families`` are the kinds."""

    reach_frames: int
    """So many frames on either side of a frame have a say in its answer."""
    cut_thresholds: tuple[float, ...]
    """Probability from which a cut counts, at sensitivities evenly spread from 0 to 1; falling."""
    longer_thresholds: tuple[float, ...]
    """The same for dissolves, fades and wipes."""

    def __post_init__(self) -> None:
        ModelCard.__post_init__(self)
        if not 0 <= self.reach_frames <= 1000:
            raise ValueError(f"reach_frames {self.reach_frames} is not within 0 to 1000")
        for steps in (self.cut_thresholds, self.longer_thresholds):
            falling = all(high >= low for high, low in pairwise(steps))
            if len(steps) < 2 or not falling or not 0 < steps[-1] <= steps[0] < 1:
                raise ValueError("thresholds are two or more falling numbers between 0 and 1")
        if len(self.cut_thresholds) != len(self.longer_thresholds):
            raise ValueError("there are as many thresholds of cuts as of longer transitions")


@dataclass(frozen=True, slots=True)
class OwnMaterialCard(MaterialCard):
    """Of a network that a user trained on pictures of one material."""

    label: str
    """The name that the user gave it."""
    layout: str
    """What its guides are drawn from when nothing is asked for, see ``ml.materials.own_family``."""
    layouts_file: str
    """Bare name of a PNG file beside the card: the guides of its pictures, one below the other, as RGBA."""
    layouts_sha256: str

    def __post_init__(self) -> None:
        MaterialCard.__post_init__(self)
        if len(self.families) != 1 or not is_own_family(self.families[0]):
            raise ValueError(f"families {self.families!r:.80} are not one id of a user's family")
        if not _BARE_PICTURE.fullmatch(self.layouts_file):
            raise ValueError(f"layouts_file {self.layouts_file!r:.80} is not the bare name of a .png file")
        if not 1 <= len(self.label) <= 80:
            raise ValueError("label has 1 to 80 characters")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of shots, in the order of the network's logits."""

    field: str
    values: tuple[str, ...]
    """Ids in the order of the logits."""
    temperature: float
    """Divides the logits, so that confidences are true on shots that training never saw."""
    certain_from: float
    """Least confidence at which a guess counts as certain."""

    def __post_init__(self) -> None:
        if not 0.01 <= self.temperature <= 100 or not 0 <= self.certain_from <= 1:
            raise ValueError(f"temperature or certain_from of {self.field!r:.40} is out of range")


@dataclass(frozen=True, slots=True)
class ShotCard(ModelCard):
    """Of the network that describes shots; ``file`` is its encoder."""

    memory: PartSpec
    """Tokens of the encoder and told values to the keys and values of the decoder's cross-attention."""
    step: PartSpec
    """One word more, with the keys and values of the words before it."""
    fields: tuple[FieldSpec, ...]
    vocabulary: tuple[str, ...]
    max_words: int
    """Places of a sentence, its language and its end counted in."""

    def __post_init__(self) -> None:
        ModelCard.__post_init__(self)
        told = [(field.field, field.values) for field in self.fields]
        known = [(field.id, tuple(value.id for value in field.values)) for field in FIELDS]
        if told != known:
            raise ValueError("fields are not those that FilmAI knows, in their order")
        if self.vocabulary[: len(SPECIAL_WORDS)] != SPECIAL_WORDS or not 2 <= self.max_words <= 1000:
            raise ValueError("the vocabulary does not begin with the special words, or max_words is off")

    @property
    def parts(self) -> tuple[PartSpec, ...]:
        """Encoder, memory, step."""
        encoder = PartSpec(self.file, self.sha256, self.inputs, self.outputs)
        return (encoder, self.memory, self.step)


def _require_bare(file: str) -> None:
    if not _BARE_NAME.fullmatch(file):
        raise ValueError(f"file {file!r:.80} is not the bare name of an .onnx file")
