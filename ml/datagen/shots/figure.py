"""What a subject is made of: rigid parts on joints, and where each part is in a pose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from .shapes import Array, Shape

__all__ = ["Figure", "Joint", "Part", "Surface", "matrix"]


@dataclass(frozen=True, slots=True)
class Surface:
    """What a material looks like; ``surfaces.py`` knows the kinds."""

    kind: str
    colour: tuple[float, float, float]
    """Linear RGB."""
    second: tuple[float, float, float] = (0.1, 0.1, 0.1)
    """The other colour of the pattern."""
    scale: float = 1.0
    """Size of the pattern's features in metres."""
    glow: float = 0.0
    """Emitted light, as a multiple of the colour."""


@dataclass(frozen=True, slots=True)
class Joint:
    """How a part is turned and moved against its rest: radians about x, y, z; metres; scales."""

    turn: tuple[float, float, float] = (0.0, 0.0, 0.0)
    move: tuple[float, float, float] = (0.0, 0.0, 0.0)
    scale: tuple[float, float, float] = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Part:
    """A rigid piece: its mesh is around its joint, which sits at ``at`` in the parent's frame."""

    name: str
    shape: Shape
    parent: str = ""
    at: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A subject at the origin, on the ground, facing +x. Parents come before children."""

    kind: str
    parts: tuple[Part, ...]
    surfaces: tuple[Surface, ...]
    size: tuple[float, float, float]
    """Length along x, width along y, height, in metres."""
    focus: tuple[float, float, float]
    """What a close-up looks at, a head or a front, in the figure's frame."""
    facts: Mapping[str, float | str] = field(default_factory=dict)

    def matrices(self, pose: Mapping[str, Joint]) -> dict[str, Array]:
        """4 x 4 matrix of each part in the figure's frame."""
        found: dict[str, Array] = {}
        for part in self.parts:
            joint = pose.get(part.name, Joint())
            local = matrix(np.add(part.at, joint.move), joint.turn, joint.scale)
            found[part.name] = found[part.parent] @ local if part.parent else local
        return found


def matrix(at: Sequence[float] | Array, turn: Sequence[float], scale: Sequence[float] = (1, 1, 1)) -> Array:
    """Scale, then rotation about x, y and z in this order, then translation."""
    (sx, sy, sz), (cx, cy, cz) = np.sin(turn), np.cos(turn)
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    found = np.eye(4)
    found[:3, :3] = about_z @ about_y @ about_x * np.asarray(scale, float)
    found[:3, 3] = at
    return found
