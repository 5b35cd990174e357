"""A set as data: meshes, where they stand, and what may be cleared out of the picture. No Blender here."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ...shapes import Array, Shape, Surface, noise_2d, sheet
from .plan import ShotPlan, instants

__all__ = ["Piece", "Placed", "SetPlan", "cleared", "flat_then_rough"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A mesh that stands in one or many places."""

    shape: Shape
    surfaces: tuple[Surface, ...]
    radius: float
    """Of its footprint, in metres."""
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """One place where a piece stands."""

    piece: str
    at: tuple[float, float, float]
    yaw: float = 0.0
    scale: float = 1.0
    fixed: bool = False
    """Grounds and walls stay, whatever stands behind them."""


@dataclass(slots=True)
class SetPlan:
    """All that surrounds the subject."""

    pieces: dict[str, Piece] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)
    lamps: list[tuple[tuple[float, float, float], float]] = field(default_factory=list)
    """Places of lamps in the set, with their power in watts at night."""
    windows: list[tuple[tuple[float, float, float], tuple[float, float, float], float, float]] = field(
        default_factory=list
    )
    """Middle, direction inwards, width and height of openings that light falls through."""
    fog_m: float = 0.0
    """Distance at which fog has swallowed two thirds; 0 for none."""
    inside: bool = False

    def add(
        self,
        name: str,
        shape: Shape,
        surfaces: tuple[Surface, ...],
        at: tuple[float, float, float] = (0, 0, 0),
        fixed: bool = True,
    ) -> None:
        """A piece that stands in one place."""
        low, high = shape.vertices.min(axis=0), shape.vertices.max(axis=0)
        radius = float(np.hypot(*np.abs(np.stack([low, high]))[:, :2].max(axis=0)))
        self.pieces[name] = Piece(shape, surfaces, radius, float(high[2]))
        self.placed.append(Placed(name, at, fixed=fixed))


def flat_then_rough(
    reach: float, calm: float, height: Callable[[Array, Array], Array], steps: int = 70
) -> tuple[Shape, Callable[[float, float], float]]:
    """A ground that is flat around the stage and takes on that height further out, fine near and coarse far."""
    line = np.linspace(-1, 1, steps)
    line = np.sign(line) * (0.12 * np.abs(line) + 0.88 * np.abs(line) ** 3) * reach

    def height_at(x: Array, y: Array) -> Array:
        far = np.clip((np.hypot(x, y) - calm) / (1.5 * calm), 0, 1)
        return np.asarray(height(x, y) * far * far * (3 - 2 * far))

    grid_x, grid_y = np.meshgrid(line, line)
    return sheet(line, line, height_at(grid_x, grid_y)), lambda x, y: float(
        height_at(np.array(x), np.array(y))
    )


def cleared(plan: ShotPlan, wanted: SetPlan) -> None:
    """Take away what would stand in the camera's or the subject's way, or between the two."""
    times = [start for start, _ in instants(plan.length_seconds)]
    times = [0.0, *times, plan.length_seconds]
    cameras = np.array([plan.view(time).at for time in times])
    subjects = np.array([actor.focus(time) for actor in plan.actors for time in times])
    if not len(subjects):
        subjects = cameras + 0.001
    size = max((max(actor.figure.size) / 2 for actor in plan.actors), default=0.0)
    keep = []
    for placed in wanted.placed:
        piece = wanted.pieces[placed.piece]
        radius, top = piece.radius * placed.scale, placed.at[2] + piece.height * placed.scale
        if placed.fixed or not _in_the_way(np.asarray(placed.at), radius, top, cameras, subjects, size):
            keep.append(placed)
    wanted.placed = keep


def _in_the_way(at: Array, radius: float, top: float, cameras: Array, subjects: Array, size: float) -> bool:
    for camera in cameras:
        if np.hypot(*(camera[:2] - at[:2])) < radius + 0.6 and camera[2] < top + 0.6:
            return True
    if (np.hypot(subjects[:, 0] - at[0], subjects[:, 1] - at[1]) < radius + size + 0.2).any():
        return True
    for index, subject in enumerate(subjects):
        camera = cameras[index % len(cameras)]
        way = subject[:2] - camera[:2]
        share = float(np.clip((at[:2] - camera[:2]) @ way / max(way @ way, 1e-9), 0, 1))
        nearest = camera[:2] + way * share
        height = camera[2] + (subject[2] - camera[2]) * share
        if np.hypot(*(nearest - at[:2])) < radius + size * share and height < top + size:
            return True
    return False


def hills(seed: int, size_m: float, height_m: float, ridged: bool = False) -> Callable[[Array, Array], Array]:
    """Heights from fractal noise."""
    return lambda x, y: height_m * noise_2d(x / size_m + 31.7, y / size_m + 11.3, seed, 5, ridged)
