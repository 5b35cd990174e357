"""What makes a thing that a hand holds."""

from collections.abc import Callable

from ..shapes import Array
from .character import Character
from .sculpture import Sculpture

__all__ = ["Maker"]

Maker = Callable[[Sculpture, Character, Array, float], None]
"""The sculpture, the character, the middle of the fist, and 1 for the left hand, -1 for the right."""
