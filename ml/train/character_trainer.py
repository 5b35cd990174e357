"""The characters' network under training: all views at once, each surface in the colour that it was told.

The losses are the texture studio's (``relativistic.py``). Pictures are compared as they lie on mid grey, beside their
alpha, so that nothing is learnt of colours that nobody sees. No files, no clock, no printing.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from ..characters.archetypes import ARCHETYPES
from ..characters.network_inputs import CELL_PX, CONTROL_CHANNELS, LABELS
from ..nets.characters import CharacterConfig, CharacterDiscriminator, CharacterGenerator
from ..nets.guided import initialise_guided
from .character_augment import moved, shown
from .character_data import CharacterBatch, CharacterSampler, CharacterSet
from .character_recipe import CharacterRecipe
from .relativistic import RelativisticPair, faded

__all__ = ["CharacterLosses", "CharacterTrainer", "character_config", "config_numbers"]

SMALLEST_SURFACE_PX = 12
"""A surface that covers less, in all views together, has no colour of its own."""
COLOUR_SCALE = 0.1
"""Errors of colours count in this unit, of 1."""


class CharacterLosses(NamedTuple):
    """Of one step."""

    discriminator: float
    generator: float
    colours: float
    """Mean difference of the surfaces' colours from the render's, 1 from black to white."""
    margin: float
    """Mean logit of real pictures over that of the generated ones beside them."""


def character_config(recipe: CharacterRecipe) -> CharacterConfig:
    """The networks that the recipe asks for."""
    return CharacterConfig(**config_numbers(recipe), control_channels=CONTROL_CHANNELS)


def config_numbers(recipe: CharacterRecipe) -> dict[str, Any]:
    """What the configurations of all networks that paint views have in common."""
    net = recipe.net
    return {
        "archetypes": len(ARCHETYPES),
        "views": len(net.views),
        "parts": LABELS[0],
        "surfaces": LABELS[1],
        "label_channels": net.label_channels,
        "local_channels": net.local_channels,
        "style_channels": net.style_channels,
        "generator_channels": net.generator_channels,
        "discriminator_channels": net.discriminator_channels,
    }


class CharacterTrainer(RelativisticPair):
    """Trains both networks, and keeps the average of the generator."""

    recipe: CharacterRecipe
    discriminator: CharacterDiscriminator
    config: CharacterConfig

    def __init__(self, recipe: CharacterRecipe, characters: CharacterSet) -> None:
        self.recipe = recipe
        self.sampler = CharacterSampler(characters)
        rng = torch.Generator().manual_seed(recipe.optimiser.seed)
        generator, discriminator = self.networks()
        for network in (generator, discriminator):
            initialise_guided(network, rng)
            initialise_codes(network, rng)
        super().__init__(generator, discriminator, recipe.optimiser, rng)

    def networks(self) -> tuple[torch.nn.Module, CharacterDiscriminator]:
        """Both of them, not yet initialised; ``config`` is set beside."""
        self.config = character_config(self.recipe)
        return CharacterGenerator(self.config), CharacterDiscriminator(self.config)

    @property
    def present(self) -> list[int]:
        """Indices of the archetypes that have characters."""
        return self.sampler.present

    def step(self) -> CharacterLosses:
        """One update of the discriminator and one of the generator on a fresh batch."""
        self._set_learning_rates()
        loss = self.recipe.loss
        batch = self.sampler.draw(self.recipe.optimiser.batch, self.rng)
        inputs = self.inputs(batch, self.rng)
        real, made = shown(batch.pictures), shown(self.generator(*inputs))
        error = colour_error(real, made, batch.labels[:, :, 1], self.config.surfaces)
        match = faded(loss.match, loss.match_steps, self.steps_done)
        pixels = loss.pixels if self.steps_done >= loss.pixels_from_step else 0.0

        def added() -> Tensor:
            total = made.new_zeros(())
            if loss.control > 0:
                scaled = error / COLOUR_SCALE
                total = total + loss.control * functional.smooth_l1_loss(scaled, torch.zeros_like(scaled))
            if match > 0:
                total = total + match * functional.l1_loss(_blurred(made), _blurred(real))
            if pixels > 0:
                total = total + pixels * functional.l1_loss(made, real)
            return total

        guide = (batch.labels, batch.relief)
        seen_real, seen_made, guide = moved(real, made, guide, self.recipe.data, loss.cutout, self.rng)
        told = (*guide, self._kinds(batch), batch.controls)
        paired = self.update_both(seen_real, seen_made, told, added)
        self._update_average()
        self.steps_done += 1
        return CharacterLosses(
            discriminator=paired.discriminator,
            generator=paired.generator,
            colours=float(error.detach().abs().mean()) if len(error) else 0.0,
            margin=paired.margin,
        )

    def seen_and_judged(self, pictures: Tensor, told: tuple[Tensor, ...]) -> tuple[Sequence[Tensor], Tensor]:
        """told: labels, relief, archetype, controls."""
        labels, relief, archetype, controls = told
        return self.discriminator.seen_and_judged(pictures, labels, relief, archetype, controls)

    def inputs(self, batch: CharacterBatch, rng: torch.Generator) -> tuple[Tensor, ...]:
        """What the generator is given for this batch, with fresh noise."""
        count, views, _, height, width = batch.pictures.shape
        painting = self.config.painting
        cells = (height // CELL_PX, width // CELL_PX)
        return (
            batch.labels,
            batch.relief,
            torch.randn(count, views, 1, height, width, generator=rng),
            torch.randn(count, views, painting.local_channels, *cells, generator=rng),
            torch.randn(count, painting.style_channels, generator=rng),
            self._kinds(batch),
            batch.controls,
        )

    def _kinds(self, batch: CharacterBatch) -> Tensor:
        return functional.one_hot(batch.archetypes, self.config.archetypes).float()

    def begin_with(self, state: dict[str, Any]) -> None:
        """Take the weights of ``state`` and nothing else: a new run that starts from what another one learned."""
        self.generator.load_state_dict(state["average"])
        self.average.load_state_dict(state["average"])
        self.discriminator.load_state_dict(state["discriminator"])

    def state(self) -> dict[str, Any]:
        """As the pair's, with the archetypes whose turn is still to come."""
        return {**super().state(), "order": self.sampler.state()}

    def load_state(self, state: dict[str, Any]) -> None:
        """Continue from ``state``."""
        super().load_state(state)
        self.sampler.load_state(state["order"])


