"""Material recipes evaluated in numpy: what a network needs of a recipe, without Blender.

Evaluation is lazy: a field is computed when it is asked for, once, with only what it depends on. Colours are not
followed, since networks paint them: asking for a field that depends on a colour is an error.
"""

import functools
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..bilinear import Places
from ..layouts import Layout
from .graph import Colour, Field, Graph, NoisePicture, Value
from .params import Params

__all__ = ["ArrayGraph"]

Array = NDArray[np.float32]

_OPERATIONS: dict[str, Callable[[Array, Array], Array]] = {
    "ADD": np.add,
    "SUBTRACT": np.subtract,
    "MULTIPLY": np.multiply,
    # Blender's: what cannot be divided, or has no real power or root, is 0
    "DIVIDE": lambda a, b: np.divide(a, b, out=np.zeros(np.broadcast(a, b).shape, np.float32), where=b != 0),
    "POWER": lambda a, b: np.where((a < 0) & (b != np.floor(b)), 0, np.abs(a) ** b * _sign(a, b)),
    "SQRT": lambda a, _: np.sqrt(np.maximum(a, 0)),
    "MINIMUM": np.minimum,
    "MAXIMUM": np.maximum,
    "SINE": lambda a, _: np.sin(a),
    "COSINE": lambda a, _: np.cos(a),
    "ABSOLUTE": lambda a, _: np.abs(a),
    "FLOOR": lambda a, _: np.floor(a),
    "FRACT": lambda a, _: a - np.floor(a),
}


class ArrayGraph(Graph):
    """Evaluates fields on the pixel centres of a square tile; a field's source gives its array."""

    def __init__(self, px: int, params: Params) -> None:
        self.params = params
        self.drawn_px = px
        centres = (np.arange(px, dtype=np.float32) + np.float32(0.5)) / px
        self.u = Field(self, lambda: np.broadcast_to(centres[None, :], (px, px)))
        self.v = Field(self, lambda: np.broadcast_to(1 - centres[:, None], (px, px)))

    def array(self, value: Value) -> Array:
        """(px, px) float32, row 0 at the top. Raises ValueError for what depends on a colour."""
        if isinstance(value, Field):
            return np.broadcast_to(value.source(), (self.drawn_px, self.drawn_px))
        return np.full((self.drawn_px, self.drawn_px), value, np.float32)

    def math(self, operation: str, a: Value, b: Value) -> Field:
        compute = _OPERATIONS[operation]
        return self._lazy(lambda: compute(_of(a), _of(b)))

    def remap(
        self, field: Value, low: float, high: float, to_low: Value, to_high: Value, smooth: bool = False
    ) -> Field:
        def compute() -> Array:
            place: Array = np.clip((_of(field) - np.float32(low)) / np.float32(high - low), 0, 1)
            if smooth:
                place = place * place * (3 - 2 * place)
            start = _of(to_low)
            return start + place * (_of(to_high) - start)

        return self._lazy(compute)

    def lerp(self, a: Value, b: Value, factor: Value) -> Field:
        def compute() -> Array:
            start = _of(a)
            return start + np.clip(_of(factor), 0, 1) * (_of(b) - start)

        return self._lazy(compute)

    def mix(self, a: Field | Colour, b: Field | Colour, factor: Value) -> Field:
        return self._colour()

    def scale_colour(self, colour: Field | Colour, factor: Value) -> Field:
        return self._colour()

    def vary(self, colour: Field | Colour, hue: Value, saturation: Value, value: Value) -> Field:
        return self._colour()

    def ramp(self, factor: Field, stops: Sequence[tuple[float, Colour]]) -> Field:
        return self._colour()

    def layout(self, layout: Layout) -> tuple[Field, Field, Field]:
        return self._seen(layout.edge), self._seen(layout.cell), self._seen(layout.slope)

    def warped_layout(self, layout: Layout, warp: tuple[Value, Value]) -> tuple[Field, Field, Field]:
        places = functools.cache(lambda: self._places(layout.edge.shape[0], warp))

        def looked_up(picture: Array) -> Field:
            return self._lazy(lambda: places().sampled(picture))

        return looked_up(layout.edge), looked_up(layout.cell), looked_up(layout.slope)

    def picture(self, noise: NoisePicture, warp: tuple[Value, Value] | None) -> Field:
        if warp is None and noise.px == self.drawn_px:
            return self._lazy(noise.draw)
        return self._lazy(lambda: self._places(noise.px, warp or (0.0, 0.0)).sampled(noise.draw()))

    def _seen(self, picture: Array) -> Field:
        if picture.shape == (self.drawn_px, self.drawn_px):
            return self._lazy(lambda: picture)
        return self._lazy(lambda: self._places(picture.shape[0], (0.0, 0.0)).sampled(picture))

    def _places(self, px: int, warp: tuple[Value, Value]) -> Places:
        """Where each pixel looks in a picture of ``px`` pixels."""
        x, y = self.u.source() + _of(warp[0]), 1 - self.v.source() - _of(warp[1])
        return Places(px, x * px - np.float32(0.5), y * px - np.float32(0.5))

    def _lazy(self, compute: Callable[[], Array]) -> Field:
        return Field(self, functools.cache(compute))

    def _colour(self) -> Field:
        def compute() -> Array:
            raise ValueError("this field depends on a colour, which is not evaluated here")

        return Field(self, compute)


def _of(value: Value) -> Array:
    array: Array = value.source() if isinstance(value, Field) else np.asarray(value, np.float32)
    return array


def _sign(a: Array, b: Array) -> Array:
    """Of a to the power b, where b is whole if a is negative."""
    return np.where((a < 0) & (np.mod(b, 2) == 1), np.float32(-1), np.float32(1))
