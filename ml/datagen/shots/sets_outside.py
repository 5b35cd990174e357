"""Places in the open: street, field, forest, mountains, desert, shore."""

from collections.abc import Callable

import numpy as np

from .draws import Params, pick_by_split
from .figure import Surface
from .ground import Piece, Placed, SetPlan, flat_then_rough, hills
from .plan import ShotPlan
from .shapes import ball, box, join, loft, sheet, tube
from .things import crown, hull

__all__ = ["OUTSIDE", "calm_radius"]

_Colour = tuple[float, float, float]


def calm_radius(plan: ShotPlan) -> float:
    """How far from the middle the ground has to stay flat for the camera and the subjects."""
    times = np.linspace(0, plan.length_seconds, 5)
    places = [np.hypot(*plan.view(t).at[:2]) for t in times]
    places += [np.hypot(*actor.place(t)[:2]) for actor in plan.actors for t in times]
    return float(max(places)) * 1.1 + 6.0


def _dimmer(colour: _Colour, share: float) -> _Colour:
    return (colour[0] * share, colour[1] * share, colour[2] * share)


def _tree_pieces(
    found: SetPlan, params: Params, kinds: tuple[str, ...], low: float, high: float
) -> list[str]:
    names = []
    autumn = params.chance("autumn", 0.2)
    for index in range(3):
        kind = str(kinds[index % len(kinds)])
        height = params.free(low, high)
        width = height * {"pine": 0.45, "cypress": 0.4, "poplar": 0.4, "birch": 0.5}.get(kind, 0.75)
        hue = (0.03, 0.14) if autumn else (0.22, 0.36)
        leaf = params.colour(f"leaf_{index}", hue, (0.35, 0.75), (0.2, 0.5))
        bark = params.free(0.03, 0.15)
        trunk = tube((0, 0, -0.5), (0, 0, 0.75 * height), 0.03 * height, 0.012 * height)
        shape = join(trunk, *crown(kind, height, width, params.integer_seed()))
        surfaces = (
            Surface("bark", (bark * 1.2, bark, bark * 0.75), _dimmer((bark, bark, bark), 0.3), 0.12),
            Surface("leaves", leaf, _dimmer(leaf, 0.4), 0.3),
        )
        found.pieces[f"tree_{index}"] = Piece(shape, surfaces, width / 2, height)
        names.append(f"tree_{index}")
    return names


def _rock_pieces(found: SetPlan, params: Params, colour: _Colour) -> list[str]:
    for index in range(2):
        shape = ball(
            (1.0, 0.8, 0.7), (0, 0, 0.25), segments=11, rings=7, lumps=0.25, seed=params.integer_seed()
        )
        found.pieces[f"rock_{index}"] = Piece(
            shape, (Surface("rock", colour, _dimmer(colour, 0.4), 0.35),), 1.1, 0.9
        )
    return ["rock_0", "rock_1"]


def _tuft_piece(found: SetPlan, params: Params, leaf: _Colour) -> str:
    random = np.random.default_rng(params.integer_seed())
    blades = []
    for _ in range(12):
        angle, lean = random.uniform(0, 6.28), random.uniform(0.05, 0.25)
        root = random.normal(0, 0.1, 2)
        tip = (root[0] + lean * np.cos(angle), root[1] + lean * np.sin(angle), random.uniform(0.2, 0.5))
        blades.append(tube((root[0], root[1], -0.02), tip, 0.02, 0.004, segments=3))
    found.pieces["tuft"] = Piece(join(*blades), (Surface("plain", leaf),), 0.25, 0.5)
    return "tuft"


