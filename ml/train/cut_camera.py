"""How cameras and figures move in the cut detector's scenes: paths over time, drawn at random."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["CameraPath", "camera_path", "own_path"]

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class CameraPath:
    """One number per frame each; places and widths in half heights of the scene's canvas."""

    x: Floats
    y: Floats
    width: Floats
    """Half of what is seen from top to bottom."""
    roll: Floats
    """Radians."""
    fast: Floats
    """0 to 1: how much of its blur a frame has."""
    blur: int
    """Pixels along the way in the fastest frame; 0 without any."""


def camera_path(
    frames: int, rng: np.random.Generator, closest: float = 0.3, calm: bool = False
) -> CameraPath:
    """A camera somewhere in the scene, standing or moving. A calm one neither whips nor rolls."""
    time = np.linspace(0, 1, frames, dtype=np.float32)
    seconds = frames / 24
    width = float(np.exp(rng.uniform(np.log(closest), np.log(0.9))))
    x = np.full(frames, rng.uniform(-1.0, 1.0), np.float32)
    y = np.full(frames, rng.uniform(-0.6, 0.6), np.float32)
    log_width = np.full(frames, np.log(width), np.float32)
    roll = np.full(frames, rng.normal(0, 0.05), np.float32)
    fast, blur = np.zeros(frames, np.float32), 0
    move = rng.choice(("none", "drift", "zoom", "whip", "shake"), p=(0.35, 0.3, 0.15, 0.08, 0.12))
    if move == "drift":
        pace = float(np.exp(rng.uniform(np.log(0.02), np.log(2.0)))) * width * seconds
        angle = rng.uniform(0, 2 * np.pi)
        x += pace * np.cos(angle) * _eased(time, rng)
        y += 0.5 * pace * np.sin(angle) * _eased(time, rng)
    elif move == "zoom":
        log_width += rng.uniform(-0.5, 0.5) * seconds * _eased(time, rng)
        log_width = np.clip(log_width, np.log(0.1), np.log(1.2))
    elif move == "whip" and not calm:
        middle, length = rng.uniform(0, frames), rng.uniform(3, 14)
        turn = 0.5 + 0.5 * np.tanh((np.arange(frames, dtype=np.float32) - middle) * 2.5 / length)
        x += rng.choice((-1, 1)) * rng.uniform(1, 5) * width * turn
        fast, blur = (4 * turn * (1 - turn)).astype(np.float32), int(rng.integers(3, 16))
    elif move == "shake":
        strength = float(np.exp(rng.uniform(np.log(0.004), np.log(0.12)))) * width
        x += strength * _unrest(frames, rng)
        y += strength * _unrest(frames, rng)
        roll += 0.1 * strength * _unrest(frames, rng)
    if rng.random() < 0.08 and not calm:
        roll += rng.uniform(-0.4, 0.4) * seconds * time
    if rng.random() < 0.3:  # held by hand
        x += 0.01 * width * _unrest(frames, rng)
        y += 0.01 * width * _unrest(frames, rng)
    return CameraPath(x, y, np.exp(log_width), roll, fast, blur)


def own_path(life: str, frames: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """How far a figure has moved from its place, across and down, per frame."""
    time = np.arange(frames, dtype=np.float32) / 24  # seconds
    still = np.zeros(frames, np.float32)
    if life == "still":
        return still, still
    if life == "drift":
        pace = float(np.exp(rng.uniform(np.log(0.05), np.log(3.0))))
        return rng.choice((-1, 1)) * pace * (time - rng.uniform(0, max(frames / 24, 0.1))), still
    if life == "bounce":
        rate, reach = rng.uniform(0.3, 4), rng.uniform(0.02, 0.4)
        turns = 2 * np.pi * rate * time + rng.uniform(0, 2 * np.pi)
        return (reach * np.cos(turns)).astype(np.float32), (0.4 * reach * np.sin(2 * turns)).astype(
            np.float32
        )
    return 0.35 * _unrest(frames, rng), 0.2 * _unrest(frames, rng)


def _eased(time: Floats, rng: np.random.Generator) -> Floats:
    """From 0 to 1 evenly, or gently at both ends."""
    return time if rng.random() < 0.6 else time * time * (3 - 2 * time)


def _unrest(frames: int, rng: np.random.Generator) -> Floats:
    """Wandering noise with a spread of about 1, smooth over a few frames."""
    smooth = int(rng.integers(1, 8))
    noise = rng.standard_normal(frames + smooth)
    kernel = np.hanning(smooth + 2)[1:-1]
    moved = np.convolve(noise, kernel / np.sqrt((kernel**2).sum()), mode="valid")[:frames]
    return moved.astype(np.float32)
