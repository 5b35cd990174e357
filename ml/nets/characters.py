"""The characters' networks: the texture studio's, for several views of one figure that have to agree.

Descendants of the guided networks in ``guided.py``. What differs, and why:

- All views go through the same weights, each with its own guide; one style, one archetype and one set of colours
  make them one character.
- Views tell each other what is at which height: without perspective, what one view shows in a row of pixels the
  others show in the same row. After each level the mean and the greatest of every row is brought to the other views.
- Parts and surfaces enter as learnt codes, since their numbers have no order, and each surface in the colour that
  the controls give it: a layout of colours is painted far sooner than one that has to be imagined of numbers.
- Pictures are RGBA; their borders are empty, so that it does no harm that everything is circular.

This module holds no losses, no optimisers and no file access.
"""

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional

from .guided import LEVELS, GuidedConfig, GuidedDiscriminator, GuidedGenerator

__all__ = ["CharacterConfig", "CharacterDiscriminator", "CharacterGenerator", "LabelCodes", "RowsShared"]

_RELIEF_CHANNELS = 3
"""Depth, facing right, facing up."""
_COLOUR_CHANNELS = 3


@dataclass(frozen=True, slots=True)
class CharacterConfig:
    """Widths and numbers of channels of both networks."""

    archetypes: int
    views: int = 2
    parts: int = 17
    """Beside "nothing"."""
    surfaces: int = 22
    label_channels: int = 4
    """Of a part's code, and of a surface's."""
    control_channels: int = 69
    """Red, green and blue of each surface, -1 to 1, and then one number for each build."""
    local_channels: int = 8
    style_channels: int = 32
    generator_channels: tuple[int, ...] = (256, 160, 96, 48, 28)
    discriminator_channels: tuple[int, ...] = (48, 96, 160, 256)
    painting: GuidedConfig = field(init=False)
    """What the guided networks make of it."""

    def __post_init__(self) -> None:
        if min(self.views, self.parts, self.surfaces, self.label_channels) < 1:
            raise ValueError("a character needs at least one view, part, surface and channel for them")
        if self.control_channels < _COLOUR_CHANNELS * self.surfaces:
            raise ValueError("controls begin with three numbers for each surface")
        painting = GuidedConfig(
            self.archetypes,
            guide_channels=2 * self.label_channels + _RELIEF_CHANNELS + _COLOUR_CHANNELS,
            local_channels=self.local_channels,
            style_channels=self.style_channels,
            control_channels=self.control_channels,
            map_channels=4,
            generator_channels=self.generator_channels,
            discriminator_channels=self.discriminator_channels,
        )
        object.__setattr__(self, "painting", painting)


class CharacterGenerator(GuidedGenerator):
    """Guides, noise and conditions to all views of one character; see ``forward``."""

    def __init__(self, config: CharacterConfig) -> None:
        super().__init__(config.painting)
        self.views = config.views
        self.codes = LabelCodes(config)
        self.place = nn.Embedding(config.views, config.painting.condition_channels)
        self.rows = nn.ModuleList(
            RowsShared(width, config.views) for width in config.generator_channels[:LEVELS]
        )

    def forward(  # type: ignore[override]
        self,
        labels: Tensor,
        relief: Tensor,
        grain: Tensor,
        local: Tensor,
        style: Tensor,
        archetype: Tensor,
        controls: Tensor,
    ) -> Tensor:
        """RGBA (B, views, 4, H, W), 0 to 1, straight alpha.

        labels (B, views, 2, H, W), int64: part and surface, as a guide's; relief (B, views, 3, H, W): depth, facing
        right and facing up, -1 to 1; grain (B, views, 1, H, W), local (B, views, local_channels, H / 16, W / 16) and
        style (B, style_channels), standard normal; archetype (B, archetypes), weights that sum to 1; controls
        (B, control_channels). H and W are multiples of 16.
        """
        conditions = self.mapping(torch.cat([self.embed(archetype), style, controls], dim=1))
        conditions = (conditions[:, None] + self.place.weight[None]).flatten(0, 1)
        guide = self.codes(labels, relief, controls)
        painted = self.painted(guide, grain.flatten(0, 1), local.flatten(0, 1), conditions)
        return _by_figure(painted, self.views)

    def exchanged(self, maps: Tensor, level: int) -> Tensor:
        """Rows are shared at every level but the last, which has the picture's own size."""
        shared: Tensor = self.rows[level](maps) if level < LEVELS else maps
        return shared


