"""Turns the pictures of a finished preview sheet into icons that panels can draw.

Icons belong to this Blender and not to the file: nothing here is undone, saved or left in the .blend.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import bpy
import numpy as np

from .. import sheet_view
from ..contract import CharacterPreview, CharacterSheet, MaterialPreview, PreviewSheet
from ..core.errors import DeliveryError
from ..core.preview_cells import character_cells, preview_cells
from ..core.snapshot import CharacterSheetTarget, SheetTarget

if TYPE_CHECKING:
    from bpy.utils.previews import ImagePreviewCollection

__all__ = ["clear_sheets", "show_character_sheet", "show_sheet"]

_icons: "dict[str, ImagePreviewCollection]" = {}
"""By what the sheet is of."""


def show_sheet(result: PreviewSheet, target: SheetTarget) -> list[str]:
    """Replace the sheet of materials that panels show; returns what the user should know.

    Raises DeliveryError when a picture cannot be read; then the sheet before is still shown.
    """
    settings = target.settings
    with _new_icons("materials", result.previews) as icon_ids:
        sheet_view.MATERIALS.publish(preview_cells(settings, result.previews, icon_ids), settings)
    return [note.rstrip(".") for note in result.notes]


def show_character_sheet(result: CharacterSheet, target: CharacterSheetTarget) -> None:
    """The same for the sheet of characters."""
    settings = target.settings
    with _new_icons("characters", result.previews) as icon_ids:
        sheet_view.CHARACTERS.publish(character_cells(settings, result.previews, icon_ids), settings)


def clear_sheets() -> None:
    """Forget the sheets and free their icons. May be called again."""
    sheet_view.MATERIALS.clear()
    sheet_view.CHARACTERS.clear()
    if _icons:
        import bpy.utils.previews

        for icons in _icons.values():
            bpy.utils.previews.remove(icons)
        _icons.clear()


@contextmanager
def _new_icons(
    kind: str, previews: Sequence[MaterialPreview | CharacterPreview]
) -> Iterator[tuple[int, ...]]:
    """Icons of these pictures; those of the sheet before go when the block has published the new one."""
    # not with the add-on, since few sessions need it
    import bpy.utils.previews

    icons = bpy.utils.previews.new()
    with ExitStack() as undo_on_error:
        undo_on_error.callback(bpy.utils.previews.remove, icons)
        icon_ids = tuple(_icon_of(icons, str(index), preview) for index, preview in enumerate(previews))
        undo_on_error.pop_all()
    before = _icons.pop(kind, None)
    _icons[kind] = icons
    yield icon_ids
    # only now, when no panel can draw them any more
    if before is not None:
        bpy.utils.previews.remove(before)


def _icon_of(icons: "ImagePreviewCollection", name: str, preview: MaterialPreview | CharacterPreview) -> int:
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
