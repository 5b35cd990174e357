"""A trained portraits' generator with its average look, and what it paints of heads that are drawn by their seeds."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from ..characters.archetypes import ARCHETYPES
from ..characters.character import Character
from ..characters.network_inputs import character_noise, mixed_archetypes
from ..characters.portraits import draw_portrait, portrait_controls, portrait_inputs, tell_portrait
from ..nets.portrait import STYLED_LEVELS, PortraitConfig, PortraitGenerator
from ..train.portrait_recipe import PortraitRecipe, portrait_recipe_from_plain
from ..train.portrait_trainer import portrait_config
from ..train.portraits import PortraitRun
from .character_painter import Paint, TrainedCharacters, open_trained
from .parity import Named

__all__ = ["head_inputs", "head_painter", "open_portraits", "save_portrait_sheet"]

LOOKS_EACH = 64
"""So many looks of every archetype make the average."""
HEADS, LOOKS = 3, 6
TRUNCATIONS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
_GREY = 118
_GAP_PX, _LABEL_PX = 4, 18

Bytes = NDArray[np.uint8]


def open_portraits(path: Path) -> TrainedCharacters:
    """The averaged generator of a checkpoint, centred. Raises CheckpointError, RecipeError."""

    def made(recipe: PortraitRecipe) -> tuple[PortraitGenerator, PortraitConfig]:
        config = portrait_config(recipe)
        return PortraitGenerator(config), config

    trained = open_trained(path, PortraitRun.kind, portrait_recipe_from_plain, made)
    _centre(cast("PortraitGenerator", trained.generator), trained)
    return trained


def head_inputs(
    head: Character, look: Character, recipe: PortraitRecipe, truncation: float = 1.0
) -> dict[str, Named]:
    """The network's inputs for this head in the look of another, with the noise of their seeds."""
    net = recipe.net
    told = tell_portrait(head, net.views, net.height_px)
    head_noise, look_noise = (
        character_noise(
            each.seed, len(net.views), (net.width_px, net.height_px), net.local_channels, net.style_channels
        )
        for each in (head, look)
    )
    levels = STYLED_LEVELS, net.coarse_levels
    return portrait_inputs(told, portrait_controls(look), (head_noise, look_noise), levels, truncation)


def save_portrait_sheet(paint: Paint, recipe: PortraitRecipe, present: Sequence[int], path: Path) -> None:
    """On mid grey: every archetype's heads in all views, heads in the looks of others, and truncation."""
    names = [ARCHETYPES[index].id for index in present]
    rows: list[tuple[str, list[Bytes]]] = []
    for name in names:
        heads = [draw_portrait(name, seed, "test") for seed in range(HEADS)]
        views = [_painted(paint, recipe, head, head) for head in heads]
        rows.append((name, [view for each in views for view in each]))
    looks = [draw_portrait(names[seed % len(names)], 20 + seed, "test") for seed in range(LOOKS)]
    for head in looks[:HEADS]:
        pictures = [_painted(paint, recipe, head, look)[0] for look in looks]
        rows.append((f"one {head.archetype}'s head in {LOOKS} looks", pictures))
    of = looks[0]
    varied = [_painted(paint, recipe, of, of, truncation)[0] for truncation in TRUNCATIONS]
    rows.append((f"truncation {', '.join(f'{each:g}' for each in TRUNCATIONS)}", varied))
    _sheet(rows, recipe.net.height_px).save(path, quality=90)


def head_painter(paint: Paint, recipe: PortraitRecipe) -> Callable[[Character, Character, float], Bytes]:
    """A function of head, look and truncation to uint8 views (views, 4, H, W)."""

    def painted(head: Character, look: Character, truncation: float) -> Bytes:
        views = _painted(paint, recipe, head, look, truncation)
        return np.stack(views).transpose(0, 3, 1, 2)

    return painted


def _centre(generator: PortraitGenerator, trained: TrainedCharacters) -> None:
    present = [ARCHETYPES[index].id for index in trained.present]
    looks = [draw_portrait(name, seed) for name in present for seed in range(LOOKS_EACH)]
    rng = torch.Generator().manual_seed(0)
    generator.centre(
        torch.randn(len(looks), trained.recipe.net.style_channels, generator=rng),
        torch.from_numpy(np.stack([mixed_archetypes({look.archetype: 1.0}) for look in looks])),
        torch.from_numpy(np.stack([portrait_controls(look) for look in looks])),
    )


def _painted(
    paint: Paint, recipe: PortraitRecipe, head: Character, look: Character, truncation: float = 1.0
) -> list[Bytes]:
    """Its views, each (H, W, 4)."""
    painted = paint(head_inputs(head, look, recipe, truncation))[0]
    return list(np.rint(painted.clip(0, 1) * 255).astype(np.uint8).transpose(0, 2, 3, 1))


def _sheet(rows: Sequence[tuple[str, list[Bytes]]], side_px: int) -> Image.Image:
    wide, high = side_px + _GAP_PX, side_px + _LABEL_PX
    columns = max(len(pictures) for _, pictures in rows)
    sheet = Image.new("RGB", (columns * wide, len(rows) * high), (_GREY,) * 3)
    draw = ImageDraw.Draw(sheet)
    for number, (words, pictures) in enumerate(rows):
        draw.text((_GAP_PX, number * high + 2), words, fill=(20, 20, 20), font_size=13)
        for column, pixels in enumerate(pictures):
            view = Image.fromarray(pixels)
            sheet.paste(view, (column * wide, number * high + _LABEL_PX), view)
    return sheet
