"""Turns finished PNG files into image datablocks: named, packed or copied, with their origin on them."""

import contextlib
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import bpy

from ..core.errors import DeliveryError
from ..core.naming import free_path

__all__ = ["Picture", "load_picture", "write_notes"]

Notes = Mapping[str, str | int | float]
"""Custom properties that say how a datablock was made."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished PNG file, and what becomes of it."""

    png: Path
    """Not needed any more once it is loaded."""
    name: str
    """Of the datablock."""
    file_stem: str
    """Of the file in the user's folder, without its ending."""
    is_data: bool
    """True for numbers (heights, directions), which no colour management may touch."""
    notes: Notes


def load_picture(picture: Picture, images_folder: str, undo_on_error: ExitStack) -> bpy.types.Image:
    """A new image datablock.

    ``images_folder`` is where the file is copied to, never over another file; empty means packed. Raises
    DeliveryError when the file cannot be read or copied. ``undo_on_error`` takes all of it away again.
    """
    path = picture.png
    if images_folder:
        path = _copy_to(Path(images_folder), picture.file_stem, picture.png)
        undo_on_error.callback(path.unlink)
    try:
        image = bpy.data.images.load(str(path), check_existing=False)
    except RuntimeError as error:
        raise DeliveryError(f"The picture {path} cannot be read.", "Try again.", str(error)) from error
    undo_on_error.callback(bpy.data.images.remove, image)
    image.name = picture.name
    # before anything looks at the pixels, which are translated when they are read
    _set_colour_space(image, picture)
    write_notes(image, picture.notes)
    if images_folder:
        _make_relative(image)
    else:
        image.pack()
        # the job's folder goes away; when the picture is unpacked one day, this is where it should go
        image.filepath_raw = f"//textures/{picture.file_stem}.png"
    return image


def write_notes(datablock: bpy.types.ID, notes: Notes) -> None:
    """Note on a datablock how it was made."""
    for name, value in notes.items():
        datablock[name] = value


def _set_colour_space(image: bpy.types.Image, picture: Picture) -> None:
    if picture.is_data:
        # by its role, since a studio's own colour configuration may call it otherwise than Non-Color
        image.colorspace_settings.is_data = True
        return
    with contextlib.suppress(TypeError):
        # a studio's own colour configuration may lack the name; its default for 8-bit files is right then
        image.colorspace_settings.name = "sRGB"


def _make_relative(image: bpy.types.Image) -> None:
    """Name the file from the .blend's folder, as Blender does where the user wants that."""
    if bpy.data.filepath and bpy.context.preferences.filepaths.use_relative_paths:
        # ValueError: on another drive of Windows
        with contextlib.suppress(ValueError):
            image.filepath_raw = bpy.path.relpath(image.filepath)


def _copy_to(folder: Path, stem: str, png: Path) -> Path:
    path: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = free_path(folder, stem, ".png")
        # "x": should another program take the name in between, that is an error and not its loss
        with png.open("rb") as source, path.open("xb") as copy:
            shutil.copyfileobj(source, copy)
    except OSError as error:
        if path is not None and not isinstance(error, FileExistsError):
            with contextlib.suppress(OSError):
                path.unlink()
        raise DeliveryError(
            f"The picture cannot be saved in {folder}: {error.strerror or error}.",
            f"Choose another folder in the preferences of FilmAI. The picture is at {png}.",
        ) from error
    return path
