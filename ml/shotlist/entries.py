"""A shot list as its writers take it. Standard library only."""

from dataclasses import dataclass
from fractions import Fraction

from ..protocol_lists import Caption, ListedShot
from ..protocol_shots import FieldGuess
from ..shot_terms import FIELD_INDEX, FIELDS
from ..timecode import timecode

__all__ = ["Caption", "ListedShot", "ShotList", "ShotListError", "value_label"]


class ShotListError(ValueError):
    """The list cannot be written, or the file cannot be read; the text says why and what to do next."""


@dataclass(frozen=True, slots=True)
class ShotList:
    """All shots of a timeline, in order of time."""

    title: str
    rate: Fraction
    """Frames per second of the timeline."""
    first_frame: int
    """The frame at which the film begins."""
    language: str
    shots: tuple[ListedShot, ...]
    start_timecode_frame: int = 0
    """How many frames the timecode counts at ``first_frame`` already; 0: the film begins at 00:00:00:00."""

    def seconds(self, frame: int) -> float:
        """From ``first_frame`` on."""
        return float((frame - self.first_frame) / self.rate)

    def timecode(self, frame: int) -> str:
        """Of that frame; those before the film's first count as the first."""
        return timecode(self.timecode_frame(frame), self.rate)

    def timecode_frame(self, frame: int) -> int:
        """How many frames the timecode counts there."""
        return self.start_timecode_frame + max(0, frame - self.first_frame)

    def duration_seconds(self, shot: ListedShot) -> float:
        """How long the shot is."""
        return float((shot.end_frame - shot.start_frame) / self.rate)


def value_label(guess: FieldGuess, language: str) -> str:
    """The value's name in that language; what is not certain is called so."""
    if not guess.certain:
        return "不确定" if language == "zh" else "uncertain"
    field = FIELDS[FIELD_INDEX[guess.field]]
    value = field.values[field.index(guess.value)]
    return value.zh if language == "zh" else value.en
