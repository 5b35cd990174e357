"""Turns a finished PNG file into an image datablock: named, packed or copied, with its origin on it."""

import contextlib
import shutil
from pathlib import Path

import bpy

from ..core.errors import DeliveryError
from ..core.naming import file_stem, free_path, texture_name
from ..core.provenance import TextureProvenance

__all__ = ["load_texture_image", "write_provenance"]


def load_texture_image(png: Path, origin: TextureProvenance, images_folder: str) -> bpy.types.Image:
    """A new image datablock of the PNG at ``png``, which is not needed afterwards.

    ``images_folder`` is where the file is copied to, never over another file; empty means packed. Raises
    DeliveryError when the file cannot be read or copied.
    """
    stem = file_stem(origin.family, origin.seed, origin.size_px)
    path = _copy_to(Path(images_folder), stem, png) if images_folder else png
    try:
        image = bpy.data.images.load(str(path), check_existing=False)
    except RuntimeError as error:
        raise DeliveryError(f"The picture {path} cannot be read.", "Try again.", str(error)) from error
    image.name = texture_name(origin.family, origin.seed)
    with contextlib.suppress(TypeError):
        # a studio's own colour configuration may lack the name; its default for 8-bit files is right then
        image.colorspace_settings.name = "sRGB"
    write_provenance(image, origin)
    if images_folder:
        _make_relative(image)
    else:
        image.pack()
        # the job's folder goes away; when the picture is unpacked one day, this is where it should go
        image.filepath_raw = f"//textures/{stem}.png"
    return image


def _make_relative(image: bpy.types.Image) -> None:
    """Name the file from the .blend's folder, as Blender does where the user wants that."""
    if bpy.data.filepath and bpy.context.preferences.filepaths.use_relative_paths:
        # ValueError: on another drive of Windows
        with contextlib.suppress(ValueError):
            image.filepath_raw = bpy.path.relpath(image.filepath)


def write_provenance(datablock: bpy.types.ID, origin: TextureProvenance) -> None:
    """Note on a datablock how it was made."""
    for name, value in origin.to_properties().items():
        datablock[name] = value


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
