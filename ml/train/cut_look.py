"""How a whole film looks: grading, bars, softness, grain, and what codecs leave of it."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch

__all__ = ["film_look", "graded"]

Floats = npt.NDArray[np.floating]
Rng = np.random.Generator


def graded(rng: Rng) -> Callable[[Floats], Floats]:
    """A grade to be applied to frames float32 (T, H, W, 3) in 0..1: gamma, contrast, colour, brightness."""
    gamma = float(np.exp(rng.normal(0, 0.3)))
    gain = torch.from_numpy(np.exp(rng.normal(0, 0.2) + rng.normal(0, 0.1, 3)).astype(np.float32))
    lift = float(rng.normal(0, 0.05))
    colour = float(rng.choice((0.0, rng.uniform(0.2, 1.0), rng.uniform(1.0, 1.8)), p=(0.07, 0.63, 0.3)))

    def grade(frames: Floats) -> Floats:
        picture = torch.from_numpy(frames)
        grey = picture.mean(3, keepdim=True)
        graded: Floats = ((grey + colour * (picture - grey)) * gain + lift).clamp_(0, 1).pow_(gamma).numpy()
        return graded

    return grade


def film_look(frames: Floats, rng: Rng) -> Floats:
    """The film as a file shows it; frames float32 (T, H, W, 3) stay within 0..1."""
    if rng.random() < 0.35:
        frames = _softened(frames)
    if rng.random() < 0.4:
        frames = _coded(frames, rng)
    if rng.random() < 0.5:
        strength = np.exp(rng.uniform(np.log(0.003), np.log(0.06)))
        coloured = 3 if rng.random() < 0.5 else 1
        grain = rng.standard_normal((*frames.shape[:3], coloured), np.float32)
        frames = frames + np.float32(strength) * grain
    if rng.random() < 0.2:
        frames = _barred(frames, rng)
    if rng.random() < 0.08:
        frames = _stamped(frames, rng)
    return np.clip(frames, 0, 1).astype(np.float32, copy=False)


def _softened(frames: Floats) -> Floats:
    for axis in (1, 2):
        frames = (2 * frames + np.roll(frames, 1, axis) + np.roll(frames, -1, axis)) / 4
    return frames


def _coded(frames: Floats, rng: Rng) -> Floats:
    """Blocks that lose their detail, renewed with every key frame: quality breathes."""
    side = int(rng.integers(2, 5)) * max(1, frames.shape[1] // 27)
    height, width = (size // side * side for size in frames.shape[1:3])
    inner = frames[:, :height, :width]
    blocks = inner.reshape(len(frames), height // side, side, width // side, side, 3)
    flat = np.broadcast_to(blocks.mean((2, 4), keepdims=True), blocks.shape).reshape(inner.shape)
    group = int(rng.integers(8, 60))
    phase = (np.arange(len(frames)) + rng.integers(group)) % group
    share = rng.uniform(0.1, 0.8) * np.exp(-phase / rng.uniform(2, 20))
    coded = frames.copy()
    coded[:, :height, :width] += share.astype(np.float32)[:, None, None, None] * (flat - inner)
    levels = float(rng.choice((256, 64, 32)))
    quantised: Floats = np.round(coded * levels) / np.float32(levels)
    return quantised


def _barred(frames: Floats, rng: Rng) -> Floats:
    """Letterbox or pillarbox over the whole film."""
    axis = 1 if rng.random() < 0.7 else 2
    size = frames.shape[axis]
    bar = max(1, int(size * rng.uniform(0.05, 0.25)))
    barred = np.moveaxis(frames.copy(), axis, 1)
    barred[:, :bar] = 0
    barred[:, size - bar :] = 0
    return np.moveaxis(barred, 1, axis)


def _stamped(frames: Floats, rng: Rng) -> Floats:
    """A sender's mark in a corner."""
    stamped = frames.copy()
    height, width = frames.shape[1:3]
    rows, columns = max(1, height // 9), max(1, width // 10)
    top = rows // 2 if rng.random() < 0.5 else height - rows - rows // 2
    left = columns // 2 if rng.random() < 0.5 else width - columns - columns // 2
    stamped[:, top : top + rows, left : left + columns] += rng.uniform(0.3, 0.9) * (1 - frames.mean())
    return stamped
