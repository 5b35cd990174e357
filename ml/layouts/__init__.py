"""Periodic layouts of structured materials, drawn in numpy: bricks, stones, planks and the like.

One package for both sides: the training renders are built on these pictures, and networks are guided by them.
Every layout repeats exactly over the unit square, and is the same for the same arguments. numpy only.
"""

from .base import Layout
from .cells import basket, courses, grid, herringbone, hexagons, voronoi
from .overlaps import overlaps, scales
from .plates import lozenges, panels, spots
from .reshaped import rounded, turned, warped
from .textile import knit, weave

__all__ = [
    "Layout",
    "basket",
    "courses",
    "grid",
    "herringbone",
    "hexagons",
    "knit",
    "lozenges",
    "overlaps",
    "panels",
    "rounded",
    "scales",
    "spots",
    "turned",
    "voronoi",
    "warped",
    "weave",
]
