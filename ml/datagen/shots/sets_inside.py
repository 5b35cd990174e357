"""A furnished room and a plain studio."""

import numpy as np

from ...shapes import Shape, Surface, ball, box, join, loft, sheet, tube
from .draws import Params, pick_by_split
from .ground import Piece, Placed, SetPlan
from .plan import ShotPlan

__all__ = ["room", "studio"]


def _reach(plan: ShotPlan) -> tuple[np.ndarray, np.ndarray]:
    """Least and greatest x, y, z of cameras and subjects."""
    times = np.linspace(0, plan.length_seconds, 7)
    points = [np.asarray(plan.view(t).at) for t in times]
    points += [corner for actor in plan.actors for t in times for corner in actor.corners(t)]
    found = np.array([*points, (0.0, 0.0, 0.0)])
    return found.min(axis=0), found.max(axis=0)


def room(plan: ShotPlan, params: Params) -> SetPlan:
    """Four walls around camera and subjects, furnished along them."""
    low, high = _reach(plan)
    spare = params.range("spare", 0.5, 3.0)
    left, right = min(low[0] - 0.5 - spare, -1.6), max(high[0] + 0.5 + spare, 1.6)
    near, far = low[1] - 0.6, max(high[1] + 0.6 + params.free(0.3, 2.5), 1.4)
    tall = max(params.range("room_height", 2.5, 3.4), high[2] + 0.35)
    found = SetPlan(inside=True)
    wall_kind = pick_by_split(params, "wall_kind", ("plaster", "wallpaper", "bricks"), ("panels", "blocks"))
    wall = params.colour("wall", (0.0, 1.0), (0.03, 0.45), (0.4, 0.9))
    dim = (wall[0] * 0.7, wall[1] * 0.7, wall[2] * 0.7)
    wall_surface = (Surface(wall_kind, wall, dim, params.range("wall_scale", 0.15, 0.5)),)
    floor = params.colour("floor", (0.03, 0.1), (0.15, 0.6), (0.2, 0.6))
    floor_kind = pick_by_split(params, "floor_kind", ("planks", "slabs"), ("check", "carpet"))
    floor_surface = (
        Surface(
            floor_kind,
            floor,
            (floor[0] * 0.55, floor[1] * 0.5, floor[2] * 0.45),
            params.range("floor_scale", 0.12, 0.45),
        ),
    )
    wide, deep = right - left, far - near
    middle = ((left + right) / 2, (near + far) / 2)
    found.add("floor", box((wide, deep, 0.1), (*middle, -0.05)), floor_surface)
    found.add(
        "ceiling",
        box((wide, deep, 0.1), (*middle, tall + 0.05)),
        (Surface("plaster", (0.75, 0.74, 0.7), (0.65, 0.64, 0.6), 0.5),),
    )
    found.add("near", box((wide, 0.1, tall), (middle[0], near - 0.05, tall / 2)), wall_surface)
    window = params.free(0.8, 1.6), params.free(1.1, 1.7)
    sides = {
        "far": ((middle[0] * 0.3, far), 0.0, wide),
        "left": ((left, middle[1]), np.pi / 2, deep),
        "right": ((right, middle[1]), -np.pi / 2, deep),
    }
    chosen = params.pick("window", ("far", "left", "right"))
    for name, ((x, y), yaw, length) in sides.items():
        if name == "far":
            x = middle[0]
        has = name == chosen or params.chance(f"window_{name}", 0.3)
        shape = _wall(length, tall, window if has else None)
        found.add(
            name,
            shape.moved((x, y, 0), yaw=yaw),
            (*wall_surface, Surface("plain", (0.8, 0.79, 0.75)), Surface("pane", (1.0, 1.0, 1.0))),
        )
        if has:
            inwards = (float(np.sin(yaw)), float(-np.cos(yaw)), 0.0)
            found.windows.append(((float(x), float(y), 1.5), inwards, window[0] * 2, window[1]))
    _furnish(found, params, plan, left, right, near, far, tall)
    found.lamps.append(((middle[0] + params.free(-1, 1), params.free(-0.5, 1.5), tall - 0.35), 70.0))
    return found