def initialise_codes(network: torch.nn.Module, rng: torch.Generator) -> None:
    """Draws what ``initialise_guided`` leaves to torch's own stream: embeddings, and what rows tell each other."""
    for name, module in network.named_modules():
        if isinstance(module, torch.nn.Embedding):
            # places of views start alike; codes apart
            torch.nn.init.normal_(module.weight, 0.0, 0.1 if name == "place" else 1.0, generator=rng)
        elif isinstance(module, torch.nn.Conv1d):
            # rows begin with little to say, so that views are first painted for themselves
            torch.nn.init.normal_(module.weight, 0.0, 0.3 / module.weight[0].numel() ** 0.5, generator=rng)
            assert module.bias is not None
            torch.nn.init.zeros_(module.bias)


def colour_error(real: Tensor, made: Tensor, surface: Tensor, surfaces: int) -> Tensor:
    """(K, 3): of every surface of every character that is large enough, its mean colour in made less that in real.

    real and made (B, views, 4, H, W), surface int64 (B, views, H, W).
    """
    count = len(surface)
    offset = torch.arange(count)[:, None, None, None] * (surfaces + 1)
    place = (surface + offset).flatten()
    sizes = torch.bincount(place, minlength=count * (surfaces + 1))
    difference = (made - real)[:, :, :3].permute(0, 1, 3, 4, 2).reshape(-1, 3)
    sums = torch.zeros(len(sizes), 3).index_add(0, place, difference)
    large = sizes >= SMALLEST_SURFACE_PX
    large[:: surfaces + 1] = False  # nothing is no surface
    return sums[large] / sizes[large][:, None]


def _blurred(pictures: Tensor) -> Tensor:
    return functional.avg_pool2d(pictures.flatten(0, 1), 4)
