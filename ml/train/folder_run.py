"""A run that makes the shipped network of the texture studio paint one more material: that of a folder.

The generator begins with the shipped weights, read back from the ONNX file; the discriminator begins anew, since it
does not ship. Progress goes into a file, and a file asks for an early end (``folder_progress.py``).
"""

import csv
import io
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..families import FAMILY_INDEX
from ..materials.drawing import GuideWish
from ..materials.own_family import NOISE, OwnLayouts, draw_own_guide
from ..own_families import own_family_id
from .checkpoint import CheckpointError
from .folder_data import FolderData
from .folder_guide import GUIDE_PX
from .folder_progress import FolderProgress, ProgressFile, State, take_ask
from .guided import GuidedRun
from .guided_data import Batch
from .guided_recipe import GuidedRecipe
from .guided_trainer import GuidedLosses, GuidedTrainer
from .sheets import to_bytes

__all__ = ["FolderRun", "FolderTrainer", "starting_weights", "with_steps"]

Floats = NDArray[np.float32]

_COLUMNS = 4


def with_steps(recipe: GuidedRecipe, steps: int, turn: bool) -> GuidedRecipe:
    """The recipe for another number of steps, its stages moved along. Raises ValueError for less than 10."""
    if steps < 10:
        raise ValueError(f"{steps} steps teach nothing; 10 are the least, {recipe.run.steps} the usual")
    share = steps / recipe.run.steps
    return replace(
        recipe,
        data=replace(recipe.data, turn=turn),
        loss=replace(
            recipe.loss,
            penalty_fade_steps=round(recipe.loss.penalty_fade_steps * share),
            match_steps=round(recipe.loss.match_steps * share),
            features_from_step=round(recipe.loss.features_from_step * share),
        ),
        optimiser=replace(recipe.optimiser, decay_from_step=round(recipe.optimiser.decay_from_step * share)),
        run=replace(recipe.run, steps=steps),
    )


def starting_weights(shipped: Mapping[str, Floats], layout: str) -> dict[str, Floats]:
    """The shipped generator's weights for one family alone.

    It begins as the family whose layouts it is painted on, or as the mean of all where that is none.
    """
    weights = dict(shipped)
    embed = shipped["embed.weight"]  # (64, families)
    place = FAMILY_INDEX.get(layout)
    column = embed.mean(1, keepdims=True) if place is None else embed[:, place : place + 1]
    weights["embed.weight"] = np.ascontiguousarray(column)
    return weights


class FolderTrainer(GuidedTrainer):
    """Goes on from the shipped generator."""

    def __init__(self, recipe: GuidedRecipe, data: FolderData, weights: Mapping[str, Floats]) -> None:
        """Raises CheckpointError when the weights do not fit the recipe's widths."""
        super().__init__(recipe, data.renders, families=1)
        tensors = {name: torch.from_numpy(values) for name, values in weights.items()}
        for network in (self.generator, self.average):
            try:
                network.load_state_dict(tensors)
            except RuntimeError as error:
                raise CheckpointError(
                    f"the shipped network does not fit the recipe: {str(error)[:300]}"
                ) from None


class FolderRun(GuidedRun):
    """A run of a user's family."""

    kind = "folder"

    def __init__(
        self, trainer: FolderTrainer, layouts: OwnLayouts, pictures: int, out: Path, notes: tuple[str, ...]
    ) -> None:
        super().__init__(trainer, (own_family_id(layouts.label),), pictures, out)
        self.layouts = layouts
        self.finish = False
        """True once it was asked to end and to make the family of what it has learned so far."""
        self._pause = False
        self._notes = notes
        self.minutes = 0.0
        """Of training, at the last checkpoint."""
        self._file = ProgressFile(out)
        self._sheet = ""
        self._clock = _Clock(time.monotonic)

    @property
    def asked_to_end(self) -> bool:
        """True when the file ``ask`` says so."""
        word = take_ask(self.out)
        self.finish = self.finish or word == "finish"
        self._pause = self._pause or word == "pause"
        return self.finish or self._pause

    def step(self) -> str:
        """As every run's, and tell where it is."""
        words = super().step()
        left = self._clock.minutes_left(self.steps_done, self.settings.steps)
        self.tell("training", figures=words, minutes_left=left)
        return words

    def tell(
        self, state: State, *, figures: str = "", message: str = "", minutes_left: float | None = None
    ) -> None:
        """Write the progress file."""
        steps = self.settings.steps
        progress = FolderProgress(
            state,
            self.names[0],
            self.steps_done,
            steps,
            minutes_left,
            figures,
            self._sheet,
            message,
            self._notes,
        )
        self._file.write(progress)

    def save(self, seconds_now: float) -> None:
        """As every run's; remembers how long it took in all."""
        super().save(seconds_now)
        self.minutes = (self.seconds + seconds_now) / 60

    def save_losses(self) -> None:
        """As a table: to draw it would need a package more."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("step", *GuidedLosses._fields))
        writer.writerows((step, *map("{:.5g}".format, row)) for step, row in enumerate(self.history, start=1))
        (self.out / "losses.csv").write_text(text.getvalue(), encoding="utf-8")

    def save_sample_sheet(self) -> None:
        """As every run's; the newest one is named in the progress file."""
        super().save_sample_sheet()
        self._sheet = str((self.out / "sheets" / f"step_{self.steps_done:06d}.png").resolve())

    def sample_rows(self) -> Tensor:
        """Pictures of the folder, the same painted on their own guides, their heights, and paintings on new layouts."""
        rng = torch.Generator().manual_seed(7)
        batch = self.trainer.sampler.take([0] * _COLUMNS, rng)
        made = self._painted(batch, rng)
        rows = [batch.maps[:, :3], made[:, :3], made[:, 3:4].expand(-1, 3, -1, -1)]
        wanted = dict.fromkeys((self.layouts.usual, NOISE))
        rows += [self._painted(self._on_layout(batch, layout), rng)[:, :3] for layout in wanted]
        return torch.stack([to_bytes(row * 2 - 1) for row in rows])

    @property
    def sheet_labels(self) -> list[str]:
        """A word for each row of the sheet."""
        wanted = dict.fromkeys((self.layouts.usual, NOISE))
        return ["from the folder", "painted", "its height", *(f"on {layout}" for layout in wanted)]

    def _painted(self, batch: Batch, rng: torch.Generator) -> Tensor:
        made: Tensor = self.trainer.average(*self.trainer.inputs(batch, rng))
        return self.trainer.without_halo(made)

    def _on_layout(self, batch: Batch, layout: str) -> Batch:
        """The same looks on drawn layouts, as large as the pictures' own guides."""
        side = batch.around.shape[-1]
        guides = []
        for seed in range(len(batch.around)):
            wish = GuideWish(self.names[0], seed, {}, {"family": layout}, None, None)
            drawn = torch.from_numpy(draw_own_guide(wish, self.layouts, GUIDE_PX).guide).permute(2, 0, 1)
            around = drawn.repeat(1, -(-side // GUIDE_PX), -(-side // GUIDE_PX))[:, :side, :side]
            guides.append(around)
        return batch._replace(around=torch.stack(guides))


class _Clock:
    """How long the rest takes, from the steps of this call."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._first: tuple[int, float] | None = None

    def minutes_left(self, step: int, steps: int) -> float | None:
        """None as long as nothing is known of the speed."""
        if self._first is None:
            self._first = step, self._now()
            return None
        first, since = self._first
        return (self._now() - since) / (step - first) * (steps - step) / 60 if step > first else None
