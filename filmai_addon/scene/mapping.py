"""How a picture is laid onto an object: along its UV map, or projected from six sides."""

import math
from dataclasses import dataclass

import bpy

from ..core.material_settings import MaterialSettings
from . import uv_square

__all__ = [
    "BoxMapping",
    "Mapping",
    "UvMapping",
    "add_mapping_nodes",
    "metric_mapping",
    "spanning_mapping",
    "unworn_mapping",
]

_MOST_PICTURES = 64
"""A UV map that is laid out more densely than this is one that was never meant to be textured."""
_BOX_BLEND = 0.2
_SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class UvMapping:
    """The texture follows the UV map of that name; empty: the one that is active for rendering."""

    uv_map: str
    scale: tuple[float, float, float]
    """How many pictures lie side by side along U and V of the UV square."""


@dataclass(frozen=True, slots=True)
class BoxMapping:
    """The texture is projected from the six sides of the object's own space."""

    scale: tuple[float, float, float]
    """How many pictures lie side by side along a Blender unit of that space's axes."""
    wall_scale: tuple[float, float, float] | None = None
    """The same on sides that look along Z, where those are walls and Y is up; None where they lie, or X is up."""


Mapping = UvMapping | BoxMapping


def spanning_mapping(obj: bpy.types.Object) -> Mapping:
    """By the object's active UV map, else projected; one picture spans about the object's longest side."""
    corners = list(zip(*obj.bound_box, strict=True))
    longest = max(max(axis) - min(axis) for axis in corners)
    layer = _active_uv_map(obj)
    if layer is None:
        return BoxMapping((1 / longest if longest > _SMALLEST else 1.0,) * 3)
    edge = uv_square.edge_length(obj.data, layer)
    if edge is None or longest < _SMALLEST:
        return UvMapping(layer.name, (1.0,) * 3)
    # a whole number, so that a picture still meets itself where a closed UV map wraps around
    return UvMapping(layer.name, (float(max(1, min(round(edge / longest), _MOST_PICTURES))),) * 3)


def metric_mapping(obj: bpy.types.Object, settings: MaterialSettings, unit_m: float) -> Mapping:
    """One picture takes ``settings.width_m`` of the object's surface, whatever the object's size and scale.

    ``unit_m``: metres that one Blender unit stands for. Projected where there is no UV map.
    """
    width, height = settings.width_m / unit_m, settings.height_m / unit_m
    layer = _active_uv_map(obj)
    if settings.projection == "BOX" or layer is None:
        scale = [max(abs(axis), _SMALLEST) for axis in obj.matrix_world.to_scale()]
        lying = _rounded(scale[0] / width, scale[1] / width, scale[2] / height)
        walls = _rounded(scale[0] / width, scale[1] / height, scale[2] / width)
        return BoxMapping(lying, walls if _stands_on_y(obj) else None)
    square = uv_square.measure(obj, layer)
    if square is None:
        return UvMapping(layer.name, (1.0,) * 3)
    across = _pictures(square.width / width, wraps=square.wraps_u)
    up = _pictures(square.height / height, wraps=square.wraps_v)
    return UvMapping(layer.name, _rounded(across, up, 1.0))


def unworn_mapping(settings: MaterialSettings, unit_m: float) -> Mapping:
    """For a material that nothing wears as yet: as if for an object without scale, one picture per UV square."""
    if settings.projection == "UV":
        return UvMapping("", (1.0,) * 3)
    across, up = unit_m / settings.width_m, unit_m / settings.height_m
    return BoxMapping(_rounded(across, across, up))


