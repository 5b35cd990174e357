"""Random choices whose test split holds what training never sees."""

from collections.abc import Sequence

from ...materials.params import Params, Split

__all__ = ["COLOURS", "Params", "Split", "darkened", "named_colour", "pick_by_split"]

# hue, saturation, value ranges of the colour names, as people see them (sRGB)
COLOURS: dict[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "red": ((-0.03, 0.012), (0.8, 0.95), (0.6, 0.9)),
    "orange": ((0.06, 0.095), (0.8, 0.98), (0.85, 1.0)),
    "yellow": ((0.135, 0.165), (0.7, 0.95), (0.85, 1.0)),
    "green": ((0.28, 0.42), (0.5, 0.9), (0.35, 0.7)),
    "blue": ((0.57, 0.66), (0.65, 0.95), (0.45, 0.85)),
    "purple": ((0.74, 0.82), (0.5, 0.85), (0.4, 0.7)),
    "brown": ((0.05, 0.08), (0.5, 0.72), (0.28, 0.45)),
    "black": ((0.0, 1.0), (0.0, 0.2), (0.04, 0.1)),
    "grey": ((0.0, 1.0), (0.0, 0.06), (0.38, 0.58)),
    "white": ((0.0, 1.0), (0.0, 0.05), (0.88, 0.98)),
}


def named_colour(params: Params, name: str, colour: str) -> tuple[float, float, float]:
    """A recorded shade of a colour of that name, linear RGB."""
    return params.colour(name, *COLOURS[colour])


def darkened(colour: tuple[float, float, float], share: float) -> tuple[float, float, float]:
    """That share of the colour's light."""
    red, green, blue = colour
    return (red * share, green * share, blue * share)


def pick_by_split(params: Params, name: str, train: Sequence[str], test: Sequence[str]) -> str:
    """A recorded choice from the split's own options."""
    return params.pick_by_split(name, tuple(train), tuple(test))
