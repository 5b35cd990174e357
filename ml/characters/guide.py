"""The guide: which part is where, how near, and which way it faces, seen from the front, the side or any other way.

All views are drawn of one set of solids without perspective, so they agree: what is one metre up in one view is
one metre up in all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..shapes import Array
from .character import Character
from .sculpture import PARTS, SURFACES, Sculpture
from .skeleton import Skeleton

__all__ = [
    "GROUND_SHARE",
    "VIEWS",
    "Frame",
    "Guide",
    "draw_guide",
    "frame_of",
    "picture_channels",
    "portrait_frame",
]

VIEWS = {"front": 0.0, "three_quarter": np.pi / 4, "side": np.pi / 2, "back": np.pi}
"""Where the camera stands: the angle from the front to the figure's left, so that it looks to the picture's left."""
GROUND_SHARE = 0.03
"""Of the picture's height, under the ground line."""
_FILL = 0.94
_PORTRAIT_HEADS, _UNDER_CHIN_HEADS = 2.05, 0.62

Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Frame:
    """How the figure lies in its pictures: the same in every view."""

    width_px: int
    height_px: int
    metres_per_px: float
    ground_px: float
    """Distance of the ground line from the picture's upper border; beyond the lower one in a portrait."""
    axis_m: float = 0.0
    """How far before the figure's origin the axis lies around which the camera turns: the pictures' middle."""


@dataclass(frozen=True, slots=True)
class Guide:
    """One view. All arrays are (H, W), row 0 at the top."""

    part: NDArray[np.uint8]
    """0 for nothing, else 1 + the index in PARTS."""
    surface: NDArray[np.uint8]
    """0 for nothing, else 1 + the index in SURFACES."""
    depth: NDArray[np.float32]
    """Metres towards the camera from the figure's axis; 0 where nothing is."""
    facing: NDArray[np.float32]
    """(H, W, 2): how far the surface faces to the picture's right and up, -1 to 1."""


def frame_of(sculpture: Sculpture, width_px: int, height_px: int) -> Frame:
    """The frame in which the figure is as large as it can be in every view."""
    if width_px < 8 or height_px < 8:
        raise ValueError("a guide has at least 8 pixels a side")
    if not sculpture.pieces:
        raise ValueError("there is nothing to draw: the sculpture has no pieces")
    points = np.concatenate([piece.shape.vertices for piece in sculpture.pieces])
    reach = max(float(np.abs(points[:, :2] @ _right(yaw)[:2]).max()) for yaw in VIEWS.values())
    top = float(points[:, 2].max())
    metres_per_px = max(top / (_FILL * height_px), 2 * reach / (0.97 * width_px))
    return Frame(width_px, height_px, metres_per_px, height_px * (1 - GROUND_SHARE))


def portrait_frame(character: Character, side_px: int) -> Frame:
    """A square frame around head and shoulders."""
    if side_px < 8:
        raise ValueError("a guide has at least 8 pixels a side")
    bones = Skeleton.of(character)
    metres_per_px = _PORTRAIT_HEADS * bones.head / side_px
    low_m = bones.chin[2] - _UNDER_CHIN_HEADS * bones.head
    return Frame(side_px, side_px, metres_per_px, side_px + low_m / metres_per_px, float(bones.chin[0]))


def draw_guide(sculpture: Sculpture, view: str, frame: Frame) -> Guide:
    """Draws one view; raises ValueError for a view that is not in VIEWS."""
    if view not in VIEWS:
        raise ValueError(f"there is no view {view!r}; there are {', '.join(VIEWS)}")
    right, towards = _right(VIEWS[view]), _towards(VIEWS[view])
    corners, normals, owners = _triangles(sculpture, towards)
    corners = corners - (frame.axis_m, 0.0, 0.0)
    places = np.stack(
        [
            corners @ right / frame.metres_per_px + frame.width_px / 2,
            frame.ground_px - corners[..., 2] / frame.metres_per_px,
            corners @ towards,
        ],
        axis=-1,
    )
    pixel, triangle, shares, depth = _covered(places, frame)
    labels = np.zeros((frame.height_px * frame.width_px, 2), np.uint8)
    far = np.zeros(len(labels), np.float32)
    facing = np.zeros((len(labels), 2), np.float32)
    # of several writes to one pixel the last counts: the nearest
    order = np.argsort(depth, kind="stable")
    winner = np.full(len(labels), -1)
    winner[pixel[order]] = order
    seen = np.flatnonzero(winner >= 0)
    best = winner[seen]
    normal = np.einsum("ij,ijk->ik", shares[best], normals[triangle[best]])
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    labels[seen], far[seen] = owners[triangle[best]], depth[best]
    facing[seen] = np.stack([normal @ right, normal[:, 2]], -1)
    shape = (frame.height_px, frame.width_px)
    part, surface = labels.T.reshape(2, *shape)
    return Guide(part, surface, far.reshape(shape), facing.reshape(*shape, 2))


def _right(yaw: float) -> Array:
    """The picture's right, for a camera at that angle."""
    return np.array([-np.sin(yaw), np.cos(yaw), 0.0])


def _towards(yaw: float) -> Array:
    return np.array([np.cos(yaw), np.sin(yaw), 0.0])


