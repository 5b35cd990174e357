"""The portraits' generator: shapes, styles of levels, truncation, and borders that end."""

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from ml.nets.guided import initialise_guided
from ml.nets.portrait import STYLED_LEVELS, PortraitConfig, PortraitGenerator, _Styled

CONTROLS = 76
SIZES = {"generator_channels": (12, 10, 8, 8, 8), "discriminator_channels": (8, 8, 8, 8)}


def network(side_px: int) -> PortraitGenerator:
    config = PortraitConfig(3, control_channels=CONTROLS, side_px=side_px, style_channels=6, **SIZES)
    made = PortraitGenerator(config)
    initialise_guided(made, torch.Generator().manual_seed(0))
    return made.eval()


@pytest.fixture(scope="module")
def generator() -> PortraitGenerator:
    return network(48)


def inputs(batch: int, side: int = 48) -> dict[str, Tensor]:
    rng = torch.Generator().manual_seed(1)
    return {
        "labels": torch.randint(0, 18, (batch, 2, 2, side, side), generator=rng),
        "relief": torch.rand(batch, 2, 3, side, side, generator=rng) * 2 - 1,
        "grain": torch.randn(batch, 2, 1, side, side, generator=rng),
        "local": torch.randn(batch, 2, 8, side // 16, side // 16, generator=rng),
        "styles": torch.randn(batch, STYLED_LEVELS, 6, generator=rng),
        "archetype": torch.eye(3)[torch.arange(batch) % 3],
        "controls": torch.rand(batch, STYLED_LEVELS, CONTROLS, generator=rng) * 2 - 1,
        "truncation": torch.ones(batch, 1),
    }


@torch.no_grad()
def test_all_views_are_painted_at_the_networks_size(generator: PortraitGenerator) -> None:
    pictures = generator(**inputs(2))
    assert pictures.shape == (2, 2, 4, 48, 48)
    assert 0 <= pictures.min() <= pictures.max() <= 1


@torch.no_grad()
@pytest.mark.parametrize("level", range(STYLED_LEVELS))
def test_the_style_of_every_level_matters(generator: PortraitGenerator, level: int) -> None:
    given = inputs(1)
    other = given["styles"].clone()
    other[:, level] = -other[:, level]
    changed = (generator(**given | {"styles": other}) - generator(**given)).abs()
    assert (changed.mean((2, 3, 4)) > 1e-5).all(), "in every view"


@torch.no_grad()
def test_without_truncation_looks_are_their_own_and_at_zero_all_are_the_average() -> None:
    generator, given = network(48), inputs(2)
    given = {name: value[:1].repeat(2, *[1] * (value.dim() - 1)) for name, value in given.items()}
    for name in ("styles", "controls"):
        given[name] = inputs(2)[name]
    own = generator(**given)
    assert (own[0] - own[1]).abs().mean() > 1e-3
    rng = torch.Generator().manual_seed(4)
    generator.centre(
        torch.randn(20, 6, generator=rng), torch.eye(3)[torch.arange(20) % 3], torch.rand(20, CONTROLS) - 0.5
    )
    assert torch.equal(generator(**given), own)
    average = generator(**given | {"truncation": torch.zeros(2, 1)})
    assert (average[0] - average[1]).abs().max() < 1e-6
    between = generator(**given | {"truncation": torch.full((2, 1), 0.5)})
    assert (between[0] - between[1]).abs().mean() < (own[0] - own[1]).abs().mean()


@torch.no_grad()
def test_a_convolution_is_scaled_by_its_style_as_if_its_weights_were() -> None:
    """Against the formula of StyleGAN2, computed for each picture by itself."""
    for doubling in (False, True):
        styled = _Styled(5, 4, 3, doubling)
        initialise_guided(styled, torch.Generator().manual_seed(5))
        maps, style = torch.randn(2, 5, 8, 8), torch.randn(2, 3)
        made = styled(maps, style)
        for one in range(2):
            scale = 1 + styled.say(style[one])
            axis = (-1, 1, 1, 1) if doubling else (1, -1, 1, 1)
            weight = styled.convolve.weight * scale.reshape(axis)
            # four of the sixteen taps reach each pixel of the doubled picture
            share = 0.25 if doubling else 1.0
            power = share * weight.square().sum((0, 2, 3) if doubling else (1, 2, 3), keepdim=True)
            weight = weight / (power + 1e-8).sqrt()
            if doubling:
                expected = functional.conv_transpose2d(maps[one : one + 1], weight, stride=2, padding=1)
            else:
                expected = functional.conv2d(maps[one : one + 1], weight, padding=1)
            assert torch.allclose(made[one : one + 1], expected, atol=1e-5)


@torch.no_grad()
def test_what_is_at_the_lower_border_does_not_reach_the_upper_one() -> None:
    generator, given = network(160), inputs(1, 160)
    before = generator(**given)
    given["labels"][..., -8:, :] = 0
    changed = (generator(**given) - before).abs()
    assert changed[..., -8:, :].max() > 1e-4
    assert changed[..., :8, :].max() == 0


def test_gradients_reach_mapping_and_constant(generator: PortraitGenerator) -> None:
    pictures = generator(**inputs(1))
    weight = generator.mapping[0].weight
    slopes = torch.autograd.grad(pictures.square().sum(), [weight, generator.constant])
    assert all(slope.abs().sum() > 0 for slope in slopes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"side_px": 100}, "multiple of 16"), ({"mapping_layers": 0}, "at least one layer")],
)
def test_a_configuration_that_cannot_be_is_refused(changes: dict[str, int], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        PortraitConfig(3, control_channels=CONTROLS, **changes)
