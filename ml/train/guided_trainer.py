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
from .pair import AdversarialPair

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


class GuidedTrainer(AdversarialPair):
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

        self.discriminator.requires_grad_(True)
        self._discriminator_optimiser.zero_grad(set_to_none=True)
        penalise = self.steps_done % loss.penalty_every_steps == 0
        real, fake = shown_real.clone(), shown_made.detach().clone()
        real.requires_grad_(penalise)
        fake.requires_grad_(penalise)
        real_logits = self.discriminator(real, shown_guide, family, batch.controls)
        fake_logits = self.discriminator(fake, shown_guide, family, batch.controls)
        discriminator_loss = functional.softplus(fake_logits - real_logits).mean()
        total = discriminator_loss
        if penalise:
            left = max(0.0, 1 - self.steps_done / max(loss.penalty_fade_steps, 1))
            gamma = loss.penalty * (loss.penalty_first / loss.penalty) ** left
            weight = 0.5 * gamma * loss.penalty_every_steps
            total = total + weight * (_penalty(real, real_logits) + _penalty(fake, fake_logits))
        torch.autograd.backward(total)
        self._discriminator_optimiser.step()

        # the generator's step needs the discriminator's gradient for pictures, not for weights: saves time
        self.discriminator.requires_grad_(False)
        self._generator_optimiser.zero_grad(set_to_none=True)
        with torch.no_grad():
            real_seen = self.discriminator.features(shown_real, shown_guide)
            real_logits = self.discriminator.judged(real_seen[-1], family, batch.controls)
        fake_seen = self.discriminator.features(shown_made, shown_guide)
        fake_logits = self.discriminator.judged(fake_seen[-1], family, batch.controls)
        generator_loss = functional.softplus(real_logits - fake_logits).mean()
        # how close one stands cannot be measured; the nine others can
        error = functional.smooth_l1_loss(measured_controls(made, guide), batch.controls[:, :9])
        total = generator_loss + loss.control * error
        match = loss.match * max(0.0, 1 - self.steps_done / max(loss.match_steps, 1))
        if match > 0:
            total = total + match * functional.l1_loss(_blurred(made), _blurred(batch.maps))
        if loss.features > 0 and self.steps_done >= loss.features_from_step:
            total = total + loss.features * _difference(real_seen, fake_seen)
        torch.autograd.backward(total)
        self._generator_optimiser.step()

        self._update_average()
        self.steps_done += 1
        return GuidedLosses(
            discriminator=float(discriminator_loss.detach()),
            generator=float(generator_loss.detach()),
            controls=float(error.detach()),
            margin=float((real_logits - fake_logits.detach()).mean()),
        )

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


def _difference(real: Sequence[Tensor], fake: Sequence[Tensor]) -> Tensor:
    """Mean over the layers of |fake - real| over |real|: no layer counts more because its numbers are larger."""
    shares = [(there - here).abs().mean() / here.abs().mean() for here, there in zip(real, fake, strict=True)]
    return torch.stack(shares).mean()


def _blurred(maps: Tensor) -> Tensor:
    return functional.avg_pool2d(maps, 4)


def _penalty(pictures: Tensor, logits: Tensor) -> Tensor:
    """Mean squared length of a patch's logit's gradient by its pixels."""
    (slopes,) = torch.autograd.grad(logits.sum(), pictures, create_graph=True)
    return slopes.square().sum((1, 2, 3)).mean() / logits[0].numel()
