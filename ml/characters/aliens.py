"""Visitors from elsewhere."""

import numpy as np

from .body import SIDES, arms, boots, hands, legs, profile, trunk
from .carried import held
from .character import Character
from .garments import belt, collar, skirt, top, torso_at
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["alien", "bare_feet"]


def alien(s: Sculpture, c: Character) -> None:
    """A slender visitor with a large head."""
    size, suit = c.proportions.height_m, c.wearing("suit")
    surface = "main" if suit in ("suit", "armour") else "skin"
    trunk(s, c, surface)
    arms(s, c, surface, surface, "fit" if suit == "suit" else "bare")
    legs(s, c, surface, surface)
    closed = held(s, c)
    hands(s, c, "skin", closed)
    if suit == "bare":
        bare_feet(s, c, 3)
        belt(s, c, "second", 0.12, 0.03, 0.006)
        skirt(s, c, "main", 0.36 * size, 0.0, 5, 0.03, start=0.12, arc=(-0.5, 0.5), part="skirt")
        skirt(
            s, c, "main", 0.36 * size, 0.0, 5, 0.03, start=0.12, arc=(np.pi - 0.5, np.pi + 0.5), part="skirt"
        )
    else:
        boots(s, c, "second", 0.5, "rubber")
        belt(s, c, "second", 0.22, 0.024, 0.008)
        collar(s, c, "second", 0.012, 0.05)
    if suit == "robe":
        top(s, c, "main", 0.008)
        skirt(s, c, "main", 0.05 * size, 0.05 * size, 8, 0.05)
    if suit in ("suit", "armour"):
        z, depth, _, front = torso_at(c, 0.72, 0.004 * size)
        s.ball("armour", "glow", (front + depth, 0, z), np.array([0.01, 0.024, 0.024]) * size)
        for sign in SIDES:
            s.ball(
                "armour",
                "second",
                Skeleton.of(c).on("shoulder", sign),
                np.array([0.05, 0.05, 0.045]) * size * (1.3 if suit == "armour" else 0.9),
            )
    _alien_head(s, c)


def _alien_head(s: Sculpture, c: Character) -> None:
    bones, style = Skeleton.of(c), c.wearing("skull")
    h, at = bones.head, bones.chin
    tables = {
        "bulb": [
            (0.0, 0.07, 0.07, 0.2),
            (0.1, 0.17, 0.15, 0.15),
            (0.3, 0.29, 0.25, 0.07),
            (0.55, 0.42, 0.37, 0.0),
            (0.78, 0.45, 0.41, -0.04),
            (0.94, 0.3, 0.28, -0.07),
            (1.0, 0.04, 0.04, -0.08),
        ],
        "tall": [
            (0.0, 0.08, 0.08, 0.18),
            (0.1, 0.2, 0.17, 0.12),
            (0.3, 0.3, 0.24, 0.04),
            (0.55, 0.36, 0.28, -0.03),
            (0.8, 0.34, 0.27, -0.14),
            (0.95, 0.22, 0.18, -0.24),
            (1.0, 0.04, 0.04, -0.28),
        ],
        "wide": [
            (0.0, 0.1, 0.12, 0.15),
            (0.12, 0.25, 0.3, 0.08),
            (0.35, 0.34, 0.42, 0.02),
            (0.6, 0.38, 0.5, -0.02),
            (0.82, 0.3, 0.42, -0.05),
            (0.96, 0.16, 0.22, -0.06),
            (1.0, 0.03, 0.04, -0.06),
        ],
        "crest": [
            (0.0, 0.08, 0.08, 0.2),
            (0.1, 0.2, 0.16, 0.13),
            (0.3, 0.33, 0.26, 0.05),
            (0.55, 0.44, 0.32, -0.05),
            (0.8, 0.46, 0.28, -0.2),
            (0.95, 0.3, 0.16, -0.36),
            (1.0, 0.05, 0.03, -0.45),
        ],
    }[style]
    table = np.array(tables) * h
    table[:, 0] += at[2]
    table[:, 3] += at[0]
    s.turned("head", "skin", profile(table))
    s.bar(
        "head",
        "skin",
        [bones.neck - (0, 0, 0.03 * bones.height), at + np.array([-0.02, 0, 0.2]) * h],
        np.array([0.13, 0.11]) * h,
    )
    z = 0.42
    front = float(np.interp(z * h + at[2], table[:, 0], table[:, 1] + table[:, 3] - at[0])) / h
    wide = float(np.interp(z * h + at[2], table[:, 0], table[:, 2])) / h
    _alien_eyes(s, c, h, at, front, wide)
    s.mark(
        "alien_mouth",
        at + np.array([float(table[1, 1] + table[1, 3] - at[0]) / h + 0.02, 0, 0.12]) * h,
        (0.02 * h, 0.1 * h, 0.02 * h),
    )
    for sign in SIDES:
        if c.wearing("feelers") == "knobs":
            path = (
                np.array([(0.05, 0.15 * sign, 0.92), (0.08, 0.24 * sign, 1.15), (0.14, 0.3 * sign, 1.32)]) * h
                + at
            )
            s.bar("headgear", "skin", path, np.array([0.03, 0.022, 0.02]) * h)
            s.ball("headgear", "glow", path[-1], np.full(3, 0.062) * h)
        elif c.wearing("feelers") == "fins":
            for index in range(3):
                root = at + np.array([-0.08, wide * 0.95 * sign, 0.5 - 0.14 * index]) * h
                tip = root + np.array([-0.2, 0.26 * sign, 0.16 - 0.1 * index]) * h
                s.bar("headgear", "main", [root, tip], np.array([(0.05, 0.08), (0.01, 0.02)]) * h)
    if c.wearing("feelers") == "tentacles":
        for y in np.linspace(-0.14, 0.14, 5):
            path = (
                np.array(
                    [
                        (front * 0.8, y, 0.14),
                        (front + 0.02, y * 1.3, -0.02),
                        (front * 0.8, y * 1.6, -0.2),
                        (front * 0.8 + 0.06, y * 1.8, -0.36 + abs(y) * 0.6),
                    ]
                )
                * h
                + at
            )
            s.bar("face", "skin", path, np.array([0.05, 0.05, 0.04, 0.012]) * h)


