"""What every adversarial training has: two networks, two optimisers, the average of the generator, one random stream.

``state`` and ``load_state`` hold everything that the next step depends on, so a resumed run continues bit for bit.
"""

import copy
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Protocol

import torch
from torch import nn

__all__ = ["AdversarialPair", "PairSettings"]


class PairSettings(Protocol):
    """What a recipe says about Adam and the average."""

    @property
    def learning_rate_generator(self) -> float: ...
    @property
    def learning_rate_discriminator(self) -> float: ...
    @property
    def decay_from_step(self) -> int: ...
    @property
    def beta1(self) -> float: ...
    @property
    def beta2(self) -> float: ...
    @property
    def ema_decay(self) -> float: ...


class AdversarialPair(ABC):
    """Takes initialised networks and the stream that initialised them; subclasses add recipe, data and step."""

    recipe: Any
    """With the sections ``net``, ``optimiser`` and ``run``."""

    def __init__(
        self, generator: nn.Module, discriminator: nn.Module, settings: PairSettings, rng: torch.Generator
    ) -> None:
        self.rng = rng
        self.steps_done = 0
        self.generator = generator
        self.discriminator = discriminator
        for network in (generator, discriminator):
            _channels_last(network)
        self.average = copy.deepcopy(generator).requires_grad_(False)
        self._settings = settings
        self._generator_optimiser = self._adam(generator, settings.learning_rate_generator)
        self._discriminator_optimiser = self._adam(discriminator, settings.learning_rate_discriminator)

    @property
    @abstractmethod
    def present(self) -> Sequence[int]:
        """Indices of the classes that have pictures."""

    @abstractmethod
    def step(self) -> Any:
        """One update of both networks; returns a NamedTuple of figures."""

    def state(self) -> dict[str, Any]:
        """Everything that the next step depends on, as tensors and plain values."""
        return {
            "steps": self.steps_done,
            "generator": self.generator.state_dict(),
            "discriminator": self.discriminator.state_dict(),
            "average": self.average.state_dict(),
            "generator_optimiser": self._generator_optimiser.state_dict(),
            "discriminator_optimiser": self._discriminator_optimiser.state_dict(),
            "rng": self.rng.get_state(),
        }

    def load_state(self, state: dict[str, Any]) -> None:
        """Continue from ``state``; the recipe's learning rates and betas win over the saved ones."""
        self.steps_done = state["steps"]
        self.generator.load_state_dict(state["generator"])
        self.discriminator.load_state_dict(state["discriminator"])
        self.average.load_state_dict(state["average"])
        for name in ("generator", "discriminator"):
            optimiser: torch.optim.Adam = getattr(self, f"_{name}_optimiser")
            wanted = [{key: group[key] for key in ("lr", "betas")} for group in optimiser.param_groups]
            optimiser.load_state_dict(state[f"{name}_optimiser"])
            for group, values in zip(optimiser.param_groups, wanted, strict=True):
                group.update(values)
        self.rng.set_state(state["rng"])

    def _set_learning_rates(self) -> None:
        """The recipe's rates, sinking evenly from its ``decay_from_step`` to nothing at the last step."""
        settings, last = self._settings, self.recipe.run.steps
        left = (last - self.steps_done) / max(1, last - settings.decay_from_step)
        for optimiser, rate in (
            (self._generator_optimiser, settings.learning_rate_generator),
            (self._discriminator_optimiser, settings.learning_rate_discriminator),
        ):
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, max(0.0, left))

    @torch.no_grad()
    def _update_average(self) -> None:
        # the average follows fast at first, so that the random start is soon forgotten
        decay = min(self._settings.ema_decay, (1 + self.steps_done) / (10 + self.steps_done))
        for mean, weight in zip(self.average.parameters(), self.generator.parameters(), strict=True):
            mean.lerp_(weight, 1 - decay)

    def _adam(self, network: nn.Module, learning_rate: float) -> torch.optim.Adam:
        betas = (self._settings.beta1, self._settings.beta2)
        return torch.optim.Adam(network.parameters(), learning_rate, betas=betas, fused=True)


def _channels_last(network: nn.Module) -> None:
    """Reorder the convolutions' weights in memory: a tenth faster on the CPU."""
    for parameter in network.parameters():
        if parameter.dim() == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
