"""Pouches, hems, ropes, chains and furs."""

import numpy as np

from ...characters.character import Character
from ...characters.garments import torso_at
from ...characters.sculpture import Mark, Sculpture
from ...characters.skeleton import Skeleton
from .marked import Maker, on_mark, random_of

__all__ = ["CLOTH"]


def _pouch(s: Sculpture, c: Character, mark: Mark) -> None:
    deep, wide, high = mark.size
    s.block("belt", "leather", mark.at, mark.size, mark.turn, edge=4)
    s.block(
        "belt",
        "leather",
        on_mark(mark, (deep * 0.12, 0, high * 0.28))[0],
        (deep * 1.05, wide * 1.08, high * 0.5),
        mark.turn,
        edge=5,
    )
    s.ball("belt", "trim", on_mark(mark, (deep * 0.62, 0, high * 0.08))[0], np.full(3, wide * 0.1))


def _flap(s: Sculpture, c: Character, mark: Mark) -> None:
    s.block("armour", "second", mark.at, mark.size, mark.turn)
    s.ball(
        "armour",
        "dark",
        on_mark(mark, (mark.size[0] * 0.5, 0, -mark.size[2] * 0.25))[0],
        np.full(3, mark.size[1] * 0.09),
    )


def _stars(s: Sculpture, c: Character, mark: Mark) -> None:
    """Small stars over a robe, where its surface is met from outside."""
    random, size = random_of(c, mark), c.proportions.height_m
    skirts = [piece.shape.vertices for piece in s.pieces if piece.part == "skirt" and piece.surface == "main"]
    if not skirts or random.random() < 0.4:
        return
    points = np.concatenate(skirts)
    for point in points[random.choice(len(points), 26, replace=False)]:
        if point[2] > 0.04 * size:
            s.ball("skirt", "trim", point, np.full(3, random.uniform(0.004, 0.0085)) * size)


def _hem(s: Sculpture, c: Character, mark: Mark) -> None:
    """A border along the lower edge of a robe."""
    rings = [piece.shape.vertices for piece in s.pieces if piece.part == "skirt" and piece.surface == "main"]
    if not rings:
        return
    points = rings[0]
    low = points[points[:, 2] < points[:, 2].min() + 1e-6]
    low = low[np.linalg.norm(low[:, :2], axis=1) > 0.05 * c.proportions.height_m]
    order = np.argsort(np.arctan2(low[:, 1], low[:, 0]))
    path = low[order]
    widths = np.array([(0.006, 0.017)] * (len(path) + 1)) * c.proportions.height_m
    s.bar(
        "skirt",
        "trim",
        np.add(np.concatenate([path, path[:1]]), (0, 0, 0.014 * c.proportions.height_m)),
        widths,
        smooth=False,
    )


def _rope(s: Sculpture, c: Character, mark: Mark) -> None:
    """Two ends that hang from a girdle, each with knots."""
    _, _, length = mark.size
    for side, share in ((0.0, 1.0), (0.35, 0.8)):
        root = mark.at + np.array([0.0, side * 0.05, 0.0]) * length / 0.2
        end = root + np.array([0.18, 0.1 * side, -share]) * length
        s.bar(
            "belt",
            "light",
            [root, (root + end) / 2 + np.array([0.03, 0, 0]) * length, end],
            np.full(3, 0.036) * length,
        )
        for knot in (0.55, 0.75, 1.0):
            s.ball("belt", "light", root + (end - root) * knot, np.full(3, 0.058) * length)


def _necklace(
    s: Sculpture, c: Character, count: int, radius: float, drop: float, surface: str, pendant: str
) -> None:
    """Links around the neck, down over the breast."""
    size, neck = c.proportions.height_m, Skeleton.of(c).neck
    for t in np.linspace(0, 2 * np.pi, count, endpoint=False):
        z = neck[2] + (0.012 - drop * (0.5 + 0.5 * np.cos(t))) * size
        share = (z - Skeleton.of(c).hips[2]) / (Skeleton.of(c).shoulder[2] - Skeleton.of(c).hips[2])
        _, depth, _, front = torso_at(c, float(min(share, 1.12)), 0.03 * size)
        s.ball(
            "torso",
            surface,
            (front + depth * np.cos(t) * 1.02, 0.075 * size * np.sin(t), z),
            np.full(3, radius) * size,
        )
        if t == 0:
            s.ball(
                "torso",
                pendant,
                (front + depth * 1.05, 0, z - 2.2 * radius * size),
                np.array([0.008, 0.016, 0.02]) * size,
            )


def _beads(s: Sculpture, c: Character, mark: Mark) -> None:
    if random_of(c, mark).random() < 0.5:
        _necklace(s, c, 22, 0.0105, 0.12, "wood", "trim")


def _chain(s: Sculpture, c: Character, mark: Mark) -> None:
    _necklace(s, c, 20, 0.0095, 0.09, "trim", "gem")


def _ermine(s: Sculpture, c: Character, mark: Mark) -> None:
    """Dark tips on the white mantle."""
    random, size = random_of(c, mark), c.proportions.height_m
    mantle = [piece.shape.vertices for piece in s.pieces if piece.part == "cape" and piece.surface == "light"]
    points = mantle[-1]
    for point in points[random.choice(len(points), 30, replace=False)]:
        s.ball("cape", "pupil", np.add(point, (0, 0, -0.004 * size)), np.array([0.005, 0.005, 0.011]) * size)


def _shaft(s: Sculpture, c: Character, mark: Mark) -> None:
    """A turned-down top of a boot."""
    radius, size = mark.size[0], c.proportions.height_m
    ring = np.array(
        [
            (-0.028 * size, radius * 1.1, radius * 1.1),
            (0.0, radius * 1.16, radius * 1.16),
            (0.012 * size, radius * 1.1, radius * 1.1),
        ]
    )
    s.turned("lower_leg", "boots", ring, mark.at, smooth=False)
    if c.archetype in ("soldier", "ranger", "pirate"):
        for share in (0.35, 0.65):
            spot = mark.at * (1, 1, 1 - share)
            band = np.array(
                [(-0.008 * size, radius * 0.96, radius * 0.96), (0.008 * size, radius * 0.96, radius * 0.96)]
            )
            s.turned("lower_leg", "leather", band, spot, smooth=False)


CLOTH: dict[str, Maker] = {
    "pouch": _pouch,
    "flap": _flap,
    "stars": _stars,
    "hem": _hem,
    "rope": _rope,
    "beads": _beads,
    "chain": _chain,
    "ermine": _ermine,
    "shaft": _shaft,
}
