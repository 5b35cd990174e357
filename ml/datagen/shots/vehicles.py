"""Cars and trucks as subjects."""

from ...shapes import Shape, box, join, loft
from .draws import Params, pick_by_split
from .figure import Figure, Part
from .paint import DARK, LIGHT, MAIN, RED, hull, painted

__all__ = ["car", "truck"]


def _wheel(radius: float, width: float, sign: float) -> Shape:
    sections = [
        (0, 0, z * width, r * radius, r * radius) for z, r in ((-0.5, 0.9), (-0.4, 1), (0.4, 1), (0.5, 0.9))
    ]
    tyre, rim = (
        loft(sections, DARK, 14, False),
        loft(
            [
                (0, 0, 0.5 * width, 0.62 * radius, 0.62 * radius),
                (0, 0, 0.56 * width, 0.5 * radius, 0.5 * radius),
            ],
            LIGHT,
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
        MAIN,
    )
    roof_front, roof_back = (
        bonnet - (0.12 if build == "jeep" else 0.36),
        boot + (0.05 if build in ("van", "jeep", "hatch") else 0.25),
    )
    cabin = hull(
        [(half * boot, belt), (half * bonnet, belt), (half * roof_front, height), (half * roof_back, height)],
        width * 0.96,
        DARK,
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
        MAIN,
    )
    pillar = box(
        (0.09, width * 0.93, height - belt), (half * (bonnet + boot) / 2, 0, (height + belt) / 2), MAIN
    )
    lights = [box((0.06, 0.36, 0.14), (half * 0.97, y, 0.72 * belt), LIGHT) for y in (-0.62, 0.62)]
    tails = [box((0.06, 0.34, 0.14), (-half * 0.985, y, 0.8 * belt), RED) for y in (-0.62, 0.62)]
    bumpers = [box((0.12, width * 0.96, 0.16), (sign * half, 0, 0.38), DARK) for sign in (-1, 1)]
    radius = {"jeep": 0.4}.get(build, 0.32)
    places = [(half * x, y * (width / 2 - 0.1)) for x in (0.62, -0.62) for y in (1, -1)]
    parts = [
        Part("body", join(lower, cabin, roof, pillar, *lights, *tails, *bumpers)),
        *_wheels(places, radius, 0.22),
    ]
    return Figure(
        "car",
        tuple(parts),
        painted(params, colour),
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
        MAIN,
    )
    glass = hull(
        [(half - 0.7, 1.55), (half + 0.01, 1.45), (half - 0.13, height * 0.76), (half - 0.7, height * 0.76)],
        width * 1.01,
        DARK,
    )
    bed = box((length - cab, 2.2, 0.3), (-cab / 2 - 0.05, 0, 0.85), DARK)
    rear = length - cab - 0.25
    loads = {
        "box": lambda: box(
            (rear, width * 1.02, height - 1.0), (-cab / 2 - 0.05, 0, (height + 1.0) / 2), MAIN
        ),
        "flatbed": lambda: join(
            box((rear, width, 0.6), (-cab / 2 - 0.05, 0, 1.25), MAIN),
            box((rear * 0.6, 1.6, 0.9), (-cab / 2, 0, 1.9), LIGHT),
        ),
        "tanker": lambda: _lying(rear, 1.1, (-cab / 2 - 0.05, 0, 2.05)),
        "tipper": lambda: hull(
            [(-half + 0.1, 1.0), (half - cab - 0.15, 1.0), (half - cab - 0.1, 2.3), (-half - 0.1, 2.6)],
            width,
            MAIN,
        ),
    }
    lights = [box((0.06, 0.35, 0.22), (half, y, 0.85), LIGHT) for y in (-0.9, 0.9)]
    tails = [box((0.06, 0.3, 0.2), (-half, y, 0.9), RED) for y in (-0.9, 0.9)]
    bumper = box((0.2, width, 0.35), (half, 0, 0.5), DARK)
    places = [(x, y) for x in (half - 0.95, -half * 0.35, -half * 0.68) for y in (1.02, -1.02)]
    parts = [
        Part("body", join(front, glass, bed, loads[build](), bumper, *lights, *tails)),
        *_wheels(places, 0.5, 0.34),
    ]
    return Figure(
        "truck",
        tuple(parts),
        painted(params, colour),
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
        MAIN,
        16,
    )
    laid = Shape(tank.vertices[:, [2, 1, 0]] * (1, 1, 1), tank.quads[:, ::-1], tank.slots, tank.smooth)
    return laid.moved(centre)
