"""Places in the open: field, forest, mountains, desert, shore; streets stand in a file of their own."""

from collections.abc import Callable

import numpy as np

from ...shapes import Surface, box, join, loft, sheet, tube
from .draws import Params, darkened, pick_by_split
from .ground import Piece, Placed, SetPlan, flat_then_rough, hills
from .plan import ShotPlan
from .scattering import calm_radius, rock_pieces, scattered, tree_pieces, tuft_piece
from .streets import street

__all__ = ["OUTSIDE"]


def _field(plan: ShotPlan, params: Params) -> SetPlan:
    found = SetPlan(fog_m=params.range("haze", 250, 1500))
    calm = calm_radius(plan)
    shape, ground = flat_then_rough(
        max(500.0, calm * 8),
        calm,
        hills(params.integer_seed(), params.range("hill_m", 60, 200), params.range("hill_height", 4, 35)),
    )
    kind = pick_by_split(params, "crop", ("grass", "meadow", "stubble"), ("furrows", "grass"))
    hue = {"stubble": (0.11, 0.14), "furrows": (0.06, 0.09)}.get(kind, (0.17, 0.31))
    green = params.colour("grass", hue, (0.45, 0.75), (0.25, 0.6))
    found.add(
        "ground",
        shape,
        (Surface(kind, green, darkened(green, 0.45), params.range("grass_scale", 0.15, 0.6)),),
    )
    scattered(
        found,
        params,
        [tuft_piece(found, params, darkened(green, 0.8))],
        90,
        0.5,
        calm * 1.2,
        ground,
        (0.5, 1.4),
    )
    if plan.fields["subject"] != "tree":
        kinds = ("pine", "birch", "round") if params.split == "train" else ("poplar", "spread", "cypress")
        scattered(
            found,
            params,
            tree_pieces(found, params, kinds, 5, 12),
            params.count("trees", 5, 40),
            calm * 1.1 + 6,
            calm * 4 + 60,
            ground,
        )
    if params.chance("fence", 0.5):
        post = join(
            box((0.12, 0.12, 1.3), (0, 0, 0.6)),
            box((2.5, 0.05, 0.12), (1.25, 0, 0.95)),
            box((2.5, 0.05, 0.12), (1.25, 0, 0.5)),
        )
        found.pieces["fence"] = Piece(
            post, (Surface("boards", (0.2, 0.13, 0.08), (0.08, 0.05, 0.03), 0.15),), 1.3, 1.2
        )
        away = params.free(4, 14)
        found.placed += [Placed("fence", (x * 2.5, away, 0.0)) for x in range(-14, 14)]
    if params.chance("bales", 0.35):
        found.pieces["bale"] = Piece(
            box((1.6, 1.1, 1.1), (0, 0, 0.5)),
            (Surface("stubble", (0.5, 0.36, 0.12), (0.25, 0.17, 0.05), 0.1),),
            1.0,
            1.1,
        )
        scattered(found, params, ["bale"], 9, 4, calm * 2 + 10, ground)
    return found


def _forest(plan: ShotPlan, params: Params) -> SetPlan:
    found = SetPlan(fog_m=params.range("haze", 50, 250))
    calm = calm_radius(plan)
    shape, ground = flat_then_rough(
        calm * 5 + 120, calm, hills(params.integer_seed(), 40, params.range("hill_height", 2, 12))
    )
    floor = params.colour("floor", (0.06, 0.2), (0.3, 0.6), (0.18, 0.4))
    found.add(
        "ground",
        shape,
        (
            Surface(
                pick_by_split(params, "floor", ("litter", "meadow"), ("moss", "litter")),
                floor,
                darkened(floor, 0.35),
                params.range("floor_scale", 0.15, 0.5),
            ),
        ),
    )
    kinds = {
        "train": (("pine", "pine", "birch"), ("birch", "round", "round")),
        "test": (("cypress", "spread", "poplar"), ("spread", "poplar", "spread")),
    }[params.split]
    names = tree_pieces(found, params, kinds[params.count("forest", 0, 1)], 7, 17)
    scattered(found, params, names, params.count("trees", 70, 150), 2.5, calm + 45, ground, (0.7, 1.3), 0.7)
    scattered(
        found,
        params,
        [tuft_piece(found, params, params.colour("fern", (0.2, 0.35), (0.4, 0.8), (0.2, 0.5)))],
        110,
        0.8,
        calm * 0.8 + 8,
        ground,
        (0.7, 2.2),
    )
    scattered(
        found, params, rock_pieces(found, params, (0.2, 0.2, 0.19)), 10, 2, calm + 8, ground, (0.2, 0.8)
    )
    return found


