"""The arithmetic that material recipes are written in, whatever evaluates it.

Everything is periodic over the unit square: layouts and noise are pictures that repeat exactly, and formulas
of ``u`` and ``v`` have whole numbers of periods.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..layouts import Layout
from ..layouts_noise import fractal_noise, pixels_needed
from .field import Colour, Field, Value
from .params import Params

__all__ = ["Colour", "Field", "Graph", "NoisePicture", "Value"]


@dataclass(frozen=True, slots=True)
class NoisePicture:
    """Which noise; see ``ml.layouts_noise.fractal_noise``."""

    px: int
    scale: float
    seed: int
    detail: float
    roughness: float
    stretch: tuple[float, float]

    def draw(self) -> NDArray[np.float32]:
        """(px, px), around 0.5, exactly periodic."""
        return fractal_noise(self.px, self.scale, self.seed, self.detail, self.roughness, self.stretch)


class Graph(ABC):
    """The operations. ``u`` and ``v`` run from 0 to 1 over the tile, v upwards."""

    params: Params
    u: Field
    v: Field
    drawn_px: int
    """Size of drawn pictures."""

    @abstractmethod
    def math(self, operation: str, a: Value, b: Value) -> Field:
        """``operation`` is the identifier of an operation of Blender's Math node, for example ``ADD``."""

    @abstractmethod
    def remap(
        self, field: Value, low: float, high: float, to_low: Value, to_high: Value, smooth: bool = False
    ) -> Field:
        """``low..high`` stretched to ``to_low..to_high`` and clamped there."""

    @abstractmethod
    def lerp(self, a: Value, b: Value, factor: Value) -> Field:
        """a where factor is 0, b where it is 1 (numbers); the factor is clamped."""

    @abstractmethod
    def mix(self, a: Field | Colour, b: Field | Colour, factor: Value) -> Field:
        """Two colours mixed; the factor is clamped."""

    @abstractmethod
    def scale_colour(self, colour: Field | Colour, factor: Value) -> Field:
        """A colour times a number (darker below 1, lighter above)."""

    @abstractmethod
    def vary(self, colour: Field | Colour, hue: Value, saturation: Value, value: Value) -> Field:
        """Hue (0.5 is unchanged), saturation and value (1 is unchanged) shifted."""

    @abstractmethod
    def ramp(self, factor: Field, stops: Sequence[tuple[float, Colour]]) -> Field:
        """A colour ramp: (position, colour) stops, at most 32, in rising order of position."""

    @abstractmethod
    def layout(self, layout: Layout) -> tuple[Field, Field, Field]:
        """A drawn layout's (edge, cell, slope)."""

    @abstractmethod
    def warped_layout(self, layout: Layout, warp: tuple[Value, Value]) -> tuple[Field, Field, Field]:
        """Like ``layout``, looked up at u + warp, v + warp (periodic fields), for edges that are not straight."""

    @abstractmethod
    def picture(self, noise: NoisePicture, warp: tuple[Value, Value] | None) -> Field:
        """That noise, looked up at u + warp, v + warp if there is a warp."""

    def drawn_noise(
        self,
        scale: float,
        detail: float = 4.0,
        roughness: float = 0.55,
        stretch: tuple[float, float] = (1.0, 1.0),
        warp: tuple[Value, Value] | None = None,
    ) -> Field:
        """Periodic fractal noise around 0.5, most of it in 0.35 to 0.65; ``scale`` is features per tile."""
        px = pixels_needed(scale, detail, stretch, self.drawn_px)
        noise = NoisePicture(px, scale, self.params.integer_seed(), detail, roughness, stretch)
        return self.picture(noise, warp)

    def spread_drawn(
        self,
        scale: float,
        detail: float = 4.0,
        roughness: float = 0.55,
        stretch: tuple[float, float] = (1.0, 1.0),
        warp: tuple[Value, Value] | None = None,
    ) -> Field:
        """Like ``drawn_noise``, stretched to use 0 to 1."""
        return self.remap(self.drawn_noise(scale, detail, roughness, stretch, warp), 0.3, 0.7, 0.0, 1.0)
