"""The helmets of knights."""

import numpy as np

from .body import SIDES
from .character import Character
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["helm"]


def helm(s: Sculpture, c: Character, style: str, crest: str, surface: str = "metal") -> None:
    """A helmet over the whole head, or open at the face ("open")."""
    bones = Skeleton.of(c)
    h, (x, _, z) = bones.head, bones.chin
    at = (x, 0.0, z)
    if style == "great":
        _great(s, h, at, surface)
    elif style == "open":
        _open(s, h, at, surface)
    else:
        _visored(s, h, at, surface, style)
    s.turned(
        "armour",
        surface,
        [(-0.3 * h, 0.46 * h, 0.5 * h), (-0.12 * h, 0.36 * h, 0.36 * h), (0.12 * h, 0.35 * h, 0.34 * h)],
        at,
    )
    if style == "winged":
        for sign in SIDES:
            for feather in range(4):
                root = np.array([-0.05 - 0.06 * feather, 0.42 * sign, 0.62 - 0.05 * feather]) * h + at
                tip = root + np.array([-0.25 - 0.1 * feather, 0.13 * sign, 0.62 - 0.19 * feather]) * h
                s.bar(
                    "headgear",
                    "trim",
                    [root, (root + tip) / 2 + np.array([0.05, 0.04 * sign, 0.05]) * h, tip],
                    np.array([(0.05, 0.08), (0.035, 0.1), (0.015, 0.03)]) * h,
                )
    _crest(s, h, np.array(at), crest)


def _great(s: Sculpture, h: float, at: tuple[float, float, float], surface: str) -> None:
    rows = [
        (-0.12, 0.4, 0.4),
        (0.1, 0.47, 0.43),
        (0.5, 0.48, 0.43),
        (0.84, 0.46, 0.42),
        (1.0, 0.4, 0.37),
        (1.06, 0.3, 0.28),
        (1.07, 0.05, 0.05),
    ]
    s.turned("headgear", surface, np.array(rows) * h, at, smooth=False, power=2.2)
    for level, grow in ((0.5, 0.488), (0.84, 0.47)):
        s.turned(
            "headgear",
            "trim",
            np.array([(level - 0.03, grow, grow * 0.905), (level + 0.03, grow, grow * 0.905)]) * h,
            at,
            smooth=False,
            power=2.2,
        )
    s.block("headgear", "trim", np.array([0.475, 0, 0.45]) * h + at, np.array([0.05, 0.07, 1.0]) * h)
    for sign in SIDES:
        s.block(
            "face",
            "pupil",
            np.array([0.45, 0.2 * sign, 0.585]) * h + at,
            np.array([0.08, 0.25, 0.062]) * h,
            (0, 0, 0.38 * sign),
        )
        s.mark(
            "breaths",
            np.array([0.44, 0.19 * sign, 0.2]) * h + at,
            (0.03 * h, 0.2 * h, 0.24 * h),
            (0, 0, 0.38 * sign),
        )


def _open(s: Sculpture, h: float, at: tuple[float, float, float], surface: str) -> None:
    s.turned(
        "headgear",
        surface,
        np.array(
            [(0.62, 0.46, 0.42), (0.8, 0.45, 0.41), (1.0, 0.34, 0.31), (1.12, 0.14, 0.13), (1.15, 0.02, 0.02)]
        )
        * h,
        at,
    )
    s.turned(
        "headgear",
        surface,
        np.array([(-0.08, 0.44, 0.44), (0.2, 0.45, 0.42), (0.66, 0.46, 0.42)]) * h,
        at,
        arc=(0.85, 2 * np.pi - 0.85),
        thickness=0.04 * h,
    )
    s.turned("headgear", "trim", np.array([(0.6, 0.475, 0.435), (0.69, 0.475, 0.435)]) * h, at, smooth=False)
    s.block("headgear", "trim", np.array([0.46, 0, 0.5]) * h + at, np.array([0.06, 0.075, 0.38]) * h)


