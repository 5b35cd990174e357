"""Plate armour."""

import numpy as np

from .body import SIDES, profile
from .character import Character
from .garments import torso_at
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["breastplate", "gauntlets", "greaves", "pauldrons", "tassets", "vambraces"]


def breastplate(s: Sculpture, c: Character, surface: str = "metal") -> None:
    """Breast and back, with a ridge in front."""
    size = c.proportions.height_m
    rows = []
    for share, grow, out in (
        (0.16, 0.014, 0.0),
        (0.26, 0.01, 0.0),
        (0.42, 0.016, 0.008),
        (0.7, 0.02, 0.016),
        (0.92, 0.016, 0.008),
        (1.08, 0.012, 0.0),
        (1.16, 0.01, 0.0),
    ):
        z, depth, width, front = torso_at(c, share, grow * size)
        rows.append((z, depth + out * size * 0.5, width, front + out * size * 0.5))
    s.turned("armour", surface, profile(np.array(rows)), power=2.2)
    z, depth, _, front = torso_at(c, 0.68, 0.03 * size)
    s.mark("breast", (front + depth, 0, z), (0.02 * size, 0.2 * size, 0.2 * size))


def tassets(s: Sculpture, c: Character, surface: str = "metal", layers: int = 3) -> None:
    """Hoops over the hips."""
    size = c.proportions.height_m
    for layer in range(layers):
        z, depth, width, front = torso_at(c, 0.14 - 0.15 * layer, (0.016 + 0.007 * layer) * size)
        rows = [
            (z - 0.03 * size, depth * 1.08, width * 1.07, front),
            (z - 0.024 * size, depth * 1.08, width * 1.07, front),
            (z + 0.022 * size, depth, width, front),
        ]
        s.turned("armour", surface, profile(np.array(rows)), smooth=False, power=2.2)


def pauldrons(
    s: Sculpture, c: Character, surface: str = "metal", large: float = 1.0, trim: str = "trim"
) -> None:
    """Domes on the shoulders, over two lames."""
    bones, size = Skeleton.of(c), c.proportions.height_m * (0.5 + 0.5 * c.proportions.limbs)
    for sign in SIDES:
        at, elbow = bones.on("shoulder", sign), bones.on("elbow", sign)
        down = (elbow - at) / np.linalg.norm(elbow - at)
        lean = sign * (0.35 + c.proportions.spread * 0.5)
        for layer, (drop, r) in enumerate(((0.062, 0.05), (0.04, 0.056), (0.008, 0.066))):
            radius = r * size * large
            middle = at + down * drop * size + np.array([0, 0.005 * sign, 0.012]) * size
            rows = [
                (-0.34 * radius, 1.04 * radius, 1.0 * radius),
                (-0.26 * radius, 1.06 * radius, 1.02 * radius),
                (0.1 * radius, 1.0 * radius, 0.96 * radius),
                (0.55 * radius, 0.75 * radius, 0.72 * radius),
                (0.82 * radius, 0.35 * radius, 0.33 * radius),
                (0.87 * radius, 0.03 * radius, 0.03 * radius),
            ]
            s.turned("armour", surface, rows, middle, (-lean, 0, 0))
            if layer == 2:
                ring = [
                    (-0.36 * radius, 1.06 * radius, 1.02 * radius),
                    (-0.24 * radius, 1.09 * radius, 1.05 * radius),
                ]
                s.turned("armour", trim, ring, middle, (-lean, 0, 0), smooth=False)
                s.mark("rivets", middle, (1.1 * radius, 0, -0.3 * radius), (-lean, 0, 0))


def vambraces(s: Sculpture, c: Character, surface: str = "metal") -> None:
    """Forearms and elbows."""
    bones, size = Skeleton.of(c), c.proportions.height_m * c.proportions.limbs
    for sign in SIDES:
        e, w = bones.on("elbow", sign), bones.on("wrist", sign)
        s.bar(
            "armour",
            surface,
            [e + (w - e) * 0.2, e + (w - e) * 0.5, w - (w - e) * 0.08],
            np.array([0.037, 0.038, 0.029]) * size,
            rounding=0.1,
        )
        s.ball(
            "armour",
            surface,
            e + np.array([-0.012, 0.008 * sign, 0]) * size,
            np.array([0.04, 0.038, 0.036]) * size,
        )
        s.ball(
            "armour",
            surface,
            e + np.array([-0.022, 0.022 * sign, 0]) * size,
            np.array([0.016, 0.034, 0.03]) * size,
            turn=(0, 0, -0.8 * sign),
        )


def gauntlets(s: Sculpture, c: Character, surface: str = "metal") -> None:
    """Flared cuffs."""
    bones, size = Skeleton.of(c), c.proportions.height_m * c.proportions.limbs
    for sign in SIDES:
        e, w = bones.on("elbow", sign), bones.on("wrist", sign)
        s.bar(
            "armour",
            surface,
            [w + (w - e) * 0.06, w, w + (e - w) * 0.26],
            np.array([0.024, 0.028, 0.046]) * size,
            rounding=0.06,
        )


def greaves(s: Sculpture, c: Character, surface: str = "metal") -> None:
    """Thighs, knees and shins."""
    bones, size = Skeleton.of(c), c.proportions.height_m * (0.5 + 0.5 * c.proportions.limbs)
    for sign in SIDES:
        hip, knee, ankle = (bones.on(name, sign) for name in ("hip", "knee", "ankle"))
        s.bar(
            "upper_leg",
            surface,
            [hip + (knee - hip) * 0.12, hip + (knee - hip) * 0.5, knee - (knee - hip) * 0.08],
            np.array([0.066, 0.062, 0.05]) * size,
            rounding=0.2,
        )
        s.bar(
            "lower_leg",
            surface,
            [knee + (ankle - knee) * 0.12, knee + (ankle - knee) * 0.4, ankle],
            np.array([0.046, 0.053, 0.038]) * size,
            rounding=0.15,
        )
        s.ball(
            "armour", surface, knee + np.array([0.02, 0, 0]) * size, np.array([0.044, 0.047, 0.048]) * size
        )
        s.ball(
            "armour",
            surface,
            knee + np.array([0.01, 0.04 * sign, 0]) * size,
            np.array([0.034, 0.013, 0.034]) * size,
        )
        x, y, _ = bones.on("ankle", sign)
        f = c.proportions.feet * c.proportions.height_m
        for step, (forward, radius, high) in enumerate(
            ((0.004, 0.037, 0.044), (0.032, 0.037, 0.036), (0.06, 0.037, 0.028), (0.083, 0.031, 0.022))
        ):
            deep, top = 0.028 + 0.002 * step, high + 0.012
            dome = np.array(
                [(0, 1, 1), (0.4, 0.95, 0.95), (0.75, 0.66, 0.66), (0.95, 0.3, 0.3), (1, 0.02, 0.02)]
            )
            at = (x + forward * f, y + 0.16 * sign * forward * f, 0.0)
            s.turned("foot", surface, dome * (top, deep, radius) * f, at)
