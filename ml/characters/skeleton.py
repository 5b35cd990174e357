"""Where the joints are. Metres; the figure stands at the origin and faces +x, its left is +y."""

from dataclasses import dataclass

import numpy as np

from ..shapes import Array
from .character import Character

__all__ = ["Skeleton", "heights"]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Joints of the left side; ``on`` gives those of either side. All in metres."""

    height: float
    head: float
    """From chin to the top of the skull."""
    chin: Array
    neck: Array
    """Where it leaves the shoulders."""
    hips: Array
    shoulder: Array
    elbow: Array
    wrist: Array
    knuckles: Array
    hip: Array
    knee: Array
    ankle: Array

    @classmethod
    def of(cls, character: Character) -> "Skeleton":
        """The joints of that character in its pose: arms a little out, feet apart."""
        p = character.proportions
        size = p.height_m
        chin, neck = 1 - p.head, 1 - p.head - 0.028
        shoulders = neck - 0.026
        reach = np.array([0.05, np.sin(p.spread), -np.cos(p.spread)])
        forearm = np.array([0.2, np.sin(p.spread * 0.75), -np.cos(p.spread * 0.75)])
        shoulder = np.array([p.stoop, p.shoulders * 0.95, shoulders - 0.012])
        elbow = shoulder + reach * p.arms * 0.52
        wrist = elbow + forearm / np.linalg.norm(forearm) * p.arms * 0.48
        ankle = np.array([-0.012, p.stance, 0.042])
        hip = np.array([0.0, p.hips * 0.6, p.legs])
        knee = hip + (ankle - hip) * 0.49 + (0.016, 0.004, 0.0)
        return cls(
            height=size,
            head=p.head * size,
            chin=np.array([p.stoop * 1.5, 0.0, chin]) * size,
            neck=np.array([p.stoop * 1.05, 0.0, neck]) * size,
            hips=np.array([0.0, 0.0, p.legs]) * size,
            shoulder=shoulder * size,
            elbow=elbow * size,
            wrist=wrist * size,
            knuckles=(wrist + forearm / np.linalg.norm(forearm) * 0.035 * p.hands) * size,
            hip=hip * size,
            knee=knee * size,
            ankle=ankle * size,
        )

    def on(self, joint: str, sign: float) -> Array:
        """That joint on the left (1) or the right (-1)."""
        found: Array = getattr(self, joint) * (1.0, sign, 1.0)
        return found


def heights(character: Character) -> dict[str, float]:
    """Metres above the ground of what two views have to agree on."""
    bones = Skeleton.of(character)
    return {
        "head_top": bones.height,
        "chin": float(bones.chin[2]),
        "shoulders": float(bones.shoulder[2]),
        "hips": float(bones.hips[2]),
        "feet": 0.0,
    }
