"""The characters' enlarger under training: pieces of large renders, made small, and the network that undoes it.

Errors are those of the colours as they lie on black, on white and on grey: an edge that is right on all three has no
halo on anything. No files, no clock, no printing.
"""

import copy
import math
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ..nets.enlarger import CleanCutouts, Enlarger
from .enlarger_data import CropSampler, LargeViews, degraded, reduced, weighed
from .enlarger_recipe import EnlargerRecipe

__all__ = ["GROUNDS", "EnlargerLosses", "EnlargerTrainer", "decibels", "laid_on"]

GROUNDS = (0.0, 0.5, 1.0)
"""Black, grey, white."""
JUDGED_VIEWS = 12


class EnlargerLosses(NamedTuple):
    """Of one step."""

    colours: float
    """Mean absolute error on all grounds, of 1."""
    alpha: float
    psnr: float
    """The last one on held-out views that were only made smaller, in decibels; 0 before the first."""


class EnlargerTrainer:
    """Takes views to train on and others to be judged on."""

    def __init__(self, recipe: EnlargerRecipe, train: LargeViews, held_out: LargeViews) -> None:
        self.recipe = recipe
        self.present: tuple[int, ...] = ()
        self.steps_done = 0
        self.rng = torch.Generator().manual_seed(recipe.optimiser.seed)
        torch.manual_seed(recipe.optimiser.seed)
        self.network = Enlarger(recipe.net)
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        self._optimiser = torch.optim.Adam(self.network.parameters(), recipe.optimiser.learning_rate)
        self._sampler = CropSampler(train, recipe.data.crop_px, recipe.net.factor)
        # evenly chosen, so that every archetype has a say
        chosen = torch.linspace(0, len(held_out.pixels) - 1, min(JUDGED_VIEWS, len(held_out.pixels)))
        self.judged = [weighed(held_out.pixels[place]) for place in chosen.round().long().tolist()]
        """Held-out views, each (4, H, W), weighed."""
        self._psnr = 0.0

    def step(self) -> EnlargerLosses:
        """One update."""
        settings, factor = self.recipe.optimiser, self.recipe.net.factor
        large = self._sampler.draw(settings.batch, self.rng)
        small = degraded(reduced(large, factor), self.recipe.data, self.rng)
        self._set_learning_rate()
        made = self.network(small)
        colours = torch.stack([(laid_on(made, g) - laid_on(large, g)).abs().mean() for g in GROUNDS]).mean()
        alpha = (made[:, 3] - large[:, 3]).abs().mean()
        self._optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(colours + self.recipe.loss.alpha * alpha)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimiser.step()
        self._update_average()
        self.steps_done += 1
        return EnlargerLosses(float(colours.detach()), float(alpha.detach()), self._psnr)

    @property
    def shipped(self) -> Enlarger:
        """The weights that would be shipped now."""
        return self.average if self.recipe.run.export_average else self.network

    @torch.no_grad()
    def judge(self) -> float:
        """Mean PSNR of held-out views that were only made smaller, in decibels."""
        enlarge = CleanCutouts(self.shipped)
        factor = self.recipe.net.factor
        values = [decibels(enlarge(reduced(view[None], factor))[0], view) for view in self.judged]
        self._psnr = sum(values) / len(values)
        return self._psnr

    def state(self) -> dict[str, Any]:
        """Everything that the next step depends on, as tensors and plain values."""
        return {
            "steps": self.steps_done,
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "psnr": self._psnr,
            "rng": self.rng.get_state(),
        }

    def load_state(self, state: dict[str, Any]) -> None:
        """Continue from ``state``."""
        self.steps_done, self._psnr = state["steps"], state["psnr"]
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.rng.set_state(state["rng"])

    def _set_learning_rate(self) -> None:
        settings, last = self.recipe.optimiser, self.recipe.run.steps
        risen = min(1.0, (self.steps_done + 1) / max(settings.warmup_steps, 1))
        sunk = 0.5 * (1 + math.cos(math.pi * min(1.0, self.steps_done / last)))
        for group in self._optimiser.param_groups:
            group["lr"] = settings.learning_rate * risen * sunk

    @torch.no_grad()
    def _update_average(self) -> None:
        # the average follows fast at first, so that the start is soon forgotten
        decay = min(self.recipe.optimiser.ema_decay, (1 + self.steps_done) / (10 + self.steps_done))
        for mean, weight in zip(self.average.parameters(), self.network.parameters(), strict=True):
            mean.lerp_(weight, 1 - decay)


def laid_on(weighed_pictures: Tensor, ground: float) -> Tensor:
    """Weighed RGBA (..., 4, H, W) as RGB (..., 3, H, W) on a ground of that brightness."""
    alpha = weighed_pictures[..., 3:, :, :]
    return weighed_pictures[..., :3, :, :] + (1 - alpha) * ground


def decibels(made: Tensor, real: Tensor) -> float:
    """PSNR of the weighed colours (4, H, W), over the box that the real figure fills."""
    rows, columns = ((real[3] > 0).any(axis).nonzero()[:, 0] for axis in (1, 0))
    box = (slice(3), slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1))
    return -10 * math.log10(max(float((made[box] - real[box]).square().mean()), 1e-10))
