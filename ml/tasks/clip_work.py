"""What both shot jobs do with clips: open and close them, let broken ones fail alone, show how far they are."""

import contextlib
import time
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..media.clips import open_clip, scan_clip
from ..media.errors import MediaError
from ..media.picture import Source
from ..protocol import Clip, ClipFailure, Transition
from .shot_networks import CutFinder

__all__ = ["ClipCutList", "ClipWork", "Meter", "find_clip_cuts"]

_STEPS_PER_CLIP = 100
_SECONDS_BETWEEN = 0.1
"""Between two reports: a film has more frames than anybody wants to hear of."""


class Meter:
    """Progress over the clips of a job; also where a job is interrupted, so call it often."""

    def __init__(self, progress: Callable[[str, int, int], None], clips: int) -> None:
        self._progress = progress
        self._total = clips * _STEPS_PER_CLIP
        self._clip = -1
        self._phase = ""
        self._reported = 0.0

    def next_clip(self) -> None:
        """The next clip begins."""
        self._clip += 1
        self._phase = ""
        self.show("open", 0.0)

    def show(self, phase: str, share: float) -> None:
        """``share`` (0 to 1) of this clip is done, and ``phase`` goes on. Raises JobCancelled."""
        now = time.monotonic()
        if phase == self._phase and now - self._reported < _SECONDS_BETWEEN:
            return
        self._phase, self._reported = phase, now
        within = min(int(min(max(share, 0.0), 1.0) * _STEPS_PER_CLIP), _STEPS_PER_CLIP - 1)
        self._progress(phase, max(self._clip, 0) * _STEPS_PER_CLIP + within, self._total)

    def done(self) -> None:
        """All clips are done."""
        self._progress(self._phase or "open", self._total, self._total)


@dataclass
class ClipWork:
    """Failures and notes of a job, with the clips' names in them."""

    failures: list[ClipFailure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def opened(self, clip: Clip) -> Iterator[Source | None]:
        """The clip's medium; None when it cannot be opened. A MediaError within ends this clip alone."""
        source: Source | None = None
        try:
            source = open_clip(clip)
        except MediaError as error:
            self._fail(clip, error)
        try:
            yield source
        except MediaError as error:
            self._fail(clip, error)
        finally:
            if source is not None:
                self.notes += [f"{clip.name}: {note}." for note in source.notes]
                source.close()

    def _fail(self, clip: Clip, error: MediaError) -> None:
        self.failures.append(ClipFailure(clip.id, error.code, f"{clip.name}: {error.message}"))


@dataclass(frozen=True, slots=True)
class ClipCutList:
    """Where shots change in one clip."""

    frames: int
    transitions: tuple[Transition, ...]
    end_seconds: float
    """Where the last frame ends."""


def find_clip_cuts(
    finder: CutFinder, source: Source, clip: Clip, sensitivity: float, tick: Callable[[float], None]
) -> ClipCutList:
    """Look through the clip. ``tick`` gets the share that was seen, 0 to 1, and may raise.

    Raises MediaError NO_FRAMES when the clip has none.
    """
    times = array("d")
    length = source.length_seconds
    end = clip.end_seconds if length is None else min(clip.end_seconds, length)
    span = max(end - clip.start_seconds, 1e-6)

    def chunks() -> Iterator[NDArray[np.uint8]]:
        for chunk in scan_clip(source, clip, lambda at: tick((at - clip.start_seconds) / span)):
            times.extend(chunk.seconds.tolist())
            yield chunk.pixels
        if not times:
            message = (
                "there are no pictures in this stretch of the file. Trim the strip to what the file has."
            )
            raise MediaError("NO_FRAMES", message)

    found = finder.find(chunks(), sensitivity)
    last = times[-1] + ((times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else 0.04)

    def at(frame: int) -> float:
        return times[frame] if frame < len(times) else last

    transitions = tuple(
        Transition(one.kind, at(one.start), at(one.end), min(max(one.confidence, 0.0), 1.0)) for one in found
    )
    return ClipCutList(len(times), transitions, min(last, clip.end_seconds))
