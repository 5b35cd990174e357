"""Renders for the texture studio's network: maps, guides and controls in memory, drawn in balanced batches.

A folder as ``ml.datagen.materials`` writes it: ``FAMILY/SEED_{albedo,maps,guide}.png`` with ``SEED_truth.json``.
Whole tiles are rolled at random and wrapped; parts of larger tiles are rendered with their surroundings. Every
random choice comes from the caller's torch.Generator. No networks here.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from ..controls import measure_controls
from ..families import FAMILIES, FAMILY_INDEX
from .data import DataError
from .guided_recipe import GuidedDataRecipe

__all__ = ["Batch", "GuidedSampler", "Render", "load_renders"]

MAP_CHANNELS, GUIDE_CHANNELS = 6, 4

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Render:
    """One render in memory."""

    family: int
    whole: bool
    """It shows a whole tile: it may be rolled, and continues at the opposite side."""
    pixels: Bytes
    """(10, px, px): the six maps, then the guide."""
    controls: NDArray[np.float32]
    """(10,), measured on what the discriminator sees."""


class Batch(NamedTuple):
    """What one step trains on. ``around`` has the halo, ``maps`` has not."""

    maps: Tensor
    """float32 (B, 6, crop, crop), 0 to 1."""
    around: Tensor
    """float32 (B, 4, crop + 2 halo, crop + 2 halo): the guide, 0 to 1."""
    families: Tensor
    """int64 (B,)."""
    controls: Tensor
    """float32 (B, 10)."""


def load_renders(folders: Sequence[Path], recipe: GuidedDataRecipe) -> tuple[list[Render], tuple[str, ...]]:
    """Every complete render in these folders, and ``file: reason`` for each that cannot be used.

    Whole tiles have crop_px pixels a side, parts crop_px + 2 halo_px; others cannot be used. Raises DataError
    when a folder is absent or no render is left.
    """
    truths: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise DataError(f"there is no folder {folder}")
        truths += sorted(folder.glob("*/*_truth.json"))
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(lambda path: _read_or_reason(path, recipe), truths))
    renders = [outcome for outcome in outcomes if isinstance(outcome, Render)]
    skipped = tuple(
        f"{path.parent.name}/{path.name}: {outcome}"
        for path, outcome in zip(truths, outcomes, strict=True)
        if isinstance(outcome, str)
    )
    if not renders:
        shown = "; ".join(skipped[:3]) or "no file *_truth.json in sub-folders"
        raise DataError(f"no usable render in {', '.join(map(str, folders))} ({shown})")
    return renders, skipped


class GuidedSampler:
    """Draws batches in which families take turns, each as often as the others."""

    def __init__(self, renders: Sequence[Render], recipe: GuidedDataRecipe) -> None:
        self._recipe = recipe
        self.renders = tuple(renders)
        by_family: dict[int, list[Render]] = {}
        for render in renders:
            by_family.setdefault(render.family, []).append(render)
        self._by_family = by_family
        self.present = sorted(by_family)
        """Indices of the families that have renders."""
        self._order: list[int] = []

    def draw(self, batch: int, rng: torch.Generator) -> Batch:
        """``batch`` renders: each family once, in random order, before any comes again."""
        families: list[int] = []
        while len(families) < batch:
            if not self._order:
                self._order = [self.present[i] for i in torch.randperm(len(self.present), generator=rng)]
            families.append(self._order.pop())
        return self.take(families, rng)

    def take(self, families: Sequence[int], rng: torch.Generator) -> Batch:
        """A random render of each of these families, which must be present."""
        chosen = [
            self._by_family[family][int(torch.randint(len(self._by_family[family]), (1,), generator=rng))]
            for family in families
        ]
        pixels = torch.from_numpy(np.stack([self._varied(render, rng) for render in chosen]))
        pixels = pixels.float() / 255  # (B, 10, around, around)
        halo, crop = self._recipe.halo_px, self._recipe.crop_px
        middle = pixels[:, :MAP_CHANNELS, halo : halo + crop, halo : halo + crop]
        return Batch(
            maps=middle.contiguous(),
            around=pixels[:, MAP_CHANNELS:].contiguous(),
            families=torch.tensor([render.family for render in chosen]),
            controls=torch.from_numpy(np.stack([render.controls for render in chosen])),
        )

    def state(self) -> list[int]:
        """The families whose turn is still to come."""
        return list(self._order)

    def load_state(self, order: list[int]) -> None:
        """Continue from ``state``."""
        self._order = list(order)

    def _varied(self, render: Render, rng: torch.Generator) -> Bytes:
        pixels, halo = render.pixels, self._recipe.halo_px
        if render.whole:
            px = pixels.shape[-1]
            down, right = torch.randint(px, (2,), generator=rng).tolist()
            pixels = np.roll(pixels, (down, right), (1, 2))
            pixels = np.pad(pixels, ((0, 0), (halo, halo), (halo, halo)), mode="wrap")
        mirrored, quarters = torch.randint(4, (2,), generator=rng).tolist()
        if not FAMILIES[render.family].has_up:
            if self._recipe.mirror and mirrored % 2:
                pixels = pixels[:, :, ::-1]
            if self._recipe.turn:
                pixels = np.rot90(pixels, quarters, (1, 2))
        return np.ascontiguousarray(pixels)


def _read_or_reason(truth_path: Path, recipe: GuidedDataRecipe) -> Render | str:
    try:
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        family, tile_px, size_px = FAMILY_INDEX[truth["family"]], int(truth["tile_px"]), int(truth["size_px"])
        stem = truth_path.name.removesuffix("_truth.json")
        parts = [_picture(truth_path.with_name(f"{stem}_{kind}.png")) for kind in ("albedo", "maps", "guide")]
        pixels = np.concatenate(parts, axis=0)  # (10, px, px)
    except (OSError, ValueError, KeyError, TypeError, SyntaxError) as error:
        return f"{type(error).__name__}: {error}"
    whole = tile_px == size_px
    wanted = recipe.crop_px + (0 if whole else 2 * recipe.halo_px)
    if pixels.shape != (MAP_CHANNELS + GUIDE_CHANNELS, wanted, wanted):
        return f"{pixels.shape[-1]} pixels a side with {len(pixels)} channels, not {wanted} with 10"
    seen = pixels if whole else pixels[:, recipe.halo_px : -recipe.halo_px, recipe.halo_px : -recipe.halo_px]
    seen_maps = np.divide(seen, 255, dtype=np.float32)
    controls = measure_controls(
        seen_maps[:3].transpose(1, 2, 0), seen_maps[4], seen_maps[5], seen_maps[6], tile_px
    )
    return Render(family, whole, pixels, controls.vector())


def _picture(path: Path) -> Bytes:
    """(channels, px, px); of 16-bit colours Pillow keeps the upper eight."""
    with Image.open(path) as picture:
        return np.asarray(picture).transpose(2, 0, 1)
