"""A shot's two files: one sheet of its frames, and its truth. No Blender here."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ...shot_terms import FIELDS
from .draws import Split

__all__ = ["FRAME_PX", "Pixels", "shot_paths", "write_shot"]

FRAME_PX = (160, 90)
_COLUMNS = 4

Pixels = npt.NDArray[np.uint8]


def shot_paths(folder: Path, seed: int) -> tuple[Path, Path]:
    """Sheet and truth. The truth is written last, so that a shot without it is one that was interrupted."""
    return folder / f"{seed:06d}.png", folder / f"{seed:06d}.json"


def write_shot(
    folder: Path, seed: int, split: Split, source: str, length_seconds: float,
    fields: Mapping[str, str | None], facts: Mapping[str, float], frames: Sequence[Pixels],
) -> None:  # fmt: skip
    """Writes the 16 frames as one sheet, row by row in time order (of a still its one frame), and then the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    sheet, truth = shot_paths(folder, seed)
    rows = [np.concatenate(frames[at : at + _COLUMNS], axis=1) for at in range(0, len(frames), _COLUMNS)]
    Image.fromarray(np.concatenate(rows)).save(sheet)
    complete = {field.id: fields.get(field.id) for field in FIELDS}
    text = json.dumps(
        {
            "seed": seed, "split": split, "source": source, "length_seconds": round(length_seconds, 5),
            "fields": complete, "facts": {name: round(float(value), 5) for name, value in facts.items()},
        },
        indent=1,
    )  # fmt: skip
    beside = truth.with_suffix(".tmp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(truth)
