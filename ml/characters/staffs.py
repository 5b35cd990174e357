"""Staffs, poles and all that is held upright."""

import numpy as np

from ..shapes import Array
from .character import Character
from .held_things import Maker
from .sculpture import Sculpture

__all__ = ["STAFFS", "pole"]


def pole(
    s: Sculpture,
    c: Character,
    grip: Array,
    top: float,
    surface: str = "wood",
    radius: float = 0.0105,
    bottom: float = 0.0,
) -> Array:
    """An upright pole through the hand; returns its upper end."""
    size = c.proportions.height_m
    low, high = grip.copy(), grip.copy()
    # round at its foot
    low[2], high[2] = (bottom + radius) * size, top * size
    s.bar("prop", surface, [low, grip, high], np.array([0.9, 1.0, 0.95]) * radius * size)
    return high


def _orb_staff(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 1.06)
    s.ball("prop", "glow", top + np.array([0, 0, 0.062]) * size, np.full(3, 0.04) * size)
    for angle in np.arange(4) * np.pi / 2 + 0.4:
        out = np.array([np.cos(angle), np.sin(angle), 0])
        path = [
            top,
            top + (out * 0.045 + (0, 0, 0.03)) * size,
            top + (out * 0.045 + (0, 0, 0.085)) * size,
            top + (out * 0.018 + (0, 0, 0.115)) * size,
        ]
        s.bar("prop", "trim", path, np.array([0.012, 0.011, 0.009, 0.004]) * size)
    s.ball("prop", "trim", top, np.array([0.02, 0.02, 0.016]) * size)


def _crystal_staff(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 1.02)
    s.bar(
        "prop",
        "glow",
        [top, top + np.array([0, 0, 0.06]) * size, top + np.array([0, 0, 0.16]) * size],
        np.array([0.016, 0.036, 0.003]) * size,
        rounding=0.0,
        smooth=False,
    )
    s.turned(
        "prop",
        "trim",
        np.array([(-0.03, 0.016, 0.016), (0.0, 0.028, 0.028), (0.02, 0.022, 0.022)]) * size,
        top,
    )


