"""A picture for people: characters large on a plain ground, each with its name."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from .render_files import character_paths

__all__ = ["overview"]

_SHOWN = 24
_LABEL_PX = 13
_LIGHT, _DARK = 208, 158


def overview(folder: Path, seeds: Sequence[int], columns: int = 4) -> Image.Image:
    """The first 24 of those characters that are there, all views of each. Raises ValueError for none."""
    there = [seed for seed in seeds if character_paths(folder, seed)["truth"].exists()][:_SHOWN]
    if not there:
        raise ValueError(f"there is no finished character in {folder}: render some first")
    tiles = [_tile(folder, seed) for seed in there]
    wide, high = tiles[0].size
    columns = min(columns, len(tiles))
    sheet = Image.new("RGB", (wide * columns, high * -(-len(tiles) // columns)), (_DARK,) * 3)
    for place, tile in enumerate(tiles):
        sheet.paste(tile, (place % columns * wide, place // columns * high))
    return sheet


def _tile(folder: Path, seed: int) -> Image.Image:
    paths = character_paths(folder, seed)
    truth = json.loads(paths["truth"].read_text(encoding="utf-8"))
    with Image.open(paths["views"]) as picture:
        views = picture.convert("RGBA")
    shade = np.linspace(_LIGHT, _DARK, views.height).astype(np.uint8)
    ground = np.repeat(np.repeat(shade[:, None, None], views.width, axis=1), 3, axis=2)
    tile = Image.new("RGB", (views.width, views.height + _LABEL_PX), (40, 40, 42))
    tile.paste(Image.alpha_composite(Image.fromarray(ground).convert("RGBA"), views).convert("RGB"), (0, 0))
    words = f"{truth['archetype']} {truth['seed']} {truth['build']} {truth['heights_m']['head_top']:.2f} m"
    ImageDraw.Draw(tile).text((4, views.height + 1), words, fill=(230, 230, 230))
    return tile
