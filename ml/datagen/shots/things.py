"""Cars, trucks, trees, houses, furniture, lamps and balls as subjects."""

import numpy as np

from .draws import Params, darkened, named_colour, pick_by_split
from .figure import Figure, Part, Surface
from .shapes import Shape, ball, box, join, loft, tube

__all__ = ["THINGS", "crown", "hull"]

_MAIN, _DARK, _LIGHT, _RED = range(4)


def hull(profile: list[tuple[float, float]], width: float, slot: int = 0, tuck: float = 0.0) -> Shape:
    """A side view (x, z) pulled to a width along y; tuck: how much narrower the highest point is."""
    points = np.array(profile, float)
    low, high = points[:, 1].min(), points[:, 1].max()
    narrow = 1 - tuck * (points[:, 1] - low) / max(high - low, 1e-9)
    count = len(points)
    left = np.stack([points[:, 0], width / 2 * narrow, points[:, 1]], axis=1)
    centre = points.mean(axis=0)
    middle = np.array([[centre[0], width / 2, centre[1]], [centre[0], -width / 2, centre[1]]])
    vertices = np.concatenate([left, left * (1, -1, 1), middle])
    quads = []
    for index in range(count):
        after = (index + 1) % count
        quads.append((index, after, count + after, count + index))
        quads.append((after, index, 2 * count, 2 * count))
        quads.append((count + index, count + after, 2 * count + 1, 2 * count + 1))
    return Shape(vertices, np.array(quads), np.full(len(quads), slot), np.zeros(len(quads), dtype=bool))


def _paint(params: Params, colour: str, kind: str = "paint") -> tuple[Surface, ...]:
    main = named_colour(params, "paint", colour)
    return (
        Surface(kind, main, darkened(main, 0.75), 0.6),
        Surface("paint", (0.012, 0.013, 0.016)),
        Surface("plain", (0.75, 0.75, 0.7), glow=0.4),
        Surface("plain", (0.5, 0.01, 0.01), glow=0.3),
    )


def _wheel(radius: float, width: float, sign: float) -> Shape:
    sections = [
        (0, 0, z * width, r * radius, r * radius) for z, r in ((-0.5, 0.9), (-0.4, 1), (0.4, 1), (0.5, 0.9))
    ]
    tyre, rim = (
        loft(sections, _DARK, 14, False),
        loft(
            [
                (0, 0, 0.5 * width, 0.62 * radius, 0.62 * radius),
                (0, 0, 0.56 * width, 0.5 * radius, 0.5 * radius),
            ],
            _LIGHT,
            7,
            False,
        ),
    )
    whole = join(tyre, rim)
    return Shape(whole.vertices[:, [0, 2, 1]] * (1, sign, 1), whole.quads, whole.slots, whole.smooth)


def _wheels(places: list[tuple[float, float]], radius: float, width: float) -> list[Part]:
    parts = []
    for index, (x, y) in enumerate(places):
        parts.append(
            Part(f"wheel_{index}", _wheel(radius, width, 1.0 if y > 0 else -1.0), "body", (x, y, radius))
        )
    return parts


