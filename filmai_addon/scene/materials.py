"""Builds a Principled material around a texture and puts it onto objects."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import bpy

from ..core.provenance import PROPERTY_PREFIX
from . import compat

__all__ = ["BoxMapping", "UvMapping", "assign_material", "mapping_of", "new_texture_material"]

_UV_SAMPLE = 1000
"""So many faces tell how densely a UV map is laid out: all of a simple mesh, a few ms of a heavy one."""

_MOST_PICTURES = 64
"""A UV map that is laid out more densely than this is one that was never meant to be textured."""
_BOX_BLEND = 0.2
_ROUGHNESS = 0.7
"""Most of the families are dull; Blender's own 0.5 makes stone look like plastic."""


@dataclass(frozen=True, slots=True)
class UvMapping:
    """The texture follows the UV map of that name."""

    uv_map: str
    pictures: int
    """How many pictures lie side by side across the UV square, so that one spans about the object."""


@dataclass(frozen=True, slots=True)
class BoxMapping:
    """The texture is projected from the six sides of the object's own space; one picture per ``size``."""

    size: float
    """Edge length of one picture in Blender units of the object's local space, above 0."""


def mapping_of(obj: bpy.types.Object) -> UvMapping | BoxMapping:
    """How a texture is best laid onto this object: by its active UV map, else projected.

    Either way one picture spans about the object's longest side.
    """
    corners = list(zip(*obj.bound_box, strict=True))
    longest = max(max(axis) - min(axis) for axis in corners)
    uv_layers = getattr(obj.data, "uv_layers", None)
    if uv_layers is not None and uv_layers.active is not None:
        return UvMapping(uv_layers.active.name, _pictures_across(obj.data, uv_layers.active, longest))
    return BoxMapping(longest if longest > 1e-6 else 1.0)


def new_texture_material(
    name: str, image: bpy.types.Image, mapping: UvMapping | BoxMapping, repeat: float
) -> bpy.types.Material:
    """A new Principled material that shows ``image`` as its base colour, ``repeat`` times across the object."""
    material = bpy.data.materials.new(name)
    tree = compat.ensure_node_tree(material)
    tree.nodes.clear()
    output = _node(tree, "ShaderNodeOutputMaterial", 300)
    surface = _node(tree, "ShaderNodeBsdfPrincipled", 0)
    surface.inputs["Roughness"].default_value = _ROUGHNESS
    texture = _node(tree, "ShaderNodeTexImage", -300)
    texture.image = image
    tree.links.new(surface.outputs["BSDF"], output.inputs["Surface"])
    tree.links.new(texture.outputs["Color"], surface.inputs["Base Color"])
    tree.links.new(_coordinates(tree, texture, mapping, repeat), texture.inputs["Vector"])
    # the active image is the one that Solid shading shows and that painting works on
    tree.nodes.active = texture
    return material


def assign_material(obj: bpy.types.Object, material: bpy.types.Material) -> Callable[[], None] | None:
    """Put the material into the object's active slot, or into a first slot when it has none.

    Returns what takes it away again; None when the object may not be changed (linked from another file). A
    material of the user's that loses its last user this way gets a fake one, so that saving keeps it.
    """
    if not obj.is_editable:
        return None
    if not obj.material_slots:
        return _assign_first_slot(obj, material)
    index = obj.active_material_index
    slot = obj.material_slots[index]
    before_material, before_link = slot.material, slot.link
    if slot.link == "DATA" and not obj.data.is_editable:
        # the mesh is another file's, but the object itself is ours and may say otherwise
        slot.link = "OBJECT"
    slot.material = material
    protected = before_material is not None and _protect(before_material)

    def take_away() -> None:
        slot_now = obj.material_slots[index]
        slot_now.link = before_link
        slot_now.material = before_material
        if protected:
            before_material.use_fake_user = False

    return take_away


def _assign_first_slot(obj: bpy.types.Object, material: bpy.types.Material) -> Callable[[], None] | None:
    if not obj.data.is_editable:
        return None
    obj.data.materials.append(material)

    def take_away() -> None:
        # not pop: that leaves the object an empty slot
        obj.data.materials.clear()

    return take_away


def _protect(material: bpy.types.Material) -> bool:
    """Keep the user's own material in the file when nothing uses it any more; True when that was done."""
    ours = PROPERTY_PREFIX + "family" in material
    if ours or material.users > 0 or not material.is_editable:
        return False
    material.use_fake_user = True
    return True


def _coordinates(
    tree: bpy.types.NodeTree, texture: bpy.types.Node, mapping: UvMapping | BoxMapping, repeat: float
) -> bpy.types.NodeSocket:
    """The socket that says where on the picture a point of the surface lies."""
    scale = _node(tree, "ShaderNodeMapping", -600)
    if isinstance(mapping, UvMapping):
        uv_map = _node(tree, "ShaderNodeUVMap", -800)
        uv_map.uv_map = mapping.uv_map
        scale.inputs["Scale"].default_value = (mapping.pictures * repeat,) * 3
        tree.links.new(uv_map.outputs["UV"], scale.inputs["Vector"])
        return scale.outputs["Vector"]
    texture.projection = "BOX"
    texture.projection_blend = _BOX_BLEND
    position = _node(tree, "ShaderNodeTexCoord", -800)
    scale.inputs["Scale"].default_value = (repeat / mapping.size,) * 3
    # the origin usually lies in the middle of an object: there belongs the middle of the picture
    scale.inputs["Location"].default_value = (0.5, 0.5, 0.5)
    tree.links.new(position.outputs["Object"], scale.inputs["Vector"])
    return scale.outputs["Vector"]


def _pictures_across(mesh: bpy.types.Mesh, layer: bpy.types.MeshUVLoopLayer, longest: float) -> int:
    """How often a picture as large as the object's longest side fits across the UV square, at least once.

    A whole number, so that a picture still meets itself where a closed UV map wraps around.
    """
    if len(layer.data) != len(mesh.loops):
        # while a mesh is being edited, its UV map lies elsewhere
        return 1
    step = max(1, len(mesh.polygons) // _UV_SAMPLE)
    surface, laid_out = 0.0, 0.0
    # Blender's collections take no slices with a step
    for face in map(mesh.polygons.__getitem__, range(0, len(mesh.polygons), step)):
        corners = [layer.data[index].uv for index in face.loop_indices]
        following = corners[1:] + corners[:1]
        twice = sum(a.x * b.y - b.x * a.y for a, b in zip(corners, following, strict=True))
        surface += face.area
        laid_out += abs(twice) / 2
    if longest < 1e-6 or laid_out < 1e-12:
        return 1
    return max(1, min(round(math.sqrt(surface / laid_out) / longest), _MOST_PICTURES))


def _node(tree: bpy.types.NodeTree, kind: str, x: float) -> bpy.types.Node:
    node = tree.nodes.new(kind)
    node.location = (x, 0.0)
    return node
