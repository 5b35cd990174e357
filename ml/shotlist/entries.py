"""A shot list as its writers take it. Standard library only."""

from dataclasses import dataclass
from fractions import Fraction

from ..protocol_shots import FieldGuess
from ..shot_terms import FIELD_INDEX, FIELDS

__all__ = ["Caption", "ListedShot", "ShotList", "ShotListError", "value_label"]


class ShotListError(ValueError):
    """The list cannot be written, or the file cannot be read; the text says why and what to do next."""


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

    def sentence(self, language: str) -> str:
        """In that language, one of ``LANGUAGES``."""
        return self.zh if language == "zh" else self.en

    def guess(self, field: str) -> FieldGuess | None:
        """What is said of that field; None when nothing is known."""
        return next((guess for guess in self.fields if guess.field == field), None)


@dataclass(frozen=True, slots=True)
class ShotList:
    """All shots of a timeline, in order of time."""

    title: str
    rate: Fraction
    """Frames per second of the timeline."""
    first_frame: int
    """The frame at timecode 00:00:00:00."""
    language: str
    shots: tuple[ListedShot, ...]

    def seconds(self, frame: int) -> float:
        """From ``first_frame`` on."""
        return float((frame - self.first_frame) / self.rate)

    def duration_seconds(self, shot: ListedShot) -> float:
        """How long the shot is."""
        return float((shot.end_frame - shot.start_frame) / self.rate)


@dataclass(frozen=True, slots=True)
class Caption:
    """One subtitle; lines of the text are separated by ``\\n``."""

    start_seconds: float
    end_seconds: float
    text: str


def value_label(guess: FieldGuess, language: str) -> str:
    """The value's name in that language; what is not certain is called so."""
    if not guess.certain:
        return "不确定" if language == "zh" else "uncertain"
    field = FIELDS[FIELD_INDEX[guess.field]]
    value = field.values[field.index(guess.value)]
    return value.zh if language == "zh" else value.en
