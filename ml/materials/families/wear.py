"""What befalls many materials: dirt in cavities, tones that differ from cell to cell, patches of another colour."""

from ..graph import Colour, Field, Graph

__all__ = ["cavity", "per_cell", "stained"]


def per_cell(
    g: Graph, colour: Field | Colour, cell: Field, value: float, hue: float = 0.0, saturation: float = 0.0
) -> Field:
    """The colour with another tone in each cell; the amounts are full widths (0.3: 0.85 to 1.15 of the value).

    Hue and saturation follow other digits of the cell's number, so that they do not go with the value.
    """
    other, third = (cell * 7.31).fraction(), (cell * 13.77).fraction()
    return g.vary(
        colour,
        0.5 + (other - 0.5) * hue,
        1.0 + (third - 0.5) * saturation,
        1.0 + (cell - 0.5) * value,
    )


def cavity(g: Graph, colour: Field | Colour, openness: Field, strength: float, floor: float = 0.0) -> Field:
    """Darkens where ``openness`` is 0 (a gap), not where it is 1; ``floor`` is the least brightness left."""
    return g.scale_colour(colour, g.remap(openness, 0.0, 1.0, max(1.0 - strength, floor), 1.0, smooth=True))


def stained(g: Graph, amount: float, scale: float) -> Field:
    """1 in cloudy patches, 0 elsewhere; amount 0 nowhere, 1 nearly everywhere."""
    return g.spread_drawn(scale, 5).smoothstep(1.05 - amount, 1.35 - amount)
