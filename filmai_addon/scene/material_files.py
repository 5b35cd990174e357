"""The maps of a studio material as files: what they hold, and where they are written."""

import contextlib
from pathlib import Path

import bpy

from ..contract import MAP_KINDS
from ..core.errors import FilmAIError, SettingsError
from ..core.material_provenance import MaterialProvenance
from ..core.naming import free_stem, material_file_stem

__all__ = ["save_maps"]

_KIND = "filmai_map"


def save_maps(material: bpy.types.Material, folder: Path) -> list[Path]:
    """Write every map of ``material`` into ``folder``, as it was made; returns the files. Overwrites nothing.

    Raises SettingsError when a map is not there or was painted on, FilmAIError when the folder cannot be
    written; then none of the files is left.
    """
    origin = MaterialProvenance.from_properties_or_none(material)
    maps = {kind: _content(image) for kind, image in _images(material).items()}
    if origin is None or not maps:
        raise SettingsError(f"{material.name} has no maps of FilmAI's.", "Select an object that wears some.")
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stem = free_stem(folder, material_file_stem(origin.settings), [f"_{kind}.png" for kind in maps])
        for kind, content in maps.items():
            path = folder / f"{stem}_{kind}.png"
            # "x": should another program take the name in between, that is an error and not its loss
            with path.open("xb") as file:
                written.append(path)
                file.write(content)
    except OSError as error:
        for path in written:
            with contextlib.suppress(OSError):
                path.unlink()
        raise FilmAIError(
            f"The maps cannot be saved in {folder}: {error.strerror or error}.", "Choose another folder."
        ) from error
    return written


def _images(material: bpy.types.Material) -> dict[str, bpy.types.Image]:
    """By their kinds, in the contract's order."""
    images = [getattr(node, "image", None) for node in material.node_tree.nodes]
    found = {image[_KIND]: image for image in images if image is not None and _KIND in image}
    return {kind: found[kind] for kind in MAP_KINDS if kind in found}


def _content(image: bpy.types.Image) -> bytes:
    if image.is_dirty:
        raise SettingsError(
            f"{image.name} was changed and not saved since.",
            "Save or pack it in the Image Editor first; then it is written as it is now.",
        )
    if image.packed_file is not None:
        return bytes(image.packed_file.data)
    path = Path(bpy.path.abspath(image.filepath, library=image.library))
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"The file of {image.name} cannot be read: {path}: {error.strerror or error}.",
            "Make the material again with Redo.",
        ) from error
