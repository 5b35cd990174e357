"""The texture studio's networks: a generator that paints a guide, and a discriminator that compares both.

A descendant of the DCGAN in ``dcgan.py``: transposed convolutions 4/2/1 up, strided convolutions 4/2/1 down.
What differs, and why:

- Everything is circular: pad one pixel around the border, convolve, crop. So pictures tile exactly, and rolling
  the inputs by 16 pixels rolls the picture (as PSGAN, arXiv 1705.06566, does with a grid of latents).
- A guide (``ml.materials.recipe.Guide``) enters at every resolution: structure is given, the network paints.
- No normalisation over batch or space (R3GAN, arXiv 2501.05441), so a tile with a halo equals the same part of
  the whole. Conditions scale and shift each layer's channels instead (FiLM, arXiv 1709.07871).
- The discriminator judges patches, by a projection on the conditions (arXiv 1802.05637).

This module holds no losses, no optimisers and no file access.
"""

import itertools
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional

__all__ = [
    "LEVELS",
    "STRIDE",
    "GuidedConfig",
    "GuidedDiscriminator",
    "GuidedGenerator",
    "initialise_guided",
    "seen_by_levels",
]

LEVELS = 4
"""Doublings between the coarsest map and the picture."""
STRIDE = 2**LEVELS
"""Pixels per cell of the coarsest map; pictures have whole numbers of cells."""


@dataclass(frozen=True, slots=True)
class GuidedConfig:
    """Widths and numbers of channels of both networks."""

    families: int
    guide_channels: int = 4
    local_channels: int = 8
    """Noise per cell of the coarsest map: variation from place to place."""
    style_channels: int = 32
    """Noise for the whole picture: its look."""
    control_channels: int = 10
    map_channels: int = 6
    """Red, green, blue, height, roughness, metallic."""
    condition_channels: int = 128
    generator_channels: tuple[int, ...] = (256, 144, 80, 40, 24)
    """From the coarsest map to the picture."""
    discriminator_channels: tuple[int, ...] = (48, 96, 160, 256)

    def __post_init__(self) -> None:
        if len(self.generator_channels) != LEVELS + 1 or len(self.discriminator_channels) != LEVELS:
            raise ValueError(f"the generator needs {LEVELS + 1} widths, the discriminator {LEVELS}")
        if min(self.families, *self.generator_channels, *self.discriminator_channels) < 1:
            raise ValueError("every number of channels is at least 1")


class GuidedGenerator(nn.Module):
    """Guide, noise and conditions to maps; see ``forward``."""

    def __init__(self, config: GuidedConfig) -> None:
        super().__init__()
        widths = config.generator_channels
        self.embed = nn.Linear(config.families, 64, bias=False)
        self.mapping = nn.Sequential(
            nn.Linear(64 + config.style_channels + config.control_channels, config.condition_channels),
            nn.LeakyReLU(0.2),
            nn.Linear(config.condition_channels, config.condition_channels),
            nn.LeakyReLU(0.2),
        )
        # at each level the guide is seen twice as fine, its pixels folded into channels; the last sees it as it is
        seen = config.guide_channels + 1
        self.first = _Painted(config.local_channels + 4 * seen, widths[0], config)
        self.rises = nn.ModuleList(
            _Rise(before, after, 4 * seen if level < LEVELS else seen, config)
            for level, (before, after) in enumerate(itertools.pairwise(widths), start=1)
        )
        self.last = nn.Conv2d(widths[-1], config.map_channels, 3)

    def forward(
        self, guide: Tensor, grain: Tensor, local: Tensor, style: Tensor, family: Tensor, controls: Tensor
    ) -> Tensor:
        """Maps (B, map_channels, H, W), 0 to 1.

        guide (B, guide_channels, H, W), 0 to 1; grain (B, 1, H, W) and local (B, local_channels, H / 16,
        W / 16), standard normal; style (B, style_channels), standard normal; family (B, families), weights
        that sum to 1; controls (B, control_channels). All float32; H and W are multiples of 16.
        """
        conditions = self.mapping(torch.cat([self.embed(family), style, controls], dim=1))
        return self.painted(guide, grain, local, conditions)

    def painted(self, guide: Tensor, grain: Tensor, local: Tensor, conditions: Tensor) -> Tensor:
        """``forward`` with its conditions (B, condition_channels) mapped already."""
        first, *others = seen_by_levels(guide, grain)
        maps = self.exchanged(self.first(torch.cat([local, first], dim=1), conditions), 0)
        for level, (rise, view) in enumerate(zip(self.rises, others, strict=True), start=1):
            maps = self.exchanged(rise(maps, view, conditions), level)
        painted: Tensor = torch.sigmoid(self.last(_wrapped(maps)))
        return painted  # (B, map_channels, H, W)

    def exchanged(self, maps: Tensor, level: int) -> Tensor:
        """What a descendant makes of the maps between two levels; here nothing."""
        return maps


