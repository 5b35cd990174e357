"""Reads the user's own layout: a picture file, as grey numbers."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..errors import TaskError
from .job_files import pillow

__all__ = ["read_layout_picture"]

_MAX_PIXELS = 8192 * 8192
_READ_PX = 1024
"""Larger pictures are made smaller first: layouts have no finer detail."""


def read_layout_picture(path: str) -> NDArray[np.float32]:
    """(height, width), 0 to 1, of any picture that Pillow reads; what is transparent counts as black.

    Raises TaskError BAD_REQUEST when it cannot be read, RUNTIME_MISSING without Pillow.
    """
    image = pillow()
    try:
        with image.open(path) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise ValueError(f"{picture.width} x {picture.height} pixels are too many")
            deep = picture.mode.startswith(("I", "F"))
            grey = np.asarray(picture.convert("F"), np.float32) if deep else _grey(picture.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, image.DecompressionBombError) as error:
        message = (
            f"The layout picture {Path(path).name[:100]} cannot be read. Choose a PNG, JPEG or TIFF file."
        )
        raise TaskError("BAD_REQUEST", message, str(error)) from error
    if deep:
        top = float(np.nanmax(grey)) if grey.size else 0.0
        # 16-bit and floating-point pictures say nothing of their range
        grey = np.divide(grey, 65535 if top > 255 else 255 if top > 1 else 1, dtype=np.float32)
    step = max(1, -(-max(grey.shape) // _READ_PX))
    small = np.clip(np.nan_to_num(grey[::step, ::step]), 0, 1)
    return np.ascontiguousarray(small, dtype=np.float32)


def _grey(picture: object) -> NDArray[np.float32]:
    pixels: NDArray[np.float32] = np.asarray(picture, np.float32) / np.float32(255)
    grey: NDArray[np.float32] = pixels[..., :3] @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    return np.multiply(grey, pixels[..., 3], dtype=np.float32)
