"""The words for characters: one list for the networks, the contract, the command line and the panels.

Standard library only, and no more than names, since Blender's process reads it at every start. How an archetype is
built is ``ml.characters.archetypes``'s; a test holds the two together. The order of the archetypes is part of every
trained model, so new ones are added at the end.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "BODY_NUMBERS",
    "BUILDS",
    "CHARACTERS",
    "CHARACTER_INDEX",
    "CHARACTER_MODEL",
    "VIEW_LABELS",
    "Build",
    "Term",
]

CHARACTER_MODEL = "character_studio"
"""The folder of the network among the models; a package may come without it."""
Build = Literal["slim", "average", "heavy"]
BUILDS: tuple[Build, ...] = ("slim", "average", "heavy")
VIEW_LABELS = {"front": "Front", "three_quarter": "Three Quarters", "side": "Side", "back": "Back"}


@dataclass(frozen=True, slots=True)
class Term:
    """One word, and what people read."""

    id: str
    """As used on the wire, on the command line and in file names."""
    label: str
    about: str
    """For a tooltip, without its full stop."""


CHARACTERS = (
    Term("knight", "Knight", "In armour, with helm, shield and sword, mace or lance"),
    Term("wizard", "Wizard", "In a robe, with hat or hood, beard and staff"),
    Term("robot", "Robot", "Of plates and joints, with a visor or eyes, and claws or fingers"),
    Term("astronaut", "Astronaut", "In a suit with a helmet and a pack"),
    Term("monk", "Monk", "In a habit, with a hood or a tonsure"),
    Term("soldier", "Soldier", "With helmet or beret, vest, and what soldiers carry"),
    Term("villager", "Villager", "In trousers, gown or smock, with the tools of the fields"),
    Term("alien", "Alien", "With a large skull and thin limbs"),
    Term("creature", "Creature", "With horns, fangs and fur or scales"),
    Term("pirate", "Pirate", "With tricorn or bandana, coat and cutlass"),
    Term("ranger", "Ranger", "With hood, cape, bow and quiver"),
    Term("monarch", "Monarch", "With crown, robe and sceptre"),
)
CHARACTER_INDEX = {term.id: index for index, term in enumerate(CHARACTERS)}
BODY_NUMBERS = (
    Term("head", "Head", "Size of the head"),
    Term("shoulders", "Shoulders", "Width of the shoulders"),
    Term("hips", "Hips", "Width of the hips"),
    Term("legs", "Legs", "Length of the legs"),
    Term("arms", "Arms", "Length of the arms"),
    Term("limbs", "Limbs", "Thickness of arms and legs"),
    Term("hands", "Hands", "Size of the hands"),
    Term("feet", "Feet", "Size of the feet"),
    Term("stoop", "Stoop", "How far the chest leans forward"),
)
"""Measures of the body that can be asked for: from the least to the most that the archetype knows."""
