"""Packs, quivers and tanks on the back."""

from collections.abc import Callable

import numpy as np

from ..shapes import Array
from .character import Character
from .garments import torso_at
from .sculpture import Sculpture

__all__ = ["on_back"]


def on_back(s: Sculpture, c: Character) -> None:
    """The pack that the record names."""
    size = c.proportions.height_m
    z, depth, _, front = torso_at(c, 0.66, 0.012 * size)
    maker = _PACKS.get(c.wearing("pack"))
    if maker is not None:
        maker(s, c, np.array([front - depth, 0.0, z]))


def _box(s: Sculpture, c: Character, back: Array) -> None:
    """A square pack, a rucksack or a radio."""
    kind, size = c.wearing("pack"), c.proportions.height_m
    width = torso_at(c, 0.66, 0.012 * size)[2]
    tall = {"square": 0.25, "tall": 0.32, "rucksack": 0.24, "radio": 0.2, "box": 0.2}[kind] * size
    surface = {
        "square": "light",
        "tall": "light",
        "rucksack": "second",
        "radio": "dark",
        "box": "second",
    }[kind]
    s.block(
        "pack", surface, back + np.array([-0.06, 0, 0.0]) * size, (0.15 * size, width * 1.5, tall), edge=7
    )
    s.mark(
        "panel",
        back + np.array([-0.135, 0, 0]) * size,
        (0.01 * size, width * 1.2, tall * 0.7),
        (0, 0, np.pi),
    )
    if kind == "rucksack":
        s.bar(
            "pack",
            "leather",
            [back + np.array([-0.05, -0.13, 0.145]) * size, back + np.array([-0.05, 0.13, 0.145]) * size],
            np.full(2, 0.04) * size,
            rounding=0.2,
        )
        for sign in (1.0, -1.0):
            s.block(
                "pack",
                surface,
                back + np.array([-0.06, sign * width / size * 0.85, -0.05]) * size,
                np.array([0.08, 0.05, 0.11]) * size,
            )
    if kind == "radio":
        s.rod(
            "pack",
            "metal",
            back + np.array([-0.06, 0.07, 0.08]) * size,
            back + np.array([-0.07, 0.08, 0.42]) * size,
            0.005 * size,
        )


def _tanks(s: Sculpture, c: Character, back: Array) -> None:
    """Tanks or jets."""
    kind, size = c.wearing("pack"), c.proportions.height_m
    for sign in (1.0, -1.0) if kind != "tank" else (0.0,):
        middle = back + np.array([-0.045, 0.062 * sign, 0.0]) * size
        s.bar(
            "pack",
            "metal",
            [middle + np.array([0, 0, -0.11]) * size, middle + np.array([0, 0, 0.11]) * size],
            np.full(2, 0.055) * size,
        )
        if kind == "jets":
            s.turned(
                "pack",
                "dark",
                np.array([(-0.2, 0.055, 0.055), (-0.13, 0.03, 0.03)]) * size,
                middle,
                smooth=False,
            )


def _quiver(s: Sculpture, c: Character, back: Array) -> None:
    """A quiver with arrows, aslant."""
    size = c.proportions.height_m
    low, high = (
        back + np.array([-0.035, -0.06, -0.14]) * size,
        back + np.array([-0.05, 0.09, 0.16]) * size,
    )
    s.bar("pack", "leather", [low, high], np.array([0.032, 0.04]) * size, rounding=0.1, smooth=False)
    axis = (high - low) / np.linalg.norm(high - low)
    random = np.random.default_rng((c.seed, 22))
    for _ in range(7):
        root = high + np.array([random.uniform(-0.024, 0.024), random.uniform(-0.024, 0.024), 0]) * size
        tip = root + axis * random.uniform(0.07, 0.11) * size
        s.rod("pack", "wood", root - axis * 0.05 * size, tip, 0.0035 * size)
        s.bar(
            "pack",
            str(random.choice(["light", "second"])),
            [tip - axis * 0.045 * size, tip],
            np.array([(0.002, 0.012), (0.002, 0.009)]) * size,
        )


def _roll(s: Sculpture, c: Character, back: Array) -> None:
    """A rolled blanket."""
    size = c.proportions.height_m
    s.bar(
        "pack",
        "second",
        [back + np.array([-0.045, -0.15, 0.03]) * size, back + np.array([-0.045, 0.15, 0.03]) * size],
        np.full(2, 0.052) * size,
        rounding=0.2,
    )
    for y in (-0.08, 0.08):
        s.turned(
            "pack",
            "leather",
            np.array([(-0.008, 0.055, 0.055), (0.008, 0.055, 0.055)]) * size,
            back + np.array([-0.045, y, 0.03]) * size,
            (np.pi / 2, 0, 0),
            smooth=False,
        )


_PACKS: dict[str, Callable[[Sculpture, Character, Array], None]] = {
    "square": _box, "tall": _box, "rucksack": _box, "radio": _box, "box": _box,
    "tanks": _tanks, "tank": _tanks, "jets": _tanks, "quiver": _quiver, "roll": _roll,
}  # fmt: skip
