"""The frames of a film's picture stream with their times, from where they are wanted; errors in it are survived.

Between the wanted times, frames on which no other depends are not decoded, and where a keyframe lies on the way
the film is sought there: both leave the frames that are wanted as they are.
"""

import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
from av.codec.context import ThreadType
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from .errors import MediaError

__all__ = ["PacketReader", "TimedFrame", "Window"]

TimedFrame = tuple[float, VideoFrame]
Window = tuple[float, float]
"""From one time to another, in seconds."""

_MOST_THREADS = 8
_USUAL_RATE = 25.0
_MARGIN_FRAMES = 2.5
"""Around a window, so that the nearest frame is among those that are decoded."""
_KEPT_FRAMES = 4
"""For a window that begins just before the place where the last one was left."""
_WORTH_SEEKING_SECONDS = 0.3
_BLIND_SEEK_SECONDS = 4.0
"""Where a file has no index, a leap as long as this most likely passes a keyframe."""
_SEEK_BACK_SECONDS = (0.0, 2.0, 10.0, 60.0)
"""Keyframes of broken indices lie later than they say: look for one ever farther before."""
_ROUNDING_SECONDS = 0.5
"""Sound that is longer than the picture, and rounded lengths, are no missing end."""
_MOST_ERRORS = 200
"""In a row; then nothing more is expected of the file."""


