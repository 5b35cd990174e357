"""The enlarger: a cut-out figure, four times as wide and as high, with clean edges.

EDSR's family (arXiv 1707.02921): residual blocks without normalisation at the small size, then one convolution whose
channels are laid out as pixels (arXiv 1609.05158). Deviations: colours come weighed by alpha, so that no edge takes
up a background's colour; and what is added to is not the nearest pixel but a plain interpolation, a convolution of
its own that begins as bicubic and may learn better.

This module holds no losses, no optimisers and no file access.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["CleanCutouts", "Enlarger", "EnlargerConfig"]

_CHANNELS = 4
_TAPS = 5
"""Of the plain interpolation: two pixels on either side."""


@dataclass(frozen=True, slots=True)
class EnlargerConfig:
    """Widths, and how many times larger."""

    channels: int = 32
    blocks: int = 5
    factor: int = 4

    def __post_init__(self) -> None:
        if not (4 <= self.channels <= 256 and 1 <= self.blocks <= 64 and 2 <= self.factor <= 8):
            raise ValueError("channels are 4 to 256, blocks 1 to 64, factor 2 to 8")


class Enlarger(nn.Module):
    """RGBA (B, 4, H, W), 0 to 1, colours times alpha, to (B, 4, factor H, factor W) of the same kind.

    Not held within 0 to 1: see ``CleanCutouts``. Beyond the borders is nothing.
    """

    def __init__(self, config: EnlargerConfig) -> None:
        super().__init__()
        self.config = config
        fine = _CHANNELS * config.factor**2
        self.plain = nn.Conv2d(_CHANNELS, fine, _TAPS, padding=_TAPS // 2, bias=False)
        self.plain.weight.data = _bicubic(config.factor)
        self.first = nn.Conv2d(_CHANNELS, config.channels, 3, padding=1)
        self.blocks = nn.ModuleList(_Residual(config.channels) for _ in range(config.blocks))
        self.last = nn.Conv2d(config.channels, fine, 3, padding=1)
        # an untrained network interpolates and adds nothing
        nn.init.zeros_(self.last.weight)
        assert self.last.bias is not None
        nn.init.zeros_(self.last.bias)

    def forward(self, pictures: Tensor) -> Tensor:
        """See the class."""
        maps = self.first(pictures)
        for block in self.blocks:
            maps = block(maps)
        return functional.pixel_shuffle(self.plain(pictures) + self.last(maps), self.config.factor)


class CleanCutouts(nn.Module):
    """An enlarger whose pictures are cut-outs again: all within 0 to 1, and no colour above its alpha."""

    def __init__(self, enlarger: Enlarger) -> None:
        super().__init__()
        self.enlarger = enlarger

    def forward(self, pictures: Tensor) -> Tensor:
        """As the enlarger's."""
        large = self.enlarger(pictures)
        alpha = large[:, 3:].clamp(0, 1)
        return torch.cat([torch.minimum(large[:, :3].clamp(min=0), alpha), alpha], dim=1)


class _Residual(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.inner = nn.Conv2d(channels, channels, 3, padding=1)
        self.outer = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, maps: Tensor) -> Tensor:
        """(B, C, H, W)."""
        added: Tensor = maps + self.outer(functional.relu(self.inner(maps)))
        return added


def _bicubic(factor: int) -> Tensor:
    """Weights (4 factor^2, 4, 5, 5) of Catmull and Rom's interpolation, in the order of a pixel shuffle."""
    # where the small pixels' centres lie, in large ones, as seen from each small pixel
    places = (torch.arange(factor) + 0.5) / factor - 0.5
    distance = (torch.arange(_TAPS) - _TAPS // 2 - places[:, None]).abs()
    near = 1.5 * distance**3 - 2.5 * distance**2 + 1
    far = -0.5 * distance**3 + 2.5 * distance**2 - 4 * distance + 2
    line = torch.where(distance <= 1, near, torch.where(distance < 2, far, torch.zeros(())))  # (factor, 5)
    square = line[:, None, :, None] * line[None, :, None, :]  # (factor, factor, 5, 5)
    weights = torch.zeros(_CHANNELS, factor, factor, _CHANNELS, _TAPS, _TAPS)
    for channel in range(_CHANNELS):
        weights[channel, :, :, channel] = square
    return weights.flatten(0, 2)
