"""Hands the user's layout picture to the worker, as a PNG file, without touching the image itself."""

import hashlib
from pathlib import Path

import bpy
import numpy as np
from numpy.typing import NDArray

from ..core.errors import FilmAIError, SettingsError
from ..core.png import rgba_png

__all__ = ["write_layout_picture"]

_LARGEST_PX = 4096
"""To read more pixels would stall Blender, and layouts have no finer detail than a quarter of that."""
_ENOUGH_PX = 1024


def write_layout_picture(name: str, folder: Path) -> tuple[str, str]:
    """Write the image of that name, as it is now, painted or not, into ``folder``; returns path and SHA-256.

    Raises SettingsError when it is not there or has no pixels, FilmAIError when the file cannot be written.
    """
    image = bpy.data.images.get(name)
    if image is None:
        raise SettingsError(
            f"The layout image {name!r} is not in this file.", "Choose another one in the panel, or none."
        )
    path = folder / "layout.png"
    width, height = image.size
    if max(width, height) > _LARGEST_PX:
        raise SettingsError(
            f"The layout image {name!r} is larger than {_LARGEST_PX} pixels.",
            "Scale it down: layouts need no more than 1024 pixels.",
        )
    pixels = _pixels(image)
    step = max(1, -(-max(pixels.shape[:2]) // _ENOUGH_PX))
    # rows of Blender's images count from the bottom
    rows = [row.tobytes() for row in pixels[::-step, ::step]]
    content = rgba_png(len(rows[0]) // 4, len(rows), rows)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise FilmAIError(
            f"The layout image cannot be handed over: {error.strerror or error}.", "Free some space."
        ) from error
    return str(path), hashlib.sha256(content).hexdigest()


def _pixels(image: bpy.types.Image) -> NDArray[np.uint8]:
    """(height, width, 4), sRGB-encoded where it is a picture, not premultiplied; rows from the bottom."""
    values = np.zeros(len(image.pixels), np.float32)
    image.pixels.foreach_get(values)
    width, height = image.size
    if values.size == 0 or values.size != width * height * image.channels:
        raise SettingsError(
            f"The layout image {image.name!r} has no pixels that can be read.", "Choose another one."
        )
    pixels = _rgba(values.reshape(height, width, image.channels))
    if image.is_float:
        colour, alpha = pixels[..., :3], pixels[..., 3:]
        # as it is seen: straight, and where it holds light and not data, encoded
        colour = np.divide(colour, np.maximum(alpha, 1e-6), dtype=np.float32)
        if not image.colorspace_settings.is_data:
            colour = _encoded(colour)
        pixels = np.asarray(np.concatenate([colour, alpha], axis=-1), np.float32)
    return np.asarray(np.rint(np.clip(np.nan_to_num(pixels), 0, 1) * 255), np.uint8)


def _rgba(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """One channel is grey, three have no alpha."""
    channels = pixels.shape[2]
    if channels == 4:
        return pixels
    colour = pixels[..., :3] if channels == 3 else np.repeat(pixels[..., :1], 3, axis=2)
    return np.concatenate([colour, np.ones_like(pixels[..., :1])], axis=2)


def _encoded(linear: NDArray[np.float32]) -> NDArray[np.float32]:
    light = np.maximum(linear, 0)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