def _alien_eyes(s: Sculpture, c: Character, h: float, at: np.ndarray, front: float, wide: float) -> None:
    style = c.wearing("eyes")
    if style == "one":
        s.ball("face", "white", at + np.array([front - 0.03, 0, 0.5]) * h, np.array([0.1, 0.19, 0.19]) * h)
        s.ball("face", "iris", at + np.array([front + 0.04, 0, 0.5]) * h, np.array([0.05, 0.1, 0.11]) * h)
        s.ball("face", "pupil", at + np.array([front + 0.075, 0, 0.5]) * h, np.array([0.03, 0.05, 0.06]) * h)
        return
    for sign in SIDES:
        spot = at + np.array([front - 0.045, wide * 0.5 * sign, 0.43]) * h
        if style == "almond":
            s.ball(
                "face",
                "pupil",
                spot,
                np.array([0.07, 0.15, 0.095]) * h * (0.85 + 0.2 * c.face.eyes),
                (0.55 * sign, 0, 0.5 * sign),
            )
        else:
            s.ball("face", "white", spot, np.array([0.09, 0.115, 0.115]) * h)
            s.ball(
                "face",
                "glow" if style == "round" else "iris",
                spot + np.array([0.045, 0.01 * sign, 0]) * h,
                np.array([0.055, 0.07, 0.075]) * h,
            )
            s.ball(
                "face",
                "pupil",
                spot + np.array([0.085, 0.012 * sign, 0]) * h,
                np.array([0.03, 0.022, 0.05]) * h,
            )
        if style == "four":
            s.ball(
                "face",
                "pupil",
                spot + np.array([-0.04, 0.02 * sign, 0.2]) * h,
                np.array([0.06, 0.06, 0.06]) * h,
            )


def bare_feet(s: Sculpture, c: Character, toes: int, claws: bool = False) -> None:
    """Feet with toes."""
    bones = Skeleton.of(c)
    f = c.proportions.feet * c.proportions.height_m
    for sign in SIDES:
        x, y, _ = bones.on("ankle", sign)
        path = np.array(
            [(-0.02, 0, 0.028), (0.02, 0.003 * sign, 0.032), (0.055, 0.006 * sign, 0.022)]
        ) * f + (x, y, 0)
        s.bar("foot", "skin", path, np.array([(0.024, 0.026), (0.028, 0.028), (0.036, 0.02)]) * f)
        for place in np.linspace(-1, 1, toes):
            root = np.array([x + 0.06 * f, y + 0.026 * place * f, 0.015 * f])
            tip = root + np.array([0.03 - 0.006 * abs(place), 0.008 * place, -0.004]) * f
            s.bar("foot", "skin", [root, tip], np.array([0.0155, 0.012]) * f * (3.6 / (toes + 0.6)) ** 0.5)
            if claws:
                s.bar(
                    "foot",
                    "bone",
                    [tip, tip + np.array([0.02, 0, -0.004]) * f],
                    np.array([0.009, 0.001]) * f,
                    rounding=0.0,
                )
