"""The sample sheet of a training as an image in Blender: one image, taken again when there is a newer one."""

from pathlib import Path

import bpy

from ..core.errors import DeliveryError

__all__ = ["SHEET_NAME", "load_sheet"]

SHEET_NAME = "FilmAI Training Samples"


def load_sheet(path: Path) -> bpy.types.Image:
    """The image of that file. Raises DeliveryError when it cannot be read."""
    image = bpy.data.images.get(SHEET_NAME)
    try:
        if image is None:
            image = bpy.data.images.load(str(path))
            image.name = SHEET_NAME
        else:
            image.filepath = str(path)
            image.reload()
    except RuntimeError as error:
        raise DeliveryError(
            "The samples cannot be read.", "Wait for the next ones.", detail=str(error)
        ) from None
    return image
