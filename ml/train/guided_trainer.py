"""The texture studio's network under training: relativistic pairs, gradient penalties, controls that are obeyed.

``GuidedTrainer.step`` is the whole algorithm; ``state`` and ``load_state`` hold everything that the next step
depends on, so a resumed run continues bit for bit. No files, no clock, no printing.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from ..nets.guided import STRIDE, GuidedConfig, GuidedDiscriminator, GuidedGenerator, initialise_guided
from .guided_controls import measured_controls
from .guided_data import Batch, GuidedSampler, Render
from .guided_recipe import GuidedRecipe
from .relativistic import RelativisticPair, faded

__all__ = ["GuidedLosses", "GuidedTrainer", "guided_config"]


class GuidedLosses(NamedTuple):
    """Of one step."""

    discriminator: float
    generator: float
    controls: float
    """Mean error of the controls, in their own units (``ml.controls.SCALES``): squared where it is small."""
    margin: float
    """Mean logit of real pictures over that of the generated ones beside them."""


def guided_config(recipe: GuidedRecipe, families: int) -> GuidedConfig:
    """The networks that the recipe asks for."""
    return GuidedConfig(
        families=families,
        local_channels=recipe.net.local_channels,
        style_channels=recipe.net.style_channels,
        generator_channels=recipe.net.generator_channels,
        discriminator_channels=recipe.net.discriminator_channels,
    )


class GuidedTrainer(RelativisticPair):
    """Trains both networks, and keeps the average of the generator."""

    recipe: GuidedRecipe
    discriminator: GuidedDiscriminator

    def __init__(self, recipe: GuidedRecipe, renders: Sequence[Render], families: int) -> None:
        self.recipe = recipe
        self.config = guided_config(recipe, families)
        self.sampler = GuidedSampler(renders, recipe.data)
        rng = torch.Generator().manual_seed(recipe.optimiser.seed)
        generator, discriminator = GuidedGenerator(self.config), GuidedDiscriminator(self.config)
        initialise_guided(generator, rng)
        initialise_guided(discriminator, rng)
        super().__init__(generator, discriminator, recipe.optimiser, rng)

    @property
    def present(self) -> list[int]:
        """Indices of the families that have renders."""
        return self.sampler.present

    def step(self) -> GuidedLosses:
        """One update of the discriminator and one of the generator on a fresh batch."""
        self._set_learning_rates()
        loss = self.recipe.loss
        batch = self.sampler.draw(self.recipe.optimiser.batch, self.rng)
        family = functional.one_hot(batch.families, self.config.families).float()
        guide = self.without_halo(batch.around)
        made = self.without_halo(self.generator(*self.inputs(batch, self.rng)))
        shown_real, shown_made, shown_guide = self._cut_out(batch.maps, made, guide)
        # how close one stands cannot be measured; the nine others can
        error = functional.smooth_l1_loss(measured_controls(made, guide), batch.controls[:, :9])
        match = faded(loss.match, loss.match_steps, self.steps_done)

        def added() -> Tensor:
            total = loss.control * error
            if match > 0:
                total = total + match * functional.l1_loss(_blurred(made), _blurred(batch.maps))
            return total

        paired = self.update_both(shown_real, shown_made, (shown_guide, family, batch.controls), added)
        self._update_average()
        self.steps_done += 1
        return GuidedLosses(
            discriminator=paired.discriminator,
            generator=paired.generator,
            controls=float(error.detach()),
            margin=paired.margin,
        )

    def seen_and_judged(self, pictures: Tensor, told: tuple[Tensor, ...]) -> tuple[Sequence[Tensor], Tensor]:
        """told: guide, family, controls."""
        guide, family, controls = told
        seen = self.discriminator.features(pictures, guide)
        return seen, self.discriminator.judged(seen[-1], family, controls)

    def inputs(self, batch: Batch, rng: torch.Generator) -> tuple[Tensor, ...]:
        """What the generator is given for this batch, with fresh noise."""
        count, _, height, width = batch.around.shape
        cells = (height // STRIDE, width // STRIDE)
        return (
            batch.around,
            torch.randn(count, 1, height, width, generator=rng),
            torch.randn(count, self.config.local_channels, *cells, generator=rng),
            torch.randn(count, self.config.style_channels, generator=rng),
            functional.one_hot(batch.families, self.config.families).float(),
            batch.controls,
        )

    def state(self) -> dict[str, Any]:
        """As the pair's, with the families whose turn is still to come."""
        return {**super().state(), "order": self.sampler.state()}

    def load_state(self, state: dict[str, Any]) -> None:
        """Continue from ``state``."""
        super().load_state(state)
        self.sampler.load_state(state["order"])

    def without_halo(self, maps: Tensor) -> Tensor:
        """(B, C, crop, crop): the middle that the discriminator sees."""
        halo, crop = self.recipe.data.halo_px, self.recipe.data.crop_px
        return maps[:, :, halo : halo + crop, halo : halo + crop]

    def _cut_out(self, real: Tensor, made: Tensor, guide: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """All three with the same rectangle of each picture grey, in some of the pictures."""
        count, _, height, width = real.shape
        keep = torch.ones(count, 1, height, width)
        for index in range(count):
            if float(torch.rand(1, generator=self.rng)) < self.recipe.loss.cutout:
                row, column = (int(torch.randint(side, (1,), generator=self.rng)) for side in (height, width))
                rows = slice(max(0, row - height // 4), row + height // 4)
                columns = slice(max(0, column - width // 4), column + width // 4)
                keep[index, :, rows, columns] = 0
        return 0.5 + (real - 0.5) * keep, 0.5 + (made - 0.5) * keep, 0.5 + (guide - 0.5) * keep


def _blurred(maps: Tensor) -> Tensor:
    return functional.avg_pool2d(maps, 4)
