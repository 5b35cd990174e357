"""What the user chooses for captions and for cuts, as frozen data."""

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["COLUMNS", "MAX_CHANNEL", "CaptionSettings", "CaptionText", "CutSettings", "Language", "TextStyle"]

COLUMNS = ("size", "angle", "movement", "light", "subject")
"""The fields that stand in the shot list itself; the others are seen when a shot is chosen."""

MAX_CHANNEL = 128
"""Blender's sequencer has channels 1 to 128."""

Language = Literal["en", "zh"]
CaptionText = Literal["SENTENCE", "FIELDS", "BOTH"]


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How captions look. Sizes are relative to the frame, so that they fit any resolution."""

    size_percent: float = 4.5
    """Height of the letters in percent of the frame's height; less where a full line would not fit across."""
    position: Literal["BOTTOM", "TOP", "CENTER"] = "BOTTOM"
    margin_percent: float = 8.0
    """Distance from the frame's edge in percent of its height."""
    use_box: bool = True
    """A dark box behind the text."""
    box_opacity: float = 0.6
    """0 to 1."""
    color: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    """Red, green, blue and opacity."""
    wrap: bool = True
    """At most two lines of a subtitle's length, split in time where that is not enough; else one long line."""


@dataclass(frozen=True, slots=True)
class CaptionSettings:
    """How shots are captioned."""

    language: Language = "en"
    text: CaptionText = "SENTENCE"
    divide: bool = True
    """Whether strips are divided at their cuts first; else each strip is one shot."""
    channel: int = 0
    """The lowest channel for captions; 0: above the strips."""
    number: bool = False
    """Whether the text begins with the shot's number."""
    style: TextStyle = field(default_factory=TextStyle)

    def __post_init__(self) -> None:
        if not 0 <= self.channel <= MAX_CHANNEL:
            raise ValueError(f"channel {self.channel} is not within 0 to {MAX_CHANNEL}")


@dataclass(frozen=True, slots=True)
class CutSettings:
    """How cuts are looked for, and what becomes of them."""

    split: bool = False
    """Whether strips are split at their cuts; else markers show them."""
    sensitivity: float = 0.5
    """0 to 1; more finds more, false ones too."""
