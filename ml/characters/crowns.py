"""Crowns, combat helmets and helmets for space."""

import numpy as np

from .body import SIDES
from .character import Character
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["bubble", "crown", "soldier_helmet"]


def crown(s: Sculpture, c: Character, style: str) -> None:
    """A crown with points, arches, or a plain circlet."""
    bones = Skeleton.of(c)
    h, at = bones.head, bones.chin + np.array([-0.03, 0, 0]) * bones.head
    high = 0.2 if style != "circlet" else 0.1
    s.turned(
        "headgear", "trim", np.array([(0.76, 0.455, 0.415), (0.76 + high, 0.48, 0.44)]) * h, at, smooth=False
    )
    s.turned("headgear", "trim", np.array([(0.75, 0.475, 0.435), (0.79, 0.475, 0.435)]) * h, at, smooth=False)
    for index in range(8):
        angle = index * np.pi / 4
        out = np.array([0.475 * np.cos(angle), 0.435 * np.sin(angle), 0])
        if style == "points" or (style == "circlet" and index == 0):
            root, tip = (
                at + (out + np.array((0, 0, 0.9))) * h,
                at + (out * 1.14 + (0, 0, 1.28 if style == "points" else 1.05)) * h,
            )
            s.bar("headgear", "trim", [root, tip], np.array([0.085, 0.015]) * h, rounding=0.0)
            s.ball("headgear", "trim", tip, np.full(3, 0.04) * h)
        if style == "arched":
            path = [
                at + (out + np.array((0, 0, 0.9))) * h,
                at + (out * 1.1 + (0, 0, 1.2)) * h,
                at + (out * 0.6 + (0, 0, 1.4)) * h,
                at + np.array([0, 0, 1.36]) * h,
            ]
            s.bar("headgear", "trim", path, np.full(4, 0.035) * h)
        s.ball("headgear", "gem", at + (out * 1.01 + (0, 0, 0.86)) * h, np.array([0.035, 0.035, 0.045]) * h)
    if style == "arched":
        s.ball("headgear", "main", at + np.array([0, 0, 1.08]) * h, np.array([0.42, 0.38, 0.22]) * h)
        s.ball("headgear", "trim", at + np.array([0, 0, 1.44]) * h, np.full(3, 0.075) * h)


def soldier_helmet(s: Sculpture, c: Character, surface: str = "main") -> None:
    """A combat helmet with straps."""
    bones = Skeleton.of(c)
    h, at = bones.head, bones.chin
    rows = (
        np.array(
            [
                (0.5, 0.5, 0.47),
                (0.62, 0.5, 0.465),
                (0.85, 0.47, 0.43),
                (1.05, 0.33, 0.31),
                (1.14, 0.13, 0.12),
                (1.15, 0.02, 0.02),
            ]
        )
        * h
    )
    s.turned("headgear", surface, rows[1:], at, (0, 0.03, 0))
    s.turned("headgear", surface, rows[:3], at, arc=(0.9, 2 * np.pi - 0.9), thickness=0.04 * h)
    s.turned(
        "headgear",
        "dark",
        np.array([(0.63, 0.51, 0.475), (0.7, 0.508, 0.473)]) * h,
        at,
        (0, 0.03, 0),
        smooth=False,
    )
    s.block(
        "headgear", "dark", at + np.array([0.49, 0, 0.88]) * h, np.array([0.06, 0.14, 0.14]) * h, (0, -0.3, 0)
    )
    for sign in SIDES:
        path = (
            np.array(
                [
                    (0.05, 0.42 * sign, 0.55),
                    (0.14, 0.33 * sign, 0.12),
                    (0.22, 0.1 * sign, -0.03),
                    (0.23, 0.0, -0.04),
                ]
            )
            * h
            + at
        )
        s.bar("headgear", "dark", path, np.array([0.022, 0.022, 0.024, 0.024]) * h)


def bubble(s: Sculpture, c: Character, style: str, shell: str = "light") -> None:
    """An astronaut's helmet with its visor."""
    bones = Skeleton.of(c)
    h, at = bones.head, bones.chin
    middle = at + np.array([-0.02, 0, 0.46]) * h
    s.ball("headgear", shell, middle + np.array([-0.06, 0, 0.02]) * h, np.array([0.68, 0.68, 0.72]) * h)
    surface = {"gold": "visor", "dark": "visor", "clear": "visor", "split": "visor"}[style]
    s.ball(
        "face",
        surface,
        middle + np.array([0.17, 0, 0.02]) * h,
        np.array([0.52, 0.56, 0.47 if style != "split" else 0.36]) * h,
        power=2.3,
    )
    s.bar(
        "headgear",
        "main",
        [middle + np.array([0.3 * np.cos(0) + 0.14, y, z]) * h for y, z in _ring(0.6, 0.54)],
        np.full(25, 0.05) * h,
        smooth=False,
    )
    s.turned(
        "headgear",
        "metal",
        np.array([(-0.2, 0.52, 0.56), (-0.02, 0.54, 0.58)]) * h,
        at + np.array([-0.03, 0, 0]) * h,
        smooth=False,
    )
    for sign in SIDES:
        s.ball(
            "headgear",
            "second",
            middle + np.array([-0.05, 0.66 * sign, 0.02]) * h,
            np.array([0.17, 0.07, 0.17]) * h,
        )
        s.mark("lamp", middle + np.array([0.3, 0.62 * sign, 0.42]) * h, (0.1 * h, 0.1 * h, 0.08 * h))


def _ring(wide: float, high: float) -> list[tuple[float, float]]:
    return [(wide * np.sin(a), high * np.cos(a)) for a in np.linspace(0, 2 * np.pi, 25)]