def _wall(length: float, tall: float, window: tuple[float, float] | None) -> Shape:
    """Along x, inside towards -y, with an opening of twice that half width, its middle 1.5 m up."""
    if window is None:
        return join(
            box((length, 0.1, tall), (0, 0.05, tall / 2)), box((length, 0.04, 0.12), (0, -0.02, 0.06), 1)
        )
    half, high = min(window[0], length * 0.4), window[1]
    low, top = 1.5 - high / 2, 1.5 + high / 2
    side = length / 2 - half
    pieces = [box((side, 0.1, tall), (sign * (half + side / 2), 0.05, tall / 2)) for sign in (-1, 1)]
    pieces += [
        box((2 * half, 0.1, low), (0, 0.05, low / 2)),
        box((2 * half, 0.1, tall - top), (0, 0.05, (tall + top) / 2)),
    ]
    pieces += [box((0.07, 0.14, high), (x, 0.02, 1.5), 1) for x in (-half, 0, half)]
    pieces += [box((2 * half, 0.14, 0.07), (0, 0.02, z), 1) for z in (low, 1.5, top)]
    pieces += [box((length, 0.04, 0.12), (0, -0.02, 0.06), 1), box((2 * half, 0.01, high), (0, 0.09, 1.5), 2)]
    return join(*pieces)


def _furnish(
    found: SetPlan,
    params: Params,
    plan: ShotPlan,
    left: float,
    right: float,
    near: float,
    far: float,
    tall: float,
) -> None:
    random = np.random.default_rng(params.integer_seed())
    wood = params.colour("wood", (0.04, 0.09), (0.35, 0.7), (0.2, 0.55))
    dark = (wood[0] * 0.4, wood[1] * 0.4, wood[2] * 0.4)
    cloth = params.colour("sofa", (0.0, 1.0), (0.1, 0.7), (0.2, 0.7))
    books = [
        box(
            (0.045 * random.uniform(0.6, 1.2), 0.2, 0.3 * random.uniform(0.7, 1)),
            (x, 0, z),
            int(random.integers(1, 4)),
        )
        for z in (0.3, 0.72, 1.14, 1.56)
        for x in np.arange(-0.5, 0.5, 0.055)
    ]
    shelf = join(
        *(box((1.2, 0.3, 0.04), (0, 0, z)) for z in (0.1, 0.52, 0.94, 1.36, 1.78)),
        *(box((0.04, 0.3, 1.8), (x, 0, 0.9)) for x in (-0.6, 0.6)),
        *books,
    )
    bright = [params.colour(f"book_{index}", (0.0, 1.0), (0.4, 0.8), (0.2, 0.7)) for index in range(3)]
    found.pieces["shelf"] = Piece(
        shelf,
        (Surface("boards", wood, dark, 0.1), *(Surface("plain", colour) for colour in bright)),
        0.65,
        1.8,
    )
    sofa = join(
        box((1.9, 0.85, 0.4), (0, 0, 0.25)),
        box((1.9, 0.22, 0.5), (0, 0.35, 0.62)),
        *(box((0.2, 0.85, 0.6), (x, 0, 0.35)) for x in (-0.95, 0.95)),
    )
    found.pieces["sofa"] = Piece(
        sofa, (Surface("cloth", cloth, (cloth[0] * 0.6, cloth[1] * 0.6, cloth[2] * 0.6), 0.06),), 1.0, 0.9
    )
    cabinet = join(
        box((1.1, 0.45, 0.9), (0, 0, 0.45)),
        box((0.5, 0.02, 0.75), (-0.27, -0.23, 0.45), 1),
        box((0.5, 0.02, 0.75), (0.27, -0.23, 0.45), 1),
        ball((0.12, 0.12, 0.16), (0.3, 0, 1.05), 1),
    )
    found.pieces["cabinet"] = Piece(
        cabinet,
        (
            Surface("boards", wood, dark, 0.15),
            Surface("boards", (wood[0] * 1.4, wood[1] * 1.4, wood[2] * 1.4), wood, 0.1),
        ),
        0.6,
        1.1,
    )
    plant = join(
        loft([(0, 0, 0, 0.14, 0.14), (0, 0, 0.35, 0.2, 0.2)]),
        *(
            loft(
                [
                    (0, 0, 0.3, 0.02, 0.02),
                    (0.2 * np.cos(a), 0.2 * np.sin(a), 0.75, 0.07, 0.07),
                    (0.42 * np.cos(a), 0.42 * np.sin(a), 0.95, 0.01, 0.01),
                ],
                1,
                5,
            )
            for a in np.arange(9) * 0.7
        ),
    )
    found.pieces["plant"] = Piece(
        plant,
        (Surface("plain", (0.45, 0.2, 0.12)), Surface("leaves", (0.05, 0.16, 0.04), (0.02, 0.07, 0.02), 0.1)),
        0.4,
        1.0,
    )
    picture = join(box((0.9, 0.04, 0.65)), box((0.8, 0.05, 0.55), (0, -0.01, 0), 1))
    found.pieces["picture"] = Piece(
        picture,
        (Surface("boards", dark, wood, 0.05), Surface("painting", bright[0], bright[1], 0.2)),
        0.5,
        0.4,
    )
    names = pick_by_split(
        params,
        "furniture",
        ("shelf sofa cabinet", "shelf shelf plant", "sofa cabinet plant"),
        ("cabinet cabinet plant", "shelf cabinet shelf"),
    ).split()
    for name, wall in zip(
        names * 3, ("far", "far", "far", "left", "right", "left", "right", "far", "near"), strict=False
    ):
        out = found.pieces[name].radius * 0.5 + 0.15
        place = random.uniform(0.08, 0.92)
        x, y, yaw = {
            "far": (left + place * (right - left), far - out, 0.0),
            "near": (left + place * (right - left), near + out, np.pi),
            "left": (left + out, near + place * (far - near), np.pi / 2),
            "right": (right - out, near + place * (far - near), -np.pi / 2),
        }[wall]
        found.placed.append(Placed(name, (x, y, 0.0), yaw))
    for index in range(4):
        x = left + (right - left) * (0.15 + 0.23 * index) + random.uniform(-0.2, 0.2)
        found.placed.append(Placed("picture", (x, far - 0.03, 1.75), 0.0, random.uniform(0.7, 1.4)))
    rug = params.colour("rug", (0.0, 1.0), (0.3, 0.8), (0.2, 0.6))
    found.add(
        "rug",
        box((2.4, 1.7, 0.02), (params.free(-0.5, 0.5), params.free(-0.5, 0.5), 0.005)),
        (Surface("check", rug, (rug[0] * 0.4, rug[1] * 0.4, rug[2] * 0.4), 0.18),),
    )
    found.pieces["cord"] = Piece(
        join(tube((0, 0, 0), (0, 0, 0.3), 0.01), ball((0.16, 0.16, 0.12), (0, 0, -0.05), 1)),
        (Surface("plain", (0.05, 0.05, 0.05)), Surface("plain", (1.0, 0.8, 0.5), glow=2.0)),
        0.2,
        0.3,
    )
    if plan.fields["subject"] != "lamp":
        found.placed.append(Placed("cord", (params.free(-1.5, 1.5), params.free(0.5, 2.0), tall - 0.3)))


