"""How a picture is laid onto an object: along its UV map, or projected from six sides."""

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
        return BoxMapping(_rounded(scale[0] / width, scale[1] / width, scale[2] / height))
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
    scale = tree.nodes.new("ShaderNodeMapping")
    scale.location = (left - 300.0, top)
    scale.inputs["Scale"].default_value = tuple(axis * repeat for axis in mapping.scale)
    if isinstance(mapping, UvMapping):
        source = tree.nodes.new("ShaderNodeUVMap")
        source.uv_map = mapping.uv_map
        coordinates = source.outputs["UV"]
    else:
        source = tree.nodes.new("ShaderNodeTexCoord")
        coordinates = source.outputs["Object"]
        # the origin usually lies in the middle of an object: there belongs the middle of the picture
        scale.inputs["Location"].default_value = (0.5, 0.5, 0.5)
    source.location = (left - 500.0, top)
    tree.links.new(coordinates, scale.inputs["Vector"])
    for texture in textures:
        tree.links.new(scale.outputs["Vector"], texture.inputs["Vector"])
        if isinstance(mapping, BoxMapping):
            texture.projection = "BOX"
            texture.projection_blend = _BOX_BLEND


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
