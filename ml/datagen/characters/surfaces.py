"""Blender materials of characters: skin, cloth, leather, metal, fur and the like, of noise and light alone."""

from dataclasses import dataclass
from typing import Any

import bpy

from ...shapes import Surface
from ..sockets import emission, maths, mixed, noise, place

__all__ = ["material_of"]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of surface is made; sizes are shares of the figure's height."""

    roughness: float
    metallic: float = 0.0
    size: float = 0.02
    """Of the pattern's features."""
    share: float = 0.5
    """How far the colour goes to its shade in the pattern."""
    bump: float = 0.0
    """Depth of the relief."""
    stretch: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Of the pattern: less than 1 makes it long along that axis."""
    sheen: float = 0.0
    coat: float = 0.0
    cavity: float = 0.75
    """How dark corners are."""
    edges: float = 0.0
    """How light edges are worn."""


_KINDS = {
    "cloth": _Kind(0.85, size=0.012, share=0.35, bump=0.0035, stretch=(1, 1, 0.5), sheen=0.25, edges=0.12),
    "velvet": _Kind(0.7, size=0.05, share=0.45, bump=0.002, stretch=(1, 1, 0.35), sheen=0.8, edges=0.1),
    "suit": _Kind(0.55, size=0.03, share=0.2, bump=0.004, sheen=0.1, edges=0.1),
    "camo": _Kind(0.9, size=0.045, share=1.0, bump=0.002, edges=0.1),
    "leather": _Kind(0.5, size=0.01, share=0.5, bump=0.002, edges=0.3),
    "metal": _Kind(0.3, 1.0, size=0.03, share=0.3, bump=0.0006, cavity=0.9, edges=0.35),
    "paint": _Kind(0.32, size=0.03, share=0.18, coat=0.4, cavity=0.85, edges=0.5),
    "skin": _Kind(0.5, size=0.05, share=0.22, bump=0.0005, sheen=0.12, cavity=0.6),
    "hide": _Kind(0.5, size=0.03, share=0.55, bump=0.003, cavity=0.8, edges=0.1),
    "fur": _Kind(0.8, size=0.008, share=0.8, bump=0.009, stretch=(1, 1, 0.25), sheen=0.4),
    "scales": _Kind(0.4, size=0.022, share=0.9, bump=0.006),
    "hair": _Kind(0.45, size=0.007, share=0.75, bump=0.004, stretch=(1, 1, 0.16), cavity=0.85),
    "wood": _Kind(0.65, size=0.012, share=0.8, bump=0.002, stretch=(1, 1, 0.12), edges=0.2),
    "visor": _Kind(0.06, 0.9, share=0.0, cavity=0.2),
    "glass": _Kind(0.05, 0.0, share=0.0, coat=1.0, cavity=0.2),
    "bone": _Kind(0.5, size=0.02, share=0.45, bump=0.001, stretch=(1, 1, 0.4)),
    "eye": _Kind(0.15, share=0.0, coat=0.6, cavity=0.3),
    "rubber": _Kind(0.6, size=0.02, share=0.2, cavity=0.6, edges=0.15),
    "gem": _Kind(0.08, 0.3, size=0.01, share=0.4, coat=1.0),
}


def material_of(surface: Surface, height_m: float) -> Any:
    """A new material; height_m: the figure's, by which all patterns are scaled."""
    material = bpy.data.materials.new(surface.kind)
    if material.node_tree is None:  # before 5.0; later it warns
        material.use_nodes = True
    tree = material.node_tree
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    if surface.glow > 0:
        material.cycles.emission_sampling = "NONE"
        tree.links.new(_glowing(tree, surface), output.inputs["Surface"])
        return material
    kind = _KINDS[surface.kind]
    shader = tree.nodes.new("ShaderNodeBsdfPrincipled")
    pattern = _pattern(tree, surface.kind, kind, height_m)
    colour = mixed(tree, maths(tree, "MULTIPLY", pattern, kind.share), surface.colour, surface.second)
    if surface.kind == "camo":
        colour = _camouflaged(tree, surface, pattern, height_m)
    broad = noise(tree, 0.16 * height_m, 1.0, 0.8)
    colour = mixed(tree, maths(tree, "MULTIPLY", broad, 0.28), colour, surface.second)
    colour = _aged(tree, colour, surface, kind, height_m)
    tree.links.new(colour, shader.inputs["Base Color"])
    shader.inputs["Metallic"].default_value = kind.metallic
    tree.links.new(
        maths(tree, "MULTIPLY_ADD", pattern, 0.14, kind.roughness - 0.07), shader.inputs["Roughness"]
    )
    shader.inputs["Sheen Weight"].default_value = kind.sheen
    shader.inputs["Coat Weight"].default_value = kind.coat
    if kind.bump:
        bump = tree.nodes.new("ShaderNodeBump")
        bump.inputs["Strength"].default_value = 0.55
        bump.inputs["Distance"].default_value = kind.bump * height_m
        tree.links.new(pattern, bump.inputs["Height"])
        tree.links.new(bump.outputs[0], shader.inputs["Normal"])
    tree.links.new(shader.outputs[0], output.inputs["Surface"])
    return material


