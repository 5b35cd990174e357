"""The reference network: its shapes, its size, its start."""

from itertools import pairwise

import pytest
import torch
from torch import nn

from ml.nets.dcgan import DCGANConfig, Discriminator, Generator, conditional_latent, initialise


def parameter_count(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def test_the_reference_has_its_published_shapes_and_size() -> None:
    generator, discriminator = Generator(DCGANConfig()), Discriminator(DCGANConfig())
    images = generator(torch.randn(2, 100, 1, 1))
    assert images.shape == (2, 3, 64, 64)
    assert images.abs().max() <= 1
    assert discriminator(images).shape == (2, 1)
    # 16 (100 512 + 512 256 + 256 128 + 128 64 + 64 3) weights and 2 (512 + 256 + 128 + 64) of BatchNorm
    assert parameter_count(generator) == 3_576_704
    # 16 (3 64 + 64 128 + 128 256 + 256 512 + 512) and 2 (64 + 128 + 256 + 512)
    assert parameter_count(discriminator) == 2_765_696


def test_no_convolution_has_a_bias_and_the_first_four_are_normalised() -> None:
    for network in (Generator(DCGANConfig()), Discriminator(DCGANConfig())):
        kinds = [type(layer).__name__ for layer in network.layers]
        convolutions = [layer for layer in network.layers if "Conv" in type(layer).__name__]
        assert len(convolutions) == 5
        assert all(convolution.bias is None for convolution in convolutions)
        followers = [after for before, after in pairwise(kinds) if "Conv" in before]
        assert followers[:4] == ["BatchNorm2d"] * 4


def test_one_logit_per_family_is_the_only_difference_of_the_conditional_discriminator() -> None:
    plain, conditional = Discriminator(DCGANConfig()), Discriminator(DCGANConfig(outputs=32))
    assert conditional(torch.zeros(2, 3, 64, 64)).shape == (2, 32)
    assert parameter_count(conditional) - parameter_count(plain) == 31 * 512 * 16


def test_the_code_is_one_hot_behind_the_noise() -> None:
    noise = torch.randn(3, 68)
    latents = conditional_latent(noise, torch.tensor([0, 31, 5]), 32)
    assert latents.shape == (3, 100, 1, 1)
    assert torch.equal(latents[:, :68, 0, 0], noise)
    assert torch.equal(latents[:, 68:, 0, 0].nonzero(), torch.tensor([[0, 0], [1, 31], [2, 5]]))
    assert latents[:, 68:].sum() == 3


def test_weights_start_as_in_the_paper() -> None:
    generator = Generator(DCGANConfig())
    initialise(generator, torch.Generator().manual_seed(1))
    generator.requires_grad_(False)
    convolution, norm = generator.layers[3], generator.layers[4]
    assert float(convolution.weight.mean()) == pytest.approx(0, abs=2e-4)
    assert float(convolution.weight.std()) == pytest.approx(0.02, rel=0.01)
    assert float(norm.weight.mean()) == pytest.approx(1, abs=0.01)
    assert not norm.bias.any()


@pytest.mark.parametrize(
    "values",
    [{"generator_channels": (8, 8, 8)}, {"discriminator_channels": (8, 8, 8, 0)}, {"outputs": 0}],
)
def test_impossible_widths_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="width"):
        DCGANConfig(**values)  # type: ignore[arg-type]
