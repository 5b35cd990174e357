"""Where a character's pictures stand, as arithmetic: on the ground, on the axes, in the right height."""

from dataclasses import dataclass
from math import pi

from ..contract import CharacterPictures

__all__ = ["REFERENCE_TURNS", "Standing", "standing"]

_UPRIGHT = pi / 2
REFERENCE_TURNS = {
    "front": (_UPRIGHT, 0.0, 0.0),
    "side": (_UPRIGHT, 0.0, pi / 2),
    "back": (_UPRIGHT, 0.0, pi),
}
"""Rotation about x, y, z of a picture that is seen straight on in Blender's front, right and back view.

The figure looks to -Y, as Blender's own do; its left side is then on the right. Other views lie on no axis.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A picture's measures in Blender units."""

    width: float
    height: float
    ground: float
    """How far the ground line lies above the picture's lower border."""

    @property
    def ground_share(self) -> float:
        """The same as a share of the height."""
        return self.ground / self.height


def standing(made: CharacterPictures, unit_m: float) -> Standing:
    """How large the pictures are where one Blender unit is ``unit_m`` metres."""
    height = made.picture_height_m / unit_m
    return Standing(height * made.width_px / made.height_px, height, made.ground_m / unit_m)
