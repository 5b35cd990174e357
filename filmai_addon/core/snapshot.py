"""What is remembered of the scene at the click, as frozen data.

A result may arrive minutes later, in another mode, after an undo or in another file, and a reference to a
datablock does not survive these. So datablocks are remembered by ``session_uid``, which is never reused in a
session and survives renaming and undo, and by name for messages.
"""

from dataclasses import dataclass

from .character_settings import CharacterSettings
from .material_settings import MaterialSettings

__all__ = [
    "CharacterSheetTarget",
    "CharacterTarget",
    "DatablockRef",
    "MaterialTarget",
    "Place",
    "SheetTarget",
    "TextureTarget",
]


@dataclass(frozen=True, slots=True)
class DatablockRef:
    """A datablock of the file that was open at the click."""

    name: str
    session_uid: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a result goes."""

    scene: DatablockRef
    objects: tuple[DatablockRef, ...]
    """The selected objects that can have materials; empty when nothing is to wear it."""
    show_in_image_editor: bool
    images_folder: str = ""
    """Absolute path of the folder that the pictures are copied to; empty when they are packed."""
    expected_model_sha256: str = ""
    """For a redo: the weights that made the original; empty when any will do."""


@dataclass(frozen=True, slots=True)
class TextureTarget:
    """Where a texture goes, and how it is laid onto the objects."""

    place: Place
    repeat: float = 1.0
    """How many pictures lie side by side across an object."""


@dataclass(frozen=True, slots=True)
class MaterialTarget:
    """Where a material goes, and what was chosen for it."""

    place: Place
    settings: MaterialSettings
    layout_sha256: str = ""
    """Of the layout image as it was handed over; empty when there is none."""
    expected_layout_sha256: str = ""
    """For a redo: of the original's."""


@dataclass(frozen=True, slots=True)
class SheetTarget:
    """A preview sheet goes into the panels: nothing of the scene has to be remembered."""

    settings: MaterialSettings
    """Of all its pictures; their seeds follow from it."""


@dataclass(frozen=True, slots=True)
class CharacterTarget:
    """Where a character goes, and what was chosen for it."""

    place: Place
    """Without objects: a character brings its own."""
    collection: DatablockRef | None
    """Which collection they are linked to; None: the scene's own."""
    feet: tuple[float, float, float]
    """Where it stands, in Blender units."""
    settings: CharacterSettings


@dataclass(frozen=True, slots=True)
class CharacterSheetTarget:
    """As ``SheetTarget``, of characters."""

    settings: CharacterSettings
