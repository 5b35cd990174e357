"""How large the UV square of a mesh is on its surface: what tells how often a picture fits into it."""

from dataclasses import dataclass

import bpy
import numpy as np
from numpy.typing import NDArray

__all__ = ["UvSquare", "edge_length", "measure"]

_FACES = 1000
"""So many faces tell how densely a UV map is laid out: all of a simple mesh, a few ms of a heavy one."""
_TRIANGLES = 100_000
_LEAST_AREA = 1e-12
_SAME = 1e-4

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class UvSquare:
    """On the average of the surface, in Blender units of the world."""

    width: float
    """How far it is on the surface from U = 0 to U = 1."""
    height: float
    wraps_u: bool
    """True when the UV map closes around the object: where U ends it begins again."""
    wraps_v: bool


def edge_length(mesh: bpy.types.Mesh, layer: bpy.types.MeshUVLoopLayer) -> float | None:
    """Edge length of a square as large as the part of the surface that a full UV square covers.

    In units of the object's own space; None when that cannot be told (no area, or in Edit Mode).
    """
    if len(layer.data) != len(mesh.loops):
        # while a mesh is being edited, its UV map lies elsewhere
        return None
    step = max(1, len(mesh.polygons) // _FACES)
    surface, laid_out = 0.0, 0.0
    # Blender's collections take no slices with a step
    for face in map(mesh.polygons.__getitem__, range(0, len(mesh.polygons), step)):
        corners = [layer.data[index].uv for index in face.loop_indices]
        following = corners[1:] + corners[:1]
        twice = sum(a.x * b.y - b.x * a.y for a, b in zip(corners, following, strict=True))
        surface += face.area
        laid_out += abs(twice) / 2
    return None if laid_out < _LEAST_AREA else float((surface / laid_out) ** 0.5)


def measure(obj: bpy.types.Object, layer: bpy.types.MeshUVLoopLayer) -> UvSquare | None:
    """The UV square of that layer on the object as it stands in the world; None when it covers nothing."""
    if len(layer.data) == len(obj.data.loops):
        return _measure(obj.data, layer.name, obj.matrix_world)
    # while a mesh is being edited, only its evaluated copy has the UV map
    evaluated = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
    mesh = evaluated.to_mesh()
    try:
        return _measure(mesh, layer.name, obj.matrix_world)
    finally:
        evaluated.to_mesh_clear()


def _measure(mesh: bpy.types.Mesh, layer_name: str, matrix: object) -> UvSquare | None:
    layer = mesh.uv_layers.get(layer_name)
    if layer is None or len(layer.data) != len(mesh.loops):
        return None
    uv = np.empty((len(mesh.loops), 2), np.float32)
    layer.uv.foreach_get("vector", uv.ravel())
    vertex = np.empty(len(mesh.loops), np.int32)
    mesh.loops.foreach_get("vertex_index", vertex)
    place = np.empty((len(mesh.vertices), 3), np.float32)
    mesh.vertices.foreach_get("co", place.ravel())
    mesh.calc_loop_triangles()
    corners = np.empty((len(mesh.loop_triangles), 3), np.int32)
    mesh.loop_triangles.foreach_get("loops", corners.ravel())
    corners = corners[:: max(1, len(corners) // _TRIANGLES)]
    to_world = np.array(matrix, np.float32)[:3, :3]
    size = _size(place[vertex[corners]] @ to_world.T, uv[corners])
    if size is None:
        return None
    return UvSquare(*size, *_wraps(uv, vertex))


def _size(place: Floats, uv: Floats) -> tuple[float, float] | None:
    """Mean length of a step of 1 along U and V. place (triangles, 3, 3), uv (triangles, 3, 2)."""
    edges, steps = place[:, 1:] - place[:, :1], uv[:, 1:] - uv[:, :1]
    turn = steps[:, 0, 0] * steps[:, 1, 1] - steps[:, 0, 1] * steps[:, 1, 0]
    area = np.linalg.norm(np.cross(edges[:, 0], edges[:, 1]), axis=1)
    counts = (np.abs(turn) > _LEAST_AREA) & (area > 0)
    if not counts.any():
        return None
    edges, steps, turn, area = edges[counts], steps[counts], turn[counts, None], area[counts]
    along_u = (edges[:, 0] * steps[:, 1, 1:] - edges[:, 1] * steps[:, 0, 1:]) / turn
    along_v = (edges[:, 1] * steps[:, 0, :1] - edges[:, 0] * steps[:, 1, :1]) / turn
    width, height = (
        float(np.average(np.linalg.norm(step, axis=1), weights=area)) for step in (along_u, along_v)
    )
    return width, height


def _wraps(uv: Floats, vertex: NDArray[np.int32]) -> tuple[bool, bool]:
    """Whether some point of the surface lies on both borders: a whole step apart in one direction alone."""
    one = np.zeros((int(vertex.max()) + 1, 2), np.float32)
    one[vertex] = uv
    apart = np.abs(uv - one[vertex])
    whole = (np.abs(apart - np.round(apart)) < _SAME) & (apart > 0.5)
    same = apart < _SAME
    return bool((whole[:, 0] & same[:, 1]).any()), bool((whole[:, 1] & same[:, 0]).any())
