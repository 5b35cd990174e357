"""What the user is looking at: the image that is shown here, and what the active object wears or shows."""

import bpy

from ..core.provenance import MATERIAL_PROPERTY

__all__ = ["datablocks_in_use", "material_in_use"]


def datablocks_in_use(context: bpy.types.Context) -> list[bpy.types.ID]:
    """The image that is shown here, if this is an Image Editor, the active object's active material, or its image."""
    space = context.space_data
    active = context.view_layer.objects.active if context.view_layer is not None else None
    shown = space.image if space is not None and space.type == "IMAGE_EDITOR" else None
    worn = active.active_material if active is not None else None
    referred = active.data if active is not None and active.type == "EMPTY" else None
    return [datablock for datablock in (shown, worn, referred) if datablock is not None]


def material_in_use(context: bpy.types.Context) -> bpy.types.Material | None:
    """The studio's material that is worn or whose image is shown; None when there is none."""
    for datablock in datablocks_in_use(context):
        if MATERIAL_PROPERTY not in datablock:
            continue
        if isinstance(datablock, bpy.types.Material):
            return datablock
        for material in bpy.data.materials:
            if MATERIAL_PROPERTY in material and _shows(material, datablock):
                return material
    return None


def _shows(material: bpy.types.Material, image: bpy.types.Image) -> bool:
    return any(getattr(node, "image", None) == image for node in material.node_tree.nodes)
