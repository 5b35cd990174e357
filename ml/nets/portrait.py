"""The portraits' generator: of the StyleGAN kind, but painting a guide where StyleGAN grows a learnt constant.

A mapping network turns what is known of a look, and noise, into a style; a style for each level scales the inputs of
its convolutions, whose outputs are brought back to unit size (StyleGAN2, arXiv 1912.04958). So a look can be drawn
towards the average (truncation), and levels can take theirs from different looks (style mixing). What differs:

- Shape comes from the guide, which enters at every level with its grain, the noise of that level; the constant only
  adds what all portraits have in common. Colours are laid out on it as ``characters.py`` does.
- Nothing is circular: shoulders end at the lower border.
- Truncation draws the colours of the surfaces towards the average too.

The discriminator is the characters'. This module holds no losses, no optimisers and no file access.
"""

import itertools
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .characters import CharacterConfig, LabelCodes, RowsShared
from .guided import LEVELS, STRIDE, seen_by_levels

__all__ = ["STYLED_LEVELS", "PortraitConfig", "PortraitGenerator"]

STYLED_LEVELS = LEVELS + 1
"""From the coarsest map to the picture: each has a style of its own."""
_GAIN = 2**0.5
"""Brings what a leaky rectifier lets through back to unit size."""


@dataclass(frozen=True, slots=True)
class PortraitConfig(CharacterConfig):
    """Widths and numbers of channels of both networks; ``style_channels`` are the mapping network's noise."""

    side_px: int = 144
    mapping_layers: int = 4

    def __post_init__(self) -> None:
        # slots make a new class of this one, which super() without arguments would not know
        CharacterConfig.__post_init__(self)
        if self.side_px < STRIDE or self.side_px % STRIDE:
            raise ValueError(f"a portrait's side is a multiple of {STRIDE} pixels")
        if self.mapping_layers < 1:
            raise ValueError("the mapping network needs at least one layer")


class PortraitGenerator(nn.Module):
    """Guides, noise and a look for each level to all views of one portrait; see ``forward``."""

    mean_style: Tensor
    mean_controls: Tensor

    def __init__(self, config: PortraitConfig) -> None:
        super().__init__()
        widths, painting = config.generator_channels, config.painting
        self.views = config.views
        self.codes = LabelCodes(config)
        self.place = nn.Embedding(config.views, painting.condition_channels)
        self.embed = nn.Linear(config.archetypes, 64, bias=False)
        given = 64 + painting.style_channels + painting.control_channels
        layers: list[nn.Module] = []
        for _ in range(config.mapping_layers):
            layers += [nn.Linear(given, painting.condition_channels), nn.LeakyReLU(0.2)]
            given = painting.condition_channels
        self.mapping = nn.Sequential(*layers)
        self.register_buffer("mean_style", torch.zeros(painting.condition_channels))
        self.register_buffer("mean_controls", torch.zeros(painting.control_channels))
        seen = painting.guide_channels + 1
        cells = config.side_px // STRIDE
        self.constant = nn.Parameter(torch.zeros(config.views, widths[0], cells, cells))
        self.look = nn.Conv2d(painting.local_channels + 4 * seen, widths[0], 3, padding=1, bias=False)
        self.first = _Styled(widths[0], widths[0], painting.condition_channels)
        self.rises = nn.ModuleList(
            _Rise(before, after, 4 * seen if level < LEVELS else seen, painting.condition_channels)
            for level, (before, after) in enumerate(itertools.pairwise(widths), start=1)
        )
        self.rows = nn.ModuleList(RowsShared(width, config.views) for width in widths[:LEVELS])
        self.say = nn.Linear(painting.condition_channels, widths[-1])
        self.last = nn.Conv2d(widths[-1], painting.map_channels, 3, padding=1)

    def forward(
        self,
        labels: Tensor,
        relief: Tensor,
        grain: Tensor,
        local: Tensor,
        styles: Tensor,
        archetype: Tensor,
        controls: Tensor,
        truncation: Tensor,
    ) -> Tensor:
        """RGBA (B, views, 4, side, side), 0 to 1, straight alpha.

        labels (B, views, 2, side, side), int64, relief (B, views, 3, side, side), grain (B, views, 1, side, side) and
        local (B, views, local_channels, side / 16, side / 16) are those of the characters' generator; styles
        (B, STYLED_LEVELS, style_channels), standard normal; archetype (B, archetypes), weights that sum to 1; controls
        (B, STYLED_LEVELS, control_channels), of which the last level's colours are laid out; truncation (B, 1): 1
        leaves the looks as they are, 0 makes them the average that ``centre`` measured.
        """
        controls = torch.lerp(self.mean_controls.expand_as(controls), controls, truncation[..., None])
        controls = controls.clamp(-1, 1)
        found = torch.lerp(
            self.mean_style.expand(*styles.shape[:2], -1),
            self.styles_of(styles, archetype, controls),
            truncation[..., None],
        )  # (B, levels, W)
        placed = (found[:, None] + self.place.weight[None, :, None]).flatten(0, 1)  # (B * views, levels, W)
        guide = self.codes(labels, relief, controls[:, -1])
        return self.painted(guide, grain.flatten(0, 1), local.flatten(0, 1), placed)

    def styles_of(self, styles: Tensor, archetype: Tensor, controls: Tensor) -> Tensor:
        """(B, levels, W): the mapping network's answer for every level; see ``forward``."""
        kind = self.embed(archetype)[:, None].expand(-1, styles.shape[1], -1)
        mapped: Tensor = self.mapping(torch.cat([kind, styles, controls], dim=2))
        return mapped

    def painted(self, guide: Tensor, grain: Tensor, local: Tensor, styles: Tensor) -> Tensor:
        """``forward`` with its guides (B * views, C, side, side) and styles (B * views, levels, W) made already."""
        first, *others = seen_by_levels(guide, grain)
        count = len(guide) // self.views
        maps = self.look(torch.cat([local, first], dim=1)) + self.constant.repeat(count, 1, 1, 1)
        maps = self.rows[0](_bent(self.first(_bent(maps), styles[:, 0])))
        for level, (rise, view) in enumerate(zip(self.rises, others, strict=True), start=1):
            maps = rise(maps, view, styles[:, level])
            maps = self.rows[level](maps) if level < LEVELS else maps
        scale = 1 + self.say(styles[:, -1])
        pictures = torch.sigmoid(self.last(maps * scale[..., None, None]))
        return pictures.reshape(count, self.views, *pictures.shape[1:])

    @torch.no_grad()
    def centre(self, styles: Tensor, archetype: Tensor, controls: Tensor) -> None:
        """Take the mean of these looks (N, ...), noise (N, style_channels) and controls (N, C), as the average."""
        mapped = self.styles_of(styles[:, None], archetype, controls[:, None])
        self.mean_style.copy_(mapped.mean((0, 1)))
        self.mean_controls.copy_(controls.mean(0))


