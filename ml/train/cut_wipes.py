"""Wipes: the new picture comes over the old one behind an edge that moves, or pushes it out of the frame."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

__all__ = ["WIPES", "push", "wipe_mask"]

Floats = npt.NDArray[np.floating]

WIPES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "line": lambda x, y: (x + 1) / 2,
    "diagonal": lambda x, y: (x + y + 2) / 4,
    "iris": lambda x, y: np.hypot(x, y) / np.sqrt(2),
    "box": lambda x, y: np.maximum(np.abs(x), np.abs(y)),
    "diamond": lambda x, y: (np.abs(x) + np.abs(y)) / 2,
    "doors": lambda x, y: np.abs(x) + 0 * y,
    "clock": lambda x, y: np.arctan2(x, y) / (2 * np.pi) + 0.5,
    "blinds": lambda x, y: (x * 3 + 3) % 1 + 0 * y,
    "wedge": lambda x, y: (x + 1) / 3 + np.abs(y) / 3,
}
"""When (0 to 1) the edge reaches a place of the frame; x and y from -1 to 1."""


def wipe_mask(shares: Floats, size: tuple[int, int], rng: np.random.Generator) -> Floats:
    """(T, H, W): 1 where the new picture is seen already; ``shares`` (T,) is how far the wipe has come."""
    height, width = size
    x = np.linspace(-1, 1, width, dtype=np.float32)[None]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    names = sorted(WIPES)
    # straight lines are what editors use most
    name = "line" if rng.random() < 0.35 else names[rng.integers(len(names))]
    if rng.random() < 0.5:
        x = -x
    if rng.random() < 0.5:
        y = -y
    when = (WIPES[name](x, y) if rng.random() < 0.6 else WIPES[name](y, x)) + 0 * x * y
    if rng.random() < 0.5:
        when = -when
    when = (when - when.min()) / (when.max() - when.min())
    soft = float(rng.choice((0.02, 0.02, 0.1, 0.3)))
    # the first frame shows something of the new picture already, the last one something of the old one
    progress = shares[:, None, None] * (1 + soft) - soft / 2
    mask: Floats = np.clip((progress - when[None]) / soft + 0.5, 0, 1).astype(np.float32)
    return mask


def push(before: Floats, after: Floats, shares: Floats, rng: np.random.Generator) -> Floats:
    """The new picture slides in and shoves the old one out, or lets it lie: (T, H, W, 3)."""
    axis = int(rng.integers(0, 2))
    backwards, shoves = rng.random() < 0.5, rng.random() < 0.6
    length = before.shape[1 + axis]
    pushed = np.empty_like(before)
    for index, share in enumerate(shares):
        come = round(length * float(share))
        # axis 0 is the height: work on rows, whichever these are
        old, new = (np.moveaxis(frames[index], axis, 0) for frames in (before, after))
        if backwards:
            old, new = old[::-1], new[::-1]
        joined = np.concatenate([old[come:] if shoves else old[: length - come], new[:come]])
        pushed[index] = np.moveaxis(joined[::-1] if backwards else joined, 0, axis)
    return pushed
