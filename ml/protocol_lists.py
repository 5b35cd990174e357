"""The messages of shot lists as files; ``ml.protocol`` is where both sides take them from. Standard library only."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from .limits import EXPORT_SUFFIXES, IMPORT_SUFFIXES, MAX_RATE, MIN_RATE
from .protocol_base import require_range
from .protocol_shots import FieldGuess

__all__ = [
    "Caption",
    "CaptionedShot",
    "CaptionsRead",
    "ExportShots",
    "ExportedShots",
    "ListRequest",
    "ListResult",
    "ListedShot",
    "ReadCaptions",
]


@dataclass(frozen=True, slots=True)
class ListedShot:
    """One shot on the timeline."""

    number: int
    name: str
    """Of the strip, or of the file."""
    media: str
    """Absolute path of the movie, or of a sequence's first file; empty when there is none (a scene)."""
    start_frame: int
    """On the timeline."""
    end_frame: int
    """On the timeline, exclusive."""
    media_start_seconds: float
    """What the medium shows at ``start_frame``, in its own time."""
    fields: tuple[FieldGuess, ...]
    en: str
    zh: str
    thumbnail: str
    """Absolute path of a JPEG; empty when there is none."""

    def __post_init__(self) -> None:
        if self.end_frame <= self.start_frame:
            raise ValueError(f"shot {self.number} has no length")

    def sentence(self, language: str) -> str:
        """In that language, one of ``LANGUAGES``."""
        return self.zh if language == "zh" else self.en

    def guess(self, field: str) -> FieldGuess | None:
        """What is said of that field; None when nothing is known."""
        return next((guess for guess in self.fields if guess.field == field), None)


@dataclass(frozen=True, slots=True)
class CaptionedShot:
    """A shot, and what its subtitle says."""

    shot: ListedShot
    caption: str
    """One line, to be wrapped; empty for none."""


@dataclass(frozen=True, slots=True)
class ExportShots:
    """Write a shot list as a file of another program."""

    job: str
    title: str
    rate_numerator: int
    """Frames per second of the timeline are ``rate_numerator / rate_denominator``: 30000 / 1001."""
    rate_denominator: int
    first_frame: int
    """The timeline's frame at which the film begins."""
    start_timecode_frame: int
    """How many frames the timecode counts there already: 0 for 00:00:00:00."""
    language: Literal["en", "zh"]
    shots_path: str
    """Absolute path of a UTF-8 file in the job's folder: a JSON list of CaptionedShot in order of time. A film has
    more shots than fit into a message."""
    path: str
    """Absolute; where the file goes, with one of EXPORT_SUFFIXES. The user has chosen it: an older one is
    replaced."""

    def __post_init__(self) -> None:
        require_range("rate_denominator", self.rate_denominator, 1, 1_000_000)
        require_range("rate", self.rate_numerator / self.rate_denominator, MIN_RATE, MAX_RATE)
        require_range("start_timecode_frame", self.start_timecode_frame, 0, 24 * 3600 * int(MAX_RATE))
        if PurePath(self.path).suffix.lower() not in EXPORT_SUFFIXES:
            raise ValueError(f"the file has to end in one of {', '.join(EXPORT_SUFFIXES)}")


@dataclass(frozen=True, slots=True)
class ExportedShots:
    """What an ExportShots job wrote."""

    kind: Literal["exported_shots"]
    path: str
    shots: int
    notes: tuple[str, ...]
    """What the user should know: pictures that are missing."""


@dataclass(frozen=True, slots=True)
class ReadCaptions:
    """Read the captions of a subtitle file."""

    job: str
    path: str
    """Absolute, with one of IMPORT_SUFFIXES."""

    def __post_init__(self) -> None:
        if PurePath(self.path).suffix.lower() not in IMPORT_SUFFIXES:
            raise ValueError(f"the file has to end in one of {', '.join(IMPORT_SUFFIXES)}")


@dataclass(frozen=True, slots=True)
class Caption:
    """One subtitle; lines of the text are separated by ``\\n``."""

    start_seconds: float
    end_seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class CaptionsRead:
    """What a ReadCaptions job found, in order of time."""

    kind: Literal["captions_read"]
    captions: tuple[Caption, ...]


ListRequest = ExportShots | ReadCaptions
ListResult = ExportedShots | CaptionsRead
