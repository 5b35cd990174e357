"""What a subject is made of: rigid parts on joints, and where each part is in a pose."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ...shapes import Array, Shape, Surface, matrix

__all__ = ["Figure", "Joint", "Part", "Surface", "matrix"]


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
