"""Writes materials of the studio into the scene: their maps, their nodes, and who wears them."""

from contextlib import ExitStack
from pathlib import Path

import bpy

from ..contract import MapFile, MaterialMaps, MaterialResult
from ..core.material_provenance import MaterialProvenance
from ..core.material_settings import MaterialSettings
from ..core.naming import MAP_LABELS, free_stem, material_file_stem, material_name
from ..core.snapshot import MaterialTarget
from ..core.version import filmai_version
from .assignment import assign_all, left_out_notes
from .image_editor import show_in_image_editor
from .images import Picture, load_picture, write_notes
from .mapping import BoxMapping, Mapping, metric_mapping, unworn_mapping
from .snapshot import find_scene
from .studio_material import new_studio_material, relief_of
from .units import unit_metres

__all__ = ["write_material"]


def write_material(
    result: MaterialResult, target: MaterialTarget, objects: list[bpy.types.Object], undo_on_error: ExitStack
) -> list[str]:
    """Make images and materials and assign the first; returns what the user should know."""
    unit_m = unit_metres(find_scene(target.place.scene))
    # a script may have scaled an object just now
    bpy.context.view_layer.update()
    worn = [metric_mapping(obj, target.settings, unit_m) for obj in objects]
    mappings = worn or [unworn_mapping(target.settings, unit_m)]
    left_out: list[str] = []
    for index, maps in enumerate(result.materials):
        origin = _origin(result, maps, target)
        images = _images(maps, origin, target.place.images_folder, undo_on_error)
        if index == 0 and target.place.show_in_image_editor:
            show_in_image_editor(images["basecolor"])
        used = mappings if index == 0 else mappings[:1]
        materials = _materials(images, origin, used, unit_m, undo_on_error)
        if index == 0 and objects:
            left_out = assign_all(objects, [materials[mapping] for mapping in worn], undo_on_error)
        else:
            # the other variations wait in the list of materials; Blender does not save what nothing uses
            for material in materials.values():
                material.use_fake_user = True
    notes = [note.rstrip(".") for note in result.notes]
    if target.expected_layout_sha256 not in ("", target.layout_sha256):
        notes.append("The layout image was changed since the original was made, so this one looks different")
    return [*notes, *left_out_notes(left_out), *_mapping_notes(target.settings, mappings)]


def _images(
    maps: MaterialMaps, origin: MaterialProvenance, images_folder: str, undo_on_error: ExitStack
) -> dict[str, bpy.types.Image]:
    stem = material_file_stem(origin.settings)
    if images_folder:
        # one number for all maps of a material, so that they are found together
        stem = free_stem(Path(images_folder), stem, [f"_{file.kind}.png" for file in maps.maps])
    return {
        file.kind: load_picture(_picture(file, origin, stem), images_folder, undo_on_error)
        for file in maps.maps
    }


def _picture(file: MapFile, origin: MaterialProvenance, stem: str) -> Picture:
    return Picture(
        png=Path(file.path),
        name=f"{material_name(origin.settings)} {MAP_LABELS[file.kind]}",
        file_stem=f"{stem}_{file.kind}",
        is_data=file.kind != "basecolor",
        notes=origin.to_properties() | {"filmai_map": file.kind, "filmai_png_sha256": file.sha256},
    )


def _materials(
    images: dict[str, bpy.types.Image],
    origin: MaterialProvenance,
    mappings: list[Mapping],
    unit_m: float,
    undo_on_error: ExitStack,
) -> dict[Mapping, bpy.types.Material]:
    """One material for each way in which the pictures are laid onto the objects: one, in most cases."""
    materials: dict[Mapping, bpy.types.Material] = {}
    settings = origin.settings
    for mapping in dict.fromkeys(mappings):
        material = new_studio_material(
            material_name(settings), images, mapping, settings.relief, settings.depth_m / unit_m
        )
        undo_on_error.callback(bpy.data.materials.remove, material)
        write_notes(material, origin.to_properties())
        materials[mapping] = material
    return materials


def _origin(result: MaterialResult, maps: MaterialMaps, target: MaterialTarget) -> MaterialProvenance:
    return MaterialProvenance(
        settings=target.settings.of_variation(maps.layout_seed, maps.look_seed),
        model=result.model.name,
        model_version=result.model.version,
        model_sha256=result.model.sha256,
        device=result.device.kind,
        device_reason=result.device.reason,
        layout_sha256=target.layout_sha256,
        version=filmai_version(),
    )


def _mapping_notes(settings: MaterialSettings, mappings: list[Mapping]) -> list[str]:
    notes: list[str] = []
    if any(relief_of(settings.relief, mapping) != settings.relief for mapping in mappings):
        notes.append("Projected, so its relief is made of bumps: a normal map needs a UV map")
    projected = any(isinstance(mapping, BoxMapping) for mapping in mappings)
    if projected and settings.width_px != settings.height_px:
        notes.append("Projected, so a picture that is not square is stretched on top and below")
    return notes
