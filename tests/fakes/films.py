"""Small films, written by PyAV, whose frames say which one they are."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 128, 72
TIME_BASE = Fraction(1, 12_000)
_BITS = 6
_DARK, _BRIGHT = 40, 210


def numbered(count: int, width: int = WIDTH, height: int = HEIGHT) -> list[NDArray[np.uint8]]:
    """Frames that show their number, up to 63, as columns: dark is 0, bright is 1, the highest bit on the left."""
    frames = []
    for number in range(count):
        bits = [number >> bit & 1 for bit in reversed(range(_BITS))]
        columns = np.array([_BRIGHT if bits[x * _BITS // width] else _DARK for x in range(width)], np.uint8)
        frames.append(np.broadcast_to(columns[None, :, None], (height, width, 3)).copy())
    return frames


def number_of(pixels: NDArray[np.uint8]) -> int:
    """Which of the numbered frames that is."""
    width = pixels.shape[1]
    middles = [int((place + 0.5) * width / _BITS) for place in range(_BITS)]
    bits = [pixels[:, x].mean() > (_DARK + _BRIGHT) / 2 for x in middles]
    return sum(1 << (_BITS - 1 - place) for place, bit in enumerate(bits) if bit)


def write_film(
    path: Path,
    frames: Iterable[NDArray[Any]],
    *,
    rate: int = 24,
    times: Sequence[float] | None = None,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    layout: str = "rgb24",
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    **stream_facts: Any,
) -> Path:
    """Write frames (height, width, 3) uint8, of the layout yuv444p (3, height, width). Returns ``path``.

    ``times`` in seconds make the rate vary. ``stream_facts`` are attributes
    of the stream's codec context, ``rotation`` that of the stream.
    """
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream: Any = None
        for number, pixels in enumerate(frames):
            if stream is None:
                stream = container.add_stream(codec, rate=rate, options=options or {})
                stream.height, stream.width = pixels.shape[1:] if layout == "yuv444p" else pixels.shape[:2]
                stream.pix_fmt = pix_fmt
                stream.codec_context.time_base = TIME_BASE
                rotation = stream_facts.pop("rotation", None)
                if rotation is not None:
                    stream.set_display_rotation(rotation)
                for name, value in stream_facts.items():
                    setattr(stream.codec_context, name, value)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), layout)
            frame.time_base = TIME_BASE
            seconds = number / rate if times is None else times[number]
            frame.pts = round(seconds / float(TIME_BASE))
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_sound(path: Path, seconds: float = 1.0) -> Path:
    """A file of sound alone."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=48_000)
        for start in range(0, round(seconds * 48_000), 1024):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