def add_mapping_nodes(
    tree: bpy.types.NodeTree, mapping: Mapping, textures: list[bpy.types.Node], repeat: float = 1.0
) -> None:
    """Lay every one of the image nodes ``textures`` onto the surface that way, ``repeat`` times as often."""
    left = min(texture.location.x for texture in textures)
    top = max(texture.location.y for texture in textures)
    scale = _scaled(tree, mapping.scale, repeat, (left - 300.0, top))
    vector = scale.outputs["Vector"]
    if isinstance(mapping, UvMapping):
        source = tree.nodes.new("ShaderNodeUVMap")
        source.uv_map = mapping.uv_map
        coordinates = source.outputs["UV"]
    else:
        source = tree.nodes.new("ShaderNodeTexCoord")
        coordinates = source.outputs["Object"]
        # the origin usually lies in the middle of an object: there belongs the middle of the picture
        scale.inputs["Location"].default_value = (0.5, 0.5, 0.5)
        if mapping.wall_scale is not None:
            vector = _upright_on_walls(tree, source, scale, mapping.wall_scale, repeat)
    source.location = (left - 500.0, top)
    tree.links.new(coordinates, scale.inputs["Vector"])
    for texture in textures:
        tree.links.new(vector, texture.inputs["Vector"])
        if isinstance(mapping, BoxMapping):
            texture.projection = "BOX"
            # sides that are turned do not fade into the others: two pictures would shine through each other
            texture.projection_blend = _BOX_BLEND if mapping.wall_scale is None else 0.0


def _scaled(
    tree: bpy.types.NodeTree, scale: tuple[float, float, float], repeat: float, place: tuple[float, float]
) -> bpy.types.Node:
    node = tree.nodes.new("ShaderNodeMapping")
    node.location = place
    node.inputs["Scale"].default_value = tuple(axis * repeat for axis in scale)
    return node


def _upright_on_walls(
    tree: bpy.types.NodeTree,
    source: bpy.types.Node,
    lying: bpy.types.Node,
    scale: tuple[float, float, float],
    repeat: float,
) -> bpy.types.NodeSocket:
    """The coordinates of the node ``lying``, but on sides that look along Z a quarter of a turn further.

    Blender lays a picture's upper edge along X there, however the object stands.
    """
    left, top = lying.location
    turned = _scaled(tree, scale, repeat, (left, top - 380.0))
    turned.inputs["Location"].default_value = (0.5, 0.5, 0.5)
    turned.inputs["Rotation"].default_value = (0.0, 0.0, -math.pi / 2)
    tree.links.new(source.outputs["Object"], turned.inputs["Vector"])
    axes, length, wall = (
        tree.nodes.new(kind) for kind in ("ShaderNodeSeparateXYZ", "ShaderNodeMath", "ShaderNodeMath")
    )
    for index, node in enumerate((axes, length, wall)):
        node.location = (left - 600.0 + 180.0 * index, top - 780.0)
    length.operation, wall.operation = "ABSOLUTE", "GREATER_THAN"
    wall.inputs[1].default_value = math.sqrt(0.5)
    tree.links.new(source.outputs["Normal"], axes.inputs[0])
    tree.links.new(axes.outputs["Z"], length.inputs[0])
    tree.links.new(length.outputs[0], wall.inputs[0])
    either = tree.nodes.new("ShaderNodeMix")
    either.data_type, either.location = "VECTOR", (left + 180.0, top - 380.0)
    # a Mix node has a socket of each name for every kind of data
    sockets = {socket.identifier: socket for socket in (*either.inputs, *either.outputs)}
    tree.links.new(wall.outputs[0], sockets["Factor_Float"])
    tree.links.new(lying.outputs["Vector"], sockets["A_Vector"])
    tree.links.new(turned.outputs["Vector"], sockets["B_Vector"])
    return sockets["Result_Vector"]


def _stands_on_y(obj: bpy.types.Object) -> bool:
    """True when of the object's axes Y is the most upright: of a plane that was turned up, or a part of a machine."""
    x, y, z = (abs(axis) for axis in obj.matrix_world.to_3x3().normalized()[2])
    return bool(y > max(x, z))


def _active_uv_map(obj: bpy.types.Object) -> bpy.types.MeshUVLoopLayer | None:
    layers = getattr(obj.data, "uv_layers", None)
    return None if layers is None else layers.active


def _pictures(exact: float, *, wraps: bool) -> float:
    """Whole where the UV map closes around the object: a picture cut in two would show a seam there."""
    return float(max(1, round(exact))) if wraps else exact


def _rounded(*scale: float) -> tuple[float, float, float]:
    """Objects of one size, up to the noise of their matrices, share a material."""
    first, second, third = (float(f"{axis:.5g}") for axis in scale)
    return first, second, third
