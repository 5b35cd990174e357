"""Runs a guided network over a picture of any size, part by part, in memory that does not grow with the network's.

The network is circular and looks only so far, so a part that is painted with enough of its surroundings equals
the same part of the whole. Noise is drawn by rows from the seed, and guides are enlarged on the way. numpy only.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["STRIDE", "Canvas", "Part"]

Array = NDArray[np.float32]
Run = Callable[[Mapping[str, Array]], Array]

STRIDE = 16
"""Pixels per cell of the network's coarsest map; pictures have whole numbers of cells."""
PART_PX = 512
HALO_PX = 64
"""How far the network looks, in whole cells, with one to spare."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of the picture, in pixels from its upper left corner."""

    top: int
    left: int
    height: int
    width: int


class Canvas:
    """One picture: its guide, its noise and what the network is told."""

    def __init__(
        self,
        run: Run,
        guide: Array,
        told: Mapping[str, Array],
        *,
        size_px: tuple[int, int],
        repeats: tuple[int, int] = (1, 1),
        local_channels: int,
        seed: int,
        part_px: int = PART_PX,
    ) -> None:
        """guide: (height, width, channels), 0 to 1, periodic, of any size; brought to the picture's.

        told: the network's other inputs: style, family, controls. size_px: width and height, multiples of
        STRIDE. repeats: how many guides lie side by side across and down the picture. Raises ValueError when
        the sizes are wrong.
        """
        self.width, self.height = size_px
        if self.width % STRIDE or self.height % STRIDE or min(size_px) < STRIDE or part_px % STRIDE:
            raise ValueError(f"sizes are multiples of {STRIDE} pixels, not {self.width} x {self.height}")
        self._run = run
        self._guide = guide
        self._repeats = repeats
        self._told = dict(told)
        self._seed = seed
        self._part_px = part_px
        cells = (local_channels, self.height // STRIDE, self.width // STRIDE)
        self._local = np.random.default_rng((seed, 0)).standard_normal(cells, np.float32)

    def parts(self) -> Iterator[Part]:
        """From the top down and from left to right; together the whole picture, none twice."""
        for top in range(0, self.height, self._part_px):
            for left in range(0, self.width, self._part_px):
                yield Part(
                    top,
                    left,
                    min(self._part_px, self.height - top),
                    min(self._part_px, self.width - left),
                )

    def paint(self, part: Part) -> Array:
        """The maps (height, width, channels) of that part, 0 to 1."""
        # what spans the picture continues at its own opposite side: the network itself wraps it around
        down = 0 if part.height == self.height else HALO_PX
        across = 0 if part.width == self.width else HALO_PX
        rows = np.arange(part.top - down, part.top + part.height + down)
        columns = np.arange(part.left - across, part.left + part.width + across)
        cell_rows = rows[::STRIDE] // STRIDE % self._local.shape[1]
        cell_columns = columns[::STRIDE] // STRIDE % self._local.shape[2]
        grain = self._grain_rows(rows % self.height)[:, columns % self.width]
        painted = self._run(
            {
                "guide": np.ascontiguousarray(self._guide_of(rows, columns).transpose(2, 0, 1))[None],
                "grain": np.ascontiguousarray(grain)[None, None],
                "local": np.ascontiguousarray(self._local[:, cell_rows][:, :, cell_columns])[None],
                **self._told,
            }
        )
        inner = painted[0, :, down : down + part.height, across : across + part.width]
        return np.ascontiguousarray(inner.transpose(1, 2, 0))

    def _grain_rows(self, rows: NDArray[np.int_]) -> Array:
        """Standard-normal noise of these rows (whole cells of them, in order), each always the same."""
        bands = [
            np.random.default_rng((self._seed, 1, int(first) // STRIDE)).standard_normal(
                (STRIDE, self.width), np.float32
            )
            for first in rows[::STRIDE]
        ]
        return np.concatenate(bands)

    def guide_at(self, part: Part) -> Array:
        """The guide (height, width, channels) as the network sees it there."""
        rows = np.arange(part.top, part.top + part.height)
        return self._guide_of(rows, np.arange(part.left, part.left + part.width))

    def _guide_of(self, rows: NDArray[np.int_], columns: NDArray[np.int_]) -> Array:
        """The guide (rows, columns, channels), enlarged smoothly."""
        height, width = self._guide.shape[:2]
        across, down = self._repeats
        if (height * down, width * across) == (self.height, self.width):
            as_it_is: Array = self._guide[rows % height][:, columns % width]
            return as_it_is
        y = (rows + 0.5) * height * down / self.height - 0.5
        x = (columns + 0.5) * width * across / self.width - 0.5
        top, left = np.floor(y).astype(np.int64), np.floor(x).astype(np.int64)
        low = (y - top).astype(np.float32)[:, None, None]
        right = (x - left).astype(np.float32)[None, :, None]
        between = self._guide[top % height] * (1 - low) + self._guide[(top + 1) % height] * low
        result: Array = between[:, left % width] * (1 - right) + between[:, (left + 1) % width] * right
        return result
