"""Blender materials of surfaces: cheap node trees, textured everywhere, with fog by distance."""

from typing import Any

import bpy

from ...shapes import Surface
from ..sockets import emission, maths, mixed, noise, place

__all__ = ["Fog", "Painter"]

Fog = tuple[float, tuple[float, float, float]]
"""Distance in metres at which two thirds are fog, and its colour as emitted light."""
# detail, size of the features as a share of the scale, contrast
_NOISES = {
    "plaster": (2.0, 0.8, 0.5),
    "skin": (1.0, 0.02, 0.25),
    "cloth": (1.0, 0.6, 0.8),
    "hair": (1.0, 1.0, 1.0),
    "fur": (2.0, 1.0, 0.8),
    "bark": (2.0, 1.0, 1.2),
    "leaves": (2.0, 1.0, 1.3),
    "rock": (3.0, 1.0, 1.2),
    "grass": (3.0, 0.6, 1.2),
    "meadow": (3.0, 1.4, 1.3),
    "stubble": (2.0, 0.4, 1.1),
    "litter": (3.0, 0.5, 1.4),
    "moss": (3.0, 1.5, 1.2),
    "crag": (4.0, 3.0, 1.4),
    "alpine": (4.0, 3.0, 1.4),
    "sand": (3.0, 0.8, 0.7),
    "asphalt": (2.0, 0.5, 0.9),
    "carpet": (1.0, 0.2, 0.8),
    "shingle": (2.0, 0.4, 1.5),
    "water": (2.0, 1.0, 1.3),
    "paint": (1.0, 2.0, 0.3),
    "mottled": (2.0, 1.5, 0.6),
    "painting": (2.0, 1.0, 1.5),
    "backdrop": (0.0, 4.0, 0.35),
    "plain": (0.0, 0.5, 0.2),
}
# width, height, mortar as shares of the scale, shift of the rows
_BRICKS = {
    "bricks": (1.0, 0.45, 0.05, 0.5),
    "blocks": (1.6, 0.8, 0.04, 0.5),
    "tiles": (0.8, 0.7, 0.06, 0.5),
    "slabs": (1.0, 1.0, 0.04, 0.0),
    "planks": (8.0, 0.9, 0.02, 0.4),
    "boards": (9.0, 0.8, 0.03, 0.3),
    "panels": (2.2, 4.5, 0.05, 0.0),
}
_WAVES = {"stripes": 1.0, "ripples": 1.6, "furrows": 3.0, "wallpaper": 1.2}
_CELLS = {"cobbles": 0.5, "cracked": 1.2, "spots": 0.8}


