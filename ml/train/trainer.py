"""One DCGAN under training: both networks, both optimisers, the average of the generator, the random stream.

``DCGANTrainer.step`` is the whole algorithm; ``state`` and ``load_state`` hold everything that the next step
depends on, so a resumed run continues bit for bit. No files, no clock, no printing.
"""

import copy
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..nets.dcgan import DCGANConfig, Discriminator, Generator, initialise
from .calibration import draw_latents, measure_statistics
from .data import BatchSampler, PictureSet, vary
from .pair import AdversarialPair
from .recipe import DCGANRecipe

__all__ = [
    "LATENT_CHANNELS",
    "DCGANTrainer",
    "LatentLayout",
    "Losses",
    "latent_layout",
    "network_config",
]

LATENT_CHANNELS = 100


class Losses(NamedTuple):
    """Of one step: both losses, and the mean probability that D gives to real and to generated pictures."""

    discriminator: float
    generator: float
    real_probability: float
    fake_probability: float


class LatentLayout(NamedTuple):
    """How the latent's channels are shared."""

    noise_channels: int
    code_channels: int


def latent_layout(recipe: DCGANRecipe, class_count: int) -> LatentLayout:
    """Noise and code channels for that many classes; 0 classes give the unconditional reference.

    Raises ValueError when the classes are more than the code has channels.
    """
    if class_count == 0:
        return LatentLayout(LATENT_CHANNELS, 0)
    code_channels = LATENT_CHANNELS - recipe.net.noise_channels
    if class_count > code_channels:
        raise ValueError(
            f"{class_count} classes do not fit into {code_channels} code channels; "
            f"set noise_channels to {LATENT_CHANNELS - class_count} or less"
        )
    return LatentLayout(recipe.net.noise_channels, code_channels)


def network_config(recipe: DCGANRecipe, class_count: int) -> DCGANConfig:
    """The networks that the recipe asks for."""
    return DCGANConfig(
        latent_channels=LATENT_CHANNELS,
        generator_channels=recipe.net.generator_channels,
        discriminator_channels=recipe.net.discriminator_channels,
        outputs=max(class_count, 1),
        discriminator_norm=recipe.net.discriminator_norm,
    )


class DCGANTrainer(AdversarialPair):
    """Adversarial training by the recipe's loss, discriminator and generator in turn."""

    recipe: DCGANRecipe

    def __init__(self, recipe: DCGANRecipe, pictures: PictureSet) -> None:
        self.recipe = recipe
        self.layout = latent_layout(recipe, len(pictures.names))
        self.sampler = BatchSampler(pictures)
        self._turnable = pictures.turnable
        config = network_config(recipe, len(pictures.names))
        rng = torch.Generator().manual_seed(recipe.optimiser.seed)
        generator, discriminator = Generator(config), Discriminator(config)
        initialise(generator, rng)
        initialise(discriminator, rng)
        super().__init__(generator, discriminator, recipe.optimiser, rng)

    @property
    def present(self) -> list[int]:
        """Indices of the classes that have pictures."""
        present: list[int] = self.sampler.present.tolist()
        return present

    def step(self) -> Losses:
        """One update of the discriminator and one of the generator on a fresh batch."""
        settings = self.recipe.optimiser
        self._set_learning_rates()
        classes = self.sampler.draw_classes(settings.batch, settings.classes_per_batch, self.rng)
        drawn = vary(
            self.sampler.draw_images(classes, self.rng), self._turnable[classes], self.recipe.data, self.rng
        )
        real = (drawn.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)
        fake = self.generator(self._latents(classes))

        self.discriminator.requires_grad_(True)
        self._discriminator_optimiser.zero_grad(set_to_none=True)
        relativistic = settings.loss == "relativistic"
        penalise = relativistic and self.steps_done % settings.penalty_every_steps == 0
        seen, made = real.requires_grad_(penalise), fake.detach().requires_grad_(penalise)
        real_logits, fake_logits = self._judge(seen, classes), self._judge(made, classes)
        if relativistic:
            discriminator_loss = functional.softplus(fake_logits - real_logits).mean()
        else:
            discriminator_loss = _cross_entropy(real_logits, settings.real_target) + _cross_entropy(
                fake_logits, 0.0
            )
        total = discriminator_loss
        if penalise:
            slopes = _penalty(seen, real_logits) + _penalty(made, fake_logits)
            total = total + 0.5 * settings.penalty * settings.penalty_every_steps * slopes
        torch.autograd.backward(total)
        self._discriminator_optimiser.step()

        # the generator's step needs the discriminator's gradient for pictures, not for weights: saves time
        self.discriminator.requires_grad_(False)
        self._generator_optimiser.zero_grad(set_to_none=True)
        judged = self._judge(fake, classes)
        if relativistic:
            with torch.no_grad():
                beside = self._judge(real, classes)
            generator_loss = functional.softplus(beside - judged).mean()
        else:
            generator_loss = _cross_entropy(judged, 1.0)
        torch.autograd.backward(generator_loss)
        self._generator_optimiser.step()

        self._update_average()
        self.steps_done += 1
        return Losses(
            float(discriminator_loss.detach()),
            float(generator_loss.detach()),
            float(real_logits.detach().sigmoid().mean()),
            float(fake_logits.detach().sigmoid().mean()),
        )

    def picture_maker(self, averaged: bool, batches: int) -> nn.Module:
        """A copy of the generator (or of its average) with measured statistics, in evaluation mode."""
        maker = copy.deepcopy(self.average if averaged else self.generator).requires_grad_(False)
        measure_statistics(maker, self.sampler.present, *self.layout, self.recipe.net.code_scale, batches)
        return maker

    def _latents(self, classes: Tensor) -> Tensor:
        return draw_latents(classes, *self.layout, self.recipe.net.code_scale, self.rng)

    def _judge(self, images: Tensor, classes: Tensor) -> Tensor:
        """Logits (B,) of each picture's own class; the images get the recipe's noise for this step."""
        settings = self.recipe.optimiser
        fade = max(0.0, 1 - self.steps_done / max(settings.instance_noise_steps, 1))
        if settings.instance_noise * fade > 0:
            # instance noise: Sonderby et al., arXiv 1610.04490, section 3
            noise = torch.randn(images.shape, generator=self.rng)
            images = images + settings.instance_noise * fade * noise
        groups = torch.split(images, settings.discriminator_group or len(images))
        logits = torch.cat([self.discriminator(group) for group in groups])  # (B, classes)
        return logits.gather(1, classes[:, None])[:, 0]


def _penalty(pictures: Tensor, logits: Tensor) -> Tensor:
    """Mean squared length of each logit's gradient by its picture."""
    (slopes,) = torch.autograd.grad(logits.sum(), pictures, create_graph=True)
    return slopes.square().sum((1, 2, 3)).mean()


def _cross_entropy(logits: Tensor, target: float) -> Tensor:
    return functional.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target))