def studio(plan: ShotPlan, params: Params) -> SetPlan:
    """A floor that bends up into a wall, of one colour."""
    low, high = _reach(plan)
    far, wide = high[1] + params.range("behind", 1.5, 5.0), max(abs(low[0]), abs(high[0])) * 2 + 30
    tall, bend = high[2] * 2 + 12 + (high[1] - low[1]), 1.5
    arc = np.linspace(0, np.pi / 2, 7)
    y = np.concatenate([[low[1] - 8, low[1] * 0.5], far - bend + bend * np.sin(arc), [far + 0.001]])
    z = np.concatenate([[0.0, 0.0], bend - bend * np.cos(arc), [tall]])
    light = plan.fields["light"]
    shade = {"high_key": (0.85, 0.97), "low_key": (0.03, 0.14)}.get(str(light), (0.15, 0.7))
    saturation = (0.0, 0.05) if light == "high_key" else (0.0, 0.55)
    colour = params.colour("backdrop", (0.0, 1.0), saturation, shade)
    shape = sheet(np.linspace(-wide / 2, wide / 2, 5), y, np.repeat(z[:, None], 5, axis=1))
    found = SetPlan(inside=True)
    kind = pick_by_split(params, "backdrop_kind", ("backdrop", "backdrop"), ("backdrop", "mottled"))
    found.add(
        "backdrop", shape, (Surface(kind, colour, (colour[0] * 0.8, colour[1] * 0.8, colour[2] * 0.8), 1.0),)
    )
    return found
