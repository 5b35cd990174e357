"""Lids, lips and teeth."""

import numpy as np

from ...characters.body import SIDES
from ...characters.character import Character
from ...characters.sculpture import Mark, Sculpture
from ...shapes import Array
from .marked import Maker, on_mark

__all__ = ["FACES"]


def _face(s: Sculpture, c: Character, mark: Mark) -> None:
    """Lids, cheeks, lips, and the lines of age."""
    h, wide, _ = mark.size
    for sign in SIDES:
        _lids(s, h, mark.at, wide, sign)
        cheek = 0.31 + 0.012 * c.face.smile
        s.ball(
            "face",
            "skin",
            np.add(mark.at, np.array([0.25, 0.16 * c.face.jaw * sign, cheek]) * h),
            np.array([0.095, 0.095, 0.085]) * h,
        )
        s.ball(
            "face",
            "skin",
            np.add(mark.at, np.array([0.412, 0.044 * sign, 0.315]) * h),
            np.array([0.038, 0.03, 0.03]) * h,
        )
    s.ball("face", "skin", np.add(mark.at, np.array([0.28, 0, 0.055]) * h), np.array([0.08, 0.09, 0.06]) * h)
    _mouth(s, c, h, mark.at)
    if c.face.age > 0.55:
        _lines(s, h, mark.at, (c.face.age - 0.55) / 0.45)


def _lids(s: Sculpture, h: float, at: Array, wide: float, sign: float) -> None:
    lash = np.array([(0.405, 0.088, 0.497), (0.425, 0.148, 0.522), (0.372, 0.212, 0.495)])
    lash[:, 0] = 0.362 + (lash[:, 0] - 0.362) * (0.7 + 0.3 * wide)
    lash[:, 2] = 0.475 + (lash[:, 2] - 0.475) * wide
    path = lash * (1, sign, 1) * h + at
    s.bar("face", "skin", np.add(path, np.array([-0.012, 0, 0.026]) * h), np.array([0.026, 0.034, 0.024]) * h)
    s.bar("face", "pupil", np.add(path, np.array([0.002, 0, 0]) * h), np.array([0.008, 0.014, 0.009]) * h)
    # the lamp's image in the eye, which makes it look alive
    spark = np.array([0.365 + 0.05 * wide, (0.148 + 0.014 * sign) * sign, 0.492])
    s.ball("face", "white", spark * h + at, np.full(3, 0.011) * h)


def _mouth(s: Sculpture, c: Character, h: float, at: Array) -> None:
    smile, gap = 0.03 * c.face.smile, 0.045 * c.face.mouth
    broad = 1 + 0.16 * max(c.face.smile, 0.0) - 0.15 * c.face.mouth
    lips = np.array(
        [
            (0.345, -0.105, smile),
            (0.392, -0.05, -0.004),
            (0.402, 0, 0),
            (0.392, 0.05, -0.004),
            (0.345, 0.105, smile),
        ]
    )
    lips = lips * (1, broad, 1) + np.array((0, 0, 0.2))
    s.bar(
        "face",
        "pupil" if gap else "brow",
        lips * h + at,
        np.array([0.006, 0.011 + gap * 0.7, 0.012 + gap, 0.011 + gap * 0.7, 0.006]) * h,
    )
    if gap > 0.012:
        s.bar(
            "face",
            "white",
            np.add(lips[1:4], (0.004, 0, gap * 0.65)) * h + at,
            np.array([0.006, 0.01, 0.006]) * h,
        )
    lower = lips * (1, 0.82, 1) - (0.004, 0, 0.026 + gap)
    upper = lips * (1, 0.9, 1) + np.array((-0.008, 0, 0.018 + gap * 0.8))
    for path, thick in (
        (lower, (0.01, 0.021, 0.025, 0.021, 0.01)),
        (upper, (0.008, 0.015, 0.016, 0.015, 0.008)),
    ):
        path[[0, -1], 2] = lips[[0, -1], 2]
        s.bar("face", "lips", path * h + at, np.array(thick) * h)


def _lines(s: Sculpture, h: float, at: Array, old: float) -> None:
    """Folds beside the mouth, on the brow and under the eyes."""
    thick = 0.004 + 0.006 * old
    for sign in SIDES:
        fold = np.array([(0.385, 0.075, 0.31), (0.355, 0.13, 0.255), (0.325, 0.145, 0.19)]) * (1, sign, 1)
        s.bar("face", "lips", fold * h + at, np.array([thick, thick, thick * 0.5]) * h)
        bag = np.array([(0.395, 0.09, 0.425), (0.395, 0.15, 0.412), (0.345, 0.21, 0.43)]) * (1, sign, 1)
        s.bar("face", "skin", bag * h + at, np.array([0.01, 0.016, 0.01]) * h)
    for level in (0.67, 0.72):
        brow = np.array([(0.355, -0.16, level), (0.392, 0, level + 0.008), (0.355, 0.16, level)])
        s.bar("face", "lips", brow * h + at, np.array([thick * 0.4, thick * 0.8, thick * 0.4]) * h)


def _line(s: Sculpture, c: Character, mark: Mark) -> None:
    """A narrow mouth."""
    deep, wide, high = mark.size
    s.bar(
        "face",
        "pupil",
        on_mark(mark, (-deep, -wide / 2, 0), (0, 0, -high * 0.3), (-deep, wide / 2, 0)),
        np.array([0.3, 0.5, 0.3]) * high,
    )


def _maw(s: Sculpture, c: Character, mark: Mark) -> None:
    """A wide mouth with teeth."""
    deep, wide, high = mark.size
    s.bar(
        "face",
        "pupil",
        on_mark(
            mark,
            (-3.5 * deep, -wide * 0.6, 0.1 * high),
            (-0.6 * deep, 0, 0),
            (-3.5 * deep, wide * 0.6, 0.1 * high),
        ),
        np.array([0.12, 0.3, 0.12]) * high,
    )
    for u in np.linspace(-0.36, 0.36, 6):
        out = -0.6 * deep - 6.5 * deep * (u / 0.8) ** 2
        s.bar(
            "face",
            "bone",
            on_mark(mark, (out, u * wide, 0.3 * high), (out + 0.3 * deep, u * wide, -0.25 * high)),
            np.array([0.05, 0.012]) * wide,
            rounding=0.1,
        )


FACES: dict[str, Maker] = {"face": _face, "alien_mouth": _line, "maw": _maw}