def car(params: Params, colour: str) -> Figure:
    """A car, from small hatchback to van."""
    build = pick_by_split(params, "car_build", ("saloon", "hatch", "van"), ("coupe", "jeep"))
    length = {"saloon": 4.6, "hatch": 3.8, "van": 4.9, "coupe": 4.3, "jeep": 4.2}[build] * params.range(
        "car_length", 0.93, 1.07
    )
    height = {"saloon": 1.45, "hatch": 1.5, "van": 1.95, "coupe": 1.28, "jeep": 1.8}[build]
    width, belt, half = 1.78, 0.56 * height, length / 2
    bonnet, boot = {
        "saloon": (0.5, -0.62),
        "hatch": (0.5, -0.9),
        "van": (0.72, -0.95),
        "coupe": (0.35, -0.75),
        "jeep": (0.4, -0.95),
    }[build]
    lower = hull(
        [
            (-half, 0.3),
            (half, 0.3),
            (half * 1.0, 0.55 * belt),
            (half * 0.95, 0.85 * belt),
            (half * bonnet, belt * 1.05),
            (half * boot, belt * 1.05),
            (-half * 0.98, belt * 0.95),
        ],
        width,
        _MAIN,
    )
    roof_front, roof_back = (
        bonnet - (0.12 if build == "jeep" else 0.36),
        boot + (0.05 if build in ("van", "jeep", "hatch") else 0.25),
    )
    cabin = hull(
        [(half * boot, belt), (half * bonnet, belt), (half * roof_front, height), (half * roof_back, height)],
        width * 0.96,
        _DARK,
        0.18,
    )
    roof = hull(
        [
            (half * roof_back, height - 0.05),
            (half * roof_front, height - 0.05),
            (half * roof_front, height + 0.02),
            (half * roof_back, height + 0.02),
        ],
        width * 0.82,
        _MAIN,
    )
    pillar = box(
        (0.09, width * 0.93, height - belt), (half * (bonnet + boot) / 2, 0, (height + belt) / 2), _MAIN
    )
    lights = [box((0.06, 0.36, 0.14), (half * 0.97, y, 0.72 * belt), _LIGHT) for y in (-0.62, 0.62)]
    tails = [box((0.06, 0.34, 0.14), (-half * 0.985, y, 0.8 * belt), _RED) for y in (-0.62, 0.62)]
    bumpers = [box((0.12, width * 0.96, 0.16), (sign * half, 0, 0.38), _DARK) for sign in (-1, 1)]
    radius = {"jeep": 0.4}.get(build, 0.32)
    places = [(half * x, y * (width / 2 - 0.1)) for x in (0.62, -0.62) for y in (1, -1)]
    parts = [
        Part("body", join(lower, cabin, roof, pillar, *lights, *tails, *bumpers)),
        *_wheels(places, radius, 0.22),
    ]
    return Figure(
        "car",
        tuple(parts),
        _paint(params, colour),
        (length, width, height),
        (half * 0.75, 0, 0.65 * height),
        {"build": build},
    )


def truck(params: Params, colour: str) -> Figure:
    """A lorry with a cab and a load."""
    build = pick_by_split(params, "truck_build", ("box", "flatbed"), ("tanker", "tipper"))
    length, height = params.range("truck_length", 6.5, 9.5), params.range("truck_height", 2.9, 3.6)
    width, half, cab = 2.4, length / 2, 1.9
    front = hull(
        [
            (half - cab, 0.5),
            (half, 0.5),
            (half, 1.35),
            (half - 0.18, height * 0.82),
            (half - cab, height * 0.85),
        ],
        width,
        _MAIN,
    )
    glass = hull(
        [(half - 0.7, 1.55), (half + 0.01, 1.45), (half - 0.13, height * 0.76), (half - 0.7, height * 0.76)],
        width * 1.01,
        _DARK,
    )
    bed = box((length - cab, 2.2, 0.3), (-cab / 2 - 0.05, 0, 0.85), _DARK)
    rear = length - cab - 0.25
    loads = {
        "box": lambda: box(
            (rear, width * 1.02, height - 1.0), (-cab / 2 - 0.05, 0, (height + 1.0) / 2), _MAIN
        ),
        "flatbed": lambda: join(
            box((rear, width, 0.6), (-cab / 2 - 0.05, 0, 1.25), _MAIN),
            box((rear * 0.6, 1.6, 0.9), (-cab / 2, 0, 1.9), _LIGHT),
        ),
        "tanker": lambda: _lying(rear, 1.1, (-cab / 2 - 0.05, 0, 2.05)),
        "tipper": lambda: hull(
            [(-half + 0.1, 1.0), (half - cab - 0.15, 1.0), (half - cab - 0.1, 2.3), (-half - 0.1, 2.6)],
            width,
            _MAIN,
        ),
    }
    lights = [box((0.06, 0.35, 0.22), (half, y, 0.85), _LIGHT) for y in (-0.9, 0.9)]
    tails = [box((0.06, 0.3, 0.2), (-half, y, 0.9), _RED) for y in (-0.9, 0.9)]
    bumper = box((0.2, width, 0.35), (half, 0, 0.5), _DARK)
    places = [(x, y) for x in (half - 0.95, -half * 0.35, -half * 0.68) for y in (1.02, -1.02)]
    parts = [
        Part("body", join(front, glass, bed, loads[build](), bumper, *lights, *tails)),
        *_wheels(places, 0.5, 0.34),
    ]
    return Figure(
        "truck",
        tuple(parts),
        _paint(params, colour),
        (length, width, height),
        (half * 0.85, 0, 0.6 * height),
        {"build": build},
    )


