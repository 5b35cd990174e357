"""Curved solids: turned profiles, bars along a path, bent sheets. Metres, z up, the front towards +x; numpy only.

Every mesh is closed and its faces look outwards.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .shapes import Array, Shape

__all__ = ["Rows", "bar", "outwards", "sheet_solid", "smooth_rows", "turned_profile"]

Rows = Sequence[Sequence[float] | Array] | Array


def smooth_rows(rows: Rows, between: int) -> Array:
    """Rows of numbers with ``between`` more of them between each two, on a Catmull-Rom curve through all."""
    given = np.asarray(rows, float)
    if between < 1 or len(given) < 3:
        return given
    ends = np.concatenate([2 * given[:1] - given[1:2], given, 2 * given[-1:] - given[-2:-1]])
    t = (np.arange(between + 1) / (between + 1))[None, :, None]
    a, b, c, d = (ends[i : i + len(given) - 1, None, :] for i in range(4))
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return np.concatenate([curve.reshape(-1, given.shape[1]), given[-1:]])


def turned_profile(
    rows: Rows,
    segments: int,
    arc: tuple[float, float] | None = None,
    power: float = 2.0,
    thickness: float = 0.0,
    folds: tuple[int, float] = (0, 0.0),
) -> Shape:
    """A solid with level sections, or a bent sheet where ``arc`` names a part of the turn.

    rows: (z, half depth along x, half width along y, x, y, share of the folds), from one end to the other; what
    is left out is 0. arc: angles in radians from and to, 0 at the front, a quarter turn at the left. power: 2 for
    ellipses, more for rounded boxes. folds: how many waves around, and how deep as a share of the width.
    """
    table = np.zeros((len(rows), 6))
    given = np.asarray(rows, float)
    table[:, : given.shape[1]] = given
    angles = np.arange(segments) * (2 * np.pi / segments)
    if arc is not None:
        angles = np.linspace(arc[0], arc[1], segments)
    cos, sin = np.cos(angles), np.sin(angles)
    around = np.stack(
        [np.sign(cos) * np.abs(cos) ** (2 / power), np.sign(sin) * np.abs(sin) ** (2 / power)], -1
    )
    count, depth = folds
    wave = np.sin(count * angles) + 0.45 * np.sin((2 * count + 1) * angles + 1.3)
    reach = 1 + depth * table[:, 5:6] * wave[None]
    grid = np.empty((len(table), len(angles), 3))
    grid[..., 0] = table[:, 3:4] + table[:, 1:2] * around[None, :, 0] * reach
    grid[..., 1] = table[:, 4:5] + table[:, 2:3] * around[None, :, 1] * reach
    grid[..., 2] = table[:, :1]
    return _capped(grid) if arc is None else sheet_solid(grid, thickness)


def bar(path: Rows, radii: Rows, segments: int, power: float = 2.0, rounding: float = 1.0) -> Shape:
    """A bar along a path with round ends.

    path (N, 3); radii (N, 2): half width across the path to its side, and towards its front. rounding: how far
    the ends stand out, as a share of their radius.
    """
    points, widths = np.asarray(path, float), np.asarray(radii, float)
    # as np.gradient has it, which takes longer
    steps = np.diff(points, axis=0)
    along = np.concatenate([steps[:1], steps[:-1] + steps[1:], steps[-1:]])
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    side = _sides(along)
    depth = np.cross(side, along)
    ends = np.array([0.0, 0.45, 0.8]) if rounding > 0 else np.array([])
    middles, sizes = [points], [widths]
    for end, sign in ((0, -1.0), (-1, 1.0)):
        lift = np.sqrt(1 - ends[::-1] ** 2) if sign < 0 else np.sqrt(1 - ends**2)
        share = ends[::-1] if sign < 0 else ends
        reach = rounding * widths[end].mean()
        beyond = points[end] + sign * along[end] * (reach * share)[:, None]
        shrunk = widths[end] * lift[:, None]
        middles = [beyond, *middles] if sign < 0 else [*middles, beyond]
        sizes = [shrunk, *sizes] if sign < 0 else [*sizes, shrunk]
    where = np.r_[np.zeros(len(ends), int), np.arange(len(points)), np.full(len(ends), len(points) - 1)]
    centres, half = np.concatenate(middles), np.concatenate(sizes)
    angles = np.arange(segments) * (2 * np.pi / segments)
    cos, sin = np.cos(angles), np.sin(angles)
    u = np.sign(cos) * np.abs(cos) ** (2 / power)
    v = np.sign(sin) * np.abs(sin) ** (2 / power)
    grid = centres[:, None] + half[:, :1, None] * u[None, :, None] * side[where][:, None]
    return _capped(grid + half[:, 1:, None] * v[None, :, None] * depth[where][:, None])


def _sides(along: Array) -> Array:
    """Unit vectors across a path (N, 3): level ones where the path climbs, upright to its front where it is level."""
    front = np.array([0.0, 0.0, 1.0]) if np.abs(along[:, 2]).mean() < 0.5 else np.array([1.0, 0.0, 0.0])
    side = np.cross(along, front)
    length = np.linalg.norm(side, axis=1)
    side /= np.maximum(length, 1e-9)[:, None]
    if length.min() < 0.3:
        # where the path runs along its front, the frame is carried on from where it does not
        best = int(length.argmax())
        for order in (range(best + 1, len(side)), range(best - 1, -1, -1)):
            before = side[best]
            for index in order:
                carried = before - along[index] * (before @ along[index])
                side[index] = before = carried / max(float(np.linalg.norm(carried)), 1e-9)
    return side


def sheet_solid(grid: Array, thickness: float) -> Shape:
    """A bent sheet: ``grid`` (rows, columns, 3) is its outer side, its columns to the right and its rows up as seen."""
    rows, columns = grid.shape[:2]
    down, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    normal = np.cross(across, down)
    normal /= np.maximum(np.linalg.norm(normal, axis=2, keepdims=True), 1e-9)
    inner = grid - thickness * normal
    vertices = np.concatenate([grid.reshape(-1, 3), inner.reshape(-1, 3)])
    index = np.arange(rows * columns).reshape(rows, columns)
    faces = _quads(index)
    back = faces[:, ::-1] + rows * columns
    rim = np.concatenate([index[0, :], index[1:, -1], index[-1, -2::-1], index[-2:0:-1, 0]])
    after = np.roll(rim, -1)
    edge = np.stack([rim, rim + rows * columns, after + rows * columns, after], -1)
    return outwards(_solid(vertices, np.concatenate([faces, back, edge])))


def outwards(shape: Shape) -> Shape:
    """The same closed mesh with its faces turned outwards."""
    a, b, c, d = (shape.vertices[shape.quads[:, i]] for i in range(4))
    volume = np.einsum("ij,ij->", a, np.cross(b, c)) + np.einsum("ij,ij->", a, np.cross(c, d))
    return shape if volume >= 0 else Shape(shape.vertices, _reversed(shape.quads), shape.slots, shape.smooth)


def _reversed(quads: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Other way round; a triangle keeps its doubled corner last."""
    triangle = quads[:, 2] == quads[:, 3]
    return np.where(triangle[:, None], quads[:, [1, 0, 2, 3]], quads[:, ::-1])


def _capped(grid: Array) -> Shape:
    """Rings (rows, around, 3), joined and closed at both ends."""
    rows, around = grid.shape[:2]
    index = np.arange(rows * around).reshape(rows, around)
    ring = np.concatenate([index, index[:, :1]], axis=1)
    ends = np.stack([grid[0].mean(0), grid[-1].mean(0)])
    first, last = rows * around, rows * around + 1
    caps = [
        np.stack([ring[0, 1:], ring[0, :-1], np.full(around, first), np.full(around, first)], -1),
        np.stack([ring[-1, :-1], ring[-1, 1:], np.full(around, last), np.full(around, last)], -1),
    ]
    vertices = np.concatenate([grid.reshape(-1, 3), ends])
    return outwards(_solid(vertices, np.concatenate([_quads(ring), *caps])))


def _quads(index: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    corners = [index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]]
    return np.stack(corners, axis=-1).reshape(-1, 4)


def _solid(vertices: Array, quads: npt.NDArray[np.int64]) -> Shape:
    return Shape(vertices, quads, np.zeros(len(quads), np.int64), np.ones(len(quads), bool))
