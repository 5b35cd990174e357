"""Pictures whose motion is known exactly: a texture without end, seen through a window that moves over it."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

WIDTH, HEIGHT = 160, 90


def texture(seed: int, height: int = 400, width: int = 600) -> NDArray[np.float64]:
    """(height, width) from 0 to 1: blurred noise of four sizes, so that coarse and fine levels have something."""
    rng = np.random.default_rng(seed)
    total = np.zeros((height, width))
    for cell in (4, 8, 16, 40):
        noise = rng.random((height // cell + 2, width // cell + 2)).astype(np.float32)
        total += np.asarray(Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC))
    return (total - total.min()) / (total.max() - total.min())


def view(
    source: NDArray[np.float64],
    shift_px: tuple[float, float] = (0, 0),
    scale: float = 1,
    rotation: float = 0,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> NDArray[np.float64]:
    """(height, width): the middle of ``source``, its content grown by ``scale``, turned clockwise, then shifted."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    x, y = x - (width - 1) / 2 - shift_px[0], y - (height - 1) / 2 - shift_px[1]
    cosine, sine = np.cos(rotation) / scale, np.sin(rotation) / scale
    at_x = cosine * x + sine * y + source.shape[1] / 2
    at_y = cosine * y - sine * x + source.shape[0] / 2
    left, top = np.floor(at_x).astype(int), np.floor(at_y).astype(int)
    right_share, bottom_share = at_x - left, at_y - top
    upper = source[top, left] * (1 - right_share) + source[top, left + 1] * right_share
    lower = source[top + 1, left] * (1 - right_share) + source[top + 1, left + 1] * right_share
    return np.asarray(upper * (1 - bottom_share) + lower * bottom_share)


def as_rgb(
    grey: NDArray[np.float64], noise: float = 0, rng: np.random.Generator | None = None
) -> NDArray[np.uint8]:
    """(..., 3) uint8 of a grey picture from 0 to 1, with grain of that strength."""
    if rng is not None:
        grey = grey + rng.normal(0, noise, grey.shape)
    levels = np.rint(np.clip(grey, 0, 1) * 255).astype(np.uint8)
    return np.repeat(levels[..., None], 3, axis=-1)


def passing(count: int) -> list[NDArray[np.uint8]]:
    """Frames in which something red on wheels drives from left to right past a rough wall; the camera stands."""
    wall = as_rgb(0.3 + 0.4 * view(texture(42)))
    frames = []
    for number in range(count):
        pixels = wall.copy()
        left = 5 + 115 * number // count
        pixels[50:72, left : left + 34] = pixels[42:52, left + 8 : left + 26] = (200, 30, 20)
        pixels[68:78, left + 4 : left + 12] = pixels[68:78, left + 22 : left + 30] = 20
        frames.append(pixels)
    return frames


def panning(count: int) -> list[NDArray[np.uint8]]:
    """Frames of a camera that pans right past a rough wall: what is seen goes to the left, evenly."""
    wall = texture(42)
    return [
        as_rgb(0.3 + 0.4 * view(wall, ((count / 2 - number) * 128 / count, 0))) for number in range(count)
    ]
