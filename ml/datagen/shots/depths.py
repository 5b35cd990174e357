"""Simple sets for shots without pictures: a ground, walls, upright boards, and how deep the camera sees into them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...shapes import Array
from .camera import View
from .plan import Actor, ShotPlan

__all__ = ["SKY_M", "Boards", "Seen", "SimpleSet", "draw_set", "look"]

SKY_M = 1e4
"""So far off that only turns of the camera move it."""
_NEAREST_M = 0.05


@dataclass(frozen=True, slots=True)
class Boards:
    """Upright rectangles that face the middle of the shot's camera: trees, furniture, houses, people."""

    feet: Array
    """(K, 3) middle of the lower edge."""
    halves: Array
    """(K,) half of the width."""
    heights: Array
    """(K,)"""


@dataclass(frozen=True, slots=True)
class SimpleSet:
    """What stands around; trusts say how well motion can be measured on a surface, 0 to 1."""

    boards: Boards
    walls: tuple[tuple[int, float], ...]
    """Axis and coordinate of planes: the ground is (2, 0.0)."""
    trusts: Array
    """(1 + walls + boards + actors,) of the sky, the walls, the boards, the actors."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What each ray meets."""

    depth: Array
    """(N,) along the camera's axis, in metres."""
    surface: npt.NDArray[np.int64]
    """(N,) place in ``SimpleSet.trusts``; 0 is the sky."""


def draw_set(random: np.random.Generator, plan: ShotPlan) -> SimpleSet:
    """A set of random depths around what the plan frames."""
    aim, at = np.asarray(plan.aim), np.asarray(plan.base.at)
    reach = plan.distance_m
    inside = plan.fields["setting"] in ("room", "studio")
    walls: list[tuple[int, float]] = [(2, 0.0)]
    if inside:
        wide = max(reach * random.uniform(0.6, 2.0), abs(at[0]) + 0.5)
        walls += [(0, aim[0] - wide), (0, aim[0] + wide), (1, aim[1] + reach * random.uniform(0.15, 1.5))]
        walls += [(2, max(at[2], aim[2]) + random.uniform(0.5, 3.0))]
    elif random.random() < 0.4:
        # a row of houses, a wood's edge, hills
        walls.append((1, aim[1] + reach * float(np.exp(random.uniform(0.0, 3.0)))))
    count = int(random.integers(0, 26))
    away = np.exp(random.uniform(np.log(0.35), np.log(1.6 if inside else 8.0), count)) * reach
    # evenly over what a wide camera sees
    aside = random.uniform(-0.9, 0.9, count) * away
    feet = np.stack([at[0] + aside, at[1] + away, np.zeros(count)], axis=1)
    lifted = random.random(count) < 0.2
    feet[:, 2] = np.where(lifted, random.uniform(0, 1.2, count) * max(at[2], 1.0), 0.0)
    scale = np.exp(random.uniform(np.log(0.03), np.log(0.5), count))
    heights = scale * away * random.uniform(0.6, 2.5, count)
    # what is near is not to hide the whole set
    keep = (away > 0.7 * reach) | (random.random(count) < 0.3)
    boards = Boards(feet[keep], (scale * away / 2)[keep], heights[keep])
    share = float(random.uniform(0.35, 1.0)) if random.random() < 0.4 else 1.0
    trusts = np.concatenate(
        [
            random.beta(0.5, 4.0, 1),
            random.beta(1.3, 1.5, len(walls)),
            random.beta(2.0, 1.3, len(boards.halves)),
            random.beta(2.5, 1.3, len(plan.actors)),
        ]
    )
    return SimpleSet(boards, tuple(walls), trusts * share)


def look(plan: ShotPlan, where: SimpleSet, view: View, rays: Array, seconds: float) -> Seen:
    """The nearest surface along each ray (N, 3), which is one metre long along the camera's axis."""
    at = np.asarray(view.at)
    depth = np.full(len(rays), SKY_M)
    surface = np.zeros(len(rays), np.int64)
    number = 1
    for axis, coordinate in where.walls:
        slope = np.where(np.abs(rays[:, axis]) < 1e-9, 1e-9, rays[:, axis])
        _nearer(depth, surface, (coordinate - at[axis]) / slope, number)
        number += 1
    middle = np.asarray(plan.base.at)
    boards = where.boards
    for foot, half, height in zip(boards.feet, boards.halves, boards.heights, strict=True):
        _nearer(depth, surface, _board_depths(at, rays, middle, foot, half, height), number)
        number += 1
    for actor in plan.actors:
        _nearer(depth, surface, _board_depths(at, rays, middle, *_actor_board(actor, seconds)), number)
        number += 1
    return Seen(depth, surface)


def _nearer(depth: Array, surface: npt.NDArray[np.int64], found: Array, number: int) -> None:
    hit = (found > _NEAREST_M) & (found < depth)
    depth[hit], surface[hit] = found[hit], number


def _actor_board(actor: Actor, seconds: float) -> tuple[Array, float, float]:
    length, width, height = (side * actor.scale for side in actor.figure.size)
    return actor.place(seconds), max(length, width) * 0.45, height


def _board_depths(at: Array, rays: Array, middle: Array, foot: Array, half: float, height: float) -> Array:
    """Where each ray meets a board; infinite where it misses."""
    facing = foot - middle
    facing = np.array([facing[0], facing[1], 0.0])
    facing /= max(float(np.linalg.norm(facing)), 1e-9)
    slope = rays @ facing
    found = (foot - at) @ facing / np.where(np.abs(slope) < 1e-9, 1e-9, slope)
    points = at + rays * found[:, None] - foot
    aside = np.abs(points @ np.array([-facing[1], facing[0], 0.0]))
    inside = (aside < half) & (points[:, 2] > 0) & (points[:, 2] < height)
    return np.where(inside, found, np.inf)
