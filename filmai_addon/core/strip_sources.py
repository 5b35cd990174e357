"""What a strip shows, as it was at the click: enough to ask the worker, and to find the strip again."""

from dataclasses import dataclass
from typing import Literal

from .shot_settings import CaptionSettings, CutSettings
from .snapshot import DatablockRef
from .timeline import StripTiming

__all__ = ["CaptionTarget", "CutsTarget", "SourceKind", "StripPlan", "StripRef", "StripSource"]

SourceKind = Literal["movie", "sequence", "image", "render"]
"""``render``: only Blender can show it, so its frames are rendered first."""


@dataclass(frozen=True, slots=True)
class StripRef:
    """A strip of a scene's sequencer.

    Strips have no ``session_uid``. Their names are unique in a scene; should the user rename one during a job,
    what it is and what it shows tells which one it was.
    """

    name: str
    kind: str
    """Blender's word: MOVIE, IMAGE, SCENE ..."""
    medium: str
    """Which file or scene it shows; compared, never opened."""
    content_start: float
    """Frame of the timeline at which that begins."""


@dataclass(frozen=True, slots=True)
class StripSource:
    """One strip that can be described."""

    ref: StripRef
    kind: SourceKind
    path: str
    """Absolute, of a movie or an image; empty for the others."""
    files: tuple[str, ...]
    """Absolute paths of a sequence's frames in order; empty for the others."""
    timing: StripTiming
    scene_rate: float
    """Frames per second of the timeline."""
    mirror_x: bool = False
    mirror_y: bool = False

    @property
    def speed(self) -> float:
        """Seconds of the medium in one second of the timeline."""
        return self.timing.step * self.scene_rate / self.timing.media_rate


@dataclass(frozen=True, slots=True)
class StripPlan:
    """The strips that were chosen, and what is wrong with the others."""

    scene: DatablockRef
    sources: tuple[StripSource, ...]
    problems: tuple[str, ...]
    """One sentence for each strip that is left out, with its name."""
    names: frozenset[str]
    """Of all strips of the scene: one with another name by then is new, or was renamed."""


@dataclass(frozen=True, slots=True)
class CaptionTarget:
    """Where descriptions go."""

    plan: StripPlan
    clips: tuple[tuple[str, int], ...]
    """The id of each clip that was asked about, and which of the plan's strips it is a part of."""
    settings: CaptionSettings
    pictures_folder: str = ""
    """Where a small picture of each shot is kept; empty for nowhere."""


@dataclass(frozen=True, slots=True)
class CutsTarget:
    """Where cuts go."""

    plan: StripPlan
    clips: tuple[tuple[str, int], ...]
    settings: CutSettings
