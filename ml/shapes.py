"""Meshes as numpy arrays, made of a few kinds of solids, and what covers them. Metres, z up; no Blender here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Array", "Shape", "Surface", "ball", "box", "join", "loft", "matrix", "noise_2d", "sheet", "tube"]

Array = npt.NDArray[np.float64]
Indices = npt.NDArray[np.signedinteger]


@dataclass(frozen=True, slots=True)
class Surface:
    """What a material looks like; each ``surfaces.py`` knows its kinds."""

    kind: str
    colour: tuple[float, float, float]
    """Linear RGB."""
    second: tuple[float, float, float] = (0.1, 0.1, 0.1)
    """The other colour of the pattern."""
    scale: float = 1.0
    """Size of the pattern's features in metres."""
    glow: float = 0.0
    """Emitted light, as a multiple of the colour."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A mesh of quads; a triangle is a quad whose last two corners are one."""

    vertices: Array
    """(V, 3) metres."""
    quads: npt.NDArray[np.int64]
    """(Q, 4) indices into the vertices."""
    slots: npt.NDArray[np.int64]
    """(Q,) which of the object's surfaces each face has."""
    smooth: npt.NDArray[np.bool_]
    """(Q,)"""

    def moved(
        self, offset: Sequence[float] = (0, 0, 0), scale: Sequence[float] = (1, 1, 1), yaw: float = 0.0
    ) -> "Shape":
        """The same mesh scaled, turned about z, then moved."""
        cos, sin = np.cos(yaw), np.sin(yaw)
        turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
        vertices = (self.vertices * np.asarray(scale, float)) @ turn.T + np.asarray(offset, float)
        return Shape(vertices, self.quads, self.slots, self.smooth)

    def placed(self, place: Array) -> "Shape":
        """The same mesh under a 4 x 4 matrix."""
        vertices = self.vertices @ place[:3, :3].T + place[:3, 3]
        return Shape(vertices, self.quads, self.slots, self.smooth)


def matrix(at: Sequence[float] | Array, turn: Sequence[float], scale: Sequence[float] = (1, 1, 1)) -> Array:
    """Scale, then rotation about x, y and z in this order, then translation."""
    (sx, sy, sz), (cx, cy, cz) = np.sin(turn), np.cos(turn)
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    found = np.eye(4)
    found[:3, :3] = about_z @ about_y @ about_x * np.asarray(scale, float)
    found[:3, 3] = at
    return found


def _shape(vertices: Array, quads: Sequence[Sequence[int]] | Indices, slot: int, smooth: bool) -> Shape:
    faces = np.asarray(quads, dtype=np.int64).reshape(-1, 4)
    return Shape(
        np.asarray(vertices, float), faces, np.full(len(faces), slot), np.full(len(faces), smooth, dtype=bool)
    )


def join(*shapes: Shape) -> Shape:
    """One mesh of several."""
    starts = np.cumsum([0] + [len(shape.vertices) for shape in shapes[:-1]])
    return Shape(
        np.concatenate([shape.vertices for shape in shapes]),
        np.concatenate([shape.quads + start for shape, start in zip(shapes, starts, strict=True)]),
        np.concatenate([shape.slots for shape in shapes]),
        np.concatenate([shape.smooth for shape in shapes]),
    )


def box(size: Sequence[float], centre: Sequence[float] = (0, 0, 0), slot: int = 0) -> Shape:
    """A cuboid; size: full lengths along x, y, z."""
    corners = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    return _shape(corners * np.asarray(size, float) + np.asarray(centre, float), quads, slot, False)


def loft(
    sections: Sequence[tuple[float, float, float, float, float]],
    slot: int = 0,
    segments: int = 12,
    smooth: bool = True,
    lumps: float = 0.0,
    seed: int = 0,
) -> Shape:
    """Ellipses stacked along z and joined, closed at both ends.

    sections: (x, y, z, half width along x, half width along y) from one end to the other. lumps: how far points
    are pushed in or out at random, as a share of the width.
    """
    angles = np.arange(segments) * 2 * np.pi / segments
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rings = np.zeros((len(sections), segments, 3))
    for ring, (x, y, z, half_x, half_y) in zip(rings, sections, strict=True):
        ring[:, :2] = circle * (half_x, half_y) + (x, y)
        ring[:, 2] = z
    if lumps:
        push = np.random.default_rng(seed).uniform(1 - lumps, 1 + lumps, rings.shape[:2])
        centres = rings.mean(axis=1, keepdims=True)
        rings = centres + (rings - centres) * push[..., None]
    ends = np.array([sections[0][:3], sections[-1][:3]])
    vertices = np.concatenate([rings.reshape(-1, 3), ends])
    quads = []
    for level in range(len(sections) - 1):
        for index in range(segments):
            after = (index + 1) % segments
            low, high = level * segments, (level + 1) * segments
            quads.append((low + index, low + after, high + after, high + index))
    last = (len(sections) - 1) * segments
    for index in range(segments):
        after = (index + 1) % segments
        quads.append((after, index, len(vertices) - 2, len(vertices) - 2))
        quads.append((last + index, last + after, len(vertices) - 1, len(vertices) - 1))
    return _shape(vertices, quads, slot, smooth)


