"""The texture studio's table of figures: its rows, the targets that values are held against, and how a card has it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..wire import WireError, from_plain

__all__ = ["Figures", "QualityRow", "Target", "figure_lines", "read_figures"]

_NOTE = (
    "Measured by bench.material_quality on held-out renders at 64 pixels, half of their parameters outside the "
    "ranges of training; FilmAI-KID and class accuracy come from a classifier trained on the training renders, never "
    "to be compared with published figures. Ours are told the layouts and looks of the held-out renders, the "
    "reference DCGAN the family alone. What to make of the misses, and how far each figure can be trusted, is in "
    "docs/texture-studio.md."
)
_HEADERS = (
    "figure",
    "ours",
    "reference DCGAN",
    "training renders",
    "floor (held-out renders)",
    "target",
    "met",
)


@dataclass(frozen=True, slots=True)
class Target:
    """What our figure shall reach, in words and as a test of (ours, reference, floor)."""

    text: str
    reached: Callable[[float, float | None, float], bool]


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One figure of every set; None where it was not measured or makes no sense."""

    id: str
    label: str
    ours: float | None
    reference: float | None
    """Of the reference DCGAN."""
    training: float | None
    """Of as many training renders: the floor of whoever knows no others."""
    floor: float | None
    """Of the held-out renders themselves: the floor of whoever is told their layouts and looks."""
    floor_is: str
    """What was measured for the floor."""
    target: str
    met: bool | None
    """Whether ``ours`` reaches it."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The table as a card has it, and how to read it."""

    note: str
    rows: tuple[QualityRow, ...]


def read_figures(path: Path) -> Figures:
    """What ``bench.material_quality --json`` has printed. Raises ValueError for anything else, OSError as it comes."""
    try:
        rows = from_plain(tuple[QualityRow, ...], json.loads(path.read_bytes()), "figures")
    except (WireError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not the JSON of bench.material_quality: {error}") from error
    if not rows:
        raise ValueError(f"{path} holds no figures; run bench.material_quality with --json again")
    return Figures(_NOTE, rows)


def figure_lines(figures: Figures) -> list[str]:
    """The table in Markdown."""
    lines = [_line(_HEADERS), _line(("---", *["---:"] * 4, "---", "---"))]
    for row in figures.rows:
        met = "" if row.met is None else ("yes" if row.met else "no")
        numbers = (_number(value) for value in (row.ours, row.reference, row.training, row.floor))
        lines.append(_line((row.label, *numbers, row.target, met)))
    return [*lines, "", figures.note]


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"
