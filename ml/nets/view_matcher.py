"""A small network that tells whether two views show one character or two; the ruler for views that have to agree.

Both views go through the same convolutions. What is compared is what lies in each row of theirs, since without
perspective one character has the same things at the same heights. It is never shipped to users. No file access here.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["MatcherConfig", "ViewMatcher"]


@dataclass(frozen=True, slots=True)
class MatcherConfig:
    """Widths of the convolutions."""

    channels: tuple[int, ...] = (16, 32, 48)


class ViewMatcher(nn.Module):
    """RGB views (B, 3, 64, 64) in [-1, 1], two of each, to logits (B,); positive says "one character"."""

    def __init__(self, config: MatcherConfig) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        inputs = 3
        for outputs in config.channels:
            blocks += [
                nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False),
                nn.BatchNorm2d(outputs),
                nn.ReLU(inplace=True),
            ]
            inputs = outputs
        self.trunk = nn.Sequential(*blocks)  # (B, 48, 8, 8)
        # of each row the mean and the greatest, how far both views are apart in it, and what they share
        self.compare = nn.Conv1d(4 * inputs, inputs, 3, padding=1)
        self.head = nn.Linear(inputs, 1)

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """It does not matter which of them is the front."""
        one, two = self._rows(first), self._rows(second)
        compared = functional.relu(self.compare(torch.cat([(one - two).abs(), one * two], dim=1)))
        logits: Tensor = self.head(compared.mean(dim=2))
        return logits[:, 0]

    @torch.no_grad()
    def says_one(self, first: Tensor, second: Tensor) -> Tensor:
        """bool (B,) of uint8 views (B, 3, 64, 64); the network must be in evaluation mode."""
        said: Tensor = self(first.float() / 127.5 - 1, second.float() / 127.5 - 1) > 0
        return said

    def _rows(self, views: Tensor) -> Tensor:
        maps = self.trunk(views)
        return torch.cat([maps.mean(dim=3), maps.amax(dim=3)], dim=1)  # (B, 96, 8)
