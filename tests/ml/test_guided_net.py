"""The guided networks: shapes, exact tiling, tiles with a halo, conditions that matter."""

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from ml.nets.guided import (
    STRIDE,
    GuidedConfig,
    GuidedDiscriminator,
    GuidedGenerator,
    _wrapped,
    initialise_guided,
)

CONFIG = GuidedConfig(3, generator_channels=(24, 16, 12, 8, 8), discriminator_channels=(8, 12, 16, 24))


@pytest.fixture(scope="module")
def generator() -> GuidedGenerator:
    network = GuidedGenerator(CONFIG)
    initialise_guided(network, torch.Generator().manual_seed(0))
    return network.eval()


def inputs(batch: int, height: int, width: int) -> list[Tensor]:
    rng = torch.Generator().manual_seed(1)
    cells = (height // STRIDE, width // STRIDE)
    return [
        torch.rand(batch, 4, height, width, generator=rng),
        torch.randn(batch, 1, height, width, generator=rng),
        torch.randn(batch, 8, *cells, generator=rng),
        torch.randn(batch, 32, generator=rng),
        torch.eye(3)[torch.arange(batch) % 3],
        torch.randn(batch, 10, generator=rng),
    ]


@torch.no_grad()
def test_maps_have_the_size_of_the_guide_and_lie_within_0_and_1(generator: GuidedGenerator) -> None:
    maps = generator(*inputs(2, 64, 96))
    assert maps.shape == (2, 6, 64, 96)
    assert 0 <= maps.min() <= maps.max() <= 1
    assert maps.std((2, 3)).min() > 0.005, "every map says something from the start"


@torch.no_grad()
def test_rolling_the_inputs_rolls_the_picture_exactly(generator: GuidedGenerator) -> None:
    given = inputs(1, 64, 64)
    rolled = [
        given[0].roll((16, -32), (2, 3)),
        given[1].roll((16, -32), (2, 3)),
        given[2].roll((1, -2), (2, 3)),
        *given[3:],
    ]
    assert torch.equal(generator(*rolled), generator(*given).roll((16, -32), (2, 3)))


@torch.no_grad()
def test_a_tile_with_a_halo_equals_its_part_of_the_whole(generator: GuidedGenerator) -> None:
    given = inputs(1, 192, 192)
    whole = generator(*given)
    cells = 4  # of halo
    first, last = 2 * STRIDE, 6 * STRIDE  # the part: cells 2 to 6
    rows = torch.arange(2 - cells, 6 + cells) % 12
    pixels = torch.arange((2 - cells) * STRIDE, (6 + cells) * STRIDE) % 192
    part = [
        given[0][:, :, pixels][:, :, :, pixels],
        given[1][:, :, pixels][:, :, :, pixels],
        given[2][:, :, rows][:, :, :, rows],
        *given[3:],
    ]
    inner = slice(cells * STRIDE, -cells * STRIDE)
    assert torch.allclose(generator(*part)[..., inner, inner], whole[..., first:last, first:last], atol=1e-6)


@torch.no_grad()
@pytest.mark.parametrize("index", range(6), ids=["guide", "grain", "local", "style", "family", "controls"])
def test_every_input_matters(generator: GuidedGenerator, index: int) -> None:
    given = inputs(1, 32, 32)
    changed = list(given)
    changed[index] = given[index].flip(1) if index == 4 else 1 - given[index]
    assert (generator(*given) - generator(*changed)).abs().mean() > 1e-4


@torch.no_grad()
def test_the_discriminator_judges_patches_and_hears_the_conditions() -> None:
    network = GuidedDiscriminator(CONFIG)
    initialise_guided(network, torch.Generator().manual_seed(0))
    guide, _grain, _local, _style, family, controls = inputs(2, 64, 32)
    maps = torch.rand(2, 6, 64, 32, generator=torch.Generator().manual_seed(2))
    logits = network(maps, guide, family, controls)
    assert logits.shape == (2, 4, 2)
    for other in (
        network(1 - maps, guide, family, controls),
        network(maps, 1 - guide, family, controls),
        network(maps, guide, family.flip(1), controls),
        network(maps, guide, family, controls + 1),
    ):
        assert (other - logits).abs().mean() > 1e-3


def test_widths_are_checked() -> None:
    with pytest.raises(ValueError, match="widths"):
        GuidedConfig(3, generator_channels=(8, 8))
    with pytest.raises(ValueError, match="at least 1"):
        GuidedConfig(0)


def test_the_wrap_for_training_equals_torchs_own_in_values_and_slopes() -> None:
    rng = torch.Generator().manual_seed(0)
    maps = torch.randn(2, 3, 5, 6, generator=rng).requires_grad_(True)
    weights = torch.randn(2, 3, 7, 8, generator=rng)
    ours, theirs = _wrapped(maps), functional.pad(maps, (1, 1, 1, 1), mode="circular")
    assert torch.equal(ours, theirs)
    slopes = [torch.autograd.grad((wrapped * weights).sum(), maps)[0] for wrapped in (ours, theirs)]
    assert torch.allclose(*slopes, atol=1e-6)
