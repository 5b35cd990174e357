"""Buckles, rivets, emblems and gauges."""

from collections.abc import Sequence

import numpy as np

from ...characters.body import SIDES
from ...characters.character import Character
from ...characters.garments import torso_at
from ...characters.sculpture import Mark, Sculpture
from .marked import Maker, on_mark, random_of

__all__ = ["METAL"]


def _buckle(s: Sculpture, c: Character, mark: Mark) -> None:
    deep, wide, high = mark.size
    half = np.array(
        [
            (0, -wide / 2, -high / 2),
            (0, wide / 2, -high / 2),
            (0, wide / 2, high / 2),
            (0, -wide / 2, high / 2),
        ]
    )
    corners = on_mark(mark, *half)
    for first, second in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        s.rod("belt", "trim", first, second, deep * 0.55)
    tongue, tip = on_mark(mark, (deep * 0.2, -wide * 0.5, 0), (deep * 0.2, wide * 0.2, 0))
    s.rod("belt", "trim", tongue, tip, deep * 0.4)


def _button(s: Sculpture, c: Character, mark: Mark) -> None:
    s.ball("torso", "trim", mark.at, mark.size, mark.turn)


def _rivets(s: Sculpture, c: Character, mark: Mark) -> None:
    """Around the rim of a pauldron."""
    radius, _, level = mark.size
    for angle in np.arange(10) * np.pi / 5:
        s.ball(
            "armour",
            "trim",
            on_mark(mark, (radius * np.cos(angle), radius * 0.96 * np.sin(angle), level + 0.05 * radius))[0],
            np.full(3, radius * 0.065),
        )


def _emblem(s: Sculpture, c: Character, mark: Mark) -> None:
    """A bearing on a shield or a coat, bent as that is."""
    deep, wide, high = mark.size

    def stroke(points: Sequence[tuple[float, float]], broad: float) -> None:
        path = on_mark(
            mark, *[(deep * 0.2 - 0.55 * wide * u * u * 0.7, u * wide, v * high) for u, v in points]
        )
        s.bar("prop", "second", path, np.array([(broad * wide, deep * 0.5)] * len(points)), rounding=0.05)

    kind = int(random_of(c, mark).integers(5))
    if kind == 0:
        stroke([(0, -0.7), (0, 0), (0, 0.7)], 0.13)
        stroke([(-0.6, 0.2), (-0.3, 0.2), (0.3, 0.2), (0.6, 0.2)], 0.13)
    elif kind == 1:
        for lift in (0.25, -0.2):
            stroke([(-0.62, lift - 0.3), (0, lift + 0.12), (0.62, lift - 0.3)], 0.11)
    elif kind == 2:
        stroke([(-0.6, 0.55), (0, 0), (0.6, -0.5)], 0.17)
    elif kind == 3:
        s.ball(
            "prop",
            "second",
            on_mark(mark, (0, 0, 0.1 * high))[0],
            (deep * 0.9, wide * 0.36, wide * 0.36),
            mark.turn,
        )
        for angle in np.arange(8) * np.pi / 4:
            u, v = np.sin(angle), np.cos(angle) * wide / high
            stroke([(0.4 * u, 0.1 + 0.4 * v), (0.66 * u, 0.1 + 0.66 * v)], 0.055)
    else:
        stroke([(0, -0.55), (0.42, 0.1), (0, 0.62)], 0.075)
        stroke([(0, -0.55), (-0.42, 0.1), (0, 0.62)], 0.075)
        s.ball(
            "prop",
            "second",
            on_mark(mark, (deep * 0.1, 0, 0.05 * high))[0],
            (deep * 0.7, wide * 0.17, wide * 0.2),
            mark.turn,
        )


def _breaths(s: Sculpture, c: Character, mark: Mark) -> None:
    """Holes to breathe through."""
    _, wide, high = mark.size
    for row in range(3):
        for column in range(3):
            spot = on_mark(mark, (0.0, (column - 1) * wide * 0.34, (row - 1) * high * 0.34))[0]
            s.ball("headgear", "pupil", spot, np.full(3, wide * 0.085))


def _gauges(s: Sculpture, c: Character, mark: Mark) -> None:
    """Dials, lights and switches on a panel."""
    deep, wide, high = mark.size
    random = random_of(c, mark)
    for row in (-0.27, 0.27):
        for column in np.linspace(-0.38, 0.38, 4):
            spot = on_mark(mark, (0, column * wide, row * high))[0]
            surface = str(random.choice(["glow", "metal", "rubber", "trim", "main"]))
            s.ball(
                "armour",
                surface,
                spot,
                np.array([deep * 0.8, 0.075 * wide, random.uniform(0.1, 0.16) * high]),
                mark.turn,
                power=float(random.choice([2.0, 5.0])),
            )


def _bolts(s: Sculpture, c: Character, mark: Mark) -> None:
    radius, wide, high = mark.size
    for u in (-0.5, 0.5):
        for v in (-0.5, 0.5):
            s.ball("torso", "metal", on_mark(mark, (0, u * wide, v * high))[0], np.full(3, radius))


def _grille(s: Sculpture, c: Character, mark: Mark) -> None:
    deep, wide, high = mark.size
    for u in np.linspace(-0.42, 0.42, 6):
        low, up = on_mark(mark, (0, u * wide, -0.4 * high), (0, u * wide, 0.4 * high))
        s.rod("face", "metal", low, up, deep)


def _panel(s: Sculpture, c: Character, mark: Mark) -> None:
    deep, wide, high = mark.size
    s.block("pack", "second", mark.at, (deep * 2, wide * 0.6, high * 0.5), mark.turn, edge=8)
    for u in (-0.3, 0.0, 0.3):
        s.ball("pack", "trim", on_mark(mark, (deep, u * wide, -0.42 * high))[0], np.full(3, 0.04 * wide))


def _lamp(s: Sculpture, c: Character, mark: Mark) -> None:
    s.ball("headgear", "rubber", mark.at, mark.size)
    s.ball("headgear", "glow", mark.at + np.array([mark.size[0] * 0.55, 0, 0]), np.array(mark.size) * 0.7)


def _badge(s: Sculpture, c: Character, mark: Mark) -> None:
    s.ball("headgear", "trim", mark.at, np.array(mark.size) / 2, mark.turn)


def _breast(s: Sculpture, c: Character, mark: Mark) -> None:
    """A raised border and rivets on a breastplate."""
    size = c.proportions.height_m
    for sign in SIDES:
        for share, across in ((0.9, 0.72), (0.62, 0.78), (0.4, 0.6)):
            z, depth, width, front = torso_at(c, share, 0.027 * size)
            s.ball(
                "armour",
                "trim",
                (front + depth * (1 - across**2) ** 0.5, sign * width * across, z),
                np.full(3, 0.0075) * size,
            )
    path = []
    for across in np.linspace(-0.62, 0.62, 9):
        z, depth, width, front = torso_at(c, 1.0 - 0.2 * (1 - (across / 0.62) ** 2), 0.024 * size)
        path.append((front + depth * (1 - across**2) ** 0.5, width * across, z))
    s.bar("armour", "trim", path, np.full(9, 0.0075) * size)


METAL: dict[str, Maker] = {
    "buckle": _buckle,
    "button": _button,
    "rivets": _rivets,
    "emblem": _emblem,
    "breaths": _breaths,
    "gauges": _gauges,
    "bolts": _bolts,
    "grille": _grille,
    "panel": _panel,
    "lamp": _lamp,
    "badge": _badge,
    "breast": _breast,
}