def _triangles(sculpture: Sculpture, towards: Array) -> tuple[Array, Array, NDArray[np.uint8]]:
    """Corners and their normals, both (T, 3, 3), of the faces that look to the camera, and what they are (T, 2)."""
    start, vertices, quads, owners, smooth = 0, [], [], [], []
    for piece in sculpture.pieces:
        vertices.append(piece.shape.vertices)
        quads.append(piece.shape.quads + start)
        label = (1 + PARTS.index(piece.part), 1 + SURFACES.index(piece.surface))
        owners.append(np.tile(np.array(label, np.uint8), (len(piece.shape.quads), 1)))
        smooth.append(piece.shape.smooth)
        start += len(piece.shape.vertices)
    points, faces = np.concatenate(vertices), np.concatenate(quads)
    owner, soft = np.concatenate(owners), np.concatenate(smooth)
    flat = np.cross(points[faces[:, 2]] - points[faces[:, 0]], points[faces[:, 3]] - points[faces[:, 1]])
    # of a triangle, whose last corners are one, the diagonals' product is twice its normal as well
    flat = np.where(
        (faces[:, 2] == faces[:, 3])[:, None],
        np.cross(points[faces[:, 1]] - points[faces[:, 0]], points[faces[:, 2]] - points[faces[:, 0]]),
        flat,
    )
    summed = np.stack(
        [np.bincount(faces.ravel(), np.repeat(flat[:, axis], 4), len(points)) for axis in range(3)], -1
    )
    seen = np.flatnonzero(flat @ towards > 0)
    faces, flat, owner, soft = faces[seen], flat[seen], owner[seen], soft[seen]
    bent = np.where(soft[:, None, None], summed[faces], flat[:, None, :])
    bent /= np.maximum(np.linalg.norm(bent, axis=2, keepdims=True), 1e-12)
    whole = np.flatnonzero(faces[:, 2] != faces[:, 3])
    both = [(np.arange(len(faces)), [0, 1, 2]), (whole, [0, 2, 3])]
    corners = np.concatenate([points[faces[rows][:, columns]] for rows, columns in both])
    normals = np.concatenate([bent[rows][:, columns] for rows, columns in both])
    return corners, normals, np.concatenate([owner[rows] for rows, _ in both])


def _covered(places: Array, frame: Frame) -> tuple[Ints, Ints, Array, Array]:
    """Every pixel whose centre lies in a triangle: its index, the triangle, the corners' shares (P, 3), its depth.

    places (T, 3, 3): corners as column, row and depth. Triangles with boxes of like size are done at once.
    """
    low = np.ceil(places[..., :2].min(axis=1) - 0.5).astype(int)
    high = np.floor(places[..., :2].max(axis=1) - 0.5).astype(int)
    low = np.maximum(low, 0)
    high = np.minimum(high, (frame.width_px - 1, frame.height_px - 1))
    extent = high - low + 1
    sizes = 2 ** np.ceil(np.log2(np.maximum(extent, 1))).astype(int)
    key = np.where((extent > 0).all(axis=1), sizes[:, 0] * 100000 + sizes[:, 1], 0)
    found = [
        _inside(places, np.flatnonzero(key == size), low, int(size) // 100000, int(size) % 100000, frame)
        for size in np.unique(key[key > 0])
    ]
    if not found:
        return np.zeros(0, int), np.zeros(0, int), np.zeros((0, 3)), np.zeros(0)
    pixel, triangle, shares, depth = (np.concatenate(kind) for kind in zip(*found, strict=True))
    return pixel, triangle, shares, depth


def _inside(
    places: Array, rows: Ints, low: Ints, width: int, height: int, frame: Frame
) -> tuple[Ints, Ints, Array, Array]:
    columns = low[rows, 0, None] + np.arange(width)[None]
    lines = low[rows, 1, None] + np.arange(height)[None]
    x, y = columns[:, None, :] + 0.5, lines[:, :, None] + 0.5
    (ax, ay, _), (bx, by, _), (cx, cy, _) = (
        [places[rows, corner, axis][:, None, None] for axis in range(3)] for corner in range(3)
    )
    area = (by - cy) * (ax - cx) + (cx - bx) * (ay - cy)
    area = np.where(np.abs(area) < 1e-12, 1e-12, area)
    first = ((by - cy) * (x - cx) + (cx - bx) * (y - cy)) / area
    second = ((cy - ay) * (x - cx) + (ax - cx) * (y - cy)) / area
    third = 1 - first - second
    inside = (first >= -1e-9) & (second >= -1e-9) & (third >= -1e-9)
    inside &= (x < frame.width_px) & (y < frame.height_px)
    which, line, column = np.nonzero(inside)
    shares = np.stack([first[inside], second[inside], third[inside]], -1)
    depth = (shares * places[rows[which], :, 2]).sum(axis=1)
    return lines[which, line] * frame.width_px + columns[which, column], rows[which], shares, depth


def picture_channels(guides: Sequence[Guide], depth_m: float) -> NDArray[np.uint8]:
    """Views side by side as (H, W, 4) bytes: part, depth (-depth_m to depth_m as 0 to 255), facing right, facing up."""
    found = []
    for guide in guides:
        depth = np.clip(guide.depth / depth_m, -1, 1)
        maps = np.concatenate([depth[..., None], guide.facing], -1) * 127.5 + 127.5
        found.append(np.concatenate([guide.part[..., None], np.round(maps)], -1).astype(np.uint8))
    return np.concatenate(found, axis=1)
