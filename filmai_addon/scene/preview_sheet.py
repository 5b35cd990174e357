"""Turns the pictures of a finished preview sheet into icons that panels can draw.

Icons belong to this Blender and not to the file: nothing here is undone, saved or left in the .blend.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import bpy
import numpy as np

from .. import sheet_view
from ..contract import MaterialPreview, PreviewSheet
from ..core.errors import DeliveryError
from ..core.preview_cells import preview_cells
from ..core.snapshot import SheetTarget

if TYPE_CHECKING:
    from bpy.utils.previews import ImagePreviewCollection

__all__ = ["clear_sheet", "show_sheet"]

_icons: "ImagePreviewCollection | None" = None


def show_sheet(result: PreviewSheet, target: SheetTarget) -> list[str]:
    """Replace the sheet that panels show; returns what the user should know.

    Raises DeliveryError when a picture cannot be read; then the sheet before is still shown.
    """
    # not with the add-on, since few sessions need it
    import bpy.utils.previews

    global _icons
    icons = bpy.utils.previews.new()
    with ExitStack() as undo_on_error:
        undo_on_error.callback(bpy.utils.previews.remove, icons)
        icon_ids = tuple(
            _icon_of(icons, str(index), preview) for index, preview in enumerate(result.previews)
        )
        undo_on_error.pop_all()
    before, _icons = _icons, icons
    sheet_view.publish(preview_cells(target.settings, result.previews, icon_ids), target.settings)
    # only now, when no panel can draw them any more
    if before is not None:
        bpy.utils.previews.remove(before)
    return [note.rstrip(".") for note in result.notes]


def clear_sheet() -> None:
    """Forget the sheet and free its icons. May be called again."""
    global _icons
    sheet_view.clear()
    before, _icons = _icons, None
    if before is not None:
        import bpy.utils.previews

        bpy.utils.previews.remove(before)


def _icon_of(icons: "ImagePreviewCollection", name: str, preview: MaterialPreview) -> int:
    """The icon's number.

    Filled from the pixels, since an icon that is made from a file reads it when it is first drawn, when the
    job's folder is long gone, and leaves a copy among the user's thumbnails.
    """
    size, pixels = _pixels_of(Path(preview.path))
    icon = icons.new(name)
    icon.image_size = size
    icon.image_pixels_float.foreach_set(pixels)
    return int(icon.icon_id)


def _pixels_of(path: Path) -> tuple[tuple[int, int], np.ndarray]:
    """Width, height and RGBA from the bottom up; the image is taken out of the file again."""
    try:
        image = bpy.data.images.load(str(path), check_existing=False)
    except RuntimeError as error:
        raise _unreadable(path, str(error)) from error
    try:
        width, height = image.size
        pixels = np.empty(width * height * 4, np.float32)
        if not len(pixels) or len(image.pixels) != len(pixels):
            raise _unreadable(path, "it holds no picture")
        image.pixels.foreach_get(pixels)
    finally:
        bpy.data.images.remove(image)
    return (width, height), pixels


def _unreadable(path: Path, detail: str) -> DeliveryError:
    return DeliveryError(f"The preview {path.name} cannot be read.", "Press Preview Sheet again.", detail)
