"""The portraits' network under training: as the characters', with looks told to each level. No files, no clock."""

import torch
from torch import Tensor, nn

from ..characters.portraits import COLOUR_CONTROLS, PORTRAIT_CONTROL_CHANNELS
from ..nets.characters import CharacterDiscriminator
from ..nets.portrait import STYLED_LEVELS, PortraitConfig, PortraitGenerator
from .character_data import CharacterBatch
from .character_trainer import CharacterTrainer, config_numbers
from .portrait_recipe import PortraitRecipe

__all__ = ["PortraitTrainer", "portrait_config"]


def portrait_config(recipe: PortraitRecipe) -> PortraitConfig:
    """The networks that the recipe asks for."""
    return PortraitConfig(
        **config_numbers(recipe),
        control_channels=PORTRAIT_CONTROL_CHANNELS,
        side_px=recipe.net.height_px,
        mapping_layers=recipe.net.mapping_layers,
    )


class PortraitTrainer(CharacterTrainer):
    """Trains both networks, and keeps the average of the generator."""

    recipe: PortraitRecipe

    def networks(self) -> tuple[nn.Module, CharacterDiscriminator]:
        """Both of them, not yet initialised; ``config`` is set beside."""
        config = portrait_config(self.recipe)
        self.config = config
        return PortraitGenerator(config), CharacterDiscriminator(config)

    def inputs(self, batch: CharacterBatch, rng: torch.Generator) -> tuple[Tensor, ...]:
        """What the generator is given for this batch, with fresh noise; a share of it with looks that are mixed."""
        labels, relief, grain, local, style, kinds, own = super().inputs(batch, rng)
        count, coarse = len(own), self.recipe.net.coarse_levels
        mixed = torch.rand(count, 1, generator=rng) < self.recipe.data.mixing
        others = torch.where(mixed, own.roll(1, 0), own)
        # coarse levels are told their own face in another's colours, fine ones the other way round
        forming = torch.cat([others[:, :COLOUR_CONTROLS], own[:, COLOUR_CONTROLS:]], dim=1)
        colouring = torch.cat([own[:, :COLOUR_CONTROLS], others[:, COLOUR_CONTROLS:]], dim=1)
        other_style = torch.where(mixed, torch.randn(style.shape, generator=rng), style)
        return (
            labels,
            relief,
            grain,
            local,
            _by_levels(other_style, style, coarse),
            kinds,
            _by_levels(forming, colouring, coarse),
            torch.ones(count, 1),
        )


def _by_levels(coarse: Tensor, fine: Tensor, levels: int) -> Tensor:
    """(B, STYLED_LEVELS, C): the first (B, C) for so many levels, the second for the others."""
    return torch.stack([coarse] * levels + [fine] * (STYLED_LEVELS - levels), dim=1)
