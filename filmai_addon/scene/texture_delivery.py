"""Writes a concept texture into the scene: images, materials, and who wears them."""

from contextlib import ExitStack
from pathlib import Path

import bpy

from ..contract import TextureImage, TextureResult
from ..core.naming import file_stem, texture_name
from ..core.provenance import TextureProvenance
from ..core.snapshot import TextureTarget
from ..core.version import filmai_version
from .assignment import assign_all, left_out_notes
from .image_editor import show_in_image_editor
from .images import Picture, load_picture, write_notes
from .mapping import BoxMapping, Mapping, spanning_mapping
from .materials import new_texture_material

__all__ = ["write_texture"]


def write_texture(
    result: TextureResult, target: TextureTarget, objects: list[bpy.types.Object], undo_on_error: ExitStack
) -> list[str]:
    """Make images and materials and assign the first; returns what the user should know."""
    mappings = _mappings(objects)
    left_out: list[str] = []
    for index, made in enumerate(result.images):
        origin = _origin(result, made, target)
        image = load_picture(_picture(made, origin), target.place.images_folder, undo_on_error)
        if index == 0 and target.place.show_in_image_editor:
            show_in_image_editor(image)
        if not objects:
            # nothing uses it, and Blender does not save what nothing uses
            image.use_fake_user = True
        elif index == 0:
            materials = _materials(image, origin, mappings, undo_on_error)
            left_out = assign_all(objects, [materials[mapping] for mapping in mappings], undo_on_error)
        else:
            # the other variations wait in the list of materials
            for material in _materials(image, origin, mappings[:1], undo_on_error).values():
                material.use_fake_user = True
    return left_out_notes(left_out)


def _picture(made: TextureImage, origin: TextureProvenance) -> Picture:
    return Picture(
        png=Path(made.path),
        name=texture_name(origin.family, origin.seed),
        file_stem=file_stem(origin.family, origin.seed, origin.size_px),
        is_data=False,
        notes=origin.to_properties(),
    )


def _mappings(objects: list[bpy.types.Object]) -> list[Mapping]:
    """How the picture is laid onto each object; projected ones share the largest one's scale.

    So bricks are equally large on all of them, and one material serves them all.
    """
    own = [spanning_mapping(obj) for obj in objects]
    largest = min((mapping.scale for mapping in own if isinstance(mapping, BoxMapping)), default=(1.0,) * 3)
    return [BoxMapping(largest) if isinstance(mapping, BoxMapping) else mapping for mapping in own]


def _materials(
    image: bpy.types.Image, origin: TextureProvenance, mappings: list[Mapping], undo_on_error: ExitStack
) -> dict[Mapping, bpy.types.Material]:
    """One material for each way in which the picture is laid onto the objects: one, in most cases."""
    materials: dict[Mapping, bpy.types.Material] = {}
    for mapping in dict.fromkeys(mappings):
        name = texture_name(origin.family, origin.seed)
        material = new_texture_material(name, image, mapping, origin.repeat)
        undo_on_error.callback(bpy.data.materials.remove, material)
        write_notes(material, origin.to_properties())
        materials[mapping] = material
    return materials


def _origin(result: TextureResult, made: TextureImage, target: TextureTarget) -> TextureProvenance:
    return TextureProvenance(
        family=result.family,
        seed=made.seed,
        size_px=made.width_px,
        repeat=target.repeat,
        model=result.model.name,
        model_version=result.model.version,
        model_sha256=result.model.sha256,
        network_px=result.network_px,
        device=result.device.kind,
        device_reason=result.device.reason,
        png_sha256=made.sha256,
        version=filmai_version(),
    )