def ball(
    radii: Sequence[float],
    centre: Sequence[float] = (0, 0, 0),
    slot: int = 0,
    segments: int = 12,
    rings: int = 8,
    lumps: float = 0.0,
    seed: int = 0,
) -> Shape:
    """An ellipsoid, lumpy if wanted."""
    angles = np.linspace(-np.pi / 2, np.pi / 2, rings + 1)
    x, y, z = centre
    sections = [
        (x, y, z + radii[2] * np.sin(a), radii[0] * max(np.cos(a), 0.02), radii[1] * max(np.cos(a), 0.02))
        for a in angles
    ]
    return loft(sections, slot, segments, True, lumps, seed)


def tube(
    start: Sequence[float],
    end: Sequence[float],
    radius: float,
    end_radius: float | None = None,
    slot: int = 0,
    segments: int = 8,
    bulge: float = 0.0,
) -> Shape:
    """A round bar from start to end with rounded ends, thicker in the middle by ``bulge`` (a share)."""
    first, last = np.asarray(start, float), np.asarray(end, float)
    end_radius = radius if end_radius is None else end_radius
    length = float(np.linalg.norm(last - first))
    middle = (radius + end_radius) / 2 * (1 + bulge)
    sections = [(0.0, 0.0, -0.6 * radius, 0.6 * radius, 0.6 * radius), (0.0, 0.0, 0.0, radius, radius)]
    sections += [(0.0, 0.0, length * 0.35, middle, middle), (0.0, 0.0, length, end_radius, end_radius)]
    sections += [(0.0, 0.0, length + 0.6 * end_radius, 0.6 * end_radius, 0.6 * end_radius)]
    upright = loft(sections, slot, segments)
    axis = (last - first) / max(length, 1e-9)
    across = np.cross(axis, (1.0, 0, 0) if abs(axis[0]) < 0.9 else (0, 1.0, 0))
    across /= np.linalg.norm(across)
    frame = np.stack([across, np.cross(axis, across), axis], axis=1)
    return Shape(upright.vertices @ frame.T + first, upright.quads, upright.slots, upright.smooth)


def sheet(x: Array, y: Array, heights: Array, slot: int = 0) -> Shape:
    """A ground: heights (len(y), len(x)) over the grid of x and y."""
    grid_x, grid_y = np.meshgrid(x, y)
    vertices = np.stack([grid_x.ravel(), grid_y.ravel(), heights.ravel()], axis=1)
    index = np.arange(len(vertices)).reshape(len(y), len(x))
    quads = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], axis=-1).reshape(-1, 4)
    return _shape(vertices, quads, slot, True)


def noise_2d(x: Array, y: Array, seed: int, octaves: int = 4, ridged: bool = False) -> Array:
    """Fractal value noise at those places, about -1 to 1 (ridged: 0 to 1); cells are one unit wide at first."""
    total, amplitude, reach = np.zeros_like(x, dtype=float), 1.0, 0.0
    for octave in range(octaves):
        table = np.random.default_rng((seed, octave)).uniform(-1, 1, (64, 64))
        scaled_x, scaled_y = x * 2.0**octave, y * 2.0**octave
        left, low = np.floor(scaled_x).astype(int), np.floor(scaled_y).astype(int)
        u, v = scaled_x - left, scaled_y - low
        u, v = u * u * (3 - 2 * u), v * v * (3 - 2 * v)
        corners = [table[(low + j) % 64, (left + i) % 64] for j in (0, 1) for i in (0, 1)]
        value = (corners[0] * (1 - u) + corners[1] * u) * (1 - v) + (
            corners[2] * (1 - u) + corners[3] * u
        ) * v
        total += amplitude * ((1 - np.abs(value)) ** 2 if ridged else value)
        reach += amplitude
        amplitude *= 0.5
    return total / reach
