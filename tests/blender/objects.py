"""Objects to put textures onto, and a look at the nodes that they got."""

from typing import Any

import bpy

__all__ = ["add", "labelled", "maps_of", "node", "pictures_across", "select", "source_of", "without_uvs"]


def select(*objects: bpy.types.Object) -> None:
    """These and no others; the last one is the active one."""
    for obj in bpy.context.view_layer.objects:
        obj.select_set(obj in objects)
    bpy.context.view_layer.objects.active = objects[-1] if objects else None


def add(kind: str, **options: Any) -> bpy.types.Object:
    getattr(bpy.ops.mesh, f"primitive_{kind}_add")(**options)
    return bpy.context.object


def without_uvs(size: tuple[float, float, float] = (2.0, 2.0, 2.0)) -> bpy.types.Object:
    """A box around the origin that has no UV map."""
    corners = [
        (x * size[0] / 2, y * size[1] / 2, z * size[2] / 2) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)
    ]
    mesh = bpy.data.meshes.new("Bare")
    mesh.from_pydata(
        corners, [], [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    )
    obj = bpy.data.objects.new("Bare", mesh)
    bpy.context.collection.objects.link(obj)
    return obj


def node(obj: bpy.types.Object, kind: str) -> bpy.types.Node:
    return next(node for node in obj.active_material.node_tree.nodes if node.bl_idname == kind)


def source_of(socket: bpy.types.NodeSocket) -> bpy.types.Node:
    return socket.links[0].from_node


def labelled(material: bpy.types.Material, label: str) -> bpy.types.Node:
    """The node of that label."""
    return next(node for node in material.node_tree.nodes if node.label == label)


def maps_of(material: bpy.types.Material) -> dict[str, bpy.types.Image]:
    """The images of a studio material by their kinds."""
    images = [node.image for node in material.node_tree.nodes if node.bl_idname == "ShaderNodeTexImage"]
    return {image["filmai_map"]: image for image in images}


def pictures_across(material: bpy.types.Material) -> tuple[float, float, float]:
    """The scale of the one node that lays every picture of the material onto the surface."""
    (mapping,) = (node for node in material.node_tree.nodes if node.bl_idname == "ShaderNodeMapping")
    x, y, z = mapping.inputs["Scale"].default_value
    return x, y, z