def _branch_staff(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    top = pole(s, c, grip, 0.98, radius=0.013)
    angle = np.linspace(-1.2, 3.6, 9)
    curl = (
        top
        + np.stack([np.zeros(9), 0.055 * sign * (np.cos(angle) - 0.36), 0.075 + 0.07 * np.sin(angle)], -1)
        * size
    )
    s.bar(
        "prop",
        "wood",
        np.concatenate([[top - np.array([0, 0, 0.02]) * size], curl]),
        np.linspace(0.014, 0.006, 10) * size,
    )
    s.ball("prop", "glow", top + np.array([0, -0.02 * sign, 0.078]) * size, np.full(3, 0.024) * size)


def _moon_staff(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 1.0)
    angle = np.linspace(-2.6, 0.9, 9)
    path = top + np.stack([np.zeros(9), 0.07 * np.cos(angle), 0.09 + 0.07 * np.sin(angle)], -1) * size
    s.bar(
        "prop", "trim", path, np.array([0.004, 0.012, 0.017, 0.021, 0.022, 0.021, 0.017, 0.012, 0.004]) * size
    )
    s.ball("prop", "glow", top + np.array([0, 0, 0.1]) * size, np.full(3, 0.022) * size)


def _staff(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    top = pole(s, c, grip, 0.98, radius=0.012)
    s.ball("prop", "wood", top, np.array([0.017, 0.017, 0.02]) * c.proportions.height_m)


def _spear(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 1.0)
    s.bar(
        "prop",
        "metal",
        [top, top + np.array([0, 0, 0.03]) * size, top + np.array([0, 0, 0.13]) * size],
        np.array([(0.012, 0.01), (0.028, 0.008), (0.002, 0.002)]) * size,
        rounding=0.0,
        smooth=False,
    )
    s.ball("prop", "second", top + np.array([0, 0, -0.02]) * size, np.array([0.018, 0.018, 0.022]) * size)


def _lance(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 1.12, "wood", 0.013)
    s.bar(
        "prop",
        "metal",
        [top, top + np.array([0, 0, 0.03]) * size, top + np.array([0, 0, 0.1]) * size],
        np.array([(0.014, 0.012), (0.026, 0.01), (0.002, 0.002)]) * size,
        rounding=0.0,
        smooth=False,
    )
    flag = np.array(
        [
            [
                (0.0, sign * (0.012 + 0.19 * u), v * (1 - 0.55 * u) + 0.012 * np.sin(5 * u))
                for u in np.linspace(0, 1, 8)
            ]
            for v in (-0.06, -0.02, 0.02, 0.06)
        ]
    )
    flag[..., 0] = 0.02 * np.sin(np.linspace(0, 5, 8))[None]
    s.sheet("prop", "main", flag * size + top - np.array([0, 0, 0.08]) * size, 0.006 * size)


def _pitchfork(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 0.94)
    s.bar(
        "prop",
        "metal",
        top + np.array([(0, -0.045, 0), (0, 0, -0.006), (0, 0.045, 0)]) * size,
        np.full(3, 0.007) * size,
    )
    for y in (-0.045, -0.015, 0.015, 0.045):
        s.bar(
            "prop",
            "metal",
            top + np.array([(0, y, 0), (0.012, y, 0.06), (0.0, y, 0.14)]) * size,
            np.array([0.007, 0.006, 0.002]) * size,
        )


def _hoe(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 0.96)
    s.block(
        "prop",
        "metal",
        top + np.array([0.05, 0, 0]) * size,
        np.array([0.11, 0.075, 0.012]) * size,
        (0, 0.35, 0),
    )


def _broom(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 0.9)
    s.turned(
        "prop",
        "bone",
        np.array(
            [(-0.01, 0.016, 0.02, 0, 0, 0), (0.04, 0.025, 0.05, 0, 0, 0.5), (0.15, 0.032, 0.075, 0, 0, 1)]
        )
        * (size, size, size, 1, 1, 1),
        top,
        folds=(12, 0.1),
    )


def _wand(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, tip = c.proportions.height_m, pole(s, c, grip, 0.74, "metal", 0.008, 0.3)
    s.ball("prop", "glow", tip, np.full(3, 0.026) * size)


def _flag(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 1.02, "metal", 0.008)
    u = np.linspace(0, 1, 8)
    flag = np.array(
        [[(0.02 * np.sin(5 * a), sign * 0.2 * a + 0.004, v) for a in u] for v in (-0.15, -0.1, -0.05, 0.0)]
    )
    s.sheet("prop", "main", flag * size + top, 0.006 * size)
    s.ball("prop", "trim", top, np.full(3, 0.014) * size)


def _sceptre(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 0.75, "trim", 0.0095, 0.33)
    s.ball("prop", "gem", top + np.array([0, 0, 0.018]) * size, np.full(3, 0.026) * size)
    s.turned(
        "prop",
        "trim",
        np.array([(-0.03, 0.013, 0.013), (-0.008, 0.026, 0.026), (0.008, 0.029, 0.029), (0.014, 0.02, 0.02)])
        * size,
        top,
    )
    s.rod(
        "prop",
        "trim",
        top + np.array([0, 0, 0.04]) * size,
        top + np.array([0, 0, 0.075]) * size,
        0.007 * size,
    )
    s.rod(
        "prop",
        "trim",
        top + np.array([0, -0.018, 0.058]) * size,
        top + np.array([0, 0.018, 0.058]) * size,
        0.007 * size,
    )


STAFFS: dict[str, Maker] = {
    "orb_staff": _orb_staff,
    "crystal_staff": _crystal_staff,
    "branch_staff": _branch_staff,
    "moon_staff": _moon_staff,
    "staff": _staff,
    "spear": _spear,
    "lance": _lance,
    "pitchfork": _pitchfork,
    "hoe": _hoe,
    "broom": _broom,
    "wand": _wand,
    "flag": _flag,
    "sceptre": _sceptre,
}
