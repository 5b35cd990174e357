"""Pairs for the enlarger: large renders of characters, and small pictures made of them that look as if painted.

Folders as ``ml.datagen.characters`` writes them, of whatever height: outlines are the same at any size, and large
renders are dear. So each folder has as many pieces in a batch as the others, however many renders it has. Colours
are weighed by alpha throughout. Every random choice comes from the caller's torch.Generator. No networks here.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

from .data import DataError
from .enlarger_recipe import EnlargerDataRecipe

__all__ = ["CropSampler", "LargeViews", "degraded", "load_large_views", "reduced", "weighed"]

Bytes = NDArray[np.uint8]

_REACH = 2
"""Of the blur, in pixels."""
_STAIN_PX = 6
"""Colours are off in places of about this size."""


@dataclass(frozen=True, slots=True, eq=False)
class LargeViews:
    """Rendered views in memory."""

    pixels: tuple[Bytes, ...]
    """Each (H, W, 4), straight alpha."""
    folders: tuple[int, ...]
    """Which of the folders each is from."""


def load_large_views(folders: Sequence[Path], factor: int) -> tuple[LargeViews, tuple[str, ...]]:
    """Every view of every finished character, and ``file: reason`` for each character that cannot be used.

    Raises DataError when a folder is absent or nothing is left.
    """
    views: list[Bytes] = []
    origins: list[int] = []
    skipped: list[str] = []
    for number, folder in enumerate(folders):
        if not folder.is_dir():
            raise DataError(f"there is no folder {folder}")
        for path in sorted(path for path in folder.glob("*.json") if path.stem.isdecimal()):
            try:
                truth = json.loads(path.read_text(encoding="utf-8"))
                found = _read_views(path.with_suffix(".png"), truth, factor)
            # Pillow reports a broken PNG as SyntaxError
            except (OSError, ValueError, KeyError, TypeError, SyntaxError) as error:
                skipped.append(f"{path.parent.name}/{path.name}: {type(error).__name__}: {error}")
                continue
            views += found
            origins += [number] * len(found)
    if not views:
        shown = "; ".join(skipped[:3]) or "no file SEED.json; give the folder of a split, such as data/train"
        raise DataError(f"no usable character in {', '.join(map(str, folders))} ({shown})")
    return LargeViews(tuple(views), tuple(origins)), tuple(skipped)


def weighed(pixels: Bytes) -> Tensor:
    """uint8 (..., H, W, 4) with straight alpha as float32 (..., 4, H, W), 0 to 1, colours times alpha."""
    straight = torch.from_numpy(pixels).movedim(-1, -3).float() / 255
    alpha = straight[..., 3:, :, :]
    return torch.cat([straight[..., :3, :, :] * alpha, alpha], dim=-3)


def reduced(large: Tensor, factor: int) -> Tensor:
    """(N, 4, H, W) to (N, 4, H / factor, W / factor): each pixel the mean of those it replaces."""
    return functional.avg_pool2d(large, factor)


class CropSampler:
    """Draws pieces of views, each around a place of its figure; half of them around its outline."""

    def __init__(self, views: LargeViews, crop_px: int, factor: int) -> None:
        self.views = views
        self._side = crop_px * factor
        self._groups = [np.flatnonzero(np.equal(views.folders, each)) for each in sorted(set(views.folders))]
        for pixels in views.pixels:
            height, width = pixels.shape[:2]
            if min(height, width) < self._side:
                raise DataError(f"views of {width} x {height} pixels are smaller than a crop of {self._side}")
            if not pixels[..., 3].any():
                raise DataError("a view is empty: render it again")

    def draw(self, batch: int, rng: torch.Generator) -> Tensor:
        """float32 (batch, 4, side, side), weighed; half of them mirrored, colours swapped in some."""
        crops = []
        for number in range(batch):
            group = self._groups[number // 2 % len(self._groups)]
            pixels = self.views.pixels[group[_below(len(group), rng)]]
            crop = self._crop(pixels, number % 2 == 1, rng)
            if _below(2, rng):
                crop = crop.flip(2)
            if not _below(3, rng):
                crop = crop[[*torch.randperm(3, generator=rng).tolist(), 3]]
            crops.append(crop)
        return torch.stack(crops)

    def _crop(self, pixels: Bytes, outline: bool, rng: torch.Generator) -> Tensor:
        alpha = pixels[..., 3]
        places = np.flatnonzero((alpha > 0) & (alpha < 255)) if outline else np.flatnonzero(alpha)
        if not len(places):
            # a figure of whole pixels has no outline of its own
            places = np.flatnonzero(alpha)
        row, column = divmod(int(places[_below(len(places), rng)]), alpha.shape[1])
        top = min(max(row - _below(self._side, rng), 0), alpha.shape[0] - self._side)
        left = min(max(column - _below(self._side, rng), 0), alpha.shape[1] - self._side)
        return weighed(pixels[top : top + self._side, left : left + self._side])


def degraded(small: Tensor, recipe: EnlargerDataRecipe, rng: torch.Generator) -> Tensor:
    """Small pictures (B, 4, h, w), weighed, as a network might have painted them: soft, grainy, stained.

    How much of each differs from picture to picture; some are hardly touched.
    """
    count, _, height, width = small.shape

    def share() -> Tensor:
        return torch.rand(count, 1, 1, 1, generator=rng)

    small = _blurred(small, recipe.blur_px * share()[:, 0, 0, 0])
    alpha = small[:, 3:]
    cells = (max(2, height // _STAIN_PX), max(2, width // _STAIN_PX))
    stain = functional.interpolate(
        torch.randn(count, 3, *cells, generator=rng), (height, width), mode="bilinear", align_corners=False
    )
    grain = torch.randn(count, 4, height, width, generator=rng) * recipe.grain * share() ** 2
    # alpha is unsure at edges alone
    torn = (alpha + grain[:, 3:] * 4 * alpha * (1 - alpha)).clamp(0, 1)
    straight = small[:, :3] / alpha.clamp(min=1e-4)
    patterned = _lattice(straight.shape, rng) * recipe.lattice * share()
    colour = (straight + grain[:, :3] + stain * recipe.stain * share() ** 2 + patterned).clamp(0, 1)
    return torch.cat([colour * torn, torn], dim=1)


def _lattice(shape: torch.Size, rng: torch.Generator) -> Tensor:
    """A pattern that repeats every four pixels, mostly every two, stronger in some places; about -1 to 1."""
    count, channels, height, width = shape
    tiles = []
    for side, weight in ((2, 0.7), (4, 0.3)):
        # much of it is light, some of it colour
        tile = torch.randn(count, 1, side, side, generator=rng)
        tile = tile + 0.5 * torch.randn(count, channels, side, side, generator=rng)
        tile = tile - tile.mean((2, 3), keepdim=True)
        tiles.append(weight * tile.repeat(1, 1, height // side + 1, width // side + 1)[:, :, :height, :width])
    places = torch.rand(count, 1, max(2, height // 8), max(2, width // 8), generator=rng)
    strength = functional.interpolate(places, (height, width), mode="bilinear", align_corners=False)
    return (tiles[0] + tiles[1]) * strength


def _below(end: int, rng: torch.Generator) -> int:
    return int(torch.randint(end, (1,), generator=rng))


def _blurred(pictures: Tensor, deviation: Tensor) -> Tensor:
    """Gaussian blur, each picture (4, h, w) by its own standard deviation in pixels; beyond the borders is nothing."""
    offsets = torch.arange(-_REACH, _REACH + 1)
    line = torch.exp(-0.5 * (offsets / deviation.clamp(min=math.sqrt(1e-3))[:, None]) ** 2)
    line = line / line.sum(1, keepdim=True)  # (B, 5)
    count, channels = pictures.shape[:2]
    kernel = (line[:, :, None] * line[:, None, :]).repeat_interleave(channels, dim=0)[:, None]
    flat = pictures.reshape(1, count * channels, *pictures.shape[2:])
    return functional.conv2d(flat, kernel, padding=_REACH, groups=count * channels).reshape(pictures.shape)


def _read_views(path: Path, truth: object, factor: int) -> list[Bytes]:
    """Each (H, W, 4). Raises ValueError when the picture is not what its record says."""
    if not isinstance(truth, dict):
        raise TypeError("it holds no object")
    width, height = truth["size_px"]
    count = len(truth["views"])
    with Image.open(path) as picture:
        pixels = np.array(picture)
    if pixels.shape != (height, count * width, 4) or pixels.dtype != np.uint8:
        raise ValueError(
            f"{path.name} has {pixels.shape} {pixels.dtype} pixels, not {(height, count * width, 4)}"
        )
    if height % factor or width % factor:
        raise ValueError(f"views of {width} x {height} pixels cannot be made {factor} times smaller")
    return [pixels[:, index * width : (index + 1) * width] for index in range(count)]
