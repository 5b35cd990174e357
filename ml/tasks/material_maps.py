"""A painted material in memory: filled part by part, toned, and turned into the maps that are written.

Numbers are kept as integers, at most ten bytes for a pixel, so that 8192 x 8192 pixels fit beside the network.
Maps come in bands, so that nothing of a picture's size is made beside them.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..controls import regions
from ..infer.painting import Part, SpreadGuide
from ..infer.surface import normals_from_height, occlusion_from_height
from ..infer.toning import Sample, Tone, find_tone, measure_sample, toned, toned_bytes
from ..protocol import MapKind
from .looks import Look
from .png import Pixels

__all__ = ["PaintedMaterial"]

Array = NDArray[np.float32]

_SAMPLES = 1 << 15
"""Pixels that means are taken from, which are right to about a thousandth."""
_BAND_PIXELS = 1 << 16
"""Pixels of a band: few enough for the processor's cache."""


class PaintedMaterial:
    """The six channels of one material, 0 to 1, as the network painted them."""

    def __init__(self, guide: SpreadGuide) -> None:
        self.width, self.height = guide.width, guide.height
        self._guide = guide
        size = (self.height, self.width)
        # deep enough that toning leaves no steps in 8 bits
        self._albedo = np.empty((*size, 3), np.uint16)
        self._relief = np.empty(size, np.uint16)
        self._roughness = np.empty(size, np.uint8)
        self._metallic = np.empty(size, np.uint8)
        self._stride = max(1, int((self.width * self.height / _SAMPLES) ** 0.5))
        self._sampled: list[tuple[Array, Array, Array]] = []
        self._tone: Tone | None = None
        self._roughness_shift = 0.0

    def fill(self, part: Part, painted: Array) -> None:
        """Take what was painted there, (6, height, width)."""
        rows, columns = _slices(part)
        for channel in range(3):
            self._albedo[rows, columns, channel] = _whole_numbers(painted[channel], np.uint16)
        self._relief[rows, columns] = _whole_numbers(painted[3], np.uint16)
        self._roughness[rows, columns] = _whole_numbers(painted[4], np.uint8)
        self._metallic[rows, columns] = _whole_numbers(painted[5], np.uint8)
        some = painted[:, :: self._stride, :: self._stride]
        relief = self._guide.relief_at(part, self._stride)
        albedo = np.ascontiguousarray(some[:3].reshape(3, -1).T)
        self._sampled.append((albedo, regions(relief).reshape(-1), some[4].reshape(-1).copy()))

    def put_right(self, look: Look) -> None:
        """Find out what has to be done to the painted maps so that they have what the look asks for."""
        self._tone = find_tone(self._sample(), look.wanted)
        if look.roughness is not None:
            rough = np.concatenate([rough for _, _, rough in self._sampled])
            shift = 0.0
            for _ in range(4):
                shift += look.roughness - float(np.clip(rough + shift, 0, 1).mean())
            self._roughness_shift = shift

    def measured(self) -> tuple[Array, Array, float]:
        """Mean OKLab colours of both regions and the contrast, as they are written."""
        sample = self._sample()
        if self._tone is None:
            return measure_sample(sample)
        return measure_sample(Sample(toned(sample.albedo, sample.out, self._tone), sample.out))

    def bands(self, kind: MapKind, relief_widths: float) -> Iterator[Pixels]:
        """One map from the top down, ready to be written; see ``ml.protocol.MapFile`` for depths."""
        for rows in self._rows():
            match kind:
                case "basecolor":
                    yield self._basecolor(rows)
                case "height":
                    yield self._relief[rows]
                case "roughness":
                    yield self._rough(rows)
                case "metallic":
                    yield self._metallic[rows]
                case "normal":
                    normals = normals_from_height(self._relief, relief_widths, rows)
                    normals *= np.float32(0.5)
                    normals += np.float32(0.5)
                    yield _whole_numbers(normals, np.uint8)
                case "occlusion":
                    occlusion = occlusion_from_height(self._relief, relief_widths, rows)
                    yield _whole_numbers(occlusion, np.uint8)

    def pixels(self, kind: MapKind, relief_widths: float) -> Pixels:
        """One map as a whole, for pictures that are small."""
        whole: Pixels = np.concatenate(list(self.bands(kind, relief_widths)))
        return whole

    def _rows(self) -> Iterator[slice]:
        step = max(16, _BAND_PIXELS // self.width)
        for top in range(0, self.height, step):
            yield slice(top, min(top + step, self.height))

    def _basecolor(self, rows: slice) -> NDArray[np.uint8]:
        albedo = self._albedo[rows]
        if self._tone is None:
            # 65535 is 257 times 255, so this rounds
            return ((albedo.astype(np.uint32) + 128) // 257).astype(np.uint8)
        band = Part(rows.start, 0, rows.stop - rows.start, self.width)
        return toned_bytes(albedo, regions(self._guide.relief_at(band)), self._tone)

    def _rough(self, rows: slice) -> NDArray[np.uint8]:
        if not self._roughness_shift:
            return self._roughness[rows]
        table = np.clip(np.arange(256) / 255 + self._roughness_shift, 0, 1)
        result: NDArray[np.uint8] = np.round(table * 255).astype(np.uint8)[self._roughness[rows]]
        return result

    def _sample(self) -> Sample:
        albedo, out, _ = (np.concatenate(parts) for parts in zip(*self._sampled, strict=True))
        return Sample(albedo, out)


def _slices(part: Part) -> tuple[slice, slice]:
    return slice(part.top, part.top + part.height), slice(part.left, part.left + part.width)


def _whole_numbers(numbers: Array, kind: type[np.uint8] | type[np.uint16]) -> NDArray[np.uint8]:
    """0 to 1 as the full range of that kind, rounded to the nearest."""
    scaled = numbers * np.float32(np.iinfo(kind).max)
    scaled += np.float32(0.5)
    result: NDArray[np.uint8] = scaled.astype(kind)
    return result
