"""Dresses each archetype: from the record of a character to its solids."""

from collections.abc import Callable

from .aliens import alien
from .character import Character
from .creatures import creature
from .fighters import knight, soldier
from .folk import astronaut, villager
from .robed import monarch, monk, wizard
from .robots import robot
from .rovers import pirate, ranger
from .sculpture import Sculpture

__all__ = ["sculpt"]


def sculpt(character: Character, fineness: int = 10) -> Sculpture:
    """The solids of that character. fineness: 10 for a guide, 28 for a render."""
    sculpture = Sculpture(fineness)
    _CAST[character.archetype](sculpture, character)
    return sculpture


_CAST: dict[str, Callable[[Sculpture, Character], None]] = {
    "knight": knight, "wizard": wizard, "robot": robot, "astronaut": astronaut, "monk": monk,
    "soldier": soldier, "villager": villager, "alien": alien, "creature": creature, "pirate": pirate,
    "ranger": ranger, "monarch": monarch,
}  # fmt: skip