class GuidedDiscriminator(nn.Module):
    """Maps with their guide and conditions to a logit per patch; positive means "from the data"."""

    def __init__(self, config: GuidedConfig) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        before = config.map_channels + config.guide_channels
        for width in config.discriminator_channels:
            layers += [nn.Conv2d(before, width, 4, stride=2, padding=1), nn.LeakyReLU(0.2)]
            before = width
        layers += [nn.Conv2d(before, before, 3, padding=1), nn.LeakyReLU(0.2)]
        self.trunk = nn.Sequential(*layers)  # (B, 256, H / 16, W / 16)
        self.judge = nn.Conv2d(before, 1, 1)
        self.embed = nn.Linear(config.families, 64, bias=False)
        self.project = nn.Sequential(
            nn.Linear(64 + config.control_channels, config.condition_channels),
            nn.LeakyReLU(0.2),
            nn.Linear(config.condition_channels, before),
        )

    def features(self, maps: Tensor, guide: Tensor) -> list[Tensor]:
        """What each layer sees in maps and guide, both 0 to 1: from (B, C, H / 2, W / 2) to (B, C, H / 16, W / 16)."""
        seen = torch.cat([maps * 2 - 1, guide * 2 - 1], dim=1)
        found: list[Tensor] = []
        for layer in self.trunk:
            seen = layer(seen)
            if isinstance(layer, nn.LeakyReLU):
                seen = self.exchanged(seen, len(found))
                found.append(seen)
        return found

    def exchanged(self, maps: Tensor, level: int) -> Tensor:
        """What a descendant makes of the features between two layers; here nothing."""
        return maps

    def forward(self, maps: Tensor, guide: Tensor, family: Tensor, controls: Tensor) -> Tensor:
        """Logits (B, H / 16, W / 16). maps and guide 0 to 1; see ``GuidedGenerator.forward``."""
        return self.judged(self.features(maps, guide)[-1], family, controls)

    def judged(self, features: Tensor, family: Tensor, controls: Tensor) -> Tensor:
        """Logits (B, h, w) of the last layer's features (B, 256, h, w)."""
        wanted = self.project(torch.cat([self.embed(family), controls], dim=1))  # (B, C)
        matching = (features * wanted[:, :, None, None]).mean(1) * features.shape[1] ** 0.5
        logits: Tensor = self.judge(features)[:, 0] + matching
        return logits


class _Painted(nn.Module):
    """Two circular convolutions 3 x 3, each scaled and shifted by the conditions."""

    def __init__(self, inputs: int, outputs: int, config: GuidedConfig) -> None:
        super().__init__()
        self.convolutions = nn.ModuleList([nn.Conv2d(inputs, outputs, 3), nn.Conv2d(outputs, outputs, 3)])
        self.films = nn.ModuleList(_Film(outputs, config) for _ in range(2))

    def forward(self, maps: Tensor, conditions: Tensor) -> Tensor:
        for convolution, film in zip(self.convolutions, self.films, strict=True):
            maps = functional.leaky_relu(film(convolution(_wrapped(maps)), conditions), 0.2)
        return maps


class _Rise(nn.Module):
    """Doubles the resolution, takes in the guide, and refines."""

    def __init__(self, inputs: int, outputs: int, seen: int, config: GuidedConfig) -> None:
        super().__init__()
        # padding 3 after a circular one of 1 is 4/2/1 with the border cropped away
        self.up = nn.ConvTranspose2d(inputs, outputs, 4, stride=2, padding=3)
        self.look = nn.Conv2d(seen, outputs, 3, bias=False)
        self.refine = nn.Conv2d(outputs, outputs, 3)
        self.films = nn.ModuleList(_Film(outputs, config) for _ in range(2))

    def forward(self, maps: Tensor, view: Tensor, conditions: Tensor) -> Tensor:
        risen = self.up(_wrapped(maps)) + self.look(_wrapped(view))
        risen = functional.leaky_relu(self.films[0](risen, conditions), 0.2)
        refined = self.films[1](self.refine(_wrapped(risen)), conditions)
        return functional.leaky_relu(risen + refined, 0.2)


