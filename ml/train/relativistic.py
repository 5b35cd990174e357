"""The update of both networks that guided trainings share: relativistic pairs with gradient penalties (R3GAN, arXiv
2501.05441), and the difference of what the discriminator sees (pix2pixHD, arXiv 1711.11585).
"""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from .guided_recipe import GuidedLossRecipe
from .pair import AdversarialPair

__all__ = ["Paired", "RelativisticPair", "faded"]


class Paired(NamedTuple):
    """Losses of one update."""

    discriminator: float
    generator: float
    margin: float
    """Mean logit of real pictures over that of the generated ones beside them."""


class RelativisticPair(AdversarialPair):
    """Pairs each generated picture with the real one whose guide and conditions it was made of."""

    @abstractmethod
    def seen_and_judged(self, pictures: Tensor, told: tuple[Tensor, ...]) -> tuple[Sequence[Tensor], Tensor]:
        """What each layer of the discriminator sees in pictures, and its logits."""

    def update_both(
        self, real: Tensor, made: Tensor, told: tuple[Tensor, ...], added: Callable[[], Tensor]
    ) -> Paired:
        """One update of the discriminator and one of the generator.

        real, made: (B, ...) pictures as the discriminator is shown them; told: what belongs to both; added: the
        generator's further loss, computed when the discriminator is done.
        """
        loss: GuidedLossRecipe = self.recipe.loss
        discriminator_loss = self._update_discriminator(real, made, told)
        # the generator's step needs the discriminator's gradient for pictures, not for weights: saves time
        self.discriminator.requires_grad_(False)
        self._generator_optimiser.zero_grad(set_to_none=True)
        with torch.no_grad():
            real_seen, real_logits = self.seen_and_judged(real, told)
        fake_seen, fake_logits = self.seen_and_judged(made, told)
        generator_loss = functional.softplus(real_logits - fake_logits).mean()
        total = generator_loss + added()
        if loss.features > 0 and self.steps_done >= loss.features_from_step:
            total = total + loss.features * _difference(real_seen, fake_seen)
        torch.autograd.backward(total)
        self._generator_optimiser.step()
        return Paired(
            discriminator=float(discriminator_loss.detach()),
            generator=float(generator_loss.detach()),
            margin=float((real_logits - fake_logits.detach()).mean()),
        )

    def _update_discriminator(
        self, shown_real: Tensor, shown_made: Tensor, told: tuple[Tensor, ...]
    ) -> Tensor:
        loss: GuidedLossRecipe = self.recipe.loss
        self.discriminator.requires_grad_(True)
        self._discriminator_optimiser.zero_grad(set_to_none=True)
        penalise = self.steps_done % loss.penalty_every_steps == 0
        real, fake = shown_real.detach().clone(), shown_made.detach().clone()
        real.requires_grad_(penalise)
        fake.requires_grad_(penalise)
        real_logits = self.seen_and_judged(real, told)[1]
        fake_logits = self.seen_and_judged(fake, told)[1]
        discriminator_loss = functional.softplus(fake_logits - real_logits).mean()
        total = discriminator_loss
        if penalise:
            left = faded(1.0, loss.penalty_fade_steps, self.steps_done)
            gamma = loss.penalty * (loss.penalty_first / loss.penalty) ** left
            weight = 0.5 * gamma * loss.penalty_every_steps
            total = total + weight * (_penalty(real, real_logits) + _penalty(fake, fake_logits))
        torch.autograd.backward(total)
        self._discriminator_optimiser.step()
        return discriminator_loss


def faded(weight: float, steps: int, steps_done: int) -> float:
    """The weight, which sinks evenly to nothing in so many steps."""
    return weight * max(0.0, 1 - steps_done / max(steps, 1))


def _difference(real: Sequence[Tensor], fake: Sequence[Tensor]) -> Tensor:
    """Mean over the layers of |fake - real| over |real|: no layer counts more because its numbers are larger."""
    shares = [(there - here).abs().mean() / here.abs().mean() for here, there in zip(real, fake, strict=True)]
    return torch.stack(shares).mean()


def _penalty(pictures: Tensor, logits: Tensor) -> Tensor:
    """Mean squared length of a patch's logit's gradient by its pixels."""
    (slopes,) = torch.autograd.grad(logits.sum(), pictures, create_graph=True)
    return slopes.square().flatten(1).sum(1).mean() / logits[0].numel()