class CharacterDiscriminator(GuidedDiscriminator):
    """All views with their guides and conditions to a logit per patch; positive means "from the data"."""

    def __init__(self, config: CharacterConfig) -> None:
        super().__init__(config.painting)
        self.views = config.views
        self.codes = LabelCodes(config)
        widths = (*config.discriminator_channels, config.discriminator_channels[-1])
        self.rows = nn.ModuleList(RowsShared(width, config.views) for width in widths)

    def forward(  # type: ignore[override]
        self, pictures: Tensor, labels: Tensor, relief: Tensor, archetype: Tensor, controls: Tensor
    ) -> Tensor:
        """Logits (B, views, H / 16, W / 16). pictures (B, views, 4, H, W), 0 to 1; see the generator's ``forward``."""
        return self.seen_and_judged(pictures, labels, relief, archetype, controls)[1]

    def seen_and_judged(
        self, pictures: Tensor, labels: Tensor, relief: Tensor, archetype: Tensor, controls: Tensor
    ) -> tuple[list[Tensor], Tensor]:
        """What each layer sees, (B * views, C, h, w), and ``forward``'s logits."""
        guide = self.codes(labels, relief, controls)
        features = self.features(pictures.flatten(0, 1), guide)
        conditions = (each.repeat_interleave(self.views, dim=0) for each in (archetype, controls))
        return features, _by_figure(self.judged(features[-1], *conditions), self.views)

    def exchanged(self, maps: Tensor, level: int) -> Tensor:
        """Rows are shared after each layer but the first, which sees too little to tell."""
        shared: Tensor = self.rows[level](maps) if level else maps
        return shared


class LabelCodes(nn.Module):
    """A guide's labels as learnt codes and as colours, with depth and facing: all 0 to 1, as guides are."""

    def __init__(self, config: CharacterConfig) -> None:
        super().__init__()
        self.surfaces = config.surfaces
        self.part = nn.Embedding(config.parts + 1, config.label_channels)
        self.surface = nn.Embedding(config.surfaces + 1, config.label_channels)

    def forward(self, labels: Tensor, relief: Tensor, controls: Tensor) -> Tensor:
        """(B * views, C, H, W)."""
        codes = torch.cat([self.part(labels[:, :, 0]), self.surface(labels[:, :, 1])], dim=4)
        codes = torch.sigmoid(codes).permute(0, 1, 4, 2, 3)  # (B, views, 2 label_channels, H, W)
        maps = torch.cat([codes, relief * 0.5 + 0.5, self._coloured(labels[:, :, 1], controls)], dim=2)
        return maps.flatten(0, 1)

    def _coloured(self, surface: Tensor, controls: Tensor) -> Tensor:
        """(B, views, 3, H, W): each surface in its colour, grey where nothing is."""
        count = len(surface)
        colours = controls[:, : _COLOUR_CHANNELS * self.surfaces].reshape(
            count, self.surfaces, _COLOUR_CHANNELS
        )
        palette = functional.pad(colours * 0.5 + 0.5, (0, 0, 1, 0), value=0.5)  # (B, surfaces + 1, 3)
        first = torch.arange(count, device=surface.device)[:, None, None, None] * (self.surfaces + 1)
        return functional.embedding(surface + first, palette.flatten(0, 1)).permute(0, 1, 4, 2, 3)


class RowsShared(nn.Module):
    """Adds to each view what the others have in the same rows."""

    def __init__(self, channels: int, views: int) -> None:
        super().__init__()
        self.views = views
        self.tell = nn.Conv1d(2 * channels, channels, 3, padding=1)

    def forward(self, maps: Tensor) -> Tensor:
        """maps (B * views, C, H, W)."""
        rows = torch.cat([maps.mean(dim=3), maps.amax(dim=3)], dim=1)  # (B * views, 2 C, H)
        told = _by_figure(self.tell(rows), self.views)
        others = (told.sum(dim=1, keepdim=True) - told) / max(self.views - 1, 1)
        heard: Tensor = maps + others.flatten(0, 1)[..., None]
        return heard


def _by_figure(each: Tensor, views: int) -> Tensor:
    """(B * views, ...) as (B, views, ...)."""
    return each.reshape(-1, views, *each.shape[1:])
