"""Which frame of its medium a strip shows at which frame of the timeline, and the way back.

Plain arithmetic, as Blender does it: the content lies on the timeline from ``content_start`` on, the handles
cut a visible range out of it or hold its first and last frame beyond it, and the medium's frame is the
nearest one. Frames of the timeline are whole; ends are exclusive.
"""

import math
from bisect import bisect_left
from dataclasses import dataclass

__all__ = [
    "FrameRange",
    "MediaSpan",
    "StripTiming",
    "frame_seconds",
    "media_span",
    "media_step",
    "shown_range",
]


@dataclass(frozen=True, slots=True)
class FrameRange:
    """Frames of the timeline, ``end`` exclusive."""

    start: int
    end: int

    def overlaps(self, other: "FrameRange") -> bool:
        """Whether the two have a frame in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class MediaSpan:
    """A stretch of a medium in its own time, ``end_seconds`` exclusive."""

    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class StripTiming:
    """Where a strip lies and what it shows of its medium."""

    visible: FrameRange
    """What the handles leave of it, or hold beyond it."""
    content_start: float
    """Frame of the timeline at which the first frame of the trimmed medium lies."""
    content_frames: int
    """How many frames of the timeline the trimmed medium takes."""
    media_rate: float
    """Frames per second of the medium."""
    media_frames: int
    """All frames of the medium, those that are trimmed off counted in."""
    trim_start: int = 0
    """Frames of the medium that are left out at its beginning."""
    trim_end: int = 0
    """The same at its end."""
    step: float = 1.0
    """Frames of the medium in one frame of the timeline."""
    backwards: bool = False

    def __post_init__(self) -> None:
        if self.visible.end <= self.visible.start:
            raise ValueError("the strip has no length")
        if self.media_rate <= 0 or self.step <= 0:
            raise ValueError("the medium has no frame rate")
        if self.media_frames - self.trim_start - self.trim_end < 1:
            raise ValueError("nothing of the medium is left")

    def media_frame(self, frame: int) -> int:
        """The medium's frame, counted from its very first one, that is shown at that frame of the timeline."""
        offset = frame - self.content_start
        if self.backwards:
            offset = self.content_frames - 1 - offset
        last = self.media_frames - self.trim_start - self.trim_end - 1
        # Blender takes the nearest frame, the later one where two are as near
        index = math.floor(offset * self.step + 0.5)
        return self.trim_start + min(max(index, 0), last)


def media_step(
    content_frames: int, media_frames: int, media_rate: float, scene_rate: float, retimed_step: float | None
) -> float:
    """Frames of the medium in one frame of the timeline.

    ``media_frames`` are those that the trims leave. Blender plays a movie either frame by frame or in its own
    time, and does not say which; how long the content is tells them apart. ``retimed_step`` is the answer where
    the strip's speed was changed.
    """
    if retimed_step is not None:
        return retimed_step
    own_time = media_rate / scene_rate
    as_frames = abs(content_frames - media_frames)
    as_seconds = abs(content_frames - media_frames / own_time)
    return 1.0 if as_frames <= as_seconds else own_time


def media_span(timing: StripTiming) -> MediaSpan:
    """What of the medium is seen, whichever way it runs."""
    ends = (timing.media_frame(timing.visible.start), timing.media_frame(timing.visible.end - 1))
    return MediaSpan(min(ends) / timing.media_rate, (max(ends) + 1) / timing.media_rate)


def shown_range(timing: StripTiming, span: MediaSpan) -> FrameRange | None:
    """The frames of the timeline that show that stretch of the medium; None when none does.

    A frame that is held beyond the content belongs to the shot at that end.
    """
    visible = range(timing.visible.start, timing.visible.end)
    first = round(span.start_seconds * timing.media_rate)
    after = round(span.end_seconds * timing.media_rate)
    if timing.backwards:
        start = bisect_left(visible, 1 - after, key=lambda frame: -timing.media_frame(frame))
        end = bisect_left(visible, 1 - first, key=lambda frame: -timing.media_frame(frame))
    else:
        start = bisect_left(visible, first, key=timing.media_frame)
        end = bisect_left(visible, after, key=timing.media_frame)
    return FrameRange(visible.start + start, visible.start + end) if start < end else None


def frame_seconds(timing: StripTiming, frame: int) -> float:
    """When the medium's frame begins, in its own time, that is shown at that frame of the timeline."""
    return timing.media_frame(frame) / timing.media_rate
