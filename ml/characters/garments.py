"""Clothes: what hangs from shoulders and hips, belts, collars and cuffs."""

from collections.abc import Sequence

import numpy as np

from ..shapes import Array
from .body import SIDES, profile, trunk_rows
from .character import Character
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = [
    "belt",
    "buttons",
    "coat_tails",
    "collar",
    "cuffs",
    "sash",
    "skirt",
    "top",
    "torso_at",
    "torso_side",
]


def torso_at(c: Character, share: float, grow: float = 0.0) -> Array:
    """(height, half depth, half width, front) of the trunk between hips (0) and shoulders (1), in metres."""
    table = trunk_rows(c, grow)
    bones = Skeleton.of(c)
    z = bones.hips[2] + share * (bones.shoulder[2] - bones.hips[2])
    return np.array([z, *(np.interp(z, table[:, 0], table[:, i]) for i in (1, 2, 3))])


def torso_side(c: Character, share: float, angle: float, grow: float) -> np.ndarray:
    """A point on the trunk at that angle from the front, metres."""
    z, depth, width, front = torso_at(c, share, grow * c.proportions.height_m)
    return np.array([front + depth * np.cos(angle), width * np.sin(angle), z])


def top(
    s: Sculpture,
    c: Character,
    surface: str,
    grow: float = 0.008,
    part: str = "torso",
    low: float = -0.25,
    high: float = 1.12,
    arc: tuple[float, float] | None = None,
) -> None:
    """A garment over the trunk, a little wider than it; with an arc it is open there."""
    table = trunk_rows(c, grow * c.proportions.height_m)
    levels = torso_at(c, low)[0], torso_at(c, high)[0]
    z = np.unique(np.concatenate([np.clip(table[:, 0], *levels), levels]))
    rows = np.stack([z, *(np.interp(z, table[:, 0], table[:, i]) for i in (1, 2, 3))], -1)
    s.turned(part, surface, profile(rows), power=2.3, arc=arc, thickness=0.006 * c.proportions.height_m)


def skirt(
    s: Sculpture, c: Character, surface: str, hem_m: float, flare: float, folds: int = 9, depth: float = 0.07,
    start: float = 0.42, arc: tuple[float, float] | None = None, grow: float = 0.01, part: str = "skirt",
) -> None:  # fmt: skip
    """From the waist to a hem at that height above the ground; flare: metres that the hem stands out further."""
    size = c.proportions.height_m
    z, depth_m, width, front = torso_at(c, start, grow * size)
    hip, hip_depth, hip_width, hip_front = torso_at(c, 0.0, grow * size * 1.2)
    length = hip - hem_m
    rows = [(hem_m, hip_depth + flare, hip_width + flare * 0.85, hip_front * 0.6 + 0.005, 0, 1.0)]
    rows += [
        (hem_m + length * 0.35, hip_depth + flare * 0.62, hip_width + flare * 0.52, hip_front * 0.8, 0, 0.7)
    ]
    rows += [(hem_m + length * 0.7, hip_depth + flare * 0.25, hip_width + flare * 0.2, hip_front, 0, 0.35)]
    rows += [(hip, hip_depth, hip_width, hip_front, 0, 0.12), (z, depth_m, width, front, 0, 0.0)]
    s.turned(part, surface, rows, arc=arc, folds=(folds, depth), power=2.15, thickness=0.007 * size)


def coat_tails(
    s: Sculpture, c: Character, surface: str, hem_m: float, flare: float, gap: float = 0.5
) -> None:
    """A skirt that is open in front."""
    skirt(s, c, surface, hem_m, flare, 7, 0.05, arc=(gap, 2 * np.pi - gap), grow=0.016, part="skirt")


def belt(
    s: Sculpture,
    c: Character,
    surface: str = "leather",
    share: float = 0.3,
    wide: float = 0.026,
    grow: float = 0.016,
) -> None:
    """Around the waist, with a mark for its buckle."""
    size = c.proportions.height_m
    z, depth, width, front = torso_at(c, share, grow * size)
    half = wide * size / 2
    rows = [
        (z - half, depth * 0.97, width * 0.97, front),
        (z - half * 0.7, depth, width, front),
        (z + half * 0.7, depth, width, front),
        (z + half, depth * 0.97, width * 0.97, front),
    ]
    s.turned("belt", surface, profile(np.array(rows)), smooth=False, power=2.25)
    s.mark("buckle", (front + depth, 0, z), (0.012 * size, wide * size * 1.3, wide * size * 1.15))


def sash(
    s: Sculpture,
    c: Character,
    surface: str,
    low: float = -0.05,
    high: float = 0.95,
    sign: float = 1.0,
    grow: float = 0.016,
) -> None:
    """A band across the breast from one shoulder to the other hip, in front and behind."""
    size = c.proportions.height_m
    for face in (1.0, -1.0):
        path = []
        for t in np.linspace(0, 1, 8):
            z, depth, width, front = torso_at(c, low + (high - low) * t, grow * size)
            across = (t - 0.5) * 1.425 * sign
            path.append(
                (front + face * depth * np.sqrt(max(1 - (across * 0.9) ** 2, 0.08)), width * across, z)
            )
        s.bar("belt", surface, path, np.array([(0.026, 0.007)] * 8) * size, rounding=0.2)


def buttons(s: Sculpture, c: Character, count: int, low: float, high: float, grow: float) -> None:
    """A row of marks for buttons down the front."""
    size = c.proportions.height_m
    for share in np.linspace(low, high, count):
        z, depth, _, front = torso_at(c, float(share), grow * size)
        s.mark("button", (front + depth, 0, z), (0.006 * size, 0.009 * size, 0.009 * size))


def collar(
    s: Sculpture,
    c: Character,
    surface: str,
    high: float = 0.03,
    wide: float = 0.062,
    arc: tuple[float, float] | None = None,
    flare: float = 1.15,
) -> None:
    """A ring around the neck; shares of the body's height."""
    bones, size = Skeleton.of(c), c.proportions.height_m
    x, _, z = bones.neck
    rows = [
        (z - 0.018 * size, wide * size, wide * size * 1.15, x),
        (z + high * size, wide * size * flare * 0.85, wide * size * flare * 0.95, x),
    ]
    s.turned("torso", surface, profile(np.array(rows)), smooth=False, arc=arc, thickness=0.009 * size)


def cuffs(
    s: Sculpture,
    c: Character,
    surface: str,
    share: float = 0.15,
    radius: float = 0.034,
    part: str = "lower_arm",
    sides: Sequence[float] = SIDES,
    flare: float = 1.15,
) -> None:
    """Around the wrists, up the forearm by that share."""
    bones, size = Skeleton.of(c), c.proportions.height_m * (0.4 + 0.6 * c.proportions.limbs)
    for sign in sides:
        wrist, elbow = bones.on("wrist", sign), bones.on("elbow", sign)
        end = wrist + (elbow - wrist) * share
        s.bar(
            part,
            surface,
            [wrist, (wrist + end) / 2, end],
            np.array([radius, radius * (1 + flare) / 2, radius * flare]) * size,
            rounding=0.12,
        )
