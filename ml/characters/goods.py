"""Books, lanterns, pails and other things to carry."""

import numpy as np

from ..shapes import Array
from .character import Character
from .held_things import Maker
from .sculpture import Sculpture

__all__ = ["GOODS"]


def _book(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    at = grip + np.array([0.0, -0.005 * sign, -0.035]) * size
    s.block("prop", "leather", at, np.array([0.12, 0.046, 0.155]) * size, edge=8)
    s.block(
        "prop", "light", at + np.array([0.006, 0, 0]) * size, np.array([0.12, 0.034, 0.145]) * size, edge=8
    )
    for z in (-0.055, 0.055):
        s.block(
            "prop", "trim", at + np.array([-0.03, 0, z]) * size, np.array([0.05, 0.05, 0.02]) * size, edge=8
        )


def _lantern(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    at = grip + np.array([0, 0, -0.11]) * size
    s.turned(
        "prop", "glow", np.array([(-0.034, 0.026, 0.026), (0.034, 0.026, 0.026)]) * size, at, smooth=False
    )
    for low, high, wide in ((-0.052, -0.034, 0.038), (0.034, 0.046, 0.038), (0.046, 0.07, 0.02)):
        s.turned(
            "prop",
            "metal",
            np.array([(low, wide, wide), (high, wide * 0.9, wide * 0.9)]) * size,
            at,
            smooth=False,
        )
    for angle in np.arange(4) * np.pi / 2 + 0.785:
        out = np.array([np.cos(angle), np.sin(angle), 0]) * 0.034
        s.rod(
            "prop",
            "metal",
            at + (out + np.array((0, 0, -0.04))) * size,
            at + (out + np.array((0, 0, 0.04))) * size,
            0.004 * size,
        )
    s.bar(
        "prop",
        "metal",
        at + np.array([(0, -0.02, 0.065), (0, 0, 0.11), (0, 0.02, 0.065)]) * size,
        np.full(3, 0.004) * size,
    )


def _pail(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    """A bucket or a basket."""
    size, basket = c.proportions.height_m, c.wearing("right") == "basket" and sign < 0
    at = grip + np.array([0.01, 0, -0.17]) * size
    rows = (
        [(-0.045, 0.05, 0.075), (0.02, 0.064, 0.094), (0.035, 0.066, 0.096)]
        if basket
        else [(-0.06, 0.045, 0.045), (0.055, 0.062, 0.062)]
    )
    s.turned("prop", "wood", np.array(rows) * size, at, smooth=basket)
    wide = 0.09 if basket else 0.06
    s.bar(
        "prop",
        "wood" if basket else "metal",
        at
        + np.array(
            [(0, -wide, 0.03), (0, -wide * 0.7, 0.12), (0, 0, 0.17), (0, wide * 0.7, 0.12), (0, wide, 0.03)]
        )
        * size,
        np.full(5, 0.007 if basket else 0.004) * size,
    )
    if basket:
        random = np.random.default_rng((c.seed, 21))
        for _ in range(9):
            spot = np.array([random.uniform(-0.035, 0.035), random.uniform(-0.06, 0.06), 0.045])
            s.ball(
                "prop",
                str(random.choice(["gem", "second", "bone"])),
                at + spot * size,
                np.full(3, 0.024) * size,
            )
        return
    for z in (-0.04, 0.03):
        r = 0.0525 + z * 0.15
        s.turned(
            "prop", "metal", np.array([(z, r, r), (z + 0.014, r + 0.002, r + 0.002)]) * size, at, smooth=False
        )


def _beads(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    for angle in np.linspace(0, 2 * np.pi, 17)[:-1]:
        s.ball(
            "prop",
            "wood",
            grip
            + np.array([0.006 * np.cos(3 * angle), 0.026 * np.sin(angle), -0.06 - 0.06 * np.cos(angle)])
            * size,
            np.full(3, 0.0105) * size,
        )
    s.rod(
        "prop",
        "second",
        grip + np.array([0, 0, -0.12]) * size,
        grip + np.array([0, 0, -0.17]) * size,
        0.008 * size,
    )


def _bowl(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    s.turned(
        "prop",
        "wood",
        np.array([(-0.045, 0.02, 0.02), (-0.03, 0.045, 0.045), (0.0, 0.056, 0.056), (0.012, 0.056, 0.056)])
        * size,
        grip + np.array([0.045, 0, -0.01]) * size,
    )


def _case(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    s.block(
        "prop", "second", grip + np.array([0, 0, -0.075]) * size, np.array([0.17, 0.06, 0.11]) * size, edge=8
    )
    s.bar(
        "prop",
        "dark",
        grip + np.array([(-0.035, 0, -0.02), (-0.03, 0, 0), (0.03, 0, 0), (0.035, 0, -0.02)]) * size,
        np.full(4, 0.007) * size,
    )


def _loaf(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    s.ball(
        "prop",
        "wood",
        grip + np.array([0.03, 0, 0.0]) * size,
        np.array([0.1, 0.032, 0.034]) * size,
        (0, 0.3, 0),
    )


def _globe(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    at = grip + np.array([0.035, -0.01 * sign, -0.005]) * size
    s.ball("prop", "gem", at, np.full(3, 0.038) * size)
    s.turned(
        "prop", "trim", np.array([(-0.005, 0.0395, 0.0395), (0.005, 0.0395, 0.0395)]) * size, at, smooth=False
    )
    s.rod(
        "prop", "trim", at + np.array([0, 0, 0.035]) * size, at + np.array([0, 0, 0.072]) * size, 0.006 * size
    )
    s.rod(
        "prop",
        "trim",
        at + np.array([0, -0.015, 0.057]) * size,
        at + np.array([0, 0.015, 0.057]) * size,
        0.006 * size,
    )


GOODS: dict[str, Maker] = {
    "book": _book,
    "lantern": _lantern,
    "bucket": _pail,
    "basket": _pail,
    "beads": _beads,
    "bowl": _bowl,
    "case": _case,
    "loaf": _loaf,
    "globe": _globe,
}