class _Film(nn.Module):
    """Scales and shifts channels by what the conditions say."""

    def __init__(self, channels: int, config: GuidedConfig) -> None:
        super().__init__()
        self.say = nn.Linear(config.condition_channels, 2 * channels)

    def forward(self, maps: Tensor, conditions: Tensor) -> Tensor:
        scale, shift = self.say(conditions)[:, :, None, None].chunk(2, dim=1)
        moved: Tensor = maps * (1 + scale) + shift
        return moved


def _wrapped(maps: Tensor) -> Tensor:
    """One pixel of the opposite side around each border."""
    if torch.is_grad_enabled():
        wrapped: Tensor = _Wrap.apply(maps)  # type: ignore[no-untyped-call]
        return wrapped
    return functional.pad(maps, (1, 1, 1, 1), mode="circular")


class _Wrap(torch.autograd.Function):
    """``functional.pad(..., mode="circular")``, whose own gradient took half the time of a training step."""

    @staticmethod
    def forward(ctx: Any, maps: Tensor) -> Tensor:
        """(B, C, H, W) to (B, C, H + 2, W + 2), channels last."""
        count, channels, height, width = maps.shape
        shape = (count, channels, height + 2, width + 2)
        out = torch.empty(shape, dtype=maps.dtype, device=maps.device, memory_format=torch.channels_last)
        out[:, :, 1:-1, 1:-1] = maps
        out[:, :, 0, 1:-1] = maps[:, :, -1]
        out[:, :, -1, 1:-1] = maps[:, :, 0]
        out[:, :, :, 0] = out[:, :, :, -2]
        out[:, :, :, -1] = out[:, :, :, 1]
        return out

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, slopes: Tensor) -> Tensor:
        """What fell on the border belongs to the opposite side."""
        inner = slopes[:, :, 1:-1, 1:-1].clone(memory_format=torch.channels_last)
        inner[:, :, 0] += slopes[:, :, -1, 1:-1]
        inner[:, :, -1] += slopes[:, :, 0, 1:-1]
        inner[:, :, :, 0] += slopes[:, :, 1:-1, -1]
        inner[:, :, :, -1] += slopes[:, :, 1:-1, 0]
        for row in (0, -1):
            for column in (0, -1):
                inner[:, :, row, column] += slopes[:, :, -1 - row, -1 - column]
        return inner


def seen_by_levels(guide: Tensor, grain: Tensor) -> list[Tensor]:
    """What each level sees of guide (B, C, H, W), 0 to 1, and grain (B, 1, H, W), from the coarsest to the picture.

    Twice as fine as the level, its pixels folded into channels, (B, 4 (C + 1), h, w); the last as it is.
    """
    seen = [torch.cat([guide * 2 - 1, grain], dim=1)]
    for _ in range(LEVELS - 1):
        seen.append(_halved(seen[-1]))
    return [*(functional.pixel_unshuffle(each, 2) for each in reversed(seen)), seen[0]]


def _halved(seen: Tensor) -> Tensor:
    """Half the resolution; the last channel, noise, keeps its deviation."""
    small = functional.avg_pool2d(seen, 2)
    return torch.cat([small[:, :-1], small[:, -1:] * 2], dim=1)


def initialise_guided(network: nn.Module, rng: torch.Generator) -> None:
    """He's initialisation for slopes of 0.2; films start near the identity, embeddings of unit size."""
    for name, module in network.named_modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            fan = module.weight[0].numel()
            if isinstance(module, nn.ConvTranspose2d):
                # each output pixel is reached by a quarter of the 4 x 4 taps
                fan = module.weight.shape[0] * 4
            deviation = (2 / (1 + 0.2**2) / fan) ** 0.5
            if name.endswith("say"):
                deviation = 0.2 / fan**0.5
            elif name.endswith("embed"):
                deviation = 1.0
            elif name.endswith("last"):
                deviation = 0.5 / fan**0.5
            nn.init.normal_(module.weight, 0.0, deviation, generator=rng)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
