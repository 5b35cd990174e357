"""Small renders for tests of the characters' network: the guides' surfaces in their colours, without Blender."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ml.characters.casting import sculpt
from ml.characters.character import draw_character
from ml.characters.guide import draw_guide, frame_of
from ml.characters.network_inputs import controls_of
from ml.characters.sculpture import SURFACES
from ml.datagen.characters.render_files import character_paths, write_character

__all__ = ["HEIGHT_PX", "SHIPPED", "WIDTH_PX", "tiny_character_recipe", "write_character_render"]

SHIPPED = Path(__file__).parents[2] / "ml" / "configs" / "characters.toml"
WIDTH_PX, HEIGHT_PX = 32, 48
TINY = {
    "held_out = 0.04": "held_out = 0.5",
    "batch = 2 ": "batch = 3 ",
    '["front", "side", "three_quarter", "back"]': '["front", "side"]',
    "width_px = 128": f"width_px = {WIDTH_PX}",
    "height_px = 192": f"height_px = {HEIGHT_PX}",
    "generator_channels = [192, 112, 64, 32, 16]": "generator_channels = [24, 16, 12, 8, 8]",
    "discriminator_channels = [32, 64, 112, 192]": "discriminator_channels = [8, 12, 16, 24]",
    "learning_rate_generator = 4e-4": "learning_rate_generator = 3e-3",
}


def write_character_render(
    folder: Path, seed: int, views: Sequence[str] = ("front", "three_quarter", "side")
) -> Path:
    """The files of that seed; returns the truth's."""
    character = draw_character(("knight", "alien")[seed % 2], seed)
    solids = sculpt(character)
    frame = frame_of(solids, WIDTH_PX, HEIGHT_PX)
    guides = [draw_guide(solids, view, frame) for view in views]
    palette = np.zeros((len(SURFACES) + 1, 3))
    palette[1:] = controls_of(character)[: 3 * len(SURFACES)].reshape(-1, 3) * 127.5 + 127.5
    pictures = {}
    for view, guide in zip(views, guides, strict=True):
        lit = palette[guide.surface] * (0.75 + 0.25 * guide.facing[..., 1:])
        alpha = np.where(guide.part > 0, 255, 0)
        pictures[view] = np.concatenate([lit.round(), alpha[..., None]], axis=2).astype(np.uint8)
    write_character(folder, character, frame, pictures, guides)
    return character_paths(folder, seed)["truth"]


def tiny_character_recipe() -> str:
    """The shipped recipe for networks of a few channels, two views, and pictures of 32 x 48 pixels."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in TINY.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