class _Styled(nn.Module):
    """A convolution whose inputs are scaled by a style, and whose outputs are brought back to unit size.

    Equal to scaling the weights for each picture (arXiv 1912.04958), without a set of weights for each.
    """

    def __init__(self, inputs: int, outputs: int, style_width: int, doubling: bool = False) -> None:
        super().__init__()
        self.doubling = doubling
        self.convolve = (
            nn.ConvTranspose2d(inputs, outputs, 4, stride=2, padding=1, bias=False)
            if doubling
            else nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        )
        self.say = nn.Linear(style_width, inputs)
        self.shift = nn.Parameter(torch.zeros(outputs))

    def forward(self, maps: Tensor, style: Tensor) -> Tensor:
        scale = 1 + self.say(style)  # (B, inputs)
        power = self.convolve.weight.square().sum((2, 3))
        # of a transposed convolution 4/2/1 each pixel is reached by a quarter of the taps
        power = power / 4 if self.doubling else power.T  # (inputs, outputs)
        size = torch.rsqrt(scale.square() @ power + 1e-8)
        made: Tensor = self.convolve(maps * scale[..., None, None]) * size[..., None, None]
        return made + self.shift[:, None, None]


class _Rise(nn.Module):
    """Doubles the resolution, takes in guide and grain, and refines."""

    def __init__(self, inputs: int, outputs: int, seen: int, style_width: int) -> None:
        super().__init__()
        self.up = _Styled(inputs, outputs, style_width, doubling=True)
        self.look = nn.Conv2d(seen, outputs, 3, padding=1, bias=False)
        self.refine = _Styled(outputs, outputs, style_width)

    def forward(self, maps: Tensor, view: Tensor, style: Tensor) -> Tensor:
        risen = _bent(self.up(maps, style) + self.look(view))
        return _bent((risen + self.refine(risen, style)) * 0.5**0.5)


def _bent(maps: Tensor) -> Tensor:
    return functional.leaky_relu(maps, 0.2) * _GAIN
