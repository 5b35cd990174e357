"""Shapes as Blender's meshes."""

from collections.abc import Callable, Sequence
from typing import Any

import bpy
import numpy as np
import numpy.typing as npt

from ..shapes import Shape, Surface

__all__ = ["mesh_of"]


def mesh_of(name: str, shape: Shape, surfaces: Sequence[Surface], material: Callable[[Surface], Any]) -> Any:
    """The mesh with its materials, and a UV map in metres along the two axes that each face lies in."""
    mesh = bpy.data.meshes.new(name)
    quads = shape.quads
    triangle = quads[:, 2] == quads[:, 3]
    counts = np.where(triangle, 3, 4)
    corners = quads[~np.stack([np.zeros_like(triangle)] * 3 + [triangle], axis=1)]
    mesh.vertices.add(len(shape.vertices))
    mesh.vertices.foreach_set("co", shape.vertices.astype(np.float32).ravel())
    mesh.loops.add(len(corners))
    mesh.loops.foreach_set("vertex_index", corners.astype(np.int32))
    mesh.polygons.add(len(quads))
    mesh.polygons.foreach_set("loop_start", np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int32))
    mesh.polygons.foreach_set("material_index", np.minimum(shape.slots, len(surfaces) - 1).astype(np.int32))
    mesh.polygons.foreach_set("use_smooth", shape.smooth)
    mesh.uv_layers.new(name="UVMap").data.foreach_set(
        "uv", _box_mapped(shape, corners, counts).astype(np.float32).ravel()
    )
    for surface in surfaces:
        mesh.materials.append(material(surface))
    mesh.update(calc_edges=True)
    return mesh


def _box_mapped(
    shape: Shape, corners: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Metres along the two axes that each face lies in."""
    points = shape.vertices[shape.quads]
    normals = np.abs(np.cross(points[:, 1] - points[:, 0], points[:, 2] - points[:, 1]))
    axis = np.repeat(normals.argmax(axis=1), counts)
    places = shape.vertices[corners]
    across = np.where(
        (axis == 0)[:, None],
        places[:, [1, 2]],
        np.where((axis == 1)[:, None], places[:, [0, 2]], places[:, [0, 1]]),
    )
    return np.asarray(across)
