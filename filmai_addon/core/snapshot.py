"""What is remembered of the scene at the click, as frozen data.

A result may arrive minutes later, in another mode, after an undo or in another file, and a reference to a
datablock does not survive these. So datablocks are remembered by ``session_uid``, which is never reused in a
session and survives renaming and undo, and by name for messages.
"""

from dataclasses import dataclass

__all__ = ["DatablockRef", "TextureTarget"]


@dataclass(frozen=True, slots=True)
class DatablockRef:
    """A datablock of the file that was open at the click."""

    name: str
    session_uid: int


@dataclass(frozen=True, slots=True)
class TextureTarget:
    """Where a texture goes."""

    scene: DatablockRef
    objects: tuple[DatablockRef, ...]
    """The selected objects that can have materials; empty when the image alone is wanted."""
    show_in_image_editor: bool
    images_folder: str = ""
    """Absolute path of the folder that the pictures are copied to; empty when they are packed."""
    repeat: float = 1.0
    """How many pictures lie side by side across an object."""
    expected_model_sha256: str = ""
    """For a redo: the weights that made the original; empty when any will do."""
