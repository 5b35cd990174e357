"""A small convolutional network that names the class of a picture; the ruler for generated textures and characters.

Four strided convolutions with BatchNorm, the mean over the picture, one linear layer. It is never shipped to
users: it gives the model cards their class accuracy and the features of FilmAI-FID. No file access here.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

__all__ = ["ClassifierConfig", "MaterialClassifier"]


@dataclass(frozen=True, slots=True)
class ClassifierConfig:
    """Number of classes and widths of the four convolutions."""

    classes: int
    channels: tuple[int, ...] = (16, 32, 64, 96)


class MaterialClassifier(nn.Module):
    """RGB pictures (B, 3, 64, 64) in [-1, 1] to logits (B, classes)."""

    def __init__(self, config: ClassifierConfig) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        inputs = 3
        for outputs in config.channels:
            # circular: the renders tile, or lie on even grey, and a shifted picture must get the same features
            blocks += [
                nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, padding_mode="circular", bias=False),
                nn.BatchNorm2d(outputs),
                nn.ReLU(inplace=True),
            ]
            inputs = outputs
        self.trunk = nn.Sequential(*blocks)  # (B, 96, 4, 4)
        self.head = nn.Linear(2 * inputs, config.classes)

    def features(self, images: Tensor) -> Tensor:
        """Mean and spread of every channel over the picture: (B, 192)."""
        maps = self.trunk(images)
        return torch.cat([maps.mean((2, 3)), maps.std((2, 3))], dim=1)

    def forward(self, images: Tensor) -> Tensor:
        """``images`` is float32 (B, 3, 64, 64)."""
        logits: Tensor = self.head(self.features(images))
        return logits  # (B, classes)

    @torch.no_grad()
    def classify(self, images: Tensor) -> Tensor:
        """Class indices (B,) of uint8 pictures (B, 3, 64, 64); the network must be in evaluation mode."""
        logits: Tensor = self(images.float() / 127.5 - 1)
        return logits.argmax(1)  # (B,)

    @torch.no_grad()
    def features_of(self, images: Tensor) -> Tensor:
        """``features`` of uint8 pictures (B, 3, 64, 64)."""
        return self.features(images.float() / 127.5 - 1)
