"""Small renders for tests of the characters' network: the guides' surfaces in their colours, without Blender."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from ml.characters.casting import sculpt
from ml.characters.character import Character, draw_character
from ml.characters.guide import Frame, draw_guide, frame_of, portrait_frame
from ml.characters.network_inputs import controls_of
from ml.characters.portraits import draw_portrait
from ml.characters.sculpture import SURFACES
from ml.datagen.characters.render_files import character_paths, write_character

__all__ = [
    "HEIGHT_PX",
    "SHIPPED",
    "SHIPPED_PORTRAITS",
    "SIDE_PX",
    "WIDTH_PX",
    "tiny_character_recipe",
    "tiny_portrait_recipe",
    "write_character_render",
    "write_portrait_render",
]

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
_ALIKE = (
    *("held_out = 0.04", "learning_rate_generator = 4e-4", "generator_channels = [192, 112, 64, 32, 16]"),
    "discriminator_channels = [32, 64, 112, 192]",
)
SHIPPED_PORTRAITS = SHIPPED.with_name("portraits.toml")
SIDE_PX = 48
TINY_PORTRAITS = {
    **{key: TINY[key] for key in _ALIKE},
    "batch = 4 ": "batch = 3 ",
    "width_px = 144": f"width_px = {SIDE_PX}",
    "height_px = 144": f"height_px = {SIDE_PX}",
}


def write_character_render(
    folder: Path, seed: int, views: Sequence[str] = ("front", "three_quarter", "side")
) -> Path:
    """The files of that seed; returns the truth's."""
    character = draw_character(("knight", "alien")[seed % 2], seed)
    return _write(folder, character, frame_of(sculpt(character), WIDTH_PX, HEIGHT_PX), views)


def write_portrait_render(folder: Path, seed: int) -> Path:
    """Likewise of a head; villagers and monarchs take turns."""
    character = draw_portrait(("villager", "monarch")[seed % 2], seed)
    return _write(folder, character, portrait_frame(character, SIDE_PX), ("front", "three_quarter"))


def _write(folder: Path, character: Character, frame: Frame, views: Sequence[str]) -> Path:
    solids = sculpt(character)
    guides = [draw_guide(solids, view, frame) for view in views]
    palette = np.zeros((len(SURFACES) + 1, 3))
    palette[1:] = controls_of(character)[: 3 * len(SURFACES)].reshape(-1, 3) * 127.5 + 127.5
    pictures = {}
    for view, guide in zip(views, guides, strict=True):
        lit = palette[guide.surface] * (0.75 + 0.25 * guide.facing[..., 1:])
        alpha = np.where(guide.part > 0, 255, 0)
        pictures[view] = np.concatenate([lit.round(), alpha[..., None]], axis=2).astype(np.uint8)
    write_character(folder, character, frame, pictures, guides)
    return character_paths(folder, character.seed)["truth"]


def tiny_character_recipe() -> str:
    """The shipped recipe for networks of a few channels, two views, and pictures of 32 x 48 pixels."""
    return _tiny(SHIPPED, TINY)


def tiny_portrait_recipe() -> str:
    """Likewise of the portraits' recipe, for pictures of 48 x 48 pixels."""
    return _tiny(SHIPPED_PORTRAITS, TINY_PORTRAITS)


def _tiny(recipe: Path, changes: Mapping[str, str]) -> str:
    text = recipe.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
