"""A trained characters' generator, and what it paints of characters that are drawn by their seeds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from torch import nn

from ..characters.archetypes import ARCHETYPES
from ..characters.character import Character, draw_character
from ..characters.network_inputs import character_noise, network_inputs, tell
from ..nets.characters import CharacterConfig, CharacterGenerator
from ..train.character_recipe import CharacterRecipe, character_recipe_from_plain
from ..train.character_trainer import character_config
from ..train.characters import CharacterRun
from ..train.checkpoint import CheckpointError, load_checkpoint
from .parity import Named

__all__ = [
    "Paint",
    "TrainedCharacters",
    "inputs_of",
    "open_characters",
    "open_trained",
    "save_character_sheet",
    "sheet_characters",
]

SHEET_COLUMNS = 3
_GREY = 118
_GAP_PX = 8

Floats = NDArray[np.float32]
Paint = Callable[[Mapping[str, Named]], Floats]
"""Inputs by name to pictures (1, views, 4, H, W)."""


@dataclass(frozen=True, slots=True, eq=False)
class TrainedCharacters:
    """A generator ready for export, in evaluation mode, and what its checkpoint says about it."""

    generator: nn.Module
    config: CharacterConfig
    recipe: CharacterRecipe
    present: tuple[int, ...]
    steps: int
    minutes: float
    images: int
    torch_version: str


R = TypeVar("R", bound=CharacterRecipe)


def open_characters(path: Path) -> TrainedCharacters:
    """The averaged generator of a checkpoint. Raises CheckpointError, RecipeError."""

    def made(recipe: CharacterRecipe) -> tuple[CharacterGenerator, CharacterConfig]:
        config = character_config(recipe)
        return CharacterGenerator(config), config

    return open_trained(path, CharacterRun.kind, character_recipe_from_plain, made)


def open_trained(
    path: Path,
    kind: str,
    read_recipe: Callable[[Any], R],
    made: Callable[[R], tuple[nn.Module, CharacterConfig]],
) -> TrainedCharacters:
    """The same for every kind of network that paints characters; made: an untrained one of a recipe."""
    content = load_checkpoint(path, kind)
    recipe = read_recipe(content["recipe"])
    if tuple(content["names"]) != tuple(archetype.id for archetype in ARCHETYPES):
        raise CheckpointError(f"{path} was trained on other archetypes than FilmAI has now; train it again")
    generator, config = made(recipe)
    generator.load_state_dict(content["state"]["average"])
    return TrainedCharacters(
        generator=generator.eval(),
        config=config,
        recipe=recipe,
        present=tuple(content["present"]),
        steps=content["state"]["steps"],
        minutes=content["seconds"] / 60,
        images=content["images"],
        torch_version=content["torch"],
    )


def inputs_of(character: Character, recipe: CharacterRecipe, seed: int) -> dict[str, Named]:
    """The network's inputs for a batch of this one character, with the noise of that seed."""
    net = recipe.net
    told = tell(character, net.views, net.width_px, net.height_px)
    size = (net.width_px, net.height_px)
    noise = character_noise(seed, len(net.views), size, net.local_channels, net.style_channels)
    return network_inputs(told, noise)


def sheet_characters(present: Sequence[int], each: int = SHEET_COLUMNS) -> list[Character]:
    """``each`` characters of every archetype that was trained, of the split that training never saw, by seed."""
    return [draw_character(ARCHETYPES[index].id, seed, "test") for index in present for seed in range(each)]


def save_character_sheet(
    paint: Paint,
    recipe: CharacterRecipe,
    characters: Sequence[Character],
    path: Path,
) -> None:
    """All views of these characters, SHEET_COLUMNS a row, on mid grey, with the archetype above each row."""
    net = recipe.net
    wide = len(net.views) * net.width_px + _GAP_PX
    high = net.height_px + 3 * _GAP_PX
    rows = -(-len(characters) // SHEET_COLUMNS)
    sheet = Image.new("RGB", (SHEET_COLUMNS * wide, rows * high), (_GREY, _GREY, _GREY))
    draw = ImageDraw.Draw(sheet)
    for number, character in enumerate(characters):
        painted = paint(inputs_of(character, recipe, character.seed))[0]  # (views, 4, H, W)
        pixels = np.rint(painted.clip(0, 1) * 255).astype(np.uint8).transpose(2, 0, 3, 1)
        pixels = pixels.reshape(net.height_px, -1, 4)
        left, top = number % SHEET_COLUMNS * wide, number // SHEET_COLUMNS * high
        draw.text((left + _GAP_PX, top + 4), character.archetype, fill=(20, 20, 20), font_size=14)
        views = Image.fromarray(pixels)
        sheet.paste(views, (left, top + 3 * _GAP_PX), views)
    sheet.save(path, quality=90)
