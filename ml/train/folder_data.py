"""Turns a folder's pictures into training pictures: whole tiles and parts of larger ones, each with its guide."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..controls import measure_controls
from .folder_guide import periodic_squares, picture_guide, resized
from .folder_pictures import Picture
from .guided_data import Render
from .guided_recipe import GuidedDataRecipe

__all__ = ["FolderData", "prepare_data"]

Array = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_LAYOUTS = 12
_PARTS = 384
"""About so many parts in all: 100 MB of memory."""
_MOST_PARTS = 24
"""Of one picture."""
_ZOOMS = (2, 4, 8)
"""Sides of the larger tiles that parts are cut from, in whole tiles' sides."""
_GROWN = 1.15
"""So far at most a picture is enlarged for a larger tile."""


@dataclass(frozen=True, slots=True, eq=False)
class FolderData:
    """What a family is trained on, and the layouts that it brings along."""

    renders: list[Render]
    guides: Bytes
    """(N, GUIDE_PX, GUIDE_PX, 4): of up to 12 of the pictures."""


def prepare_data(pictures: Sequence[Picture], recipe: GuidedDataRecipe) -> FolderData:
    """The same pictures give the same data: what is random follows from their order."""
    rng = np.random.default_rng(0)
    squares = [square for picture in pictures for square in periodic_squares(picture.maps)]
    per_picture = int(np.clip(_PARTS // len(squares), len(_ZOOMS), _MOST_PARTS))
    renders: list[Render] = []
    guides: list[Array] = []
    for square in squares:
        guides.append(picture_guide(square))
        renders += _of_square(square, guides[-1], recipe, per_picture, rng)
    chosen = np.unique(np.linspace(0, len(guides) - 1, _LAYOUTS).round().astype(int))
    kept = np.stack([_bytes(guides[place]).transpose(1, 2, 0) for place in chosen])
    return FolderData(renders, kept)


def _of_square(
    square: Array, guide: Array, recipe: GuidedDataRecipe, parts: int, rng: np.random.Generator
) -> list[Render]:
    """The whole tile, a third as often as parts, and the parts."""
    crop, around = recipe.crop_px, recipe.crop_px + 2 * recipe.halo_px
    zooms = [zoom for zoom in _ZOOMS if zoom * crop <= _GROWN * square.shape[-1]]
    made: list[Render] = []
    for zoom in zooms:
        tile = _tile(square, guide, zoom * crop)
        for _ in range(max(1, parts // len(zooms))):
            down, across = rng.integers(0, tile.shape[-1], 2)
            part = np.roll(tile, (-int(down), -int(across)), (1, 2))[:, :around, :around]
            made.append(_render(_varied(part, recipe, rng), recipe.halo_px, zoom * crop))
    whole = _tile(square, guide, crop)
    for _ in range(max(2, len(made) // 3)):
        made.append(_render(_varied(whole, recipe, rng), 0, crop))
    return made


def _tile(square: Array, guide: Array, px: int) -> Bytes:
    """(10, px, px): the maps, then the guide."""
    return _bytes(np.concatenate([resized(square, px), resized(guide, px)]))


def _varied(pixels: Bytes, recipe: GuidedDataRecipe, rng: np.random.Generator) -> Bytes:
    # here and not in the sampler, which asks the shipped families whether they may be turned
    mirrored, quarters = rng.integers(0, 4, 2)
    if recipe.mirror and mirrored % 2:
        pixels = pixels[:, :, ::-1]
    if recipe.turn:
        pixels = np.rot90(pixels, int(quarters), (1, 2))
    return np.ascontiguousarray(pixels)


def _render(pixels: Bytes, halo_px: int, tile_px: int) -> Render:
    side = pixels.shape[-1]
    seen = np.divide(pixels[:, halo_px : side - halo_px, halo_px : side - halo_px], 255, dtype=np.float32)
    controls = measure_controls(seen[:3].transpose(1, 2, 0), seen[4], seen[5], seen[6], tile_px)
    return Render(0, halo_px == 0, pixels, controls.vector())


def _bytes(channels: Array) -> Bytes:
    result: Bytes = np.rint(np.clip(channels, 0, 1) * 255).astype(np.uint8)
    return result
