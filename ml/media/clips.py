"""A clip of the contract as the networks take it in: opened, looked at as the timeline shows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..protocol_shots import Clip
from .errors import MediaError
from .framing import cropped, find_frame
from .inputs import INSTANTS, ShotFrames, ShotInputs, inputs_of
from .instants import Stretch, instant_pairs
from .movie import Movie
from .picture import Picture, ScanChunk, Source
from .stills import ImageSequence, Still

__all__ = ["ShotLook", "look_at", "open_clip", "scan_clip", "shot_inputs"]

Pair = tuple[Picture, Picture]


@dataclass(frozen=True, slots=True)
class ShotLook:
    """A shot as it was looked at."""

    inputs: ShotInputs
    thumbnail: NDArray[np.uint8]
    """(height, width, 3) sRGB, the shot's middle with bars and all, as the timeline shows it."""
    end_seconds: float
    """Where the shot ends: earlier than was asked for where the medium does."""


def open_clip(clip: Clip) -> Source:
    """Open the clip's medium; close it after use. Raises MediaError."""
    path = Path(clip.path)
    if not path.is_absolute():
        raise MediaError("MEDIA_MISSING", f"the path {clip.path} is not absolute. Save the project first.")
    if clip.kind == "movie":
        return Movie(path)
    return Still(path) if clip.kind == "image" else ImageSequence(path, clip.rate)


def shot_inputs(clip: Clip, start_seconds: float, end_seconds: float) -> ShotInputs:
    """The networks' inputs for that stretch of the clip's medium. Raises MediaError."""
    source = open_clip(clip)
    try:
        return look_at(source, clip, start_seconds, end_seconds, lambda: None).inputs
    finally:
        source.close()


def look_at(
    source: Source, clip: Clip, start_seconds: float, end_seconds: float, tick: Callable[[], None]
) -> ShotLook:
    """Look at one shot of the open clip. ``tick`` is called between frames and may raise.

    Raises MediaError NO_FRAMES when the medium has none there.
    """
    pairs, stretch = _pairs(source, clip, start_seconds, end_seconds, tick)
    known = source.length_seconds
    if known is not None and known < stretch.end_seconds:
        # the file says that it is longer than it is: spread the instants over what there is
        pairs, stretch = _pairs(source, clip, start_seconds, known, tick)
    if clip.backwards:
        pairs = tuple((second, first) for first, second in reversed(pairs))
    pictures = [_mirrored(picture.pixels, clip) for pair in pairs for picture in pair]
    frame = find_frame(pictures)
    small = np.stack([cropped(pixels, frame) for pixels in pictures])
    apart = [abs(second.seconds - first.seconds) / clip.speed for first, second in pairs]
    shot = ShotFrames(
        pictures=small.reshape(INSTANTS, 2, *small.shape[1:]),
        pair_seconds=np.array(apart),
        length_seconds=stretch.shown_seconds,
        aspect=frame.aspect,
        still=source.is_still,
    )
    return ShotLook(inputs_of(shot), pictures[INSTANTS], stretch.end_seconds)


def scan_clip(source: Source, clip: Clip, tick: Callable[[float], None]) -> Iterator[ScanChunk]:
    """Every frame of the clip, small, in the medium's own order; see ``Source.scan``."""
    return source.scan(Stretch(clip.start_seconds, clip.end_seconds, clip.speed), tick)


def _pairs(
    source: Source, clip: Clip, start_seconds: float, end_seconds: float, tick: Callable[[], None]
) -> tuple[tuple[Pair, ...], Stretch]:
    length = source.length_seconds
    end = end_seconds if length is None else min(end_seconds, length)
    if end > start_seconds:
        stretch = Stretch(start_seconds, end, clip.speed, clip.backwards)
        if pairs := source.pairs(instant_pairs(stretch), stretch, tick):
            return pairs, stretch
    message = f"there are no pictures from {start_seconds:.1f} s to {end_seconds:.1f} s of the file."
    if length is not None:
        message += f" It is {length:.1f} s long."
    raise MediaError("NO_FRAMES", f"{message} Trim the strip to what the file has.")


def _mirrored(pixels: NDArray[np.uint8], clip: Clip) -> NDArray[np.uint8]:
    if clip.mirror_x:
        pixels = pixels[:, ::-1]
    if clip.mirror_y:
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)
