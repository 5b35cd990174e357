"""Reads what the cut detector's films are made up from: rendered pictures, and rendered clips."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from .cut_sources import Bytes
from .data import DataError

__all__ = ["load_clips", "load_pictures_for_scenes"]


def load_pictures_for_scenes(folders: Sequence[Path], pattern: str) -> list[Bytes]:
    """RGB pictures (H, W, 3) below these folders. Raises DataError when a folder has none or a file is broken."""
    pictures = []
    for folder in folders:
        files = sorted(folder.rglob(pattern))
        if not files:
            raise DataError(
                f"there are no pictures {pattern} below {folder}; render some, or name another folder"
            )
        for file in files:
            try:
                with Image.open(file) as image:
                    pictures.append(np.asarray(image.convert("RGB")))
            except OSError as error:
                raise DataError(f"{file} cannot be read: {error}; render it again or remove it") from None
            if min(pictures[-1].shape[:2]) < 32:
                raise DataError(f"{file} is smaller than 32 pixels; render it larger or remove it")
    return pictures


def load_clips(folders: Sequence[Path]) -> list[Bytes]:
    """Rendered clips uint8 (T, 27, 48, 3) from the .npz files below these folders (array ``frames``).

    Raises DataError when a folder has none or a file is not such a clip.
    """
    clips = []
    for folder in folders:
        files = sorted(folder.rglob("*.npz"))
        if not files:
            raise DataError(
                f"there are no .npz clips below {folder}; make some with ml.datagen.shots --films"
            )
        for file in files:
            try:
                with np.load(file, allow_pickle=False) as content:
                    frames = content["frames"]
            except (OSError, ValueError, KeyError) as error:
                raise DataError(f"{file} is no clip: {error}; make it again or remove it") from None
            if (
                frames.dtype != np.uint8
                or frames.ndim != 4
                or frames.shape[1:] != (27, 48, 3)
                or len(frames) < 2
            ):
                raise DataError(f"{file} holds {frames.dtype} {frames.shape}, not uint8 (T, 27, 48, 3)")
            clips.append(frames)
    return clips
