"""Builds a Principled material around all maps of a studio material."""

import bpy

from ..core.material_settings import Relief
from ..core.naming import MAP_LABELS
from . import compat
from .mapping import BoxMapping, Mapping, UvMapping, add_mapping_nodes

__all__ = ["new_studio_material", "relief_of"]

_OCCLUSION = 0.5
"""How much of the occlusion darkens the base colour: renderers make the rest themselves."""
_COLUMN, _ROW = 350.0, 300.0
_MAPS_IN_ORDER = ("basecolor", "occlusion", "metallic", "roughness", "normal", "height")
"""From top to bottom, as the Principled shader's sockets are."""


def relief_of(wanted: Relief, mapping: Mapping) -> Relief:
    """How the relief is shown on such a surface.

    A normal map speaks of the directions of a UV map. Where the picture is projected from six sides there are
    no such directions, and the height is shown by bumps instead.
    """
    return "BUMP" if wanted == "NORMAL" and isinstance(mapping, BoxMapping) else wanted


def new_studio_material(
    name: str, images: dict[str, bpy.types.Image], mapping: Mapping, relief: Relief, depth: float
) -> bpy.types.Material:
    """A new Principled material of the maps ``images``, by their kinds.

    ``depth``: from the lowest to the highest point, in Blender units of the world. Every map has its node, also
    those that this kind of relief does not use, so that another kind is a matter of a link.
    """
    material = bpy.data.materials.new(name)
    tree = compat.ensure_node_tree(material)
    tree.nodes.clear()
    surface = _add(tree, "ShaderNodeBsdfPrincipled", "", 0.0, 0.0)
    output = _add(tree, "ShaderNodeOutputMaterial", "", _COLUMN, 0.0)
    tree.links.new(surface.outputs["BSDF"], output.inputs["Surface"])
    textures = _add_textures(tree, images)
    _link_colour(tree, textures, surface)
    tree.links.new(textures["metallic"].outputs["Color"], surface.inputs["Metallic"])
    tree.links.new(textures["roughness"].outputs["Color"], surface.inputs["Roughness"])
    match relief_of(relief, mapping):
        case "NORMAL":
            _link_normal_map(tree, textures["normal"], surface, mapping)
        case "BUMP":
            _link_bump(tree, textures["height"], surface, depth)
        case "DISPLACEMENT":
            _link_displacement(tree, textures["height"], output, depth)
            material.displacement_method = "BOTH"
    add_mapping_nodes(tree, mapping, list(textures.values()))
    # the active image is the one that Solid shading shows and that painting works on
    tree.nodes.active = textures["basecolor"]
    return material


def _add_textures(tree: bpy.types.NodeTree, images: dict[str, bpy.types.Image]) -> dict[str, bpy.types.Node]:
    textures: dict[str, bpy.types.Node] = {}
    for row, kind in enumerate(_MAPS_IN_ORDER):
        texture = _add(tree, "ShaderNodeTexImage", MAP_LABELS[kind], -2.2 * _COLUMN, _ROW * (1.5 - row))
        texture.image = images[kind]
        textures[kind] = texture
    return textures


def _link_colour(
    tree: bpy.types.NodeTree, textures: dict[str, bpy.types.Node], surface: bpy.types.Node
) -> None:
    shade = _add(tree, "ShaderNodeMix", "Occlusion Strength", -_COLUMN, _ROW)
    shade.data_type, shade.blend_type = "RGBA", "MULTIPLY"
    # the node has sockets of one name for every kind of data; only the identifier tells them apart
    sockets = {socket.identifier: socket for socket in (*shade.inputs, *shade.outputs)}
    sockets["Factor_Float"].default_value = _OCCLUSION
    tree.links.new(textures["basecolor"].outputs["Color"], sockets["A_Color"])
    tree.links.new(textures["occlusion"].outputs["Color"], sockets["B_Color"])
    tree.links.new(sockets["Result_Color"], surface.inputs["Base Color"])


def _link_normal_map(
    tree: bpy.types.NodeTree, texture: bpy.types.Node, surface: bpy.types.Node, mapping: Mapping
) -> None:
    normal = _add(tree, "ShaderNodeNormalMap", "Relief", -_COLUMN, texture.location.y)
    if isinstance(mapping, UvMapping):
        normal.uv_map = mapping.uv_map
    tree.links.new(texture.outputs["Color"], normal.inputs["Color"])
    tree.links.new(normal.outputs["Normal"], surface.inputs["Normal"])


def _link_bump(
    tree: bpy.types.NodeTree, texture: bpy.types.Node, surface: bpy.types.Node, depth: float
) -> None:
    bump = _add(tree, "ShaderNodeBump", "Relief", -_COLUMN, texture.location.y)
    bump.inputs["Strength"].default_value = 1.0
    bump.inputs["Distance"].default_value = depth
    tree.links.new(texture.outputs["Color"], bump.inputs["Height"])
    tree.links.new(bump.outputs["Normal"], surface.inputs["Normal"])


def _link_displacement(
    tree: bpy.types.NodeTree, texture: bpy.types.Node, output: bpy.types.Node, depth: float
) -> None:
    displacement = _add(tree, "ShaderNodeDisplacement", "Relief", -_COLUMN, texture.location.y)
    # the depth is in units of the world, however the object is scaled
    displacement.space = "WORLD"
    displacement.inputs["Midlevel"].default_value = 0.5
    displacement.inputs["Scale"].default_value = depth
    tree.links.new(texture.outputs["Color"], displacement.inputs["Height"])
    tree.links.new(displacement.outputs["Displacement"], output.inputs["Displacement"])


def _add(tree: bpy.types.NodeTree, kind: str, label: str, x: float, y: float) -> bpy.types.Node:
    node = tree.nodes.new(kind)
    node.location = (x, y)
    if label:
        node.name = node.label = label
    return node
