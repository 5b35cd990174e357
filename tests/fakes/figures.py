"""The fake worker's answers to jobs of characters: figures 1.8 metres high in pictures of two metres."""

import hashlib
from pathlib import Path

from ml.protocol import Colour, DeviceUsed, ModelUsed
from ml.protocol_characters import (
    CharacterPictures,
    CharacterPreview,
    CharacterResult,
    CharacterSheet,
    GenerateCharacter,
    PreviewCharacters,
    ViewFile,
)
from tests.fakes.pictures import figure_png

__all__ = ["character_result", "character_sheet"]


def character_result(request: GenerateCharacter, model: ModelUsed, device: DeviceUsed) -> CharacterResult:
    """Front, side and back of the asked size; of a portrait the front and three quarters."""
    made = tuple(_pictures(request, request.seeds(index)) for index in range(request.variations))
    return CharacterResult("character", request.archetype, made, model, None, False, device, 0.01)


def character_sheet(request: PreviewCharacters, model: ModelUsed, device: DeviceUsed) -> CharacterSheet:
    """Squares in the colours of their seeds."""
    wish, px, previews = request.character, request.preview_px, []
    for index in range(wish.variations):
        seeds = wish.seeds(index)
        path, digest = _written(
            Path(wish.out_dir) / f"{wish.archetype}_{seeds[0]}_{seeds[1]}_preview.png", px, px, seeds
        )
        previews.append(CharacterPreview(*seeds, path, px, px, digest))
    return CharacterSheet("character_previews", wish.archetype, tuple(previews), model, device, 0.01)


def _pictures(request: GenerateCharacter, seeds: tuple[int, int]) -> CharacterPictures:
    height = request.height_px
    width = height if request.portrait else height * 2 // 3
    tall = (request.height_m or 1.8) / 1.8
    views = []
    for view in ("front", "three_quarter") if request.portrait else ("front", "side", "back"):
        path = Path(request.out_dir) / f"{request.archetype}_{seeds[0]}_{seeds[1]}_{view}.png"
        views.append(ViewFile(view, *_written(path, width, height, seeds)))
    return CharacterPictures(
        body_seed=seeds[0],
        look_seed=seeds[1],
        height_m=1.8 * tall,
        picture_height_m=(0.5 if request.portrait else 2.0) * tall,
        ground_m=(-1.4 if request.portrait else 0.06) * tall,
        width_px=width,
        height_px=height,
        main=request.main or Colour(0.5, 0.5, 0.5),
        second=request.second or Colour(0.25, 0.25, 0.25),
        views=tuple(views),
    )


def _written(path: Path, width: int, height: int, seeds: tuple[int, int]) -> tuple[str, str]:
    data = figure_png(width, height, seeds)
    path.write_bytes(data)
    return str(path), hashlib.sha256(data).hexdigest()
