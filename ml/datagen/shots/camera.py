"""The camera: where it is at each time, what it projects, how fast the picture moves.

Camera frame: x to the right, y up the picture, looking along its forward axis. A yaw of 0 looks along world +y;
positive yaws turn left. Pictures: x 0 to 1 from the left, y 0 to 1 from the top; one frame width is the unit of speed.
"""

from dataclasses import dataclass
from math import cos, sin

import numpy as np

from ...shapes import Array

__all__ = ["ASPECT", "SENSOR_MM", "Shake", "View", "angles_to", "forward_of", "frame_height_m", "image_speed"]

SENSOR_MM = 36.0
ASPECT = 16.0 / 9.0


@dataclass(frozen=True, slots=True)
class View:
    """Where a camera is and what it sees: metres, radians, millimetres (of a 36 mm wide sensor)."""

    at: tuple[float, float, float]
    yaw: float
    pitch: float
    roll: float
    lens_mm: float

    def axes(self) -> Array:
        """Rows: right, up, forward."""
        sin_yaw, cos_yaw, sin_pitch, cos_pitch = (
            sin(self.yaw),
            cos(self.yaw),
            sin(self.pitch),
            cos(self.pitch),
        )
        level = np.array(
            [
                (cos_yaw, sin_yaw, 0.0),
                (sin_yaw * sin_pitch, -cos_yaw * sin_pitch, cos_pitch),
                (-sin_yaw * cos_pitch, cos_yaw * cos_pitch, sin_pitch),
            ]
        )
        roll = np.array(
            [(cos(self.roll), sin(self.roll), 0), (-sin(self.roll), cos(self.roll), 0), (0, 0, 1)]
        )
        return np.asarray(roll @ level)

    def project(self, points: Array) -> Array:
        """(N, 3) world points to (N, 3): picture x, picture y, depth in metres (not positive: behind)."""
        local = (np.asarray(points, float) - self.at) @ self.axes().T
        depth = np.where(np.abs(local[:, 2]) < 1e-6, 1e-6, local[:, 2])
        scale = self.lens_mm / SENSOR_MM / depth
        return np.stack([0.5 + local[:, 0] * scale, 0.5 - local[:, 1] * scale * ASPECT, local[:, 2]], axis=1)

    def unproject(self, pictures: Array, depth: float) -> Array:
        """(N, 2) places in the picture at that depth, as world points."""
        across = (pictures[:, 0] - 0.5) * SENSOR_MM / self.lens_mm * depth
        upwards = (0.5 - pictures[:, 1]) * SENSOR_MM / self.lens_mm * depth / ASPECT
        axes = self.axes()
        aside = np.outer(across, axes[0]) + np.outer(upwards, axes[1])
        return np.asarray(np.asarray(self.at) + aside + axes[2] * depth)


@dataclass(frozen=True, slots=True)
class Shake:
    """An operator's unrest: sums of sines, as picture motion whatever the lens."""

    rates: Array
    """(K,) cycles a second."""
    phases: Array
    """(K, 3) of yaw, pitch and roll."""
    amplitude: float
    """Of each sine, in frame widths (of the roll: radians, a third of it)."""

    @staticmethod
    def drawn(random: np.random.Generator, frame_widths_a_second: float, low: float, high: float) -> "Shake":
        """Unrest with that mean speed, of cycles between low and high a second."""
        rates = np.exp(random.uniform(np.log(low), np.log(high), 4))
        phases = random.uniform(0, 2 * np.pi, (4, 3))
        times = np.arange(0, 20, 1 / 24)[:, None, None]
        waves = np.sin(2 * np.pi * rates[:, None] * times + phases[:, :2]) / rates[:, None]
        offsets = waves.sum(axis=1) * (1.0, 0.8)
        mean = np.linalg.norm(np.diff(offsets, axis=0), axis=1).mean() * 24
        return Shake(rates, phases, frame_widths_a_second / mean)

    def offsets(self, seconds: float) -> Array:
        """Picture motion to the right, up, and roll in radians."""
        # slower swings reach further
        waves = np.sin(2 * np.pi * self.rates[:, None] * seconds + self.phases) / self.rates[:, None]
        return np.asarray(self.amplitude * waves.sum(axis=0) * (1.0, 0.8, 0.33))

    def shaken(self, view: View, seconds: float) -> View:
        """That view as the operator holds it."""
        across, upwards, roll = self.offsets(seconds)
        angle = SENSOR_MM / view.lens_mm
        return View(
            view.at, view.yaw - across * angle, view.pitch + upwards * angle, view.roll + roll, view.lens_mm
        )


def forward_of(yaw: float, pitch: float) -> Array:
    """Unit vector of that direction."""
    return np.array([-np.sin(yaw) * np.cos(pitch), np.cos(yaw) * np.cos(pitch), np.sin(pitch)])


def angles_to(start: Array, target: Array) -> tuple[float, float]:
    """Yaw and pitch of the direction from start to target."""
    x, y, z = np.asarray(target, float) - np.asarray(start, float)
    return float(np.arctan2(-x, y)), float(np.arctan2(z, np.hypot(x, y)))


def frame_height_m(lens_mm: float, depth_m: float) -> float:
    """How many metres the frame is high at that depth."""
    return depth_m * SENSOR_MM / ASPECT / lens_mm


_GRID = np.stack(np.meshgrid(np.linspace(0.1, 0.9, 5), np.linspace(0.15, 0.85, 3)), axis=-1).reshape(-1, 2)


def image_speed(before: View, after: View, seconds: float, depth_m: float) -> float:
    """Mean motion, in frame widths a second, of what stands still at that depth all over the picture."""
    seen = after.project(before.unproject(_GRID, depth_m))
    motion = (seen[:, :2] - _GRID) * (1.0, 1.0 / ASPECT)
    motion = motion[seen[:, 2] > 0.05]
    return float(np.linalg.norm(motion, axis=1).mean() / seconds) if len(motion) else 9.0