def _glowing(tree: Any, surface: Surface) -> Any:
    """Light of its colour, paler in the middle, where it faces the eye."""
    facing = tree.nodes.new("ShaderNodeLayerWeight")
    facing.inputs["Blend"].default_value = 0.35
    pale = (*(0.55 * c + 0.45 for c in surface.colour), 1.0)
    node = emission(tree, surface.colour, 1.25).node
    colour = mixed(tree, facing.outputs["Facing"], pale[:3], surface.colour)
    tree.links.new(colour, node.inputs["Color"])
    return node.outputs[0]


def _pattern(tree: Any, name: str, kind: _Kind, height_m: float) -> Any:
    """The relief and the shades of a kind, 0 to 1."""
    if name == "scales":
        node = tree.nodes.new("ShaderNodeTexVoronoi")
        tree.links.new(place(tree, "Object"), node.inputs["Vector"])
        node.inputs["Scale"].default_value = 1 / (kind.size * height_m)
        return maths(tree, "MULTIPLY", node.outputs["Distance"], 1.3)
    found = noise(tree, kind.size * height_m, 2.0, 0.9)
    if kind.stretch != (1.0, 1.0, 1.0):
        source = found.node.inputs["Value"].links[0].from_node
        stretch = tree.nodes.new("ShaderNodeMapping")
        stretch.inputs["Scale"].default_value = kind.stretch
        tree.links.new(place(tree, "Object"), stretch.inputs["Vector"])
        tree.links.new(stretch.outputs[0], source.inputs["Vector"])
    return found


def _camouflaged(tree: Any, surface: Surface, pattern: Any, height_m: float) -> Any:
    """Four shades in blots."""
    shades = [surface.colour, surface.second, tuple(c * 0.3 for c in surface.colour)]
    shades.append(tuple(min(c * 1.5 + 0.06, 1) for c in surface.colour))
    colour: Any = shades[0]
    for index, shade in enumerate(shades[1:]):
        blots = noise(tree, (0.05 + 0.013 * index) * height_m, 1.0, 0.9)
        edge = maths(tree, "MULTIPLY_ADD", blots, 14.0, -8.3 - 0.6 * index)
        edge.node.use_clamp = True
        colour = mixed(tree, edge, colour, shade)
    return colour


def _aged(tree: Any, colour: Any, surface: Surface, kind: _Kind, height_m: float) -> Any:
    """Darker where light hardly comes, lighter on edges."""
    hidden = tree.nodes.new("ShaderNodeAmbientOcclusion")
    hidden.samples = 2
    hidden.inputs["Distance"].default_value = 0.05 * height_m
    dark = tuple(c * 0.22 for c in surface.second)
    depth = maths(tree, "MULTIPLY_ADD", hidden.outputs["AO"], -1.25 * kind.cavity, 1.25 * kind.cavity)
    depth.node.use_clamp = True
    colour = mixed(tree, depth, colour, dark)
    if kind.edges:
        geometry = tree.nodes.new("ShaderNodeNewGeometry")
        edge = maths(tree, "MULTIPLY_ADD", geometry.outputs["Pointiness"], 14.0, -7.4)
        edge.node.use_clamp = True
        light = tuple(min(c * 1.35 + 0.1, 1.0) for c in surface.colour)
        colour = mixed(tree, maths(tree, "MULTIPLY", edge, kind.edges), colour, light)
    return colour
