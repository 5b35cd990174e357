"""Builds a Principled material around a concept texture."""

import bpy

from . import compat
from .mapping import Mapping, add_mapping_nodes

__all__ = ["new_texture_material"]

_ROUGHNESS = 0.7
"""Most of the families are dull; Blender's own 0.5 makes stone look like plastic."""


def new_texture_material(
    name: str, image: bpy.types.Image, mapping: Mapping, repeat: float
) -> bpy.types.Material:
    """A new Principled material that shows ``image`` as its base colour, ``repeat`` times across the object."""
    material = bpy.data.materials.new(name)
    tree = compat.ensure_node_tree(material)
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    output.location.x = 300.0
    surface = tree.nodes.new("ShaderNodeBsdfPrincipled")
    surface.inputs["Roughness"].default_value = _ROUGHNESS
    texture = tree.nodes.new("ShaderNodeTexImage")
    texture.location.x = -300.0
    texture.image = image
    tree.links.new(surface.outputs["BSDF"], output.inputs["Surface"])
    tree.links.new(texture.outputs["Color"], surface.inputs["Base Color"])
    add_mapping_nodes(tree, mapping, [texture], repeat)
    # the active image is the one that Solid shading shows and that painting works on
    tree.nodes.active = texture
    return material