def _mountains(plan: ShotPlan, params: Params) -> SetPlan:
    found = SetPlan(fog_m=params.range("haze", 700, 4000))
    calm = calm_radius(plan)
    ridged = pick_by_split(params, "ranges", ("ridged", "steep"), ("rounded", "ridged")) != "rounded"
    height = hills(
        params.integer_seed(),
        params.range("range_m", 120, 420) + calm,
        params.range("range_height", 70, 260) + calm,
        ridged,
    )
    shape, ground = flat_then_rough(calm * 8 + 900, calm, height, 110)
    stone = params.colour("stone", (0.02, 0.13), (0.05, 0.35), (0.3, 0.6))
    grass = params.colour("turf", (0.13, 0.3), (0.3, 0.6), (0.2, 0.45))
    found.add(
        "ground",
        shape,
        (
            Surface(
                "alpine" if params.chance("snow", 0.6) else "crag",
                stone,
                grass,
                params.range("stone_scale", 0.6, 2.5),
            ),
        ),
    )
    scattered(found, params, rock_pieces(found, params, stone), 45, 2.5, calm * 1.5 + 15, ground, (0.2, 2.2))
    if plan.fields["subject"] != "tree":
        kinds = ("pine",) if params.split == "train" else ("cypress",)
        scattered(
            found,
            params,
            tree_pieces(found, params, kinds, 5, 11),
            params.count("trees", 0, 30),
            calm * 0.8 + 5,
            calm * 2 + 60,
            ground,
        )
    return found


def _desert(plan: ShotPlan, params: Params) -> SetPlan:
    found = SetPlan(fog_m=params.range("haze", 400, 2500))
    calm = calm_radius(plan)
    shape, ground = flat_then_rough(
        calm * 7 + 500,
        calm,
        hills(
            params.integer_seed(),
            params.range("dune_m", 40, 150),
            params.range("dune_height", 5, 30),
            params.chance("sharp", 0.6),
        ),
    )
    sand = params.colour("sand", (0.05, 0.12), (0.35, 0.65), (0.6, 0.9))
    found.add(
        "ground",
        shape,
        (
            Surface(
                pick_by_split(params, "sand", ("ripples", "sand"), ("cracked", "ripples")),
                sand,
                darkened(sand, 0.6),
                params.range("ripple", 0.15, 0.6),
            ),
        ),
    )
    scattered(
        found,
        params,
        rock_pieces(found, params, darkened(sand, 0.5)),
        params.count("rocks", 5, 40),
        2,
        calm * 1.5 + 20,
        ground,
        (0.2, 1.8),
    )
    if params.chance("cacti", 0.5):
        arm = join(
            tube((0, 0, 0), (0, 0, 2.4), 0.2, 0.16),
            tube((0, 0, 1.1), (0.55, 0, 1.2), 0.12),
            tube((0.55, 0, 1.2), (0.55, 0, 1.9), 0.12, 0.1),
            tube((0, 0, 1.4), (-0.5, 0.1, 1.5), 0.1),
            tube((-0.5, 0.1, 1.5), (-0.5, 0.1, 2.1), 0.1, 0.08),
        )
        found.pieces["cactus"] = Piece(
            arm, (Surface("stripes", (0.08, 0.17, 0.05), (0.03, 0.07, 0.02), 0.06),), 0.7, 2.5
        )
        scattered(found, params, ["cactus"], 14, 4, calm * 1.5 + 25, ground)
    return found


