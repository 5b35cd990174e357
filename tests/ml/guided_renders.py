"""Small renders for tests of the guided network, painted in numpy on the recipes' own guides."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

from ml.families import FAMILY_INDEX
from ml.materials import families
from ml.materials.arrays import ArrayGraph
from ml.materials.params import Params
from ml.materials.recipe import RECIPES

__all__ = ["tiny_recipe", "write_render"]

SHIPPED = Path(__file__).parents[2] / "ml" / "configs" / "texture_studio.toml"
TINY = {
    "crop_px = 128": "crop_px = 32",
    "halo_px = 16": "halo_px = 8",
    "[256, 144, 80, 40, 24]": "[24, 16, 12, 8, 8]",
    "[48, 96, 160, 256]": "[8, 12, 16, 24]",
    "batch = 8": "batch = 4",
    "learning_rate_generator = 4e-4": "learning_rate_generator = 3e-3",
}

assert families.__all__, "importing the package registers the recipes"


def write_render(folder: Path, family: str, seed: int, px: int, tile_px: int) -> None:
    """One render of ``px`` pixels: red or blue where the relief is high, dark where it is low."""
    graph = ArrayGraph(px, Params((FAMILY_INDEX[family], seed), "train"))
    guide = RECIPES[family](graph, graph.params, px).guide
    parts = [graph.array(part) for part in (guide.relief, guide.cell, guide.detail, guide.wear)]
    channels = np.stack(parts, axis=-1).clip(0, 1)
    albedo = np.zeros((px, px, 3))
    albedo[..., 0 if family == "brick" else 2] = 0.2 + 0.6 * channels[..., 0]
    maps = np.stack([channels[..., 0], np.full((px, px), 0.8), np.zeros((px, px))], axis=-1)
    (folder / family).mkdir(parents=True, exist_ok=True)
    for kind, picture in (("albedo", albedo), ("maps", maps), ("guide", channels)):
        Image.fromarray(np.round(picture * 255).astype(np.uint8)).save(
            folder / family / f"{seed:06d}_{kind}.png"
        )
    truth = {"family": family, "seed": seed, "tile_px": tile_px, "size_px": px}
    (folder / family / f"{seed:06d}_truth.json").write_text(json.dumps(truth))


def tiny_recipe() -> str:
    """The shipped recipe for networks of a few channels and pictures of 32 pixels."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in TINY.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
