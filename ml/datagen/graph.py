"""Shader node trees written as arithmetic.

``Graph`` makes nodes, ``Field`` is an output socket that can be added, multiplied and mixed like a number, so
that a material reads as a formula. Everything noisy is periodic over the unit square: the square is wrapped
onto a torus in four dimensions (a product of two circles, which keeps distances), where Blender's 4D noise and
Voronoi textures are sampled.
"""

import math
from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np

from ..layouts import Layout
from ..layouts_noise import fractal_noise, pixels_needed
from .field import Colour, Field, Value
from .params import Params

__all__ = ["Colour", "Field", "Graph", "Value"]


class Graph:
    """Builds the node tree of one material tile. ``u`` and ``v`` run from 0 to 1 over it, v upwards."""

    def __init__(self, tree: Any, params: Params) -> None:
        self.tree = tree
        self.params = params
        self.drawn_px = 256
        """Size of the noise pictures; the renderer sets it to twice its own."""
        self._open_pictures: dict[int, tuple[Any, np.ndarray, list[Field]]] = {}
        coordinates = self.node("ShaderNodeTexCoord")
        separate = self.node("ShaderNodeSeparateXYZ")
        self.link(coordinates.outputs["UV"], separate.inputs[0])
        self.u = Field(self, separate.outputs[0])
        self.v = Field(self, separate.outputs[1])

    # -- plumbing

    def node(self, kind: str) -> Any:
        return self.tree.nodes.new(kind)

    def link(self, output: Any, target: Any) -> None:
        self.tree.links.new(output, target)

    def _set(self, target: Any, value: Value | Colour) -> None:
        if isinstance(value, Field):
            self.link(value.socket, target)
        elif isinstance(value, tuple) and len(target.default_value) == 4:
            target.default_value = (*value, 1.0)
        else:
            target.default_value = value

    # -- arithmetic

    def math(self, operation: str, a: Value, b: Value) -> Field:
        """Blender's Math node; ``operation`` is its identifier, for example ``ADD``."""
        node = self.node("ShaderNodeMath")
        node.operation = operation
        self._set(node.inputs[0], a)
        self._set(node.inputs[1], b)
        return Field(self, node.outputs[0])

    def remap(
        self, field: Value, low: float, high: float, to_low: Value, to_high: Value, smooth: bool = False
    ) -> Field:
        """``low..high`` stretched to ``to_low..to_high`` and clamped there."""
        node = self.node("ShaderNodeMapRange")
        node.interpolation_type = "SMOOTHSTEP" if smooth else "LINEAR"
        for socket, value in zip(node.inputs[:5], (field, low, high, to_low, to_high), strict=True):
            self._set(socket, value)
        return Field(self, node.outputs[0])

    def lerp(self, a: Value, b: Value, factor: Value) -> Field:
        """a where factor is 0, b where it is 1 (numbers)."""
        node = self.node("ShaderNodeMix")
        node.data_type = "FLOAT"
        for socket, value in zip(node.inputs[0:1] + node.inputs[2:4], (factor, a, b), strict=True):
            self._set(socket, value)
        return Field(self, node.outputs[0])

    def mix(self, a: "Field | Colour", b: "Field | Colour", factor: Value, blend: str = "MIX") -> Field:
        """Two colours mixed; ``blend`` is a blend type of Blender's Mix node (MIX, MULTIPLY, OVERLAY, ...)."""
        node = self.node("ShaderNodeMix")
        node.data_type = "RGBA"
        node.blend_type = blend
        node.clamp_factor = True
        self._set(node.inputs[0], factor)
        self._set(node.inputs[6], a)
        self._set(node.inputs[7], b)
        return Field(self, node.outputs[2])

    def scale_colour(self, colour: "Field | Colour", factor: Value) -> Field:
        """A colour times a number (darker below 1, lighter above)."""
        node = self.node("ShaderNodeVectorMath")
        node.operation = "SCALE"
        if isinstance(colour, Field):
            self.link(colour.socket, node.inputs[0])
        else:
            node.inputs[0].default_value = colour
        self._set(node.inputs["Scale"], factor)
        return Field(self, node.outputs[0])

    def vary(self, colour: "Field | Colour", hue: Value, saturation: Value, value: Value) -> Field:
        """Hue (0.5 is unchanged), saturation and value (1 is unchanged) shifted."""
        node = self.node("ShaderNodeHueSaturation")
        self._set(node.inputs["Hue"], hue)
        self._set(node.inputs["Saturation"], saturation)
        self._set(node.inputs["Value"], value)
        self._set(node.inputs["Color"], colour)
        return Field(self, node.outputs[0])

    def ramp(self, factor: Field, stops: Sequence[tuple[float, Colour]], smooth: bool = False) -> Field:
        """A colour ramp: (position, colour) stops, at most 32, in rising order of position."""
        node = self.node("ShaderNodeValToRGB")
        ramp = node.color_ramp
        ramp.interpolation = "EASE" if smooth else "LINEAR"
        while len(ramp.elements) < len(stops):
            ramp.elements.new(1.0)
        for element, (position, colour) in zip(ramp.elements, stops, strict=True):
            element.position = position
            element.color = (*colour, 1.0)
        self.link(factor.socket, node.inputs[0])
        return Field(self, node.outputs[0])

    # -- periodic textures

    def torus(
        self, stretch_u: float = 1.0, stretch_v: float = 1.0, warp_u: Value = 0.0, warp_v: Value = 0.0
    ) -> tuple[Field, Field]:
        """The tile on the torus: (3-vector, W). A stretch below 1 draws features out along that axis.

        The warps, themselves periodic, are added to u and v (1 is the tile's width).
        Each call lies at another random place, so that no two textures are related.
        """
        u, v = self.u + warp_u, self.v + warp_v
        angle_u, angle_v = u * math.tau, v * math.tau
        radius_u, radius_v = stretch_u / math.tau, stretch_v / math.tau
        offset = [self.params.free(-50.0, 50.0) for _ in range(4)]
        combine = self.node("ShaderNodeCombineXYZ")
        self._set(combine.inputs[0], self.math("COSINE", angle_u, 0.0) * radius_u + offset[0])
        self._set(combine.inputs[1], angle_u.sine() * radius_u + offset[1])
        self._set(combine.inputs[2], self.math("COSINE", angle_v, 0.0) * radius_v + offset[2])
        return Field(self, combine.outputs[0]), angle_v.sine() * radius_v + offset[3]

    def noise(
        self,
        scale: float,
        detail: float = 4.0,
        roughness: float = 0.55,
        distortion: float = 0.0,
        stretch: tuple[float, float] = (1.0, 1.0),
        warp: tuple[Value, Value] = (0.0, 0.0),
    ) -> Field:
        """Periodic fractal noise around 0.5, most of it in 0.25 to 0.75; ``scale`` is features per tile."""
        vector, w = self.torus(*stretch, *warp)
        node = self.node("ShaderNodeTexNoise")
        node.noise_dimensions = "4D"
        self.link(vector.socket, node.inputs["Vector"])
        self.link(w.socket, node.inputs["W"])
        for name, value in (
            ("Scale", scale),
            ("Detail", detail),
            ("Roughness", roughness),
            ("Distortion", distortion),
        ):
            node.inputs[name].default_value = value
        return Field(self, node.outputs[0])

    def spread_noise(self, scale: float, detail: float = 4.0, **more: Any) -> Field:
        """Like ``noise``, stretched to use 0 to 1."""
        return self.remap(self.noise(scale, detail, **more), 0.3, 0.7, 0.0, 1.0)

    def voronoi(
        self,
        scale: float,
        feature: str = "F1",
        randomness: float = 1.0,
        stretch: tuple[float, float] = (1.0, 1.0),
        warp: tuple[Value, Value] = (0.0, 0.0),
        output: str = "Distance",
    ) -> Field:
        """Periodic cells; ``feature`` F1, F2, SMOOTH_F1, DISTANCE_TO_EDGE; ``output`` Distance or Color."""
        vector, w = self.torus(*stretch, *warp)
        node = self.node("ShaderNodeTexVoronoi")
        node.voronoi_dimensions = "4D"
        node.feature = feature
        self.link(vector.socket, node.inputs["Vector"])
        self.link(w.socket, node.inputs["W"])
        node.inputs["Scale"].default_value = scale
        node.inputs["Randomness"].default_value = randomness
        return Field(self, node.outputs[output])

    def channel(self, colour: Field, index: int) -> Field:
        """One of the three channels of a colour."""
        node = self.node("ShaderNodeSeparateColor")
        self.link(colour.socket, node.inputs[0])
        return Field(self, node.outputs[index])

    def layout(self, layout: Layout) -> tuple[Field, Field, Field]:
        """A drawn layout as an image texture: its (edge, cell, slope) channels."""
        rgba = np.ones((*layout.edge.shape, 4), dtype=np.float32)
        rgba[..., 0], rgba[..., 1], rgba[..., 2] = layout.edge, layout.cell, layout.slope
        height, width = layout.edge.shape
        image = bpy.data.images.new("layout", width, height, float_buffer=True, is_data=True)
        image.pixels.foreach_set(rgba[::-1].ravel())
        return self._image_channels(image)

    def _image_channels(self, image: Any) -> tuple[Field, Field, Field]:
        node = self.node("ShaderNodeTexImage")
        node.image = image
        node.extension = "REPEAT"
        coordinates = self.node("ShaderNodeTexCoord")
        self.link(coordinates.outputs["UV"], node.inputs["Vector"])
        separate = self.node("ShaderNodeSeparateColor")
        self.link(node.outputs["Color"], separate.inputs[0])
        fields = tuple(Field(self, output) for output in separate.outputs)
        return fields[0], fields[1], fields[2]

    def warped_layout(self, layout: Layout, warp: tuple[Value, Value]) -> tuple[Field, Field, Field]:
        """Like ``layout``, looked up at u + warp, v + warp (periodic fields), for edges that are not straight."""
        fields = self.layout(layout)
        node = fields[0].socket.node.inputs[0].links[0].from_node
        combine = self.node("ShaderNodeCombineXYZ")
        self._set(combine.inputs[0], self.u + warp[0])
        self._set(combine.inputs[1], self.v + warp[1])
        self.link(combine.outputs[0], node.inputs["Vector"])
        return fields

    def drawn_noise(
        self,
        scale: float,
        detail: float = 4.0,
        roughness: float = 0.55,
        stretch: tuple[float, float] = (1.0, 1.0),
        warp: tuple[Value, Value] | None = None,
    ) -> Field:
        """Like ``noise``, drawn in numpy as an image texture: many times faster to render."""
        px = pixels_needed(scale, detail, stretch, self.drawn_px)
        noise = fractal_noise(px, scale, self.params.integer_seed(), detail, roughness, stretch)
        if warp is not None:
            return self.warped_layout(Layout(noise, noise, noise), warp)[0]
        return self._shared_picture(noise)

    def spread_drawn(self, scale: float, detail: float = 4.0, **more: Any) -> Field:
        """Like ``drawn_noise``, stretched to use 0 to 1."""
        return self.remap(self.drawn_noise(scale, detail, **more), 0.3, 0.7, 0.0, 1.0)

    def _shared_picture(self, values: np.ndarray) -> Field:
        """The square of numbers as a channel of an image texture that it shares with two others: fewer to load."""
        px = values.shape[0]
        if px not in self._open_pictures:
            rgba = np.ones((px, px, 4), dtype=np.float32)
            image = bpy.data.images.new("layout", px, px, float_buffer=True, is_data=True)
            self._open_pictures[px] = (image, rgba, list(self._image_channels(image)))
        image, rgba, free = self._open_pictures[px]
        rgba[..., 3 - len(free)] = values[::-1]
        image.pixels.foreach_set(rgba.ravel())
        channel = free.pop(0)
        if not free:
            del self._open_pictures[px]
        return channel
