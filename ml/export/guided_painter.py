"""A trained guided generator, what it paints on the guides of renders, and the looks that these renders have."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from ..controls import CENTRES, SCALES
from ..infer.cards import FamilyLooks
from ..nets.guided import STRIDE, GuidedConfig, GuidedGenerator
from ..train.checkpoint import load_checkpoint
from ..train.guided import GuidedRun
from ..train.guided_data import Render
from ..train.guided_recipe import GuidedRecipe, guided_recipe_from_plain
from ..train.guided_trainer import guided_config
from .parity import painter_function

__all__ = [
    "Trained",
    "collect_looks",
    "half_precision_difference",
    "inputs_like",
    "open_checkpoint",
    "paint_each",
    "paint_like",
]

LOOKS_PER_FAMILY = 24

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A generator ready for export, in evaluation mode, and what its checkpoint says about it."""

    generator: nn.Module
    config: GuidedConfig
    recipe: GuidedRecipe
    names: tuple[str, ...]
    present: tuple[int, ...]
    steps: int
    minutes: float
    images: int
    torch_version: str


def open_checkpoint(path: Path) -> Trained:
    """The averaged generator of a checkpoint. Raises CheckpointError."""
    content = load_checkpoint(path, GuidedRun.kind)
    recipe = guided_recipe_from_plain(content["recipe"])
    names = tuple(content["names"])
    config = guided_config(recipe, len(names))
    generator = GuidedGenerator(config)
    generator.load_state_dict(content["state"]["average"])
    return Trained(
        generator.eval().requires_grad_(False),
        config,
        recipe,
        names,
        tuple(content["present"]),
        steps=content["state"]["steps"],
        minutes=content["seconds"] / 60,
        images=content["images"],
        torch_version=content["torch"],
    )


def inputs_like(config: GuidedConfig, render: Render, seed: int) -> dict[str, Floats]:
    """What the network is told to paint something like that render, whole and in its size, with fresh noise."""
    rng = np.random.default_rng(seed)
    guide = np.divide(render.pixels[6:], 255, dtype=np.float32)
    height, width = guide.shape[1:]
    family = np.zeros((1, config.families), np.float32)
    family[0, render.family] = 1
    cells = (height // STRIDE, width // STRIDE)
    return {
        "guide": guide[None],
        "grain": rng.standard_normal((1, 1, height, width), np.float32),
        "local": rng.standard_normal((1, config.local_channels, *cells), np.float32),
        "style": rng.standard_normal((1, config.style_channels), np.float32),
        "family": family,
        "controls": render.controls[None],
    }


def paint_each(file: Path, config: GuidedConfig, renders: Sequence[Render], seeds: Sequence[int]) -> Floats:
    """Maps (N, 6, H, W) of the exported file: one for each of these renders, all of one size, on its guide and as
    its controls say, with the noise of its own seed."""
    run = painter_function(file)
    painted = [run(inputs_like(config, render, seed))[0] for render, seed in zip(renders, seeds, strict=True)]
    return np.stack(painted)


def paint_like(file: Path, config: GuidedConfig, renders: Sequence[Render], per_family: int) -> Floats:
    """Maps (N, 6, H, W) of the exported file, ``per_family`` for each family in turn, on these renders' guides.

    The renders of a family are taken in turn; each picture has noise of its own.
    """
    chosen: list[Render] = []
    for index in sorted({render.family for render in renders}):
        own = [render for render in renders if render.family == index]
        chosen += [own[number % len(own)] for number in range(per_family)]
    return paint_each(file, config, chosen, [number % per_family for number in range(len(chosen))])


def half_precision_difference(trained: Trained, inputs: Sequence[dict[str, Floats]]) -> tuple[float, float]:
    """Largest and mean difference of the maps when the weights are rounded to 16 bits."""
    rounded = GuidedGenerator(trained.config)
    rounded.load_state_dict(
        {name: weight.half().float() for name, weight in trained.generator.state_dict().items()}
    )
    largest, total = 0.0, 0.0
    with torch.no_grad():
        for named in inputs:
            tensors = {name: torch.from_numpy(array) for name, array in named.items()}
            difference = (rounded(**tensors) - trained.generator(**tensors)).abs()
            largest = max(largest, float(difference.max()))
            total += float(difference.mean())
    return largest, total / len(inputs)


def collect_looks(renders: Sequence[Render], names: Sequence[str]) -> tuple[FamilyLooks, ...]:
    """Of each family that has renders, the looks of up to LOOKS_PER_FAMILY of them, evenly chosen."""
    entries = []
    for index, name in enumerate(names):
        own = [render.controls for render in renders if render.family == index]
        if own:
            chosen = np.unique(np.linspace(0, len(own) - 1, LOOKS_PER_FAMILY).round().astype(int))
            rows = [(own[place] * SCALES + CENTRES)[:9] for place in chosen]
            looks = tuple(tuple(round(float(number), 4) for number in row) for row in rows)
            entries.append(FamilyLooks(name, looks))
    return tuple(entries)
