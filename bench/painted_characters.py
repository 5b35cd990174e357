"""Held-out characters as the shipped network paints them, for the benchmarks: whose body, whose look, which noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ml.character_terms import CHARACTER_MODEL
from ml.characters.network_inputs import LABELS, character_noise
from ml.errors import TaskError
from ml.export.metrics import Pictures
from ml.export.parity import Named, painter_function
from ml.infer.cards import CharacterCard
from ml.infer.character_painting import cut_out
from ml.infer.models import Model, find_model
from ml.train.character_data import CharacterSet
from ml.train.character_pictures import small_picture

__all__ = ["Painter", "partners", "pictures_of", "silhouettes", "studio_or_none"]

Bytes = NDArray[np.uint8]
_COLOURS = 3 * LABELS[1]
"""So many controls are colours; the others say which build."""


def studio_or_none(models: Path) -> Model[CharacterCard] | None:
    """The shipped model, or None where there is none. Raises TaskError when it cannot be used."""
    try:
        return find_model(models, CHARACTER_MODEL, CharacterCard)
    except TaskError as error:
        if error.code != "MODEL_MISSING":
            raise
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Painter:
    """A model and the characters that it paints; every number of its noise comes from a seed."""

    model: Model[CharacterCard]
    characters: CharacterSet

    def inputs(self, body: int, look: int, seed: int, truncation: float = 1.0) -> dict[str, Named]:
        """For the body of one of the characters in the colours of one, with the noise of that seed."""
        card, pixels = self.model.card, self.characters.pixels[body]
        noise = character_noise(
            seed,
            len(card.views),
            (card.width_px, card.height_px),
            card.local_channels,
            card.style_channels,
        )
        archetype = np.zeros((1, len(card.families)), np.float32)
        archetype[0, self.characters.archetypes[body]] = 1
        controls = self.characters.controls[body].copy()
        controls[:_COLOURS] = self.characters.controls[look][:_COLOURS]
        return {
            "labels": pixels[:, [4, 8]].astype(np.int64)[None],
            "relief": pixels[:, 5:8].astype(np.float32)[None] / np.float32(127.5) - 1,
            "grain": noise["grain"],
            "local": noise["local"],
            "style": noise["style"] * np.float32(truncation),
            "archetype": archetype,
            "controls": controls[None],
        }

    def paint(
        self, bodies: Sequence[int], looks: Sequence[int], seeds: Sequence[int], truncation: float = 1.0
    ) -> Bytes:
        """uint8 (N, views, 4, H, W) as the job writes them in the network's own size."""
        run = painter_function(self.model.folder / self.model.card.file, "pictures")
        size_px = self.model.card.width_px, self.model.card.height_px
        made = []
        for body, look, seed in zip(bodies, looks, seeds, strict=True):
            (views,) = run(self.inputs(body, look, seed, truncation))
            made.append([cut_out(view, size_px).transpose(2, 0, 1) for view in views])
        return np.array(made)


def pictures_of(views: Bytes, archetypes: NDArray[np.int64]) -> Pictures:
    """One view of each character (N, 4, H, W) as pictures of 64 pixels on grey."""
    small = np.stack([small_picture(view) for view in views]).transpose(0, 3, 1, 2)
    return Pictures(torch.from_numpy(np.ascontiguousarray(small)), torch.from_numpy(archetypes))


def silhouettes(views: Bytes) -> NDArray[np.bool_]:
    """Where views (..., 4, H, W) are more solid than clear."""
    solid: NDArray[np.bool_] = views[..., 3, :, :] > 127
    return solid


def partners(characters: CharacterSet) -> list[tuple[int, int]]:
    """Each character with the next one of its archetype; archetypes with one character alone are left out."""
    pairs: list[tuple[int, int]] = []
    for index in np.unique(characters.archetypes):
        own = np.flatnonzero(characters.archetypes == index).tolist()
        if len(own) > 1:
            pairs += zip(own, [*own[1:], own[0]], strict=True)
    return pairs
