"""Material recipes as Blender's shader nodes."""

from collections.abc import Sequence
from typing import Any

import bpy
import numpy as np
from numpy.typing import NDArray

from ..layouts import Layout
from ..materials.graph import Colour, Field, Graph, NoisePicture, Value
from ..materials.params import Params

__all__ = ["NodeGraph"]


class NodeGraph(Graph):
    """Builds the node tree of one material tile; a field's source is an output socket."""

    def __init__(self, tree: Any, params: Params) -> None:
        self.tree = tree
        self.params = params
        self.drawn_px = 256
        """Size of the noise pictures; the renderer sets it to twice its own."""
        self._open_pictures: dict[int, tuple[Any, NDArray[np.float32], list[Field]]] = {}
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

    def set_input(self, target: Any, value: Value | Colour) -> None:
        if isinstance(value, Field):
            self.link(value.source, target)
        elif isinstance(value, tuple) and len(target.default_value) == 4:
            target.default_value = (*value, 1.0)
        else:
            target.default_value = value

    # -- arithmetic

    def math(self, operation: str, a: Value, b: Value) -> Field:
        node = self.node("ShaderNodeMath")
        node.operation = operation
        self.set_input(node.inputs[0], a)
        self.set_input(node.inputs[1], b)
        return Field(self, node.outputs[0])

    def remap(
        self, field: Value, low: float, high: float, to_low: Value, to_high: Value, smooth: bool = False
    ) -> Field:
        node = self.node("ShaderNodeMapRange")
        node.interpolation_type = "SMOOTHSTEP" if smooth else "LINEAR"
        for socket, value in zip(node.inputs[:5], (field, low, high, to_low, to_high), strict=True):
            self.set_input(socket, value)
        return Field(self, node.outputs[0])

    def lerp(self, a: Value, b: Value, factor: Value) -> Field:
        node = self.node("ShaderNodeMix")
        node.data_type = "FLOAT"
        for socket, value in zip(node.inputs[0:1] + node.inputs[2:4], (factor, a, b), strict=True):
            self.set_input(socket, value)
        return Field(self, node.outputs[0])

    def mix(self, a: Field | Colour, b: Field | Colour, factor: Value) -> Field:
        node = self.node("ShaderNodeMix")
        node.data_type = "RGBA"
        node.clamp_factor = True
        self.set_input(node.inputs[0], factor)
        self.set_input(node.inputs[6], a)
        self.set_input(node.inputs[7], b)
        return Field(self, node.outputs[2])

    def scale_colour(self, colour: Field | Colour, factor: Value) -> Field:
        node = self.node("ShaderNodeVectorMath")
        node.operation = "SCALE"
        if isinstance(colour, Field):
            self.link(colour.source, node.inputs[0])
        else:
            node.inputs[0].default_value = colour
        self.set_input(node.inputs["Scale"], factor)
        return Field(self, node.outputs[0])

    def vary(self, colour: Field | Colour, hue: Value, saturation: Value, value: Value) -> Field:
        node = self.node("ShaderNodeHueSaturation")
        self.set_input(node.inputs["Hue"], hue)
        self.set_input(node.inputs["Saturation"], saturation)
        self.set_input(node.inputs["Value"], value)
        self.set_input(node.inputs["Color"], colour)
        return Field(self, node.outputs[0])

    def ramp(self, factor: Field, stops: Sequence[tuple[float, Colour]]) -> Field:
        node = self.node("ShaderNodeValToRGB")
        ramp = node.color_ramp
        while len(ramp.elements) < len(stops):
            ramp.elements.new(1.0)
        for element, (position, colour) in zip(ramp.elements, stops, strict=True):
            element.position = position
            element.color = (*colour, 1.0)
        self.link(factor.source, node.inputs[0])
        return Field(self, node.outputs[0])

    # -- pictures

    def layout(self, layout: Layout) -> tuple[Field, Field, Field]:
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
        fields = self.layout(layout)
        node = fields[0].source.node.inputs[0].links[0].from_node
        combine = self.node("ShaderNodeCombineXYZ")
        self.set_input(combine.inputs[0], self.u + warp[0])
        self.set_input(combine.inputs[1], self.v + warp[1])
        self.link(combine.outputs[0], node.inputs["Vector"])
        return fields

    def picture(self, noise: NoisePicture, warp: tuple[Value, Value] | None) -> Field:
        values = noise.draw()
        if warp is not None:
            return self.warped_layout(Layout(values, values, values), warp)[0]
        return self._shared_picture(values)

    def _shared_picture(self, values: NDArray[np.float32]) -> Field:
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
