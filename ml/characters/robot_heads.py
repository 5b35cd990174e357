"""Heads of robots."""

import numpy as np

from .body import SIDES
from .character import Character
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["robot_head"]


def robot_head(s: Sculpture, c: Character) -> None:
    """Neck, head, eyes and aerials."""
    bones, style = Skeleton.of(c), c.wearing("head")
    h, at = bones.head, bones.chin
    s.bar(
        "head",
        "rubber",
        [bones.neck - (0, 0, 0.03 * bones.height), at + np.array([0, 0, 0.1]) * h],
        np.array([0.2, 0.17]) * h,
    )
    s.turned("armour", "skin", np.array([(-0.3, 0.4, 0.42), (-0.16, 0.3, 0.32)]) * h, at, smooth=False)
    if style == "box":
        s.block("head", "main", at + np.array([0, 0, 0.5]) * h, np.array([0.86, 0.95, 0.9]) * h, edge=9)
    elif style == "drum":
        s.turned(
            "head",
            "main",
            np.array(
                [
                    (0.04, 0.4, 0.4),
                    (0.08, 0.45, 0.45),
                    (0.86, 0.45, 0.45),
                    (0.98, 0.36, 0.36),
                    (1.0, 0.05, 0.05),
                ]
            )
            * h,
            at,
            smooth=False,
        )
    elif style == "lens":
        s.ball("head", "main", at + np.array([-0.08, 0, 0.5]) * h, np.array([0.42, 0.36, 0.34]) * h, power=3)
        s.turned(
            "head",
            "second",
            np.array([(-0.3, 0.36, 0.36), (0.3, 0.42, 0.42)]) * h,
            at + np.array([0.2, 0, 0.5]) * h,
            (0, np.pi / 2, 0),
            smooth=False,
        )
    else:
        s.turned(
            "head",
            "main",
            np.array(
                [
                    (0.02, 0.4, 0.42),
                    (0.1, 0.46, 0.48),
                    (0.5, 0.47, 0.49),
                    (0.78, 0.38, 0.4),
                    (0.95, 0.18, 0.19),
                    (1.0, 0.02, 0.02),
                ]
            )
            * h,
            at,
        )
        s.turned(
            "head", "second", np.array([(0.04, 0.475, 0.495), (0.16, 0.485, 0.505)]) * h, at, smooth=False
        )
    _eyes(s, c, h, at)
    for sign in SIDES:
        s.turned(
            "head",
            "skin",
            np.array([(-0.06, 0.15, 0.15), (0.08, 0.13, 0.13), (0.12, 0.06, 0.06)]) * h,
            at + np.array([0, 0.47 * sign, 0.5]) * h,
            (-np.pi / 2 * sign, 0, 0),
            smooth=False,
        )
    aerials = {"one": (1.0,), "two": SIDES, "dish": (-1.0,)}.get(c.wearing("aerial"), ())
    for sign in aerials:
        root = at + np.array([-0.05, (0.3 if c.wearing("aerial") != "one" else 0.0) * sign, 0.9]) * h
        tip = root + np.array([-0.06, 0.12 * sign if len(aerials) > 1 else 0.0, 0.52]) * h
        s.rod("headgear", "skin", root, tip, 0.022 * h)
        if c.wearing("aerial") == "dish":
            s.turned(
                "headgear",
                "skin",
                np.array([(0.0, 0.05, 0.05), (0.06, 0.2, 0.2), (0.12, 0.28, 0.28)]) * h,
                tip,
                (0, 1.0, 0),
            )
        s.ball("headgear", "glow", tip, np.full(3, 0.06) * h)


def _eyes(s: Sculpture, c: Character, h: float, at: np.ndarray) -> None:
    style, lens = c.wearing("eyes"), c.wearing("head") == "lens"
    front = 0.46 if not lens else 0.5
    if lens or style == "one":
        s.ball("face", "rubber", at + np.array([front, 0, 0.52]) * h, np.array([0.07, 0.27, 0.27]) * h)
        s.ball("face", "glow", at + np.array([front + 0.04, 0, 0.52]) * h, np.array([0.06, 0.18, 0.18]) * h)
    elif style == "visor":
        s.turned(
            "face",
            "rubber",
            np.array([(0.42, 0.47, 0.47), (0.44, 0.5, 0.5), (0.7, 0.49, 0.49), (0.72, 0.46, 0.46)]) * h,
            at,
            arc=(-1.0, 1.0),
            power=2.6,
            smooth=False,
            thickness=0.05 * h,
        )
        s.turned(
            "face",
            "glow",
            np.array([(0.52, 0.505, 0.505), (0.62, 0.505, 0.505)]) * h,
            at,
            arc=(-0.8, 0.8),
            power=2.6,
            smooth=False,
            thickness=0.04 * h,
        )
    else:
        for sign in SIDES:
            s.ball(
                "face",
                "rubber",
                at + np.array([front - 0.04, 0.2 * sign, 0.58]) * h,
                np.array([0.09, 0.165, 0.165]) * h,
            )
            s.ball(
                "face",
                "glow",
                at + np.array([front + 0.01, 0.2 * sign, 0.58]) * h,
                np.array([0.07, 0.115, 0.115]) * h,
            )
    s.block("face", "rubber", at + np.array([front - 0.07, 0, 0.2]) * h, np.array([0.16, 0.42, 0.14]) * h)
    s.mark("grille", at + np.array([front + 0.01, 0, 0.2]) * h, (0.02 * h, 0.36 * h, 0.11 * h))
