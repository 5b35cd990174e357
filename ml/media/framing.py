"""The picture within the frame: black bars of letterbox and pillarbox are found and cut off.

Looked for over several pictures, so that a dark scene is not taken for bars: a bar is black in all of them, the
same on both sides, and ends in a straight line behind which the picture is lit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .inputs import FRAME_HEIGHT, FRAME_WIDTH
from .motion import luma_of

__all__ = ["Frame", "cropped", "find_frame"]

_BLACK = 0.085
"""Luma; compressed black is noisy, and some films' bars are not quite black."""
_LIT_IN_BAR = 0.02
"""Share of a bar's line that may be lit: broken pixels, a logo's corner."""
_LIT_BEHIND = 0.3
"""Share of the lines behind a bar that must be lit in some picture."""
_LINES_BEHIND = 3
_LEAST_SHARE = 0.012
_MOST_SHARE = 0.42
"""Of the frame's size, on each side."""
_UNEVEN_SHARE = 0.02
"""Of the frame's size, that the two bars may differ by."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the picture is: pixels of the whole, exclusive on the right and below."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def aspect(self) -> float:
        """Width over height."""
        return (self.right - self.left) / (self.bottom - self.top)


def find_frame(pictures: Sequence[NDArray[np.uint8]]) -> Frame:
    """The frame that all pictures (height, width, 3) of one size have."""
    brightest = np.max([luma_of(picture) for picture in pictures], axis=0)
    lit = brightest > _BLACK
    height, width = lit.shape
    top = _bar(lit.mean(axis=1))
    # pillars are looked for in the rest, letterbox in what is between pillars: both at once frame the picture
    left = _bar(lit[top : height - top].mean(axis=0))
    if left and not top:
        top = _bar(lit[:, left : width - left].mean(axis=1))
    return Frame(left, top, width - left, height - top)


def cropped(pixels: NDArray[np.uint8], frame: Frame) -> NDArray[np.uint8]:
    """(90, 160, 3): the picture within the frame, every pixel the mean of its area."""
    box = (frame.left, frame.top, frame.right, frame.bottom)
    small = Image.fromarray(pixels).resize((FRAME_WIDTH, FRAME_HEIGHT), Image.Resampling.BOX, box=box)
    return np.asarray(small)


def _bar(lit_shares: NDArray[np.float64]) -> int:
    """How many lines at both ends are bars; ``lit_shares`` is each line's lit share."""
    size = len(lit_shares)
    dark = lit_shares <= _LIT_IN_BAR
    if dark.all():
        return 0
    first = int(np.argmin(dark))
    last = int(np.argmin(dark[::-1]))
    if abs(first - last) > max(2, _UNEVEN_SHARE * size) or not (
        _LEAST_SHARE * size <= min(first, last) and max(first, last) <= _MOST_SHARE * size
    ):
        return 0
    behind = lit_shares[first : first + _LINES_BEHIND], lit_shares[size - last - _LINES_BEHIND : size - last]
    if min(float(lines.max()) for lines in behind) < _LIT_BEHIND:
        return 0
    # the line between bar and picture is a mixture of both
    return max(first, last) + 1