def _lying(length: float, radius: float, centre: tuple[float, float, float]) -> Shape:
    tank = loft(
        [
            (0, 0, z * length, r * radius, r * radius)
            for z, r in ((-0.5, 0.7), (-0.46, 1), (0.46, 1), (0.5, 0.7))
        ],
        _MAIN,
        16,
    )
    laid = Shape(tank.vertices[:, [2, 1, 0]] * (1, 1, 1), tank.quads[:, ::-1], tank.slots, tank.smooth)
    return laid.moved(centre)


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
    pieces = [box((depth, width, wall), (0, 0, wall / 2), _MAIN)]
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
                pieces.append(box(size, (sign * depth / 2, place * width, z), _DARK))
            pieces.append(box((1.0, 0.08, 1.3), (0.1 * depth, sign * width / 2, 1.55 + 2.9 * storey), _DARK))
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


def chair(params: Params, colour: str) -> Figure:
    """A chair or an armchair."""
    build = pick_by_split(params, "chair_build", ("wooden", "armchair"), ("stool", "office"))
    seat, wide = params.range("seat", 0.42, 0.5), params.range("chair_width", 0.42, 0.56)
    back = {"stool": seat + 0.08, "armchair": seat + 0.55}.get(build, seat + 0.5)
    pieces = [
        box(
            (wide, wide, 0.08 if build != "armchair" else 0.3),
            (0, 0, seat - (0 if build != "armchair" else 0.12)),
        )
    ]
    if build == "office":
        pieces += [
            tube((0, 0, 0.1), (0, 0, seat), 0.035),
            *(
                tube((0, 0, 0.1), (0.3 * np.cos(a), 0.3 * np.sin(a), 0.04), 0.025)
                for a in np.arange(5) * 1.257
            ),
        ]
    else:
        pieces += [
            tube((x * wide * 0.44, y * wide * 0.44, 0.02), (x * wide * 0.42, y * wide * 0.42, seat), 0.025)
            for x in (-1, 1)
            for y in (-1, 1)
        ]
    if build == "wooden":
        pieces += [
            tube((-0.45 * wide, y * wide * 0.42, seat), (-0.56 * wide, y * wide * 0.42, back), 0.022)
            for y in (-1, 1)
        ]
        pieces += [
            box((0.03, wide * 0.85, 0.08), (-0.5 * wide - 0.08 * (z - seat), 0, z))
            for z in (seat + 0.16, seat + 0.31, back - 0.04)
        ]
    elif build != "stool":
        pieces.append(
            box((0.09 if build == "office" else 0.18, wide, back - seat), (-0.5 * wide, 0, (back + seat) / 2))
        )
    if build == "armchair":
        pieces += [box((wide, 0.14, 0.3), (0, y * (wide / 2 + 0.07), seat + 0.02)) for y in (-1, 1)]
    kind = "boards" if build in ("wooden", "stool") else "cloth"
    return Figure(
        "chair",
        (Part("body", join(*pieces)),),
        _paint(params, colour, kind),
        (wide * 1.2, wide * 1.2, back),
        (-0.2 * wide, 0, (seat + back) / 2),
        {"build": build},
    )


