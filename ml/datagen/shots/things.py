"""Furniture, lamps and balls as subjects, and the list of all things."""

import numpy as np

from ...shapes import ball, box, join, loft, tube
from .draws import Params, named_colour, pick_by_split
from .figure import Figure, Part, Surface
from .growing import house, tree
from .paint import DARK, LIGHT, MAIN, RED, hull, painted
from .vehicles import car, truck

__all__ = ["THINGS"]


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
        painted(params, colour, kind),
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
        ball((0.09, 0.09, 0.07), (0.1 * long, 0.1 * wide, high + 0.06), LIGHT),
        tube((-0.2 * long, 0, high), (-0.2 * long, 0, high + 0.22), 0.04, 0.02, RED),
        box((0.3, 0.22, 0.05), (0.22 * long, -0.2 * wide, high + 0.03), DARK),
    ]
    return Figure(
        "table",
        (Part("body", join(*pieces)),),
        painted(params, colour, "boards"),
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
        head = [ball((size, size, size), (0, 0, high - size), LIGHT, 14, 10)]
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
                MAIN,
            ),
            ball((size * 0.8, size * 0.8, size * 0.9), (0, 0, high * 0.86), LIGHT),
        ]
    else:
        head = [
            loft(
                [(0, 0, high * 0.78, size * 1.3, size * 1.3), (0, 0, high, size * 0.75, size * 0.75)],
                MAIN,
                16,
            ),
            ball((size * 0.6,) * 3, (0, 0, high * 0.8), LIGHT),
        ]
    surfaces = list(painted(params, colour))
    surfaces[LIGHT] = Surface("plain", (1.0, 0.8, 0.5), glow=2.5)
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
