"""What grows and lies in the open: trees, rocks and tufts, and where they are scattered."""

from collections.abc import Callable

import numpy as np

from ...shapes import Surface, ball, join, tube
from .draws import Params, darkened
from .ground import Piece, Placed, SetPlan
from .growing import crown
from .plan import ShotPlan

__all__ = ["Colour", "calm_radius", "rock_pieces", "scattered", "tree_pieces", "tuft_piece"]

Colour = tuple[float, float, float]


def calm_radius(plan: ShotPlan) -> float:
    """How far from the middle the ground has to stay flat for the camera and the subjects."""
    times = np.linspace(0, plan.length_seconds, 5)
    places = [np.hypot(*plan.view(t).at[:2]) for t in times]
    places += [np.hypot(*actor.place(t)[:2]) for actor in plan.actors for t in times]
    return float(max(places)) * 1.1 + 6.0


def tree_pieces(found: SetPlan, params: Params, kinds: tuple[str, ...], low: float, high: float) -> list[str]:
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
            Surface("bark", (bark * 1.2, bark, bark * 0.75), darkened((bark, bark, bark), 0.3), 0.12),
            Surface("leaves", leaf, darkened(leaf, 0.4), 0.3),
        )
        found.pieces[f"tree_{index}"] = Piece(shape, surfaces, width / 2, height)
        names.append(f"tree_{index}")
    return names


def rock_pieces(found: SetPlan, params: Params, colour: Colour) -> list[str]:
    for index in range(2):
        shape = ball(
            (1.0, 0.8, 0.7), (0, 0, 0.25), segments=11, rings=7, lumps=0.25, seed=params.integer_seed()
        )
        found.pieces[f"rock_{index}"] = Piece(
            shape, (Surface("rock", colour, darkened(colour, 0.4), 0.35),), 1.1, 0.9
        )
    return ["rock_0", "rock_1"]


def tuft_piece(found: SetPlan, params: Params, leaf: Colour) -> str:
    random = np.random.default_rng(params.integer_seed())
    blades = []
    for _ in range(12):
        angle, lean = random.uniform(0, 6.28), random.uniform(0.05, 0.25)
        root = random.normal(0, 0.1, 2)
        tip = (root[0] + lean * np.cos(angle), root[1] + lean * np.sin(angle), random.uniform(0.2, 0.5))
        blades.append(tube((root[0], root[1], -0.02), tip, 0.02, 0.004, segments=3))
    found.pieces["tuft"] = Piece(join(*blades), (Surface("plain", leaf),), 0.25, 0.5)
    return "tuft"


def scattered(
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
