"""Renders for the characters' network: views, guides and colours in memory, drawn in balanced batches.

A folder as ``ml.datagen.characters`` writes it. The colours of a character's surfaces come from its record, drawn
again from seed and split; where it is not what was rendered, the render cannot be used. Every random choice comes
from the caller's torch.Generator. No networks here.
"""

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from ..characters.archetypes import ARCHETYPE_INDEX
from ..characters.character import Character, draw_character
from ..characters.network_inputs import LABELS, controls_of
from .character_recipe import ViewsRecipe
from .data import DataError, byte_array

__all__ = [
    "HEIGHTS",
    "CharacterBatch",
    "CharacterSampler",
    "CharacterSet",
    "load_characters",
    "split_characters",
    "without_guides",
]

HEIGHTS = ("head_top", "shoulders", "hips", "feet")
CHANNELS = 9
"""Red, green, blue, alpha, part, depth, facing right, facing up, surface."""
_LABELS, _RELIEF, _FLAT = [4, 8], slice(5, 8), 128

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class CharacterSet:
    """Characters in memory, in the order of their names."""

    names: tuple[str, ...]
    """Of the files, without what comes after the seed."""
    pixels: Bytes
    """(N, views, 9, H, W)."""
    archetypes: NDArray[np.int64]
    """(N,)."""
    controls: Floats
    """(N, C): as ``load_characters`` was asked to tell them."""
    heights: Floats
    """(N, 4): rows of the skull's top, the shoulders, the hips and the ground, from the upper border, in pixels."""

    def part(self, rows: NDArray[np.int64]) -> "CharacterSet":
        """Some of them."""
        names = tuple(self.names[row] for row in rows)
        return CharacterSet(
            names, self.pixels[rows], self.archetypes[rows], self.controls[rows], self.heights[rows]
        )


class CharacterBatch(NamedTuple):
    """What one step trains on."""

    pictures: Tensor
    """float32 (B, views, 4, H, W), 0 to 1, straight alpha."""
    labels: Tensor
    """int64 (B, views, 2, H, W)."""
    relief: Tensor
    """float32 (B, views, 3, H, W), -1 to 1."""
    archetypes: Tensor
    """int64 (B,)."""
    controls: Tensor
    """float32 (B, C)."""


def load_characters(
    folders: Sequence[Path], net: ViewsRecipe, controls: Callable[[Character], Floats] = controls_of
) -> tuple[CharacterSet, tuple[str, ...]]:
    """Every finished character with the wanted views, and ``file: reason`` for each that cannot be used.

    controls: what its record tells the network beside the guides.

    Raises DataError when a folder is absent or no character is left.
    """
    truths: list[Path] = []
    for folder in folders:
        if not folder.is_dir():
            raise DataError(f"there is no folder {folder}")
        truths += sorted(path for path in folder.glob("*.json") if path.stem.isdecimal())
    store = byte_array((len(truths), len(net.views), CHANNELS, net.height_px, net.width_px))
    kept: list[tuple[str, int, Floats, tuple[float, ...]]] = []
    skipped: list[str] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for path, outcome in zip(
            truths, pool.map(lambda path: _read_or_reason(path, net, controls), truths), strict=True
        ):
            if isinstance(outcome, str):
                skipped.append(f"{path.parent.name}/{path.name}: {outcome}")
                continue
            store[len(kept)] = outcome[0]
            kept.append((f"{path.parent.name}/{path.stem}", *outcome[1:]))
    if not kept:
        shown = "; ".join(skipped[:3]) or "no file SEED.json; give the folder of a split, such as data/train"
        raise DataError(f"no usable character in {', '.join(map(str, folders))} ({shown})")
    names, archetypes, told, heights = zip(*kept, strict=True)
    return CharacterSet(
        names,
        store[: len(kept)],
        np.array(archetypes, np.int64),
        np.stack(told),
        np.array(heights, np.float32),
    ), tuple(skipped)


