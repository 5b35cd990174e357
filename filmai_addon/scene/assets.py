"""Makes a material an asset: marked, tagged, in a catalogue, with a preview."""

import contextlib
import os
from pathlib import Path

import bpy

from ..contract import family_label
from ..core.asset_catalogue import CATALOGUE_FILE, with_catalogue
from ..core.material_settings import MaterialSettings

__all__ = ["mark_as_asset"]


def mark_as_asset(material: bpy.types.Material, settings: MaterialSettings) -> str:
    """Mark ``material`` as an asset of its family; returns what the user should know, or nothing."""
    label = family_label(settings.family)
    material.asset_mark()
    for tag in ("FilmAI", label):
        material.asset_data.tags.new(tag, skip_if_exists=True)
    if settings.prompt:
        material.asset_data.description = settings.prompt
    # without a window Blender has nothing to draw a preview with, and waits for it in vain
    if not bpy.app.background:
        material.asset_generate_preview()
    if not bpy.data.filepath:
        return "Save the file and mark it again to have it in a catalogue"
    try:
        material.asset_data.catalog_id = _catalogue(_library_folder(), f"FilmAI/{label}")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return f"It is in no catalogue, since {CATALOGUE_FILE} cannot be written: {reason}"
    return ""


def _library_folder() -> Path:
    """The asset library that the file lies in, else the file's own folder: there Blender looks for catalogues."""
    file = Path(bpy.data.filepath).resolve()
    for library in bpy.context.preferences.filepaths.asset_libraries:
        root = Path(library.path) if library.path else None
        if root is not None and root.is_dir() and file.is_relative_to(root.resolve()):
            return root
    return file.parent


def _catalogue(folder: Path, path: str) -> str:
    """The id of the catalogue ``path``, which is in the folder's file afterwards."""
    file = folder / CATALOGUE_FILE
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    after, number = with_catalogue(before, path)
    if after != before:
        _replace(file, after)
    return number


def _replace(file: Path, text: str) -> None:
    """Whole or not at all: other files' assets hang on it."""
    beside = file.with_name(f"{file.name}.filmai-{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
