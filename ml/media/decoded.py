"""A decoded frame of PyAV to RGB: size, colour matrix, range, alpha, high dynamic range, rotation."""

from typing import Any

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from .errors import MediaError
from .wide_colour import standard_range

__all__ = ["FrameReader", "quarter_turns"]

_UNSPECIFIED = 2
_HD_HEIGHT = 720
_ALPHA = ("yuva", "rgba", "bgra", "argb", "abgr", "gbrap", "ya8", "ya16", "pal8")
_FULL_RANGE = ("yuvj", "rgb", "bgr", "gbr", "gray", "argb", "abgr", "ya", "pal", "0rgb", "0bgr")


class FrameReader:
    """Makes small upright RGB pictures; keeps the scaler between frames, which is half of a frame's cost."""

    def __init__(self) -> None:
        self._scaler = VideoReformatter()

    def rgb(self, frame: VideoFrame, size: tuple[int, int], turns: int) -> NDArray[np.uint8]:
        """(height, width, 3) sRGB of ``size`` (width, height) after ``turns`` quarter turns anticlockwise.

        Every pixel is the mean of its area. What is transparent lies over black, as in the sequencer.
        """
        width, height = size if turns % 2 == 0 else size[::-1]
        name = frame.format.name
        alpha = name.startswith(_ALPHA)
        try:
            small = self._scaler.reformat(
                frame,
                width=width,
                height=height,
                format="rgba" if alpha else "rgb24",
                interpolation=Interpolation.AREA,
                src_colorspace=_matrix(frame),
                src_color_range=_range(frame),
                dst_color_range=ColorRange.JPEG,
                # a small picture is not worth waking other threads for
                threads=1,
            )
        except (av.FFmpegError, ValueError) as error:
            message = f"pictures of the format {name} cannot be read. Convert the file to H.264, for example."
            raise MediaError("MEDIA_UNREADABLE", message, str(error)) from error
        pixels: NDArray[Any] = small.to_ndarray()
        if alpha:
            pixels = (pixels[..., :3].astype(np.uint16) * pixels[..., 3:] // 255).astype(np.uint8)
        pixels = standard_range(pixels, int(frame.color_trc), int(frame.color_primaries))
        return np.ascontiguousarray(np.rot90(pixels, turns))


def quarter_turns(frame: VideoFrame) -> int:
    """How often the frame is to be turned anticlockwise by 90 degrees to be upright."""
    return round(frame.rotation / 90) % 4


def _matrix(frame: VideoFrame) -> int | None:
    """None for the frame's own colour matrix; without a tag it is guessed as players do, by the height."""
    if int(frame.colorspace) != _UNSPECIFIED:
        return None
    return int(Colorspace.ITU709 if frame.height >= _HD_HEIGHT else Colorspace.ITU601)


def _range(frame: VideoFrame) -> int:
    if int(frame.color_range) != 0:
        return int(frame.color_range)
    return int(ColorRange.JPEG if frame.format.name.startswith(_FULL_RANGE) else ColorRange.MPEG)
