"""Sheets to look at: held-out characters of every archetype, as rendered and as painted."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.painted_characters import Bytes
from ml.characters.archetypes import ARCHETYPES

__all__ = ["save_sheets"]

EACH = 4
_GREY = 118
_GAP_PX = 6


def save_sheets(folder: Path, real: Bytes, painted: Bytes, archetypes: NDArray[np.int64]) -> None:
    """``ARCHETYPE.png`` for each that there is: the first characters, a row each, rendered views left of painted.

    real, painted: uint8 (N, views, 4, H, W).
    """
    folder.mkdir(parents=True, exist_ok=True)
    for index in np.unique(archetypes):
        chosen = np.flatnonzero(archetypes == index)[:EACH]
        rows = [
            np.concatenate([_side_by_side(real[row]), _side_by_side(painted[row])], axis=1) for row in chosen
        ]
        Image.fromarray(np.concatenate(rows)).save(folder / f"{ARCHETYPES[index].id}.png")


def _side_by_side(views: Bytes) -> Bytes:
    """uint8 (H, views * W + gap, 3) on mid grey."""
    alpha = views[:, 3:] / 255
    laid = np.rint(_GREY + (views[:, :3] - float(_GREY)) * alpha).astype(np.uint8)
    row = laid.transpose(2, 0, 3, 1).reshape(views.shape[2], -1, 3)
    return np.pad(row, ((0, _GAP_PX), (0, _GAP_PX), (0, 0)), constant_values=_GREY)
