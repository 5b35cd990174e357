"""What a character is built of: closed solids, each a part of the body or of what is worn, on one surface."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..shapes import Array, Shape, box, matrix
from ..shapes_curved import Rows, bar, sheet_solid, smooth_rows, turned_profile

__all__ = ["PARTS", "SURFACES", "Mark", "Piece", "Sculpture"]

PARTS = (
    *("head", "face", "hair", "headgear", "torso", "skirt", "upper_arm", "lower_arm", "hand"),
    *("upper_leg", "lower_leg", "foot", "cape", "armour", "belt", "pack", "prop"),
)
"""The guide's part map holds 0 where nothing is, else 1 + the index here."""
SURFACES = (
    *(
        "main",
        "second",
        "trim",
        "metal",
        "skin",
        "hair",
        "leather",
        "boots",
        "dark",
        "light",
        "wood",
        "visor",
    ),
    *("glow", "bone", "white", "iris", "pupil", "lips", "trousers", "rubber", "brow", "gem"),
)
"""So does its surface map: which of the character's colours and materials is there."""

Point = Sequence[float] | Array
Turn = tuple[float, float, float]
_STRAIGHT: Turn = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """One closed mesh."""

    part: str
    surface: str
    """One of SURFACES, a key of the character's surfaces."""
    shape: Shape


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a render shows more than the guide does: a face, a buckle, a row of rivets."""

    kind: str
    at: Array
    """(3,) metres."""
    turn: tuple[float, float, float]
    """About x, y, z in radians: +x then looks out of the surface, z is up."""
    size: tuple[float, float, float]
    """Metres out of the surface, across, and up; what exactly is the kind's own."""


class Sculpture:
    """Collects pieces and marks. fineness: points around a limb; 10 will do for a guide, 28 for a close look."""

    def __init__(self, fineness: int = 10) -> None:
        if fineness < 6:
            raise ValueError("a sculpture needs a fineness of at least 6")
        self.pieces: list[Piece] = []
        self.marks: list[Mark] = []
        self.fineness = fineness
        self._between = max(fineness // 8 - 1, 0)

    def mark(self, kind: str, at: Point, size: tuple[float, float, float], turn: Turn = _STRAIGHT) -> None:
        """Says where a render may add detail."""
        self.marks.append(Mark(kind, np.asarray(at, float), turn, size))

    def ball(
        self, part: str, surface: str, at: Point, radii: Point, turn: Turn = _STRAIGHT, power: float = 2.0
    ) -> None:
        """An ellipsoid; the more a box, the higher the power."""
        angles = np.linspace(-np.pi / 2, np.pi / 2, max(self.fineness // 2 + 1, 5))
        x, y, z = (float(r) for r in radii)
        cos = np.maximum(np.cos(angles), 1e-3) ** (2 / power)
        sin = np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** (2 / power)
        shape = turned_profile(
            np.stack([z * sin, x * cos, y * cos], -1), self._around(max(x, y)), power=power
        )
        self._add(part, surface, shape, at, turn)

    def block(
        self, part: str, surface: str, at: Point, size: Point, turn: Turn = _STRAIGHT, edge: float = 6.0
    ) -> None:
        """A box of full lengths; its edges are rounded, the less the higher ``edge``, sharp at 0."""
        if edge == 0:
            self._add(part, surface, box([float(side) for side in size]), at, turn)
        else:
            self.ball(part, surface, at, np.asarray(size, float) / 2, turn, edge)

    def turned(
        self,
        part: str,
        surface: str,
        rows: Rows,
        at: Point = (0.0, 0.0, 0.0),
        turn: Turn = _STRAIGHT,
        arc: tuple[float, float] | None = None,
        power: float = 2.0,
        thickness: float = 0.008,
        folds: tuple[int, float] = (0, 0.0),
        smooth: bool = True,
    ) -> None:
        """A turned profile or, with an arc, a bent sheet; see ``turned_profile``. smooth: rows are on a curve."""
        table = (
            smooth_rows(rows, self._between + (1 if folds[0] else 0)) if smooth else np.asarray(rows, float)
        )
        widest = float(np.abs(table[:, 1:3]).max())
        around = self._around(widest)
        if folds[0]:
            around = max(around, folds[0] * (8 if self.fineness > 16 else 4))
        if arc is not None:
            around = max(int(around * abs(arc[1] - arc[0]) / 6.28) + 2, 4)
        self._add(part, surface, turned_profile(table, around, arc, power, thickness, folds), at, turn)

    def bar(
        self, part: str, surface: str, path: Rows, radii: Rows | Sequence[float], power: float = 2.0,
        rounding: float = 1.0, smooth: bool = True,
    ) -> None:  # fmt: skip
        """A bar along a path with round ends; radii: one number a point, or two (to its side, to its front)."""
        widths = np.asarray(radii, float)
        widths = np.repeat(widths[:, None], 2, axis=1) if widths.ndim == 1 else widths
        rows = np.concatenate([np.asarray(path, float), widths], axis=1)
        rows = smooth_rows(rows, self._between) if smooth else rows
        self._add(part, surface, bar(rows[:, :3], rows[:, 3:], self._around(widths.max()), power, rounding))

    def rod(
        self, part: str, surface: str, start: Point, end: Point, radius: float, rounding: float = 0.5
    ) -> None:
        """A straight bar of one thickness."""
        self.bar(part, surface, np.array([start, end], float), [radius, radius], rounding=rounding)

    def sheet(self, part: str, surface: str, grid: Array, thickness: float) -> None:
        """A bent sheet of that thickness whose outer side is ``grid`` (rows, columns, 3)."""
        self._add(part, surface, sheet_solid(grid, thickness))

    def _around(self, radius_m: float) -> int:
        """Fewer points around what is small."""
        return int(np.clip(self.fineness * (radius_m / 0.06) ** 0.4, 6, self.fineness * 1.6))

    def _add(
        self, part: str, surface: str, shape: Shape, at: Point = (0, 0, 0), turn: Turn = _STRAIGHT
    ) -> None:
        if part not in PARTS:
            raise ValueError(f"there is no part {part!r}")
        if surface not in SURFACES:
            raise ValueError(f"there is no surface {surface!r}")
        if turn != _STRAIGHT or np.any(np.asarray(at, float)):
            shape = shape.placed(matrix(np.asarray(at, float), turn))
        self.pieces.append(Piece(part, surface, shape))
