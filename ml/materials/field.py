"""One quantity that varies over the tile, with the arithmetic of a number."""

from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from .graph import Graph

__all__ = ["Colour", "Field", "Value"]

Colour = tuple[float, float, float]
"""Linear RGB, 0 to 1."""

Value = Union["Field", float, int]


class Field:
    """A number or a colour that varies over the tile."""

    __slots__ = ("graph", "source")

    def __init__(self, graph: "Graph", source: Any) -> None:
        self.graph = graph
        self.source = source
        """What the graph knows it by: an output socket, or how to compute it."""

    def __add__(self, other: Value) -> "Field":
        return self.graph.math("ADD", self, other)

    def __sub__(self, other: Value) -> "Field":
        return self.graph.math("SUBTRACT", self, other)

    def __mul__(self, other: Value) -> "Field":
        return self.graph.math("MULTIPLY", self, other)

    def __truediv__(self, other: Value) -> "Field":
        return self.graph.math("DIVIDE", self, other)

    def __radd__(self, other: Value) -> "Field":
        return self.graph.math("ADD", other, self)

    def __rsub__(self, other: Value) -> "Field":
        return self.graph.math("SUBTRACT", other, self)

    def __rmul__(self, other: Value) -> "Field":
        return self.graph.math("MULTIPLY", other, self)

    def __pow__(self, other: Value) -> "Field":
        return self.graph.math("POWER", self, other)

    def __neg__(self) -> "Field":
        return self.graph.math("MULTIPLY", self, -1.0)

    def clamp(self) -> "Field":
        """Limited to 0 to 1."""
        return self.graph.remap(self, 0.0, 1.0, 0.0, 1.0)

    def smoothstep(self, low: float, high: float) -> "Field":
        """0 below ``low``, 1 above ``high`` (or the reverse when low > high), smooth between."""
        if low > high:
            return 1.0 - self.smoothstep(high, low)
        return self.graph.remap(self, low, high, 0.0, 1.0, smooth=True)

    def minimum(self, other: Value) -> "Field":
        return self.graph.math("MINIMUM", self, other)

    def maximum(self, other: Value) -> "Field":
        return self.graph.math("MAXIMUM", self, other)

    def sine(self) -> "Field":
        return self.graph.math("SINE", self, 0.0)

    def absolute(self) -> "Field":
        return self.graph.math("ABSOLUTE", self, 0.0)

    def fraction(self) -> "Field":
        return self.graph.math("FRACT", self, 0.0)
