"""Small "large renders" for tests of the enlarger, drawn without Blender."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ml.characters.casting import sculpt
from ml.characters.character import draw_character
from ml.characters.guide import draw_guide, frame_of
from ml.characters.network_inputs import controls_of
from ml.characters.sculpture import SURFACES
from ml.datagen.characters.render_files import character_paths, write_character

__all__ = ["HEIGHT_PX", "SHIPPED", "WIDTH_PX", "tiny_enlarger_recipe", "write_large_render"]

SHIPPED = Path(__file__).parents[2] / "ml" / "configs" / "character_enlarger.toml"
WIDTH_PX, HEIGHT_PX = 64, 96
TINY = {
    "crop_px = 24": "crop_px = 12",
    "channels = 24": "channels = 8",
    "blocks = 3": "blocks = 1",
    "batch = 12": "batch = 4",
    "warmup_steps = 50": "warmup_steps = 5",
    "learning_rate = 2e-3": "learning_rate = 3e-3",
}
_FINE = 3


def write_large_render(folder: Path, seed: int, views: Sequence[str] = ("front", "side")) -> Path:
    """The files of that seed, surfaces in their colours, with smooth edges; returns the truth's."""
    character = draw_character(("knight", "alien")[seed % 2], seed)
    solids = sculpt(character)
    frame = frame_of(solids, WIDTH_PX, HEIGHT_PX)
    guides = [draw_guide(solids, view, frame) for view in views]
    fine = frame_of(solids, WIDTH_PX * _FINE, HEIGHT_PX * _FINE)
    palette = np.zeros((len(SURFACES) + 1, 3))
    palette[1:] = controls_of(character)[: 3 * len(SURFACES)].reshape(-1, 3) * 127.5 + 127.5
    pictures = {}
    for view in views:
        guide = draw_guide(solids, view, fine)
        solid = (guide.part > 0)[..., None]
        lit = np.concatenate([palette[guide.surface] * solid, solid * 255.0], axis=2)
        mean = lit.reshape(HEIGHT_PX, _FINE, WIDTH_PX, _FINE, 4).mean((1, 3))
        mean[..., :3] /= np.maximum(mean[..., 3:] / 255, 1e-6)
        pictures[view] = mean.round().clip(0, 255).astype(np.uint8)
    write_character(folder, character, frame, pictures, guides)
    return character_paths(folder, seed)["truth"]


def tiny_enlarger_recipe() -> str:
    """The shipped recipe for a network of a few channels and small crops."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in TINY.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
