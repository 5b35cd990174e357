"""Layouts that can be asked for by name, for any family: running bond, herringbone, hexagons and the like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..layouts import (
    Layout,
    basket,
    courses,
    grid,
    herringbone,
    hexagons,
    lozenges,
    panels,
    scales,
    turned,
    voronoi,
    warped,
    weave,
)

__all__ = ["MEASURES", "PATTERNS", "NamedLayout", "draw_pattern"]

MEASURES = ("rows", "columns", "regularity", "gap")
_MOST = 64
_GAP = 0.2
_REGULARITY = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class NamedLayout:
    """A drawn layout, the width of its gaps, and what the user should know."""

    layout: Layout
    gap: float
    """0 to 0.5 of the way from a cell's border to its middle."""
    around: bool
    """Whether its slope is the angle around each cell's middle."""
    tiles: int
    """How many tiles it has along each axis."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Counts:
    rows: int
    columns: int
    jitter: float
    """1 - regularity."""


def _multiple(count: int, step: int) -> int:
    return max(step, round(count / step) * step)


# what a pattern makes of the counts that were asked for: as many as it can have, and then itself
_FITTED: dict[str, Callable[[_Counts], tuple[int, int]]] = {
    "running_bond": lambda c: (_multiple(c.rows, 2), c.columns),
    "herringbone": lambda c: (_multiple(c.rows, 4),) * 2,
    "basket": lambda c: (_multiple(c.rows, 4),) * 2,
    "hexagons": lambda c: (max(2, 2 * round(c.columns / 3**0.5)), c.columns),
    "lozenges": lambda c: (_multiple(c.rows, 2), _multiple(c.columns, 2)),
    "scales": lambda c: (_multiple(c.rows, 2), c.columns),
    "weave": lambda c: (_multiple(c.rows, 2),) * 2,
}
_DRAWN: dict[str, Callable[[int, _Counts, int], Layout]] = {
    "running_bond": lambda px, c, seed: grid(px, c.rows, c.columns, seed, 0.5),
    "stack_bond": lambda px, c, seed: grid(px, c.rows, c.columns, seed, 0.0),
    "herringbone": lambda px, c, seed: herringbone(px, c.rows, seed),
    "basket": lambda px, c, seed: basket(px, c.rows, seed),
    "hexagons": lambda px, c, seed: hexagons(px, c.columns, seed),
    "lozenges": lambda px, c, seed: lozenges(px, c.rows, c.columns, seed),
    "voronoi": lambda px, c, seed: voronoi(px, c.rows, c.columns, seed, c.jitter),
    "planks": lambda px, c, seed: turned(courses(px, c.columns, c.rows, seed, 0.3 * c.jitter, c.jitter)),
    "scales": lambda px, c, seed: scales(px, c.rows, c.columns, seed),
    "weave": lambda px, c, seed: weave(px, c.rows, seed),
    "cracks": lambda px, c, seed: voronoi(px, c.rows, c.columns, seed, 0.5 + 0.5 * c.jitter),
    "panels": lambda px, c, seed: panels(px, seed, max(2, min(9, c.rows))),
    "courses": lambda px, c, seed: courses(px, c.rows, float(c.columns), seed, c.jitter, c.jitter),
}
_USUAL = {"planks": (2, 6), "panels": (5, 5), "running_bond": (8, 4), "stack_bond": (6, 4), "scales": (8, 6)}
"""Rows and columns where none are asked for; of the others, 6 and 6."""
_WARPED = ("running_bond", "stack_bond", "hexagons", "herringbone", "basket")
"""Patterns without a jitter of their own: irregular means that their edges wander."""
_ONE_TILE = ("panels",)
"""How large its cells are comes from chance cuts of the whole, not from a count."""
_AROUND = ("hexagons", "voronoi", "cracks")
_OWN_GAP = {"cracks": 0.06, "weave": 0.12, "scales": 0.12}
PATTERNS = tuple(_DRAWN)


def draw_pattern(name: str, px: int, seed: int, numbers: Mapping[str, float], tiles: int = 1) -> NamedLayout:
    """The pattern of that name with the ``MEASURES`` that were asked for, ``px`` pixels wide.

    tiles: so many tiles along each axis, each of those rows and columns and ``px`` wide, are drawn as one where
    the pattern can be that large. Counts that the pattern cannot have become the nearest that it can; a note says
    so. Raises ValueError for an unknown name.
    """
    if name not in _DRAWN:
        raise ValueError(f"There is no pattern {name:.40}. Choose one of {', '.join(PATTERNS)}.")
    usual = _USUAL.get(name, (6, 6))
    rows, columns = (
        max(1, min(_MOST, round(numbers.get(measure, count))))
        for measure, count in zip(("rows", "columns"), usual, strict=True)
    )
    regularity = min(max(numbers.get("regularity", _REGULARITY), 0.0), 1.0)
    asked = _Counts(rows, columns, 1 - regularity)
    fitted = _FITTED[name](asked) if name in _FITTED else (rows, columns)
    tiles = 1 if name in _ONE_TILE else tiles
    counts = _Counts(fitted[0] * tiles, fitted[1] * tiles, asked.jitter)
    layout = _DRAWN[name](px * tiles, counts, seed)
    if name in _WARPED and counts.jitter > 0:
        layout = warped(layout, 0.012 * counts.jitter / tiles, 12 * tiles, seed)
    gap = min(max(numbers.get("gap", _OWN_GAP.get(name, _GAP)), 0.01), 0.5)
    notes: list[str] = []
    for measure, wanted, got in (("rows", rows, fitted[0]), ("columns", columns, fitted[1])):
        if measure in numbers and wanted != got:
            notes.append(f"{name.replace('_', ' ').capitalize()} repeats with {got} {measure}, not {wanted}.")
    return NamedLayout(layout, gap, name in _AROUND, tiles, tuple(notes))
