"""The messages of shot jobs; ``ml.protocol`` is where both sides take them from. Standard library only."""

from dataclasses import dataclass
from typing import Literal

from .limits import MAX_CLIP_SECONDS, MAX_CLIPS, MAX_RATE, MIN_RATE
from .protocol_base import DeviceChoice, DeviceUsed, ModelUsed, require_range
from .shot_terms import FIELD_INDEX, FIELDS

__all__ = [
    "Clip",
    "ClipCuts",
    "ClipFailure",
    "ClipKind",
    "CutsResult",
    "DescribeShots",
    "DetectCuts",
    "FieldGuess",
    "FixedField",
    "ShotDescription",
    "ShotsResult",
    "Transition",
    "TransitionKind",
]

ClipKind = Literal["movie", "sequence", "image"]
TransitionKind = Literal["cut", "dissolve", "fade_in", "fade_out", "wipe"]


@dataclass(frozen=True, slots=True)
class FixedField:
    """A field that the user has set by hand: it is kept, and the sentences say it."""

    field: str
    """A field id, see ``FIELDS``."""
    value: str

    def __post_init__(self) -> None:
        if self.field not in FIELD_INDEX:
            raise ValueError(f"unknown field {self.field!r:.60}; known: {', '.join(FIELD_INDEX)}")
        known = [value.id for value in FIELDS[FIELD_INDEX[self.field]].values]
        if self.value not in known:
            raise ValueError(f"{self.field} has no value {self.value!r:.60}; known: {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of one medium, and how the timeline shows it."""

    id: str
    """Made up by the sender, unique in the job; comes back with the result."""
    name: str
    """For messages to people: the strip's name."""
    kind: ClipKind
    path: str
    """Absolute. The movie or the image; of a sequence a UTF-8 text file in the job's folder that names the
    frames' files in order, an absolute path a line: ten thousand names are too long for a message."""
    rate: float
    """Frames per second of a sequence, MIN_RATE to MAX_RATE. A movie's own rate is in its file."""
    start_seconds: float
    """In the medium's own time: the first frame that counts."""
    end_seconds: float
    """In the medium's own time, exclusive; start < end. A movie may end before it: then so does the clip."""
    mirror_x: bool
    """Shown mirrored left to right."""
    mirror_y: bool
    """Shown upside down."""
    backwards: bool
    """Shown from the end to the start."""
    speed: float
    """Seconds of the medium shown in one second of the timeline; 1 unless the strip is retimed."""
    fixed: tuple[FixedField, ...]

    def __post_init__(self) -> None:
        if not self.id or len(self.id) > 200:
            raise ValueError("a clip's id has 1 to 200 characters")
        require_range("rate", self.rate, MIN_RATE, MAX_RATE)
        require_range("start_seconds", self.start_seconds, 0, MAX_CLIP_SECONDS)
        require_range("end_seconds", self.end_seconds, 0, MAX_CLIP_SECONDS)
        require_range("speed", self.speed, 0.01, 100)
        if self.end_seconds <= self.start_seconds:
            raise ValueError(f"the clip {self.name!r:.60} has no length")


def _require_clips(clips: tuple[Clip, ...]) -> None:
    require_range("number of clips", len(clips), 1, MAX_CLIPS)
    if len({clip.id for clip in clips}) != len(clips):
        raise ValueError("two clips have the same id")


@dataclass(frozen=True, slots=True)
class DescribeShots:
    """Say what each clip shows. A clip is one shot, or is divided at its cuts first."""

    job: str
    clips: tuple[Clip, ...]
    divide: bool
    """Whether to look for cuts within the clips; else each is one shot."""
    device: DeviceChoice
    out_dir: str
    """Absolute path of the job's own folder, made by the caller; nothing is written outside it."""

    def __post_init__(self) -> None:
        _require_clips(self.clips)


@dataclass(frozen=True, slots=True)
class DetectCuts:
    """Find where one shot ends and the next begins."""

    job: str
    clips: tuple[Clip, ...]
    sensitivity: float
    """0 to 1: 0.5 is where precision and recall balance on films that training never saw."""
    device: DeviceChoice
    out_dir: str

    def __post_init__(self) -> None:
        _require_clips(self.clips)
        require_range("sensitivity", self.sensitivity, 0, 1)


@dataclass(frozen=True, slots=True)
class FieldGuess:
    """One field of one shot."""

    field: str
    value: str
    confidence: float
    """0 to 1, calibrated: of guesses at 0.8, 80 % are right on renders that training never saw."""
    certain: bool
    """Whether the confidence reaches the field's threshold on the model's card; else say "uncertain"."""
    fixed: bool
    """True when the user has set it: then the confidence is 1."""


@dataclass(frozen=True, slots=True)
class ShotDescription:
    """What one shot shows."""

    clip: str
    """The clip's id."""
    start_seconds: float
    """In the medium's own time, as in ``Clip``."""
    end_seconds: float
    fields: tuple[FieldGuess, ...]
    """All of them, in the order of ``FIELDS``."""
    en: str
    """The sentence in English; fields that are not certain are left out."""
    zh: str
    """In Simplified Chinese."""
    thumbnail: str
    """Absolute path of a small JPEG of the shot's middle, in the job's folder."""


@dataclass(frozen=True, slots=True)
class ClipFailure:
    """A clip that could not be read; the others go on."""

    clip: str
    code: str
    message: str
    """For the user: what happened and what to do next, with the clip's name."""


@dataclass(frozen=True, slots=True)
class ShotsResult:
    """What a DescribeShots job found, in the order of the clips and of time."""

    kind: Literal["shots"]
    shots: tuple[ShotDescription, ...]
    """At most MAX_SHOTS."""
    failures: tuple[ClipFailure, ...]
    notes: tuple[str, ...]
    """What the user should know: a clip whose end is missing, a sound-only stretch."""
    model: ModelUsed
    device: DeviceUsed
    elapsed_seconds: float


@dataclass(frozen=True, slots=True)
class Transition:
    """From one shot to the next, in the medium's own time."""

    kind: TransitionKind
    start_seconds: float
    """A cut: the first frame of the new shot. Else the first frame that is of neither shot alone."""
    end_seconds: float
    """A cut: the same. Else the first frame of the new shot alone."""
    confidence: float


@dataclass(frozen=True, slots=True)
class ClipCuts:
    """The transitions within one clip, in order of time."""

    clip: str
    frames: int
    """How many frames were looked at."""
    transitions: tuple[Transition, ...]


@dataclass(frozen=True, slots=True)
class CutsResult:
    """What a DetectCuts job found, in the order of the clips."""

    kind: Literal["cuts"]
    clips: tuple[ClipCuts, ...]
    failures: tuple[ClipFailure, ...]
    notes: tuple[str, ...]
    model: ModelUsed
    device: DeviceUsed
    elapsed_seconds: float