class Painter:
    """Makes the materials of one shot.

    fog: None for clear air. night: windows are lit, as brightly as glow says. pane: what stands behind a window.
    pixel: metres across that one pixel shows at one metre's distance: finer patterns fade, or they would flicker.
    mirror: what smooth surfaces reflect.
    """

    def __init__(
        self,
        fog: Fog | None,
        night: bool,
        pane: tuple[float, float, float],
        glow: float,
        pixel: float,
        mirror: tuple[float, float, float],
    ) -> None:
        self._fog, self._night, self._pane, self._glow, self._pixel = fog, night, pane, glow, pixel
        self._mirror = mirror
        self._made: dict[Surface, Any] = {}

    def material(self, surface: Surface) -> Any:
        """The material of that surface, made once."""
        if surface not in self._made:
            self._made[surface] = self._make(surface)
        return self._made[surface]

    def _make(self, surface: Surface) -> Any:
        material = bpy.data.materials.new(surface.kind)
        if material.node_tree is None:  # Blender before 5.0 has to be asked for one
            material.use_nodes = True
        material.cycles.emission_sampling = "NONE"
        tree = material.node_tree
        tree.nodes.clear()
        output = tree.nodes.new("ShaderNodeOutputMaterial")
        shader = self._shader(tree, surface)
        tree.links.new(self._fogged(tree, shader) if self._fog else shader, output.inputs["Surface"])
        return material

    def _shader(self, tree: Any, surface: Surface) -> Any:
        if surface.kind == "pane":
            return emission(tree, self._pane, 1.0)
        if surface.kind == "window" and self._night and surface.second[0] > 0.1:
            return emission(tree, surface.second, 0.5 * self._glow)
        if surface.glow > 0 and (self._night or surface.glow > 1):
            return emission(tree, surface.colour, surface.glow * self._glow)
        glossy = surface.kind in ("paint", "water", "window")
        shader = tree.nodes.new("ShaderNodeBsdfDiffuse")
        tree.links.new(self._coloured(tree, surface), shader.inputs[0])
        return self._mirrored(tree, surface, shader.outputs[0]) if glossy else shader.outputs[0]

    def _mirrored(self, tree: Any, surface: Surface, shader: Any) -> Any:
        """The sky in a smooth surface, the more the flatter it is seen: without the noise of real reflections."""
        facing = tree.nodes.new("ShaderNodeLayerWeight")
        facing.inputs["Blend"].default_value = {"paint": 0.12, "water": 0.3}.get(surface.kind, 0.35)
        mix = tree.nodes.new("ShaderNodeMixShader")
        tree.links.new(facing.outputs["Fresnel"], mix.inputs[0])
        tree.links.new(shader, mix.inputs[1])
        tree.links.new(emission(tree, self._mirror, 0.8), mix.inputs[2])
        return mix.outputs[0]

    def _coloured(self, tree: Any, surface: Surface) -> Any:
        pattern, fine = _grain, surface.scale * _NOISES.get(surface.kind, _NOISES["plain"])[1]
        for kinds, painted, share in ((_BRICKS, _brick, 0.5), (_WAVES, _wave, 0.7), (_CELLS, _cells, 0.7)):
            if surface.kind in kinds:
                pattern, fine = painted, share * surface.scale
        if surface.kind == "check":
            pattern, fine = _check, surface.scale
        colour = pattern(tree, surface)
        if surface.kind in ("backdrop", "plain", "skin"):
            return colour
        mean = tuple(0.6 * a + 0.4 * b for a, b in zip(surface.colour, surface.second, strict=True))
        camera = tree.nodes.new("ShaderNodeCameraData")
        # 1 where a feature is three pixels wide or more, 0 where it is under one
        pixels = maths(tree, "DIVIDE", fine / self._pixel, camera.outputs["View Distance"])
        clear = maths(tree, "MULTIPLY_ADD", pixels, 0.5, -0.5)
        clear.node.use_clamp = True
        coarse = noise(tree, 12.0 * fine, 2.0, 0.9)
        far = mixed(tree, coarse, mean, tuple(0.72 * c for c in mean))
        return mixed(tree, clear, far, colour)

    def _fogged(self, tree: Any, shader: Any) -> Any:
        assert self._fog is not None
        distance, colour = self._fog
        camera = tree.nodes.new("ShaderNodeCameraData")
        thick = maths(tree, "MULTIPLY", camera.outputs["View Distance"], -1.0 / distance)
        clear = maths(tree, "EXPONENT", thick)
        mix = tree.nodes.new("ShaderNodeMixShader")
        tree.links.new(clear, mix.inputs[0])
        tree.links.new(emission(tree, colour, 1.0), mix.inputs[1])
        tree.links.new(shader, mix.inputs[2])
        return mix.outputs[0]


def _grain(tree: Any, surface: Surface) -> Any:
    detail, share, contrast = _NOISES.get(surface.kind, _NOISES["plain"])
    second = surface.second
    if surface.kind in ("plain", "skin", "window"):
        second = (surface.colour[0] * 0.8, surface.colour[1] * 0.78, surface.colour[2] * 0.76)
    factor = noise(tree, surface.scale * share if surface.kind != "skin" else 0.02, detail, contrast)
    if surface.kind == "water":
        node = factor.node.inputs["Value"].links[0].from_node
        stretch = tree.nodes.new("ShaderNodeMapping")
        stretch.inputs["Scale"].default_value = (0.35, 1.6, 1.0)
        tree.links.new(place(tree, "Object"), stretch.inputs["Vector"])
        tree.links.new(stretch.outputs[0], node.inputs["Vector"])
    colour = mixed(tree, factor, surface.colour, second)
    if surface.kind in ("grass", "meadow", "litter", "sand", "moss", "asphalt", "stubble", "crag", "alpine"):
        broad = noise(tree, max(surface.scale * 25, 5.0), 2.0, 0.9)
        colour = mixed(tree, maths(tree, "MULTIPLY", broad, 0.45), colour, tuple(c * 0.5 for c in second))
    return _by_slope(tree, surface, colour) if surface.kind in ("crag", "alpine") else colour