def split_characters(characters: CharacterSet, share: float) -> tuple[CharacterSet, CharacterSet]:
    """The characters to train on, and those held out: some of every archetype, whatever else is rendered later.

    Raises DataError when either would be empty.
    """
    every = round(1 / share)
    # archetypes take turns by seed: rounds of all of them are held out, spread by a multiplier
    rounds = np.array([int(name.rsplit("/", 1)[1]) // len(ARCHETYPE_INDEX) for name in characters.names])
    held = (rounds * 2654435761 % 2**32 >> 7) % every == 0
    if held.all() or not held.any():
        raise DataError(
            f"{len(held)} characters cannot be split into some to train on and some held out; render more"
        )
    return characters.part(np.flatnonzero(~held)), characters.part(np.flatnonzero(held))


def without_guides(characters: CharacterSet) -> CharacterSet:
    """The same characters with guides that show nothing: to compare what networks do without them."""
    pixels = characters.pixels.copy()
    pixels[:, :, _LABELS], pixels[:, :, _RELIEF] = 0, _FLAT
    return replace(characters, pixels=pixels)


class CharacterSampler:
    """Draws batches in which archetypes take turns, each as often as the others."""

    def __init__(self, characters: CharacterSet) -> None:
        self.characters = characters
        self.present: list[int] = np.unique(characters.archetypes).tolist()
        """Indices of the archetypes that have characters."""
        self._rows = {index: np.flatnonzero(characters.archetypes == index) for index in self.present}
        self._order: list[int] = []

    def draw(self, batch: int, rng: torch.Generator) -> CharacterBatch:
        """``batch`` characters: each archetype once, in random order, before any comes again."""
        archetypes: list[int] = []
        while len(archetypes) < batch:
            if not self._order:
                self._order = [self.present[i] for i in torch.randperm(len(self.present), generator=rng)]
            archetypes.append(self._order.pop())
        rows = [
            self._rows[index][int(torch.randint(len(self._rows[index]), (1,), generator=rng))]
            for index in archetypes
        ]
        return self.take(rows)

    def take(self, rows: Sequence[int]) -> CharacterBatch:
        """These characters."""
        characters, chosen = self.characters, np.asarray(rows, np.int64)
        pixels = torch.from_numpy(characters.pixels[chosen])  # (B, views, 9, H, W)
        return CharacterBatch(
            pictures=pixels[:, :, :4].float() / 255,
            labels=pixels[:, :, _LABELS].long(),
            relief=pixels[:, :, _RELIEF].float() / 127.5 - 1,
            archetypes=torch.from_numpy(characters.archetypes[chosen]),
            controls=torch.from_numpy(characters.controls[chosen]),
        )

    def state(self) -> list[int]:
        """The archetypes whose turn is still to come."""
        return list(self._order)

    def load_state(self, order: list[int]) -> None:
        """Continue from ``state``."""
        self._order = list(order)


def _read_or_reason(
    path: Path, net: ViewsRecipe, controls: Callable[[Character], Floats]
) -> tuple[Bytes, int, Floats, tuple[float, ...]] | str:
    try:
        truth = json.loads(path.read_text(encoding="utf-8"))
        pixels = _read_views(path, truth, net)
        told = controls(_character(truth))
        per_px, ground = float(truth["metres_per_px"]), float(truth["ground_px"])
        rows = tuple(ground - float(truth["heights_m"][name]) / per_px for name in HEIGHTS)
        return pixels, ARCHETYPE_INDEX[truth["archetype"]], told, rows
    # Pillow reports a broken PNG as SyntaxError
    except (OSError, ValueError, KeyError, TypeError, SyntaxError, ZeroDivisionError) as error:
        return f"{type(error).__name__}: {error}"


def _read_views(path: Path, truth: dict[str, Any], net: ViewsRecipe) -> Bytes:
    """(views, 9, H, W). Raises ValueError when size or views are others."""
    missing = [view for view in net.views if view not in truth["views"]]
    if missing:
        raise ValueError(f"there is no view {missing[0]!r}: render it, or take it out of the recipe's views")
    if list(truth["size_px"]) != [net.width_px, net.height_px]:
        raise ValueError(f"views have {truth['size_px']} pixels, the recipe {[net.width_px, net.height_px]}")
    rendered = len(truth["views"])
    sheets = [
        _picture(path.with_name(path.stem + end), net, rendered, channels)
        for end, channels in ((".png", 4), ("_guide.png", 4), ("_surface.png", 1))
    ]
    sheet = np.concatenate(sheets, axis=2)
    if sheet[..., 4].max() > LABELS[0] or sheet[..., 8].max() > LABELS[1]:
        raise ValueError("its guide has parts or surfaces that FilmAI does not know; render it again")
    apart = sheet.reshape(net.height_px, rendered, net.width_px, CHANNELS).transpose(1, 3, 0, 2)
    return apart[[truth["views"].index(view) for view in net.views]]


def _picture(path: Path, net: ViewsRecipe, views: int, channels: int) -> Bytes:
    """(H, views * W, channels)."""
    with Image.open(path) as picture:
        pixels = np.asarray(picture)
    wanted = (net.height_px, views * net.width_px, *([channels] if channels > 1 else []))
    if pixels.shape != wanted or pixels.dtype != np.uint8:
        raise ValueError(f"{path.name} has {pixels.shape} {pixels.dtype} pixels, not {wanted} bytes")
    return pixels.reshape(*pixels.shape[:2], channels)


def _character(truth: dict[str, Any]) -> Character:
    character = draw_character(
        truth["archetype"], truth["seed"], truth["split"], truth["build"], wears=truth["wears"]
    )
    for name, colour in truth["colours_linear"].items():
        if not np.allclose(character.surfaces[name].colour, colour, atol=1e-4):
            raise ValueError(
                "its colours are not those of its seed: another version rendered it; render it again"
            )
    return character
