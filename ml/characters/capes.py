"""Capes, mantles and hoods."""

import numpy as np

from .body import SIDES
from .character import Character
from .garments import torso_at
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["cape", "cloak", "hood_down", "hood_up", "shoulders"]


def cloak(s: Sculpture, c: Character, surface: str, lining: str = "second") -> None:
    """The cape that the record names."""
    size = c.proportions.height_m
    if c.wearing("cape") in ("long", "ermine"):
        cape(s, c, surface, 0.07 * size, lining)
    elif c.wearing("cape") == "short":
        cape(s, c, surface, 0.42 * size, lining, 0.8)


def cape(
    s: Sculpture, c: Character, surface: str, hem_m: float, lining: str = "second", spread: float = 1.0
) -> None:
    """From the shoulders down the back, closed at the throat."""
    size, bones = c.proportions.height_m, Skeleton.of(c)
    z, depth, width, front = torso_at(c, 1.02, 0.02 * size)
    neck = bones.neck
    gap, wide = 1.25, 0.06 * size * spread
    rows = [
        (hem_m, depth + 0.09 * size * spread, width + wide * 1.1, front - 0.05 * size, 0, 1.0),
        (hem_m + (z - hem_m) * 0.45, depth + 0.06 * size, width + wide * 0.75, front - 0.03 * size, 0, 0.7),
        (hem_m + (z - hem_m) * 0.8, depth + 0.03 * size, width + 0.04 * size, front - 0.012 * size, 0, 0.3),
        (z - 0.01 * size, depth * 0.95, width + 0.03 * size, front - 0.004 * size, 0, 0.1),
        (z + 0.03 * size, depth * 0.75, width * 0.72, front, 0, 0.0),
        (neck[2] + 0.012 * size, 0.05 * size, 0.056 * size, neck[0], 0, 0.0),
    ]
    s.turned("cape", surface, rows, arc=(gap, 2 * np.pi - gap), folds=(8, 0.055), thickness=0.007 * size)
    inner = np.array(rows)
    inner[:, 1:3] -= 0.009 * size
    s.turned(
        "cape",
        lining,
        inner,
        arc=(gap + 0.03, 2 * np.pi - gap - 0.03),
        folds=(8, 0.055),
        thickness=0.002 * size,
    )
    for sign in SIDES:
        s.ball(
            "cape",
            "trim",
            (front + depth * 0.72, sign * width * 0.52, z + 0.004 * size),
            np.array([0.012, 0.017, 0.017]) * size,
        )


def hood_up(s: Sculpture, c: Character, surface: str, point: float = 0.25, drape: float = 1.0) -> None:
    """Over the head, open at the face, with what lies on the shoulders."""
    bones = Skeleton.of(c)
    h, (x, _, z) = bones.head, bones.chin
    rows = [
        (z - 0.28 * h, 0.42 * h, 0.5 * h, x - 0.06 * h), (z - 0.05 * h, 0.4 * h, 0.42 * h, x - 0.06 * h),
        (z + 0.25 * h, 0.47 * h, 0.46 * h, x - 0.03 * h), (z + 0.6 * h, 0.52 * h, 0.48 * h, x - 0.03 * h),
        (z + 0.9 * h, 0.44 * h, 0.39 * h, x - 0.06 * h), (z + 1.08 * h, 0.24 * h, 0.2 * h, x - 0.08 * h),
        (z + 1.12 * h, 0.02 * h, 0.02 * h, x - 0.1 * h),
    ]  # fmt: skip
    # two thirds of a turn: the face looks out of the rest, under a peak
    s.turned("headgear", surface, rows[:4], arc=(0.92, 2 * np.pi - 0.92), thickness=0.05 * h)
    s.turned("headgear", surface, rows[3:], arc=(0.5, 2 * np.pi - 0.5), thickness=0.05 * h)
    s.ball(
        "headgear",
        surface,
        (x - 0.06 * h, 0, z + 0.82 * h),
        np.array([0.5, 0.42, 0.3]) * h,
        turn=(0, 0.22, 0),
    )
    if point > 0:
        s.bar(
            "headgear",
            surface,
            np.array([(-0.3, 0, 0.95), (-0.55, 0, 0.98), (-0.62 - point, 0, 0.78)]) * h + (x, 0, z),
            np.array([0.28, 0.15, 0.03]) * h,
        )
    shoulders(s, c, surface, drape)


def shoulders(s: Sculpture, c: Character, surface: str, drape: float = 1.0, part: str = "cape") -> None:
    """A short mantle over shoulders and breast."""
    size, neck = c.proportions.height_m, Skeleton.of(c).neck
    z, depth, width, front = torso_at(c, 0.78, 0.034 * size)
    rows = [
        (z - 0.05 * size * (drape - 0.6), depth * 1.06, width + 0.032 * size, front, 0, 1.0),
        (z + 0.035 * size, depth, width + 0.02 * size, front, 0, 0.4),
        (z + 0.075 * size, depth * 0.82, width * 0.8, front, 0, 0.1),
        (neck[2] + 0.02 * size, 0.052 * size, 0.058 * size, neck[0], 0, 0.0),
    ]  # fmt: skip
    s.turned(part, surface, rows, folds=(9, 0.03))


def hood_down(s: Sculpture, c: Character, surface: str) -> None:
    """On the back and around the neck."""
    bones, size = Skeleton.of(c), c.proportions.height_m
    x, _, z = bones.neck
    s.bar(
        "headgear",
        surface,
        np.array(
            [
                (0.065, 0.02, -0.035),
                (0.045, 0.068, 0.0),
                (-0.03, 0.082, 0.018),
                (-0.085, 0.0, 0.005),
                (-0.03, -0.082, 0.018),
                (0.045, -0.068, 0.0),
                (0.065, -0.02, -0.035),
            ]
        )
        * size
        + (x, 0, z),
        np.array([0.014, 0.024, 0.028, 0.036, 0.028, 0.024, 0.014]) * size,
    )
    s.ball(
        "headgear",
        surface,
        np.array([-0.1, 0, -0.045]) * size + (x, 0, z),
        np.array([0.045, 0.072, 0.07]) * size,
        turn=(0, 0.35, 0),
    )
    shoulders(s, c, surface, 0.75)
