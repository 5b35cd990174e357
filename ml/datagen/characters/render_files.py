"""A character's four files: sheets of its views, its guides and their surfaces, and its truth. No Blender here."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ...characters.character import Character
from ...characters.guide import Frame, Guide, picture_channels
from ...characters.network_inputs import DEPTH_SHARE
from ...characters.skeleton import heights

__all__ = ["Pixels", "character_paths", "write_character"]

Pixels = npt.NDArray[np.uint8]


def character_paths(folder: Path, seed: int) -> dict[str, Path]:
    """Views, guides, surfaces and the truth, which is written last: without it a character is unfinished."""
    stem = f"{seed:06d}"
    return {
        "views": folder / f"{stem}.png",
        "guide": folder / f"{stem}_guide.png",
        "surface": folder / f"{stem}_surface.png",
        "truth": folder / f"{stem}.json",
    }


def write_character(
    folder: Path,
    character: Character,
    frame: Frame,
    views: Mapping[str, Pixels],
    guides: Sequence[Guide],
) -> None:
    """Writes views (each RGBA) side by side, guides in the same order, and then the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = character_paths(folder, character.seed)
    Image.fromarray(np.concatenate(list(views.values()), axis=1)).save(paths["views"])
    depth_m = DEPTH_SHARE * frame.height_px * frame.metres_per_px
    Image.fromarray(picture_channels(guides, depth_m)).save(paths["guide"])
    Image.fromarray(np.concatenate([guide.surface for guide in guides], axis=1)).save(paths["surface"])
    truth = {
        "archetype": character.archetype,
        "build": character.build,
        "seed": character.seed,
        "split": character.split,
        "views": list(views),
        "size_px": [frame.width_px, frame.height_px],
        "metres_per_px": round(frame.metres_per_px, 7),
        "ground_px": round(frame.ground_px, 4),
        "heights_m": {name: round(value, 5) for name, value in heights(character).items()},
        "colours_linear": {
            name: [round(part, 5) for part in character.surfaces[name].colour] for name in ("main", "second")
        },
        "wears": dict(character.wears),
        "values": dict(character.values),
    }
    beside = paths["truth"].with_suffix(".tmp")
    beside.write_text(json.dumps(truth, indent=1), encoding="utf-8")
    beside.replace(paths["truth"])
