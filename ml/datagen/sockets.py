"""Shader nodes joined by few words: each function adds a node and returns its output socket."""

from typing import Any

__all__ = ["emission", "maths", "mixed", "noise", "place"]


def emission(tree: Any, colour: tuple[float, float, float], strength: float) -> Any:
    """Light of that colour."""
    node = tree.nodes.new("ShaderNodeEmission")
    node.inputs["Color"].default_value = (*colour, 1.0)
    node.inputs["Strength"].default_value = strength
    return node.outputs[0]


def maths(tree: Any, operation: str, *values: Any) -> Any:
    """An operation on numbers; values: sockets or numbers."""
    node = tree.nodes.new("ShaderNodeMath")
    node.operation = operation
    for socket, value in zip(node.inputs, values, strict=False):
        if isinstance(value, float):
            socket.default_value = value
        else:
            tree.links.new(value, socket)
    return node.outputs[0]


def mixed(tree: Any, share: Any, first: Any, second: Any) -> Any:
    """Between two colours; share: socket or number; colours: sockets or tuples."""
    node = tree.nodes.new("ShaderNodeMix")
    node.data_type = "RGBA"
    colours = [socket for socket in node.inputs if socket.type == "RGBA"]
    for socket, value in ((node.inputs[0], share), (colours[0], first), (colours[1], second)):
        if isinstance(value, float):
            socket.default_value = value
        elif isinstance(value, tuple):
            socket.default_value = (*value, 1.0)
        else:
            tree.links.new(value, socket)
    return next(socket for socket in node.outputs if socket.type == "RGBA")


def place(tree: Any, kind: str) -> Any:
    """A texture coordinate by Blender's name."""
    return tree.nodes.new("ShaderNodeTexCoord").outputs[kind]


def noise(tree: Any, size_m: float, detail: float, contrast: float) -> Any:
    """Fractal noise over the object, 0 to 1."""
    node = tree.nodes.new("ShaderNodeTexNoise")
    node.inputs["Scale"].default_value = 1.0 / max(size_m, 0.002)
    node.inputs["Detail"].default_value = detail
    node.inputs["Roughness"].default_value = 0.65
    tree.links.new(place(tree, "Object"), node.inputs["Vector"])
    # fractal noise keeps near its middle: spread it
    spread = tree.nodes.new("ShaderNodeMapRange")
    tree.links.new(node.outputs[0], spread.inputs["Value"])
    half = 0.22 / max(contrast, 0.05)
    spread.inputs["From Min"].default_value, spread.inputs["From Max"].default_value = 0.5 - half, 0.5 + half
    return spread.outputs[0]
