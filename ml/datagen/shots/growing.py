"""Trees and houses as subjects, and the crowns that sets share."""

import numpy as np

from ...shapes import Shape, ball, box, join, loft, tube
from .draws import Params, darkened, named_colour, pick_by_split
from .figure import Figure, Part, Surface
from .paint import DARK, MAIN, hull

__all__ = ["crown", "house", "tree"]


def crown(kind: str, height: float, width: float, seed: int, slot: int = 1) -> list[Shape]:
    """Leaves of a tree: lumpy balls, or the tiers of a conifer."""
    random = np.random.default_rng(seed)
    if kind in ("pine", "cypress"):
        tiers = 5 if kind == "pine" else 2
        found = []
        for tier in range(tiers):
            low = 0.2 + 0.75 * tier / tiers
            reach = width / 2 * (1 - 0.8 * tier / tiers) * (1.0 if kind == "pine" else 0.5)
            found.append(
                loft(
                    [
                        (0, 0, low * height, reach, reach),
                        (0, 0, (low + 0.05) * height, reach * 0.8, reach * 0.8),
                        (0, 0, min(low + 1.5 / tiers, 1.0) * height, 0.02, 0.02),
                    ],
                    slot,
                    11,
                    False,
                    0.22,
                    seed + tier,
                )
            )
        return found
    count = {"round": 7, "birch": 6, "spread": 10, "poplar": 5}.get(kind, 7)
    found = []
    for _ in range(count):
        angle, out = random.uniform(0, 2 * np.pi), random.uniform(0.1, 0.32) * width
        level = random.uniform(0.5, 0.85) * height
        if kind == "poplar":
            out, level = out * 0.3, random.uniform(0.3, 0.88) * height
        size = random.uniform(0.2, 0.32) * width
        found.append(
            ball(
                (size, size, size * random.uniform(0.7, 1.0)),
                (out * np.cos(angle), out * np.sin(angle), level),
                slot,
                10,
                7,
                0.18,
                int(random.integers(9999)),
            )
        )
    return found


def tree(params: Params, colour: str) -> Figure:
    """A tree, its crown on a joint at the trunk's foot so that it can sway."""
    build = pick_by_split(params, "tree_build", ("round", "pine", "birch"), ("spread", "poplar", "cypress"))
    height = params.range("tree_height", 3.5, 11.0)
    width = (
        height
        * {"round": 0.75, "pine": 0.5, "birch": 0.55, "spread": 1.1, "poplar": 0.4, "cypress": 0.45}[build]
    )
    trunk = tube((0, 0, -0.3), (0, 0, 0.72 * height), 0.035 * height, 0.015 * height)
    boughs = [
        tube(
            (0, 0, z * height),
            (0.2 * width * np.cos(a), 0.2 * width * np.sin(a), (z + 0.18) * height),
            0.014 * height,
            0.006 * height,
        )
        for z, a in ((0.35, 0.4), (0.42, 2.6), (0.48, 4.5))
    ]
    leaf = named_colour(params, "leaves", colour)
    bark = params.range("bark", 0.03, 0.12)
    surfaces = (
        Surface("bark", (bark * 1.3, bark, bark * 0.7), (bark * 0.4, bark * 0.3, bark * 0.2), 0.15),
        Surface("leaves", leaf, darkened(leaf, 0.45), params.range("leaf_scale", 0.12, 0.35)),
    )
    parts = (
        Part("body", join(trunk, *boughs)),
        Part("crown", join(*crown(build, height, width, params.integer_seed())), "body"),
    )
    return Figure("tree", parts, surfaces, (width, width, height), (0, 0, 0.66 * height), {"build": build})


def house(params: Params, colour: str) -> Figure:
    """A house with windows, a door and a roof."""
    build = pick_by_split(params, "house_build", ("gable", "flat"), ("tower", "barn"))
    width, depth = params.range("house_width", 6.0, 12.0), params.range("house_depth", 5.0, 9.0)
    storeys = 3 if build == "tower" else 1 if build == "barn" else params.count("house_storeys", 1, 2)
    wall, rise = 2.9 * storeys, {"gable": 2.6, "flat": 0.35, "tower": 3.0, "barn": 3.4}[build]
    if build == "tower":
        width, depth = width * 0.55, depth * 0.6
    pieces = [box((depth, width, wall), (0, 0, wall / 2), MAIN)]
    if build == "flat":
        pieces.append(box((depth + 0.5, width + 0.5, rise), (0, 0, wall + rise / 2), 2))
    else:
        roof = hull(
            [(-depth / 2 - 0.4, wall - 0.15), (depth / 2 + 0.4, wall - 0.15), (0, wall + rise)],
            width + 0.6,
            2,
            0.9 if build == "tower" else 0,
        )
        pieces.append(roof)
    for storey in range(storeys):
        for sign in (-1, 1):
            for place in np.linspace(-0.34, 0.34, max(2, int(width / 2.6))):
                size, z = (0.08, 0.95, 1.25), 1.55 + 2.9 * storey
                pieces.append(box((0.05, 1.2, 1.5), (sign * depth / 2, place * width, z), 3))
                pieces.append(box(size, (sign * depth / 2, place * width, z), DARK))
            pieces.append(box((1.0, 0.08, 1.3), (0.1 * depth, sign * width / 2, 1.55 + 2.9 * storey), DARK))
    pieces.append(box((0.12, 1.05, 2.1), (depth / 2, 0.17 * width, 1.05), 4))
    chimney = box((0.6, 0.6, 1.4), (-0.15 * depth, 0.25 * width, wall + rise * 0.8), 2)
    main = named_colour(params, "walls", colour)
    wall_kind = pick_by_split(params, "wall_kind", ("bricks", "plaster"), ("boards", "blocks"))
    tile = params.range("roof", 0.05, 0.25)
    surfaces = (
        Surface(wall_kind, main, darkened(main, 0.7), 0.3),
        Surface("window", (0.03, 0.04, 0.05), (1.0, 0.7, 0.35)),
        Surface("tiles", (tile, tile * 0.55, tile * 0.4), (tile * 0.5, tile * 0.3, tile * 0.25), 0.35),
        Surface("plain", (0.7, 0.68, 0.62)),
        Surface("boards", (0.12, 0.06, 0.03), (0.05, 0.03, 0.02), 0.2),
    )
    return Figure(
        "house",
        (Part("body", join(*pieces, chimney)),),
        surfaces,
        (depth, width, wall + rise),
        (depth / 2, 0.17 * width, 1.6),
        {"build": build},
    )
