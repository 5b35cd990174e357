"""Runs a guided network over a picture of any size, part by part, in memory that does not grow with the network's.

The network is circular and looks only so far, so a part that is painted with enough of its surroundings equals
the same part of the whole. Noise is drawn by rows from the seed, and guides are enlarged on the way. numpy only.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..bilinear import enlarged

__all__ = ["STRIDE", "Canvas", "Part", "SpreadGuide"]

Array = NDArray[np.float32]
Run = Callable[[Mapping[str, Array]], Array]

STRIDE = 16
"""Pixels per cell of the network's coarsest map; pictures have whole numbers of cells."""
PART_PX = 512
HALO_PX = 64
"""How far the network looks, in whole cells: with 48 pixels parts differ from the whole in the fourth digit."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of the picture, in pixels from its upper left corner."""

    top: int
    left: int
    height: int
    width: int


class SpreadGuide:
    """A guide laid over a picture, once or several times side by side, and enlarged smoothly."""

    def __init__(self, guide: Array, size_px: tuple[int, int], repeats: tuple[int, int] = (1, 1)) -> None:
        """guide: (height, width, channels), 0 to 1, periodic, of any size. size_px: width and height of the picture.

        repeats: how many guides lie side by side across and down.
        """
        self.width, self.height = size_px
        self._channels = np.ascontiguousarray(guide.transpose(2, 0, 1))
        self._repeats = repeats

    def at(self, rows: NDArray[np.int_], columns: NDArray[np.int_]) -> Array:
        """The guide (channels, rows, columns) at these pixels of the picture, which may lie beyond its border."""
        return self._looked_up(self._channels, rows, columns)

    def relief_at(self, part: Part, step: int = 1) -> Array:
        """The first channel (height, width) of a part, or of each ``step``-th of its pixels."""
        rows = np.arange(part.top, part.top + part.height, step)
        columns = np.arange(part.left, part.left + part.width, step)
        relief: Array = self._looked_up(self._channels[:1], rows, columns)[0]
        return relief

    def _looked_up(self, channels: Array, rows: NDArray[np.int_], columns: NDArray[np.int_]) -> Array:
        height, width = channels.shape[1:]
        across, down = self._repeats
        if (height * down, width * across) == (self.height, self.width):
            as_it_is: Array = channels.take(rows % height, axis=1).take(columns % width, axis=2)
            return as_it_is
        y = (rows + 0.5) * height * down / self.height - 0.5
        x = (columns + 0.5) * width * across / self.width - 0.5
        return enlarged(channels, y, x)


class Canvas:
    """One picture: its guide, its noise and what the network is told."""

    def __init__(
        self,
        run: Run,
        guide: SpreadGuide,
        told: Mapping[str, Array],
        *,
        local_channels: int,
        seed: int,
        part_px: int = PART_PX,
    ) -> None:
        """told: the network's other inputs: style, family, controls. The picture's size is the guide's.

        part_px: the most that is painted at once, without surroundings. Raises ValueError unless all sizes are
        multiples of STRIDE.
        """
        self.width, self.height = size = guide.width, guide.height
        if self.width % STRIDE or self.height % STRIDE or min(size) < STRIDE or part_px % STRIDE:
            raise ValueError(f"sizes are multiples of {STRIDE} pixels, not {self.width} x {self.height}")
        self._run = run
        self._guide = guide
        self._told = dict(told)
        self._seed = seed
        self._part_px = part_px
        cells = (local_channels, self.height // STRIDE, self.width // STRIDE)
        self._local = np.random.default_rng((seed, 0)).standard_normal(cells, np.float32)
        self._grain: tuple[int, Array] | None = None

    def parts(self) -> Iterator[Part]:
        """From the top down and from left to right, all nearly of one size; together the picture, none twice."""
        for top, height in _shared_out(self.height, self._part_px):
            for left, width in _shared_out(self.width, self._part_px):
                yield Part(top, left, height, width)

    def paint(self, part: Part) -> Array:
        """The maps (channels, height, width) of that part, 0 to 1."""
        # what spans the picture continues at its own opposite side: the network itself wraps it around
        down = 0 if part.height == self.height else HALO_PX
        across = 0 if part.width == self.width else HALO_PX
        rows = np.arange(part.top - down, part.top + part.height + down)
        columns = np.arange(part.left - across, part.left + part.width + across)
        cell_rows = rows[::STRIDE] // STRIDE % self._local.shape[1]
        cell_columns = columns[::STRIDE] // STRIDE % self._local.shape[2]
        painted = self._run(
            {
                "guide": self._guide.at(rows, columns)[None],
                "grain": self._grain_rows(rows).take(columns % self.width, axis=1)[None, None],
                "local": np.ascontiguousarray(self._local[:, cell_rows][:, :, cell_columns])[None],
                **self._told,
            }
        )
        inner: Array = painted[0, :, down : down + part.height, across : across + part.width]
        return inner

    def _grain_rows(self, rows: NDArray[np.int_]) -> Array:
        """Standard-normal noise of these rows (whole cells of them, in order), each always the same."""
        # parts side by side have the same rows
        if self._grain is None or self._grain[0] != rows[0] or len(self._grain[1]) != len(rows):
            bands = [
                np.random.default_rng((self._seed, 1, int(first) // STRIDE)).standard_normal(
                    (STRIDE, self.width), np.float32
                )
                for first in rows[::STRIDE] % self.height
            ]
            self._grain = (int(rows[0]), np.concatenate(bands))
        return self._grain[1]


def _shared_out(total: int, most: int) -> Iterator[tuple[int, int]]:
    """Starts and lengths of stretches of at most ``most`` pixels, in whole cells, as equal as can be."""
    cells, stretches = total // STRIDE, -(-total // most)
    for index in range(stretches):
        start, end = (place * cells // stretches * STRIDE for place in (index, index + 1))
        yield start, end - start
