"""BatchNorm statistics for evaluation, measured anew over many latents.

While training, a generator normalises with the statistics of each batch; the running averages lag behind the
weights, and averaged weights have none of their own. Before pictures are made one by one they are replaced by
the plain mean over many balanced batches.
"""

import torch
from torch import Tensor, nn

from ..nets.dcgan import conditional_latent

__all__ = ["draw_latents", "measure_statistics"]


def draw_latents(
    classes: Tensor, noise_channels: int, code_channels: int, code_scale: float, rng: torch.Generator
) -> Tensor:
    """Random latents for these classes: float32 (B, noise_channels + code_channels, 1, 1)."""
    noise = torch.randn(len(classes), noise_channels, generator=rng)
    latents = conditional_latent(noise, classes, code_channels)
    latents[:, noise_channels:] *= code_scale
    return latents


@torch.no_grad()
def measure_statistics(
    generator: nn.Module,
    present: Tensor,
    noise_channels: int,
    code_channels: int,
    code_scale: float,
    batches: int,
) -> None:
    """Replace the running statistics, in place, and leave the generator in evaluation mode.

    ``batches`` batches of 128 latents, the ``present`` classes (int64) in turn; seeded, so repeatable.
    """
    rng = torch.Generator().manual_seed(0)
    norms = [module for module in generator.modules() if isinstance(module, nn.BatchNorm2d)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # torch's word for a plain mean over all batches
    generator.train()
    classes = present.repeat(-(-128 // len(present)))[:128]
    for _ in range(batches):
        generator(draw_latents(classes, noise_channels, code_channels, code_scale, rng))
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    generator.eval()
