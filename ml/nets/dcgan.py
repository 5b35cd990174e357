"""The reference network of FilmAI's textures: the deep convolutional GAN of Radford, Metz and Chintala.

Source: "Unsupervised Representation Learning with Deep Convolutional Generative Adversarial Networks",
arXiv 1511.06434. Deviations from the paper, all part of the reference that FilmAI compares against:

- The generator is narrower: its first feature map has 512 channels, not 1024 (the paper's figure 1).
- The discriminator normalises its first convolution too; the paper leaves its input layer without BatchNorm.
- No layer has a bias.
- The projection of the latent is a 4 x 4 transposed convolution on a 1 x 1 map, which is the same linear map.

The network is not changed to make it class-conditional. The latent's channels are shared between noise and
a one-hot family code (``conditional_latent``), and the discriminator's last convolution has one output per
family, of which only the logit of the picture's own family is used. With ``outputs=1`` and an empty code it
is the unconditional reference. This module holds no losses, no optimisers and no file access.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

__all__ = ["DCGANConfig", "Discriminator", "Generator", "conditional_latent", "initialise"]

IMAGE_PX = 64
"""Width and height that five convolutions of this form make from one latent."""


@dataclass(frozen=True, slots=True)
class DCGANConfig:
    """Widths of both networks; the defaults are the reference."""

    latent_channels: int = 100
    generator_channels: tuple[int, ...] = (512, 256, 128, 64)
    discriminator_channels: tuple[int, ...] = (64, 128, 256, 512)
    outputs: int = 1
    """Logits per picture: 1 for the unconditional network, else the number of classes."""
    discriminator_norm: bool = True
    """BatchNorm in the discriminator; a loss that penalises its gradient wants none."""

    def __post_init__(self) -> None:
        if len(self.generator_channels) != 4 or len(self.discriminator_channels) != 4:
            raise ValueError("generator_channels and discriminator_channels need four widths each")
        if (
            min(self.latent_channels, self.outputs, *self.generator_channels, *self.discriminator_channels)
            < 1
        ):
            raise ValueError("every width of a DCGAN is at least 1")


class Generator(nn.Module):
    """Latent (B, latent_channels, 1, 1) to RGB pictures (B, 3, 64, 64) in [-1, 1]."""

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        first, second, third, fourth = config.generator_channels
        self.layers = nn.Sequential(
            *_up(config.latent_channels, first, stride=1, padding=0),  # (B, 512, 4, 4)
            *_up(first, second, stride=2, padding=1),  # (B, 256, 8, 8)
            *_up(second, third, stride=2, padding=1),  # (B, 128, 16, 16)
            *_up(third, fourth, stride=2, padding=1),  # (B, 64, 32, 32)
            nn.ConvTranspose2d(fourth, 3, 4, stride=2, padding=1, bias=False),  # (B, 3, 64, 64)
            nn.Tanh(),
        )

    def forward(self, latent: Tensor) -> Tensor:
        """``latent`` is float32 (B, latent_channels, 1, 1)."""
        images: Tensor = self.layers(latent)
        return images  # (B, 3, 64, 64)


class Discriminator(nn.Module):
    """RGB pictures (B, 3, 64, 64) in [-1, 1] to logits (B, outputs); positive means "from the data"."""

    def __init__(self, config: DCGANConfig) -> None:
        super().__init__()
        first, second, third, fourth = config.discriminator_channels
        norm = config.discriminator_norm
        self.layers = nn.Sequential(
            *_down(3, first, norm),  # (B, 64, 32, 32)
            *_down(first, second, norm),  # (B, 128, 16, 16)
            *_down(second, third, norm),  # (B, 256, 8, 8)
            *_down(third, fourth, norm),  # (B, 512, 4, 4)
            nn.Conv2d(fourth, config.outputs, 4, stride=1, padding=0, bias=False),  # (B, outputs, 1, 1)
        )

    def forward(self, images: Tensor) -> Tensor:
        """``images`` is float32 (B, 3, 64, 64)."""
        logits: Tensor = self.layers(images)
        return logits.flatten(1)  # (B, outputs)


def conditional_latent(noise: Tensor, classes: Tensor, code_channels: int) -> Tensor:
    """Noise (B, N) and class indices (B,) as one latent (B, N + code_channels, 1, 1).

    The code is one-hot, its position is the class index. ``code_channels`` 0 gives the noise alone.
    """
    code = noise.new_zeros(noise.shape[0], code_channels)  # (B, code_channels)
    if code_channels:
        code.scatter_(1, classes[:, None], 1.0)
    return torch.cat([noise, code], dim=1)[:, :, None, None]  # (B, N + code_channels, 1, 1)


def initialise(network: nn.Module, generator: torch.Generator) -> None:
    """Draw the weights as the paper does: N(0, 0.02); BatchNorm's gains N(1, 0.02), its offsets 0."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
            nn.init.normal_(module.weight, 0.0, 0.02, generator=generator)
        elif isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.weight, 1.0, 0.02, generator=generator)
            nn.init.zeros_(module.bias)


def _up(inputs: int, outputs: int, stride: int, padding: int) -> tuple[nn.Module, ...]:
    convolution = nn.ConvTranspose2d(inputs, outputs, 4, stride=stride, padding=padding, bias=False)
    return convolution, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)


def _down(inputs: int, outputs: int, norm: bool) -> tuple[nn.Module, ...]:
    convolution = nn.Conv2d(inputs, outputs, 4, stride=2, padding=1, bias=False)
    between = nn.BatchNorm2d(outputs) if norm else nn.Identity()
    return convolution, between, nn.LeakyReLU(0.2, inplace=True)
