"""Pictures for training: a folder read into one array, drawn in balanced batches, varied at random.

A folder whose sub-folders hold pictures has one class per sub-folder; when their names are material families,
the class index is the family's position in ``ml.families``. Without such sub-folders there are no classes.
Files that cannot be read are skipped and named. Every random choice comes from the caller's torch.Generator,
so a run can be repeated and resumed exactly. No networks here.
"""

import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image, ImageOps, UnidentifiedImageError
from torch import Tensor

from ..families import FAMILIES, FAMILY_INDEX
from .recipe import DataRecipe

__all__ = ["BatchSampler", "DataError", "PictureSet", "byte_array", "load_pictures", "read_picture", "vary"]

MEMORY_LIMIT_BYTES = 2 << 30
"""Above this (about 170,000 pictures) the array lies in a temporary file that is mapped into memory."""
WRAP_FRACTION = 0.1
"""How much of a tile is repeated around it while it is scaled, so that the filter sees its neighbours."""

Bytes = npt.NDArray[np.uint8]


class DataError(ValueError):
    """The folder cannot be trained on; the text says why and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class PictureSet:
    """All pictures of a folder, scaled."""

    images: Tensor
    """uint8 (N, 3, px, px), RGB, sRGB-encoded."""
    classes: Tensor
    """int64 (N,); all 0 when there are no classes."""
    names: tuple[str, ...]
    """Class names by index; empty when there are no classes. Families without pictures are listed too."""
    turnable: Tensor
    """bool (max(1, len(names)),): which classes look right turned and upside down."""
    skipped: tuple[str, ...]
    """One ``file: reason`` per file that could not be used."""


def load_pictures(folder: Path, pattern: str, periodic: bool, px: int) -> PictureSet:
    """Read every picture that matches ``pattern``, scaled to ``px`` x ``px`` (of the middle square).

    Raises DataError when the folder is absent or holds no usable picture.
    """
    files, labels, names = _list_files(folder, pattern)
    store = byte_array((len(files), px, px, 3))
    kept: list[int] = []
    skipped: list[str] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = pool.map(lambda path: _read_or_reason(path, periodic, px), files)
        for index, (path, outcome) in enumerate(zip(files, outcomes, strict=True)):
            if isinstance(outcome, str):
                skipped.append(f"{path.relative_to(folder)}: {outcome}")
            else:
                store[len(kept)] = outcome
                kept.append(labels[index])
    if not kept:
        shown = "; ".join(skipped[:3])
        raise DataError(f"none of the {len(files)} files in {folder} is a usable picture ({shown})")
    turnable = [name in FAMILY_INDEX and not FAMILIES[FAMILY_INDEX[name]].has_up for name in names]
    return PictureSet(
        images=torch.from_numpy(store[: len(kept)]).permute(0, 3, 1, 2),
        classes=torch.tensor(kept),
        names=names,
        turnable=torch.tensor(turnable or [False]),
        skipped=tuple(skipped),
    )


def read_picture(path: Path, periodic: bool, px: int) -> Bytes:
    """One file as uint8 (px, px, 3). Raises OSError or ValueError when it is no readable picture."""
    with Image.open(path) as opened:
        image = ImageOps.exif_transpose(opened)
        if image.mode.startswith("I") or image.mode == "F":
            # 16-bit grey: Pillow's own conversion would clip it to white
            grey = np.clip(np.asarray(image, np.float64) / 257.0, 0, 255)
            image = Image.fromarray(grey.round().astype(np.uint8))
        image = image.convert("RGBA").convert("RGB") if image.mode == "P" else image.convert("RGB")
    side = min(image.size)
    if side < 8:
        raise ValueError(f"{image.width} x {image.height} pixels are too few")
    left, top = (image.width - side) // 2, (image.height - side) // 2
    pixels = np.asarray(image)[top : top + side, left : left + side]  # (side, side, 3)
    margin = int(side * WRAP_FRACTION) if periodic else 0
    padded = Image.fromarray(np.pad(pixels, ((margin, margin), (margin, margin), (0, 0)), mode="wrap"))
    box = (margin, margin, margin + side, margin + side)
    return np.asarray(padded.resize((px, px), Image.Resampling.LANCZOS, box=box))


class BatchSampler:
    """Draws batches in which the classes that have pictures take turns, each as often as the others."""

    def __init__(self, pictures: PictureSet) -> None:
        self._pictures = pictures
        self._order = pictures.classes.argsort(stable=True)  # (N,) indices, grouped by class
        counts = torch.bincount(pictures.classes)
        self._starts = counts.cumsum(0) - counts
        self._counts = counts
        self.present = counts.nonzero()[:, 0]
        """int64: the classes that have pictures."""

    def draw_classes(self, batch: int, limit: int, rng: torch.Generator) -> Tensor:
        """int64 (batch,): ``limit`` random present classes (0: all), each as often as the others (or once
        less, where they do not share the batch evenly), the pictures of a class side by side."""
        order = torch.randperm(len(self.present), generator=rng)[: limit or None]
        return self.present[order[torch.arange(batch) * len(order) // batch]]

    def draw_images(self, classes: Tensor, rng: torch.Generator) -> Tensor:
        """uint8 (B, 3, px, px): a random picture of each of these classes."""
        counts = self._counts[classes]
        places = (torch.rand(len(classes), generator=rng) * counts).long().minimum(counts - 1)
        return self._pictures.images[self._order[self._starts[classes] + places]]


def vary(images: Tensor, turnable: Tensor, recipe: DataRecipe, rng: torch.Generator) -> Tensor:
    """Shift, mirror and turn each picture at random, as the recipe allows; all without interpolation.

    ``images`` is (B, 3, px, px), ``turnable`` bool (B,). Both together reach all eight ways round.
    """
    count, px = images.shape[0], images.shape[-1]
    shifts = torch.randint(0, px, (count, 2), generator=rng).tolist()
    mirrored = (torch.rand(count, generator=rng) < 0.5).tolist()
    quarters = torch.randint(0, 4, (count,), generator=rng).tolist()
    varied = []
    for index, (image, free) in enumerate(zip(images, turnable.tolist(), strict=True)):
        if recipe.roll == "all" or (recipe.roll == "turnable" and free):
            image = image.roll(shifts[index], (1, 2))
        if recipe.mirror and mirrored[index]:
            image = image.flip(2)
        if recipe.turn and free:
            image = image.rot90(quarters[index], (1, 2))
        varied.append(image)
    return torch.stack(varied)


def _list_files(folder: Path, pattern: str) -> tuple[list[Path], list[int], tuple[str, ...]]:
    if not folder.is_dir():
        raise DataError(f"there is no folder {folder}")
    grouped = {child.name: _matching(child, pattern) for child in sorted(folder.iterdir()) if child.is_dir()}
    grouped = {name: files for name, files in grouped.items() if files}
    if not grouped:
        files = _matching(folder, pattern)
        if not files:
            raise DataError(f"{folder} and its sub-folders hold no file that matches {pattern!r}")
        return files, [0] * len(files), ()
    # families keep their place in the contract even when some have no pictures
    names = tuple(FAMILY_INDEX) if grouped.keys() <= FAMILY_INDEX.keys() else tuple(grouped)
    pairs = [(path, names.index(name)) for name, files in grouped.items() for path in files]
    return [path for path, _ in pairs], [label for _, label in pairs], names


def _matching(folder: Path, pattern: str) -> list[Path]:
    found: Iterable[Path] = folder.glob(pattern)
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def _read_or_reason(path: Path, periodic: bool, px: int) -> Bytes | str:
    try:
        return read_picture(path, periodic, px)
    except UnidentifiedImageError:
        return "not a picture"
    # Pillow reports broken files by several types, among them SyntaxError for a broken PNG
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        return f"{type(error).__name__}: {error}"


def byte_array(shape: tuple[int, ...]) -> Bytes:
    """Room for bytes: in memory, or in a temporary file when it would take too much of it."""
    if int(np.prod(shape)) <= MEMORY_LIMIT_BYTES:
        return np.empty(shape, np.uint8)
    # the file has no name and goes away with the process
    with tempfile.TemporaryFile() as file:
        return np.memmap(file, dtype=np.uint8, mode="w+", shape=shape)
