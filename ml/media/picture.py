"""One picture of a film at the size in which shots are looked at, and the pairs that are picked among frames."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from .instants import Stretch

__all__ = [
    "LONG_SIDE",
    "SCAN_HEIGHT",
    "SCAN_WIDTH",
    "PairPicker",
    "Picture",
    "ScanChunk",
    "Source",
    "look_size",
]

LONG_SIDE = 640
"""Pixels: four times the width that the networks look at, and twice a thumbnail's."""
SCAN_WIDTH, SCAN_HEIGHT = 48, 27
"""Of the frames in which cuts are looked for."""

_FARTHEST_SECONDS = 0.5
"""Between the frames of a pair; films of 2 frames a second are not worth describing by their motion."""

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame, upright, of square pixels."""

    seconds: float
    """In the medium's own time."""
    pixels: NDArray[np.uint8]
    """(height, width, 3) sRGB, no side longer than LONG_SIDE."""


@dataclass(frozen=True, slots=True)
class ScanChunk:
    """A run of frames, in order of time."""

    seconds: NDArray[np.float64]
    """(N) in the medium's own time."""
    pixels: NDArray[np.uint8]
    """(N, 27, 48, 3) sRGB."""


class Source(Protocol):
    """A medium that is open."""

    @property
    def length_seconds(self) -> float | None:
        """Of the whole medium, as far as is known by now; None when its file does not say."""

    @property
    def is_still(self) -> bool:
        """Whether it is a single picture."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know about what was read so far."""

    def pairs(
        self, wanted: tuple[tuple[float, float], ...], within: Stretch, tick: Callable[[], None]
    ) -> tuple[tuple[Picture, Picture], ...]:
        """The nearest real frames within for each pair of times, which ascend; none when there are no frames.

        The frames of a pair differ where there are two. ``tick`` is called between frames and may raise.
        """

    def scan(self, within: Stretch, tick: Callable[[float], None]) -> Iterator[ScanChunk]:
        """Every frame within, small. ``tick`` gets the time that was reached, and may raise."""

    def close(self) -> None:
        """Let go of the file."""


class PairPicker(Generic[F]):
    """Picks the two frames of one pair out of frames that pass by in order of time."""

    def __init__(self, wanted: tuple[float, float]) -> None:
        self.wanted = wanted
        self.low: tuple[float, F] | None = None
        self.high: tuple[float, F] | None = None
        self._before: tuple[float, F] | None = None

    def offer(self, seconds: float, frame: F) -> bool:
        """Consider the next frame; False once no later frame can be nearer."""
        first, second = self.wanted
        if self.low is None or abs(seconds - first) < abs(self.low[0] - first):
            self._before, self.low, self.high = self.low, (seconds, frame), None
            return True
        # how far apart they are counts for more than where exactly they are
        partner = self.low[0] + second - first
        if self.high is None or abs(seconds - partner) < abs(self.high[0] - partner):
            self.high = (seconds, frame)
            return True
        return seconds <= partner

    def chosen(self) -> tuple[tuple[float, F], tuple[float, F]] | None:
        """The two frames; twice the same one where no other is near, None when none was offered."""
        if self.low is None:
            return None
        first, second = self.wanted
        farthest = max(_FARTHEST_SECONDS, 4 * (second - first))
        # a frame that a film of changing rate holds for long is a picture that stands
        if self.high is not None and self.high[0] - self.low[0] <= farthest:
            return self.low, self.high
        # after the last frame of a shot there is none: then the one before it shows the motion
        if self.high is None and self._before is not None and self.low[0] - self._before[0] <= farthest:
            return self._before, self.low
        return self.low, self.low


def look_size(width: int, height: int, pixel_aspect: float) -> tuple[int, int]:
    """Width and height of square pixels, no side over LONG_SIDE, none under 1."""
    wide, high = (width * pixel_aspect, height) if pixel_aspect >= 1 else (width, height / pixel_aspect)
    factor = min(1.0, LONG_SIDE / max(wide, high))
    return max(1, round(wide * factor)), max(1, round(high * factor))
