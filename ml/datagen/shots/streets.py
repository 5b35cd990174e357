"""A street between rows of houses."""

import numpy as np

from ...shapes import Surface, ball, box, join, loft, sheet, tube
from .draws import Params, darkened, pick_by_split
from .ground import Piece, Placed, SetPlan
from .paint import hull
from .plan import ShotPlan

__all__ = ["street"]


def street(plan: ShotPlan, params: Params) -> SetPlan:
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
                Surface(kind, wall, darkened(wall, 0.6), params.free(0.3, 0.7)),
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