def _scatter(
    found: SetPlan,
    params: Params,
    names: list[str],
    count: int,
    near: float,
    far: float,
    ground: Callable[[float, float], float],
    scales: tuple[float, float] = (0.7, 1.3),
    dense_ahead: float = 0.75,
) -> None:
    """Pieces around the stage, most of them on the far side, which the camera looks at."""
    random = np.random.default_rng(params.integer_seed())
    for _ in range(count):
        out = near + (far - near) * random.random() ** 1.7
        angle = (
            random.uniform(0.05, np.pi - 0.05)
            if random.random() < dense_ahead
            else random.uniform(0, 2 * np.pi)
        )
        x, y = out * np.cos(angle), out * np.sin(angle)
        found.placed.append(
            Placed(
                str(random.choice(names)),
                (x, y, ground(x, y)),
                random.uniform(0, 6.28),
                random.uniform(*scales),
            )
        )


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
        "ground", shape, (Surface(kind, green, _dimmer(green, 0.45), params.range("grass_scale", 0.15, 0.6)),)
    )
    _scatter(
        found,
        params,
        [_tuft_piece(found, params, _dimmer(green, 0.8))],
        90,
        0.5,
        calm * 1.2,
        ground,
        (0.5, 1.4),
    )
    if plan.fields["subject"] != "tree":
        kinds = ("pine", "birch", "round") if params.split == "train" else ("poplar", "spread", "cypress")
        _scatter(
            found,
            params,
            _tree_pieces(found, params, kinds, 5, 12),
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
        _scatter(found, params, ["bale"], 9, 4, calm * 2 + 10, ground)
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
                _dimmer(floor, 0.35),
                params.range("floor_scale", 0.15, 0.5),
            ),
        ),
    )
    kinds = {
        "train": (("pine", "pine", "birch"), ("birch", "round", "round")),
        "test": (("cypress", "spread", "poplar"), ("spread", "poplar", "spread")),
    }[params.split]
    names = _tree_pieces(found, params, kinds[params.count("forest", 0, 1)], 7, 17)
    _scatter(found, params, names, params.count("trees", 70, 150), 2.5, calm + 45, ground, (0.7, 1.3), 0.7)
    _scatter(
        found,
        params,
        [_tuft_piece(found, params, params.colour("fern", (0.2, 0.35), (0.4, 0.8), (0.2, 0.5)))],
        110,
        0.8,
        calm * 0.8 + 8,
        ground,
        (0.7, 2.2),
    )
    _scatter(
        found, params, _rock_pieces(found, params, (0.2, 0.2, 0.19)), 10, 2, calm + 8, ground, (0.2, 0.8)
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
    _scatter(found, params, _rock_pieces(found, params, stone), 45, 2.5, calm * 1.5 + 15, ground, (0.2, 2.2))
    if plan.fields["subject"] != "tree":
        kinds = ("pine",) if params.split == "train" else ("cypress",)
        _scatter(
            found,
            params,
            _tree_pieces(found, params, kinds, 5, 11),
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
                _dimmer(sand, 0.6),
                params.range("ripple", 0.15, 0.6),
            ),
        ),
    )
    _scatter(
        found,
        params,
        _rock_pieces(found, params, _dimmer(sand, 0.5)),
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
        _scatter(found, params, ["cactus"], 14, 4, calm * 1.5 + 25, ground)
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
                _dimmer(sand, 0.6),
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
    found.add("sea", sea, (Surface("water", water, _dimmer(water, 0.45), params.range("wave", 0.6, 2.5)),))
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
    _scatter(
        found,
        params,
        _rock_pieces(found, params, (0.12, 0.11, 0.1)),
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
        _scatter(found, params, ["palm"], 10, 6, calm + 25, ground)
    return found


def _street(plan: ShotPlan, params: Params) -> SetPlan:
    found = SetPlan(fog_m=params.range("haze", 150, 1200))
    along = _street_angle(plan, params)
    half, pavement = params.range("road_half", 3.2, 5.5), params.range("pavement", 1.8, 3.5)
    heads = [actor.heading for actor in plan.actors if actor.figure.kind in ("car", "truck")]
    shift = 0.0 if heads or params.chance("on_road", 0.35) else half + pavement / 2
    long = 260.0
    asphalt = params.range("asphalt", 0.04, 0.14)
    slab = params.range("slab", 0.12, 0.35)
    side = np.array([-np.sin(along), np.cos(along), 0.0])

    def across(metres: float, height: float = 0.0) -> tuple[float, float, float]:
        at = side * (metres + shift)
        return (float(at[0]), float(at[1]), height)

    found.add(
        "far",
        sheet(np.array([-900.0, 900]), np.array([-900.0, 900]), np.full((2, 2), -0.16)),
        (Surface("meadow", (0.12, 0.13, 0.07), (0.06, 0.07, 0.03), 0.6),),
    )
    found.add(
        "road",
        box((2 * long, 2 * half, 0.1), (0, 0, -0.17 + (0.12 if shift == 0 else 0))).moved(
            across(0), yaw=along
        ),
        (Surface("asphalt", (asphalt,) * 3, (asphalt * 0.6,) * 3, 0.25),),
    )
    level = 0.0 if shift else 0.12
    for sign in (-1, 1):
        found.add(
            f"pavement_{sign}",
            box((2 * long, pavement, 0.16), (0, 0, level - 0.08)).moved(
                across(sign * (half + pavement / 2)), yaw=along
            ),
            (
                Surface(
                    pick_by_split(params, "paving", ("slabs", "cobbles"), ("bricks", "blocks")),
                    (slab, slab * 0.97, slab * 0.92),
                    (slab * 0.5,) * 3,
                    params.range("paving_scale", 0.3, 0.9),
                ),
            ),
        )
    dash = join(*(box((2.2, 0.14, 0.02), (x * 6.0, 0, -0.115 if shift else 0.005)) for x in range(-24, 25)))
    found.add("marks", dash.moved(across(0), yaw=along), (Surface("plain", (0.7, 0.7, 0.66)),))
    _house_rows(found, params, along, side, half + pavement, shift)
    _street_things(found, params, plan, along, side, half, shift)
    return found


def _street_angle(plan: ShotPlan, params: Params) -> float:
    """Cars go along the street; for others it runs as the camera looks, or across."""
    for actor in plan.actors:
        if actor.gesture.speed > 0:
            return actor.heading
    return float(params.free(0.9, 2.2) if params.chance("along", 0.7) else params.free(-0.5, 0.5))


def _house_rows(
    found: SetPlan, params: Params, along: float, side: np.ndarray, near: float, shift: float
) -> None:
    random = np.random.default_rng(params.integer_seed())
    for index in range(5):
        kind = pick_by_split(params, f"front_{index}", ("plaster", "bricks"), ("blocks", "boards"))
        wall = params.colour(f"wall_{index}", (0.0, 0.14), (0.05, 0.5), (0.35, 0.85))
        width, depth, height = params.free(8, 17), params.free(8, 13), params.free(6, 19)
        pieces = [
            box((width, depth, height), (0, 0, height / 2)),
            box((width * 1.02, depth * 1.02, 0.5), (0, 0, height), 2),
        ]
        rows, columns = max(2, int(height / 3)), max(2, int(width / 2.7))
        for row in range(rows):
            for column in range(columns):
                x, z = (column - (columns - 1) / 2) * width / columns, 1.7 + row * 3.0
                wide, high = (1.9, 2.2) if row == 0 and index % 2 else (1.15, 1.6)
                for sign in (-1, 1):
                    pieces.append(box((wide + 0.25, 0.1, high + 0.25), (x, sign * depth / 2, z), 2))
                    pieces.append(
                        box((wide, 0.16, high), (x, sign * depth / 2, z), 1 if random.random() < 0.6 else 3)
                    )
        if index % 2:
            pieces.append(hull([(-width / 2, height), (width / 2, height), (0, height + 3)], depth, 2))
        trim = params.free(0.1, 0.6)
        found.pieces[f"house_{index}"] = Piece(
            join(*pieces),
            (
                Surface(kind, wall, _dimmer(wall, 0.6), params.free(0.3, 0.7)),
                Surface("window", (0.04, 0.05, 0.06), (1.0, 0.72, 0.35)),
                Surface("plain", (trim, trim * 0.95, trim * 0.85)),
                Surface("window", (0.05, 0.06, 0.08), (0.0, 0.0, 0.0)),
            ),
            width / 2,
            height,
        )
    for sign in (-1, 1):
        place = -150.0
        while place < 150:
            name = f"house_{random.integers(5)}"
            width = found.pieces[name].radius * 2
            depth = 10.0
            at = np.array([np.cos(along), np.sin(along), 0]) * (place + width / 2) + side * (
                sign * (near + depth / 2 + 1.2) + shift
            )
            found.placed.append(
                Placed(name, (float(at[0]), float(at[1]), -0.1), along + (0 if sign > 0 else np.pi))
            )
            place += width + (random.uniform(2, 9) if random.random() < 0.25 else 0.0)


def _street_things(
    found: SetPlan, params: Params, plan: ShotPlan, along: float, side: np.ndarray, half: float, shift: float
) -> None:
    if plan.fields["subject"] != "lamp":
        post = join(
            tube((0, 0, 0), (0, 0, 5.2), 0.07, 0.05),
            tube((0, 0, 5.2), (0, 1.1, 5.4), 0.04),
            ball((0.2, 0.25, 0.1), (0, 1.1, 5.35), 1),
        )
        found.pieces["post"] = Piece(
            post,
            (Surface("plain", (0.05, 0.06, 0.06)), Surface("plain", (1.0, 0.75, 0.4), glow=4.0)),
            0.3,
            5.4,
        )
    for step in range(-4, 5):
        for sign in (-1, 1):
            at = np.array([np.cos(along), np.sin(along), 0]) * (step * 17.0 + 8 * sign) + side * (
                sign * (half + 0.5) + shift
            )
            if "post" in found.pieces:
                found.placed.append(
                    Placed("post", (float(at[0]), float(at[1]), 0.0), along + (np.pi if sign > 0 else 0))
                )
            if abs(step) < 2:
                found.lamps.append(((float(at[0]), float(at[1]), 5.0), 350.0))
    if plan.fields["subject"] not in ("car", "truck") and params.chance("parked", 0.6):
        shape = join(
            box((4.2, 1.75, 0.6), (0, 0, 0.6)),
            box((2.2, 1.6, 0.55), (-0.2, 0, 1.15), 1),
            *(
                loft([(x, y, 0, 0.1, 0.1), (x, y, 0.3, 0.3, 0.1)], 1, 8)
                for x in (-1.3, 1.3)
                for y in (-0.8, 0.8)
            ),
        )
        paint = params.colour("parked", (0.0, 1.0), (0.0, 0.7), (0.1, 0.8))
        found.pieces["parked"] = Piece(
            shape, (Surface("paint", paint), Surface("paint", (0.02, 0.02, 0.025))), 2.2, 1.5
        )
        for step in range(-5, 6):
            at = np.array([np.cos(along), np.sin(along), 0]) * (step * 9.0 + params.free(-2, 2)) + side * (
                (half - 1.1) * (1 if step % 2 else -1) + shift
            )
            found.placed.append(Placed("parked", (float(at[0]), float(at[1]), -0.1 if shift else 0.0), along))


_Builder = Callable[[ShotPlan, Params], SetPlan]
OUTSIDE: dict[str, _Builder] = {
    "field": _field,
    "forest": _forest,
    "mountains": _mountains,
    "desert": _desert,
    "shore": _shore,
    "street": _street,
}
