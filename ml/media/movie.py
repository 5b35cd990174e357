"""Reading a film's frames: those at wanted times, or all of them small; never more of it in memory than a second.

Times count from the film's first frame, as Blender's sequencer counts them. What a file leaves out (time stamps,
length, index) is made up from what it has; what cannot be decoded is skipped and noted.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from .decoded import FrameReader, quarter_turns
from .instants import Stretch
from .packets import PacketReader
from .picture import SCAN_HEIGHT, SCAN_WIDTH, PairPicker, Picture, ScanChunk, look_size

__all__ = ["Movie"]

_CHUNK_FRAMES = 256
_TICK_FRAMES = 8


class Movie:
    """A film that is open; a ``Source``."""

    is_still = False

    def __init__(self, path: Path) -> None:
        """Raises MediaError when the film is missing, damaged, or has no moving picture."""
        self._packets = PacketReader(path)
        self._looker = FrameReader()
        self._scanner = FrameReader()

    @property
    def length_seconds(self) -> float | None:
        """Of the whole film; None when the file does not say."""
        return self._packets.length_seconds

    @property
    def rate(self) -> Fraction:
        """Frames per second, the mean where they vary."""
        return Fraction(1 / self._packets.frame_seconds).limit_denominator(1001)

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be decoded."""
        return self._packets.notes

    def close(self) -> None:
        """Let go of the file."""
        self._packets.close()

    def pairs(
        self, wanted: tuple[tuple[float, float], ...], within: Stretch, tick: Callable[[], None]
    ) -> tuple[tuple[Picture, Picture], ...]:
        """See ``Source``. Seeks where a keyframe lies on the way, else decodes on."""
        pickers = [PairPicker[VideoFrame](times) for times in wanted]
        done: list[tuple[Picture, Picture]] = []
        pictures: dict[float, Picture] = {}
        for seconds, frame in self._packets.frames_around(list(wanted)):
            tick()
            if seconds >= within.end_seconds:
                break
            if not within.holds(seconds):
                continue
            going_on = [picker.offer(seconds, frame) for picker in pickers]
            # pairs come in order of time, so they are settled in order too; raw frames are let go of early
            while going_on and not going_on.pop(0):
                done += self._pictures(pickers.pop(0), pictures)
        for picker in pickers:
            done += self._pictures(picker, pictures)
        return tuple(done)

    def scan(self, within: Stretch, tick: Callable[[float], None]) -> Iterator[ScanChunk]:
        """See ``Source``."""
        seconds: list[float] = []
        pixels: list[NDArray[np.uint8]] = []
        for at, frame in self._packets.frames_from(within.start_seconds):
            if at >= within.end_seconds:
                break
            if not within.holds(at):
                continue
            if len(seconds) % _TICK_FRAMES == 0:
                tick(at)
            seconds.append(at)
            pixels.append(self._scanner.rgb(frame, (SCAN_WIDTH, SCAN_HEIGHT), quarter_turns(frame)))
            if len(seconds) == _CHUNK_FRAMES:
                yield ScanChunk(np.array(seconds), np.stack(pixels))
                seconds, pixels = [], []
        if seconds:
            yield ScanChunk(np.array(seconds), np.stack(pixels))

    def _pictures(
        self, picker: PairPicker[VideoFrame], known: dict[float, Picture]
    ) -> list[tuple[Picture, Picture]]:
        chosen = picker.chosen()
        if chosen is None:
            return []
        for seconds, frame in chosen:
            if seconds not in known:
                known[seconds] = Picture(seconds, self._look(frame))
        return [(known[chosen[0][0]], known[chosen[1][0]])]

    def _look(self, frame: VideoFrame) -> NDArray[np.uint8]:
        turns = quarter_turns(frame)
        aspect = self._packets.stream.sample_aspect_ratio
        width, height = look_size(frame.width, frame.height, float(aspect) if aspect else 1.0)
        return self._looker.rgb(frame, (width, height) if turns % 2 == 0 else (height, width), turns)
