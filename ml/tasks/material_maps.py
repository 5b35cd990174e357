"""A painted material in memory: filled part by part, toned, and turned into the maps that are written.

Numbers are kept as integers, ten bytes for a pixel, so that 8192 x 8192 pixels fit beside the network.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ..controls import regions
from ..infer.painting import Canvas, Part
from ..infer.surface import normals_from_height, occlusion_from_height
from ..infer.toning import Sample, Tone, find_tone, measure_sample, toned
from ..protocol import MapKind
from .looks import Look

__all__ = ["PaintedMaterial"]

Array = NDArray[np.float32]
Pixels = NDArray[np.uint8] | NDArray[np.uint16]

_SAMPLES = 1 << 15
"""Pixels that means are taken from, which are right to about a thousandth."""
_BAND_PX = 256


class PaintedMaterial:
    """The six channels of one material, 0 to 1, as the network painted them."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        # deep enough that toning leaves no steps in 8 bits
        self._albedo = np.empty((height, width, 3), np.uint16)
        self._relief = np.empty((height, width), np.uint16)
        self._roughness = np.empty((height, width), np.uint8)
        self._metallic = np.empty((height, width), np.uint8)
        self._stride = max(1, int((width * height / _SAMPLES) ** 0.5))
        self._sampled: list[tuple[Array, Array, Array]] = []
        self._tone: Tone | None = None
        self._roughness_shift = 0.0

    def fill(self, part: Part, painted: Array, guide: Array) -> None:
        """Take what was painted there, (height, width, 6), and the guide it was painted on, (height, width, 4)."""
        rows, columns = _slices(part)
        self._albedo[rows, columns] = _whole_numbers(painted[..., :3], np.uint16)
        self._relief[rows, columns] = _whole_numbers(painted[..., 3], np.uint16)
        self._roughness[rows, columns] = _whole_numbers(painted[..., 4], np.uint8)
        self._metallic[rows, columns] = _whole_numbers(painted[..., 5], np.uint8)
        step = slice(None, None, self._stride)
        some = painted[step, step]
        self._sampled.append(
            (
                some[..., :3].reshape(-1, 3).copy(),
                regions(guide[step, step, 0]).reshape(-1),
                some[..., 4].reshape(-1).copy(),
            )
        )

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

    def pixels(self, kind: MapKind, canvas: Canvas, relief_widths: float) -> Pixels:
        """One map, ready to be written; see ``ml.protocol.MapFile`` for depths."""
        match kind:
            case "basecolor":
                return self._basecolor(canvas)
            case "height":
                return self._relief
            case "roughness":
                return self._rough()
            case "metallic":
                return self._metallic
            case "normal":
                height = self._height()
                bands = (normals_from_height(height, relief_widths, rows) for rows in self._bands())
                return np.concatenate([_whole_numbers(band * 0.5 + 0.5, np.uint8) for band in bands])
            case "occlusion":
                height = self._height()
                bands = (occlusion_from_height(height, relief_widths, rows) for rows in self._bands())
                return np.concatenate([_whole_numbers(band, np.uint8) for band in bands])

    def _basecolor(self, canvas: Canvas) -> NDArray[np.uint8]:
        result = np.empty(self._albedo.shape, np.uint8)
        for part in canvas.parts():
            rows, columns = _slices(part)
            albedo = self._albedo[rows, columns] * np.float32(1 / 65535)
            if self._tone is not None:
                albedo = toned(albedo, regions(canvas.guide_at(part)[..., 0]), self._tone)
            result[rows, columns] = _whole_numbers(albedo, np.uint8)
        return result

    def _rough(self) -> NDArray[np.uint8]:
        if not self._roughness_shift:
            return self._roughness
        table = np.clip(np.arange(256) / 255 + self._roughness_shift, 0, 1)
        result: NDArray[np.uint8] = np.round(table * 255).astype(np.uint8)[self._roughness]
        return result

    def _height(self) -> Array:
        return self._relief * np.float32(1 / 65535)

    def _bands(self) -> Iterator[slice]:
        for top in range(0, self.height, _BAND_PX):
            yield slice(top, min(top + _BAND_PX, self.height))

    def _sample(self) -> Sample:
        albedo, out, _ = (np.concatenate(parts) for parts in zip(*self._sampled, strict=True))
        return Sample(albedo, out)


def _slices(part: Part) -> tuple[slice, slice]:
    return slice(part.top, part.top + part.height), slice(part.left, part.left + part.width)


def _whole_numbers(numbers: Array, kind: type[np.uint8] | type[np.uint16]) -> NDArray[np.uint8]:
    """0 to 1 as the full range of that kind, rounded to the nearest."""
    scaled = np.clip(numbers, 0, 1) * np.float32(np.iinfo(kind).max)
    result: NDArray[np.uint8] = np.rint(scaled).astype(kind)
    return result