def table(params: Params, colour: str) -> Figure:
    """A table with a few things on it."""
    build = pick_by_split(params, "table_build", ("square", "round"), ("trestle", "low"))
    high = params.range("table_height", 0.7, 0.8) * (0.6 if build == "low" else 1)
    long, wide = params.range("table_length", 1.1, 2.1), params.range("table_width", 0.7, 1.0)
    if build == "round":
        pieces = [
            loft(
                [(0, 0, high - 0.05, wide * 0.62, wide * 0.62), (0, 0, high, wide * 0.62, wide * 0.62)],
                0,
                20,
                False,
            ),
            tube((0, 0, 0.05), (0, 0, high - 0.03), 0.06),
            loft([(0, 0, 0.0, 0.3, 0.3), (0, 0, 0.06, 0.1, 0.1)]),
        ]
        long = wide = wide * 1.24
    else:
        pieces = [box((long, wide, 0.06), (0, 0, high - 0.03))]
        pieces += [
            box(
                (0.07, 0.07, high),
                (x * long * (0.3 if build == "trestle" else 0.46), y * wide * 0.43, high / 2),
            )
            for x in (-1, 1)
            for y in (-1, 1)
        ]
        pieces.append(box((long * 0.9, 0.04, 0.1), (0, 0, high - 0.12)))
    pieces += [
        ball((0.09, 0.09, 0.07), (0.1 * long, 0.1 * wide, high + 0.06), _LIGHT),
        tube((-0.2 * long, 0, high), (-0.2 * long, 0, high + 0.22), 0.04, 0.02, _RED),
        box((0.3, 0.22, 0.05), (0.22 * long, -0.2 * wide, high + 0.03), _DARK),
    ]
    return Figure(
        "table",
        (Part("body", join(*pieces)),),
        _paint(params, colour, "boards"),
        (long, wide, high + 0.2),
        (0.05 * long, 0, high + 0.05),
        {"build": build},
    )


def lamp(params: Params, colour: str) -> Figure:
    """A standing lamp, a table lamp on a stand, or a street lamp."""
    build = pick_by_split(params, "lamp_build", ("floor", "street"), ("globe", "desk"))
    high = {"floor": 1.6, "street": 4.2, "globe": 2.2, "desk": 1.1}[build] * params.range(
        "lamp_height", 0.9, 1.15
    )
    base = loft(
        [(0, 0, 0.0, 0.1 * high**0.7, 0.1 * high**0.7), (0, 0, 0.04, 0.07 * high**0.7, 0.07 * high**0.7)], 0
    )
    pole = tube((0, 0, 0.02), (0, 0, high * 0.84), 0.012 * high + 0.008)
    size = 0.13 * high**0.75
    if build == "globe":
        head = [ball((size, size, size), (0, 0, high - size), _LIGHT, 14, 10)]
    elif build == "street":
        head = [
            hull(
                [
                    (-size, high * 0.84),
                    (size, high * 0.84),
                    (size * 1.2, high * 0.96),
                    (0, high),
                    (-size * 1.2, high * 0.96),
                ],
                size * 1.8,
                _MAIN,
            ),
            ball((size * 0.8, size * 0.8, size * 0.9), (0, 0, high * 0.86), _LIGHT),
        ]
    else:
        head = [
            loft(
                [(0, 0, high * 0.78, size * 1.3, size * 1.3), (0, 0, high, size * 0.75, size * 0.75)],
                _MAIN,
                16,
            ),
            ball((size * 0.6,) * 3, (0, 0, high * 0.8), _LIGHT),
        ]
    surfaces = list(_paint(params, colour))
    surfaces[_LIGHT] = Surface("plain", (1.0, 0.8, 0.5), glow=2.5)
    return Figure(
        "lamp",
        (Part("body", join(base, pole, *head)),),
        tuple(surfaces),
        (size * 2.4, size * 2.4, high),
        (0, 0, high * 0.9),
        {"build": build},
    )


def sphere(params: Params, colour: str) -> Figure:
    """A ball from tennis to beach ball; the joint is its centre."""
    radius = params.range("ball_radius", 0.1, 0.55)
    kind = pick_by_split(params, "ball_kind", ("stripes", "check"), ("spots",))
    main = named_colour(params, "ball", colour)
    second = tuple(min(1.0, c * 0.45 + (0.0 if max(main) > 0.2 else 0.12)) for c in main)
    surfaces = (Surface(kind, main, second, radius * 0.7),)  # type: ignore[arg-type]
    parts = (Part("body", ball((radius,) * 3, segments=20, rings=14), "", (0, 0, radius)),)
    return Figure("ball", parts, surfaces, (2 * radius,) * 3, (0, 0, radius * 1.1))


THINGS = {
    "car": car,
    "truck": truck,
    "tree": tree,
    "house": house,
    "chair": chair,
    "table": table,
    "lamp": lamp,
    "ball": sphere,
}