def _shore(plan: ShotPlan, params: Params) -> SetPlan:
    found = SetPlan(fog_m=params.range("haze", 500, 3000))
    calm, seaward = calm_radius(plan), params.free(-0.7, 0.7)
    shape, ground = flat_then_rough(calm * 6 + 300, calm, hills(params.integer_seed(), 60, 5))
    sand = params.colour("sand", (0.07, 0.13), (0.15, 0.45), (0.5, 0.85))
    found.add(
        "ground",
        shape,
        (
            Surface(
                pick_by_split(params, "beach", ("sand", "shingle"), ("ripples", "cracked")),
                sand,
                darkened(sand, 0.6),
                params.range("beach_scale", 0.15, 0.5),
            ),
        ),
    )
    water = params.colour("water", (0.47, 0.62), (0.35, 0.75), (0.25, 0.55))
    away = params.free(3, 12) + (calm - 6) * (0.2 if plan.fields["subject"] == "place" else 0.5)
    far = np.array([-3000.0, 3000.0])
    sea = sheet(far, np.array([0.0, 3000.0]), np.full((2, 2), 0.06)).moved(
        (-away * np.sin(seaward), away * np.cos(seaward), 0), yaw=seaward
    )
    found.add("sea", sea, (Surface("water", water, darkened(water, 0.45), params.range("wave", 0.6, 2.5)),))
    foam = sheet(np.linspace(-200, 200, 81), np.array([0.0, 1.0]), np.full((2, 81), 0.08))
    foam.vertices[:, 1] += (
        np.sin(foam.vertices[:, 0] * 0.7) * 0.6 + np.sin(foam.vertices[:, 0] * 0.23) * 0.9 - 0.6
    )
    for row in range(3):
        found.add(
            f"foam_{row}",
            foam.moved(
                (-(away + row * 4) * np.sin(seaward), (away + row * 4) * np.cos(seaward), row * 0.002),
                (1, 1 + row * 0.3, 1),
                seaward,
            ),
            (Surface("shingle", (0.9, 0.92, 0.93), water, 0.3),),
        )
    scattered(
        found,
        params,
        rock_pieces(found, params, (0.12, 0.11, 0.1)),
        params.count("rocks", 5, 30),
        3,
        calm + 25,
        lambda x, y: ground(x, y),
        (0.2, 1.7),
    )
    if params.chance("palms", 0.5) and plan.fields["subject"] != "tree":
        fronds = [
            loft(
                [
                    (0, 0, 6.0, 0.05, 0.05),
                    (0.9 * np.cos(a), 0.9 * np.sin(a), 6.4, 0.3, 0.3),
                    (2.2 * np.cos(a), 2.2 * np.sin(a), 5.4, 0.05, 0.05),
                ],
                1,
                5,
            )
            for a in np.arange(7) * 0.9
        ]
        found.pieces["palm"] = Piece(
            join(tube((0, 0, -0.3), (0.5, 0, 6.1), 0.18, 0.1), *fronds),
            (
                Surface("bark", (0.2, 0.14, 0.09), (0.08, 0.05, 0.03), 0.1),
                Surface("leaves", (0.07, 0.18, 0.04), (0.03, 0.08, 0.02), 0.2),
            ),
            1.5,
            6.6,
        )
        scattered(found, params, ["palm"], 10, 6, calm + 25, ground)
    return found


_Builder = Callable[[ShotPlan, Params], SetPlan]
OUTSIDE: dict[str, _Builder] = {
    "field": _field,
    "forest": _forest,
    "mountains": _mountains,
    "desert": _desert,
    "shore": _shore,
    "street": street,
}
