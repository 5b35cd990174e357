"""Objects that show a character: reference images for modelling, or a plane that turns to the camera."""

import bpy

from ..core.character_placing import REFERENCE_TURNS, Standing
from . import compat

__all__ = ["new_plane", "new_reference", "same_place"]

_NEAR = 1e-5
"""In Blender units, for one unit of distance from the origin: what numbers of 24 bits may be off by."""


def new_reference(
    name: str, view: str, image: bpy.types.Image, standing: Standing, opacity: float
) -> bpy.types.Object:
    """An Image Empty with its feet at its origin, to be seen straight on in orthographic views only."""
    obj = bpy.data.objects.new(name, None)
    obj.empty_display_type = "IMAGE"
    obj.data = image
    # Blender's size is that of the longer side
    obj.empty_display_size = max(standing.width, standing.height)
    obj.empty_image_offset = (-0.5, -standing.ground_share)
    # behind what is modelled on it, and not mirrored from the back
    obj.empty_image_depth, obj.empty_image_side = "BACK", "FRONT"
    obj.show_empty_image_orthographic, obj.show_empty_image_perspective = True, False
    obj.show_empty_image_only_axis_aligned = True
    obj.use_empty_image_alpha = True
    obj.color[3] = opacity
    obj.rotation_euler = REFERENCE_TURNS[view]
    return obj


def new_plane(
    name: str, image: bpy.types.Image, standing: Standing, camera: bpy.types.Object | None
) -> bpy.types.Object:
    """A plane that stands on its origin, looks to -Y and turns about the vertical to the camera, if there is one."""
    mesh = bpy.data.meshes.new(name)
    half, low = standing.width / 2, -standing.ground
    high = low + standing.height
    corners = [(-half, 0.0, low), (half, 0.0, low), (half, 0.0, high), (-half, 0.0, high)]
    mesh.from_pydata(corners, [], [(0, 1, 2, 3)])
    layer = mesh.uv_layers.new(name="UVMap")
    for loop, place in zip(layer.data, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        loop.uv = place
    mesh.materials.append(_cut_out_material(name, image))
    obj = bpy.data.objects.new(name, mesh)
    if camera is not None:
        turn = obj.constraints.new("LOCKED_TRACK")
        turn.target, turn.track_axis, turn.lock_axis = camera, "TRACK_NEGATIVE_Y", "LOCK_Z"
    return obj


def same_place(one: bpy.types.Object, other: bpy.types.Object) -> bool:
    """True when both stand at one point, turned and scaled alike before any constraint."""
    off = (one.location - other.location).length
    if off > _NEAR * max(1.0, other.location.length):
        return False
    turned = max(abs(a - b) for a, b in zip(one.rotation_euler, other.rotation_euler, strict=True))
    scaled = max(abs(a - b) for a, b in zip(one.scale, other.scale, strict=True))
    return bool(turned < _NEAR and scaled < _NEAR)


def _cut_out_material(name: str, image: bpy.types.Image) -> bpy.types.Material:
    """The picture as it is painted, without a highlight; clear where the picture is."""
    material = bpy.data.materials.new(name)
    tree = compat.ensure_node_tree(material)
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    output.location.x = 300.0
    surface = tree.nodes.new("ShaderNodeBsdfPrincipled")
    surface.inputs["Roughness"].default_value = 1.0
    surface.inputs["Specular IOR Level"].default_value = 0.0
    texture = tree.nodes.new("ShaderNodeTexImage")
    texture.location.x = -300.0
    texture.image = image
    # beyond the picture is nothing, not its opposite border
    texture.extension = "CLIP"
    tree.links.new(surface.outputs["BSDF"], output.inputs["Surface"])
    tree.links.new(texture.outputs["Color"], surface.inputs["Base Color"])
    tree.links.new(texture.outputs["Alpha"], surface.inputs["Alpha"])
    tree.nodes.active = texture
    return material
