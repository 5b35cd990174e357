"""What hands hold."""

import numpy as np

from .character import Character
from .goods import GOODS
from .sculpture import Sculpture
from .skeleton import Skeleton
from .staffs import STAFFS
from .weapons import WEAPONS

__all__ = ["held"]


_FIST = 0.042


def held(s: Sculpture, c: Character) -> tuple[float, ...]:
    """Draws what both hands hold; returns the sides whose hands are closed around it."""
    bones, size = Skeleton.of(c), c.proportions.height_m
    closed = []
    for slot, sign in (("right", -1.0), ("left", 1.0)):
        maker = _THINGS.get(c.wearing(slot))
        if maker is None:
            continue
        wrist, knuckles = bones.on("wrist", sign), bones.on("knuckles", sign)
        along = (knuckles - wrist) / np.linalg.norm(knuckles - wrist)
        grip = wrist + along * _FIST * size * c.proportions.hands + np.array([0.004, -0.012 * sign, 0]) * size
        maker(s, c, grip, sign)
        closed.append(sign)
    return tuple(closed)


_THINGS = STAFFS | WEAPONS | GOODS