class PacketReader:
    """Opens a film, and gives its frames in order of time."""

    def __init__(self, path: Path) -> None:
        """Raises MediaError when the film is missing, damaged, or has no moving picture."""
        self._path = path
        self._container, self._stream = _open(path)
        try:
            self._time_base = float(self._stream.time_base or 1 / 90_000)
            rate = float(self._stream.average_rate or self._stream.guessed_rate or _USUAL_RATE)
            # containers of single pictures claim a time base of thousands a second
            self.frame_seconds = 1 / rate if 0.01 < rate < 2000 else 1 / _USUAL_RATE
            self._errors = 0
            self._in_a_row = 0
            self._ends_badly = False
            self._frame_end = 0.0
            self._seen_end: float | None = None
            self._windows: list[Window] = []
            self._rewind()
            self._first_stamp = self._find_first()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    @property
    def stream(self) -> VideoStream:
        """The picture stream, for its facts; valid until the next call that reads frames."""
        return self._stream

    @property
    def length_seconds(self) -> float | None:
        """What the file says, or where it was seen to end before that; None when it says nothing."""
        said = None
        if self._stream.duration:
            said = self._stream.duration * self._time_base
        elif self._container.duration:
            said = float(self._container.duration / 1_000_000)
        if self._seen_end is not None and (said is None or self._seen_end < said - _ROUNDING_SECONDS):
            return self._seen_end
        return said

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be read so far."""
        notes = []
        if self._errors:
            notes.append(f"{self._errors} damaged frames were left out")
        if self._ends_badly:
            notes.append("the file is cut off or damaged at its end")
        return tuple(notes)

    def frames_from(self, seconds: float) -> Iterator[TimedFrame]:
        """Every frame from about that time to the end of the film."""
        self._go_to(seconds - _MARGIN_FRAMES * self.frame_seconds)
        self._windows = []
        while (timed := self._next()) is not None:
            yield timed

    def frames_around(self, windows: list[Window]) -> Iterator[TimedFrame]:
        """The frames of some stretches in ascending order, and some between them, in order of time."""
        margin = _MARGIN_FRAMES * self.frame_seconds
        self._windows = [(start - margin, end + margin) for start, end in windows]
        left = deque(self._windows)
        self._go_to(left[0][0])
        while (timed := self._next()) is not None:
            yield timed
            passed = len(left)
            while left and timed[0] > left[0][1]:
                left.popleft()
            if not left:
                return
            # once for each window: where an index errs, a leap may lead back to where it began
            if len(left) < passed and left[0][0] > timed[0]:
                self._go_to(left[0][0])

    # ---- where to read on

    def _go_to(self, seconds: float) -> None:
        """Be where the next frame is not later than ``seconds``, as fast as that can be had."""
        if self._ready and self._ready[0][0] <= seconds:
            return
        kept = [timed for timed in self._kept if timed[0] <= seconds]
        if kept:
            again = list(self._kept)[self._kept.index(kept[-1]) :]
            if seconds <= self._position:
                self._ready.extendleft(reversed(again))
                return
        if not self._begun and seconds <= 0:
            return
        if seconds < self._position or self._keyframe_ahead(seconds):
            self._seek(seconds)

    def _keyframe_ahead(self, seconds: float) -> bool:
        """Whether a keyframe lies between here and there."""
        if not self._seekable:
            return False
        entries = self._stream.index_entries
        stamp = self._stamp(seconds)
        place = entries.search_timestamp(stamp, backward=True) if len(entries) else -1
        if place >= 0:
            at = (entries[place].timestamp - self._first_stamp) * self._time_base
            if at > self._position + _WORTH_SEEKING_SECONDS:
                return True
            if entries[len(entries) - 1].timestamp > stamp:
                # the index reaches as far as that and knows no nearer one
                return False
        return seconds - self._position > _BLIND_SEEK_SECONDS

    def _seek(self, seconds: float) -> None:
        if self._seekable:
            for back in _SEEK_BACK_SECONDS:
                target = seconds - back
                if target <= 0:
                    break
                if self._try_seek(target) and self._ready[0][0] <= seconds:
                    return
        self._reopen()

    def _try_seek(self, seconds: float) -> bool:
        try:
            self._container.seek(self._stamp(seconds), stream=self._stream, backward=True)
        except (av.FFmpegError, OSError):
            self._seekable = False
            return False
        self._rewind()
        self._begun = True
        timed = self._next()
        if timed is not None:
            self._ready.append(timed)
        return timed is not None

    def _reopen(self) -> None:
        self._container.close()
        self._container, self._stream = _open(self._path)
        self._rewind()

    def _rewind(self) -> None:
        """Forget where we were; the container stands at a keyframe."""
        self._packets = self._container.demux(self._stream)
        self._ready: deque[TimedFrame] = deque()
        self._kept: deque[TimedFrame] = deque(maxlen=_KEPT_FRAMES)
        self._position = -1.0
        self._begun = False

    def _find_first(self) -> int:
        """Stamp of the first frame, from which times count."""
        self._seekable = self._stamped = True
        self._first_stamp = 0
        timed = self._next()
        if timed is None:
            message = "no picture in the file can be decoded; it is damaged. Make the file again."
            raise MediaError("MEDIA_UNREADABLE", message, str(self._path))
        first = self._stream.start_time
        stamp = timed[1].pts
        self._seekable = self._stamped = stamp is not None
        # some files say nothing, or that their first frame comes before their start
        origin = stamp if first is None or stamp is None or stamp < first else first
        self._first_stamp = origin or 0
        # those that came with it were timed before the origin was known
        frames = [timed[1], *(frame for _, frame in self._ready)]
        self._ready.clear()
        self._kept.clear()
        self._position = -1.0
        self._take(frames)
        return self._first_stamp

    def _stamp(self, seconds: float) -> int:
        return self._first_stamp + int(max(seconds, 0) / self._time_base)

    # ---- decoding

    def _next(self) -> TimedFrame | None:
        while not self._ready:
            packet = self._next_packet()
            if packet is None:
                self._seen_end = self._frame_end if self._begun else None
                return None
            self._take(self._decode(packet))
        timed = self._ready.popleft()
        self._kept.append(timed)
        return timed

    def _take(self, frames: list[VideoFrame]) -> None:
        for frame in frames:
            self._position = self._seconds(frame)
            self._begun = True
            self._frame_end = self._position + (frame.duration * self._time_base or self.frame_seconds)
            self._ready.append((self._position, frame))

    def _seconds(self, frame: VideoFrame) -> float:
        """In time order even where stamps are missing or wrong."""
        stamp = frame.pts if frame.pts is not None else frame.dts
        after = self._position + self.frame_seconds if self._position >= 0 else 0.0
        if stamp is None:
            return after
        seconds = (stamp - self._first_stamp) * self._time_base
        return seconds if seconds > self._position else after

    def _next_packet(self) -> "Packet[VideoStream] | None":
        try:
            return next(self._packets, None)
        except (av.FFmpegError, OSError):
            # cut off in the middle of a packet; what came before it is good
            self._ends_badly = True
            return None

    def _decode(self, packet: "Packet[VideoStream]") -> list[VideoFrame]:
        self._stream.codec_context.skip_frame = "DEFAULT" if self._is_wanted(packet) else "NONREF"
        try:
            frames = self._stream.decode(packet)
        except av.FFmpegError:
            self._errors += 1
            self._in_a_row += 1
            if self._in_a_row > _MOST_ERRORS:
                self._packets = iter(())
            return []
        self._in_a_row = 0
        return frames

    def _is_wanted(self, packet: "Packet[VideoStream]") -> bool:
        # what comes after the last window may be wanted next, and is in the decoder already then
        if not self._windows or not self._stamped or packet.pts is None or packet.size == 0:
            return True
        at = (packet.pts - self._first_stamp) * self._time_base
        return at > self._windows[-1][1] or any(start <= at <= end for start, end in self._windows)


def _open(path: Path) -> tuple[Any, VideoStream]:
    try:
        if not path.is_file():
            message = f"the file {path} is missing. Find it again, or remove the strip."
            raise MediaError("MEDIA_MISSING", message)
        container = av.open(str(path), metadata_errors="replace")
    except (av.FFmpegError, ValueError) as error:
        message = f"{path.name} is no film, or it is damaged. Play it in another program, or make it again."
        raise MediaError("MEDIA_UNREADABLE", message, str(error)) from error
    except OSError as error:
        message = f"the file {path} cannot be opened. Check that you may read it, and try again."
        raise MediaError("MEDIA_UNREADABLE", message, str(error)) from error
    for stream in container.streams.video:
        # cover art is a picture stream too; a header that is cut off leaves a stream without a codec
        if not stream.disposition & Disposition.attached_pic and stream.codec_context is not None:
            stream.thread_type = ThreadType.AUTO
            stream.thread_count = min(_MOST_THREADS, os.cpu_count() or 1)
            return container, stream
    container.close()
    message = "the file has no moving picture, only sound or text. Choose another one."
    raise MediaError("NO_VIDEO", message, str(path))