def _visored(s: Sculpture, h: float, at: tuple[float, float, float], surface: str, style: str) -> None:
    high = 1.3 if style == "bascinet" else 1.12
    s.turned(
        "headgear",
        surface,
        np.array(
            [
                (-0.1, 0.42, 0.42),
                (0.2, 0.45, 0.42),
                (0.6, 0.47, 0.43),
                (0.82, 0.44, 0.41),
                (0.98, 0.33, 0.31),
                (high - 0.04, 0.12, 0.11),
                (high, 0.02, 0.02),
            ]
        )
        * h,
        at,
    )
    snout = 0.26 if style == "bascinet" else 0.13
    s.turned(
        "headgear",
        surface,
        np.array(
            [
                (-0.02, 0.33, 0.36, 0.08),
                (0.12, 0.4, 0.41, 0.07),
                (0.33, 0.42 + snout, 0.44, 0.05),
                (0.5, 0.46, 0.45, 0.04),
                (0.56, 0.43, 0.43, 0.04),
            ]
        )
        * h,
        at,
    )
    s.turned(
        "headgear",
        surface,
        np.array([(0.63, 0.45, 0.45, 0.04), (0.75, 0.47, 0.45, 0.02), (0.86, 0.42, 0.42, 0.02)]) * h,
        at,
    )
    s.turned(
        "face", "pupil", np.array([(0.55, 0.42, 0.42, 0.05), (0.64, 0.42, 0.42, 0.05)]) * h, at, smooth=False
    )
    for sign in SIDES:
        s.ball(
            "headgear",
            "trim",
            np.array([0.03, 0.45 * sign, 0.6]) * h + at,
            np.array([0.075, 0.035, 0.075]) * h,
        )
        s.mark(
            "breaths",
            np.array([0.42, 0.2 * sign, 0.25]) * h + at,
            (0.03 * h, 0.2 * h, 0.2 * h),
            (0, 0.2, 0.5 * sign),
        )
    s.bar(
        "headgear",
        "trim",
        np.array([(0.42, 0, 0.86), (0.2, 0, 1.06), (-0.1, 0, high + 0.0), (-0.38, 0, 0.85), (-0.45, 0, 0.45)])
        * h
        + at,
        np.array([0.03, 0.035, 0.04, 0.035, 0.02]) * h,
    )


def _crest(s: Sculpture, h: float, at: np.ndarray, crest: str) -> None:
    if crest == "plume":
        for index in range(5):
            lift, back = 0.42 - 0.05 * index, -0.25 - 0.13 * index
            path = np.array(
                [
                    (-0.05, 0, 1.06),
                    (back * 0.6, 0.02 * (index - 2), 1.08 + lift),
                    (back * 1.5, 0.03 * (index - 2), 0.95 + lift * 0.5),
                    (back * 1.6 - 0.1, 0.03 * (index - 2), 0.5),
                ]
            )
            s.bar("headgear", "main", path * h + at, np.array([0.04, 0.1, 0.1, 0.02]) * h)
    elif crest == "horns":
        for sign in SIDES:
            path = (
                np.array(
                    [
                        (0, 0.36 * sign, 0.78),
                        (0, 0.62 * sign, 0.88),
                        (0.03, 0.74 * sign, 1.15),
                        (0.06, 0.66 * sign, 1.42),
                    ]
                )
                * h
                + at
            )
            s.bar("headgear", "bone", path, np.array([0.1, 0.09, 0.06, 0.012]) * h)
    elif crest == "fan":
        for angle in np.linspace(0.5, 2.6, 9):
            root = at + np.array([0.3 * np.cos(angle) - 0.03, 0, 0.72 + 0.33 * np.sin(angle)]) * h
            s.bar(
                "headgear",
                "main",
                [root, root + np.array([np.cos(angle), 0, np.sin(angle)]) * 0.34 * h],
                np.array([(0.04, 0.07), (0.05, 0.1)]) * h,
            )