def _by_slope(tree: Any, surface: Surface, colour: Any) -> Any:
    """Turf where it is flat and low, stone where it is steep, snow where it is high."""
    geometry = tree.nodes.new("ShaderNodeNewGeometry")
    axes = [tree.nodes.new("ShaderNodeSeparateXYZ") for _ in range(2)]
    tree.links.new(geometry.outputs["Normal"], axes[0].inputs[0])
    tree.links.new(geometry.outputs["Position"], axes[1].inputs[0])
    flat = maths(tree, "SMOOTH_MAX", maths(tree, "MULTIPLY_ADD", axes[0].outputs[2], 6.0, -4.9), 0.0, 0.1)
    flat.node.use_clamp = True
    found = mixed(tree, flat, tuple(c * 0.6 for c in surface.colour), colour)
    if surface.kind == "alpine":
        snow = maths(tree, "MULTIPLY_ADD", axes[1].outputs[2], 0.04, -2.2)
        snow.node.use_clamp = True
        found = mixed(tree, snow, found, (0.8, 0.83, 0.88))
    return found


def _brick(tree: Any, surface: Surface) -> Any:
    width, height, mortar, shift = _BRICKS[surface.kind]
    node = tree.nodes.new("ShaderNodeTexBrick")
    tree.links.new(place(tree, "UV"), node.inputs["Vector"])
    node.offset = shift
    a, b = surface.colour, surface.second
    node.inputs["Color1"].default_value = (*a, 1.0)
    node.inputs["Color2"].default_value = (*(0.5 * (x + y) for x, y in zip(a, b, strict=True)), 1.0)
    grout = 0.35 if surface.kind in ("planks", "boards", "tiles") else 0.75
    node.inputs["Mortar"].default_value = (*(c * grout for c in b), 1.0)
    node.inputs["Scale"].default_value = 1.0
    node.inputs["Mortar Size"].default_value = mortar * surface.scale
    node.inputs["Brick Width"].default_value = width * surface.scale
    node.inputs["Row Height"].default_value = height * surface.scale
    grain = noise(tree, 0.3 * surface.scale, 3.0, 0.8)
    return mixed(tree, maths(tree, "MULTIPLY", grain, 0.4), node.outputs[0], tuple(c * 0.6 for c in b))


def _wave(tree: Any, surface: Surface) -> Any:
    node = tree.nodes.new("ShaderNodeTexWave")
    tree.links.new(place(tree, "Object" if surface.kind != "wallpaper" else "UV"), node.inputs["Vector"])
    node.inputs["Scale"].default_value = 0.3 / (surface.scale * _WAVES[surface.kind])
    node.inputs["Distortion"].default_value = {"ripples": 5.0, "furrows": 1.0}.get(surface.kind, 0.0)
    if surface.kind == "stripes":
        node.bands_direction = "DIAGONAL" if surface.scale > 0.07 else "Z"
    colour = mixed(tree, node.outputs[1], surface.colour, surface.second)
    grain = noise(tree, 0.4 * surface.scale, 3.0, 0.9)
    return mixed(tree, maths(tree, "MULTIPLY", grain, 0.35), colour, tuple(c * 0.6 for c in surface.second))


def _cells(tree: Any, surface: Surface) -> Any:
    node = tree.nodes.new("ShaderNodeTexVoronoi")
    tree.links.new(place(tree, "Object"), node.inputs["Vector"])
    node.feature = "F1" if surface.kind == "spots" else "DISTANCE_TO_EDGE"
    node.inputs["Scale"].default_value = 1.0 / (surface.scale * _CELLS[surface.kind])
    sharp = maths(
        tree, "MULTIPLY_ADD", node.outputs["Distance"], 14.0, -5.0 if surface.kind == "spots" else -0.4
    )
    sharp.node.use_clamp = True
    colour = mixed(tree, sharp, tuple(c * 0.5 for c in surface.second), surface.colour)
    grain = noise(tree, 0.6 * surface.scale, 3.0, 1.0)
    return mixed(tree, maths(tree, "MULTIPLY", grain, 0.5), colour, surface.second)


def _check(tree: Any, surface: Surface) -> Any:
    node = tree.nodes.new("ShaderNodeTexChecker")
    tree.links.new(place(tree, "Object"), node.inputs["Vector"])
    node.inputs["Scale"].default_value = 1.0 / surface.scale
    node.inputs["Color1"].default_value = (*surface.colour, 1.0)
    node.inputs["Color2"].default_value = (*surface.second, 1.0)
    grain = noise(tree, 0.4 * surface.scale, 3.0, 0.9)
    return mixed(
        tree, maths(tree, "MULTIPLY", grain, 0.35), node.outputs[0], tuple(c * 0.6 for c in surface.colour)
    )
