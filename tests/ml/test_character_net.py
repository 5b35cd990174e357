"""The characters' networks: shapes, views that hear of each other, parts that matter."""

import pytest
import torch
from torch import Tensor

from ml.nets.characters import CharacterConfig, CharacterDiscriminator, CharacterGenerator
from ml.nets.guided import initialise_guided

CONFIG = CharacterConfig(
    3, generator_channels=(16, 12, 12, 8, 8), discriminator_channels=(8, 8, 12, 16), label_channels=3
)
HEIGHT, WIDTH = 48, 32


@pytest.fixture(scope="module")
def generator() -> CharacterGenerator:
    network = CharacterGenerator(CONFIG)
    initialise_guided(network, torch.Generator().manual_seed(0))
    return network.eval()


def inputs(batch: int, height: int = HEIGHT) -> list[Tensor]:
    rng = torch.Generator().manual_seed(1)
    return [
        torch.randint(0, 18, (batch, 2, 2, height, WIDTH), generator=rng),
        torch.rand(batch, 2, 3, height, WIDTH, generator=rng) * 2 - 1,
        torch.randn(batch, 2, 1, height, WIDTH, generator=rng),
        torch.randn(batch, 2, 8, height // 16, WIDTH // 16, generator=rng),
        torch.randn(batch, 32, generator=rng),
        torch.eye(3)[torch.arange(batch) % 3],
        torch.randn(batch, 69, generator=rng),
    ]


@torch.no_grad()
def test_all_views_are_painted_at_the_guides_size(generator: CharacterGenerator) -> None:
    pictures = generator(*inputs(2))
    assert pictures.shape == (2, 2, 4, HEIGHT, WIDTH)
    assert 0 <= pictures.min() <= pictures.max() <= 1


@torch.no_grad()
def test_what_one_view_shows_reaches_the_other_in_the_same_rows(generator: CharacterGenerator) -> None:
    given = inputs(1, 256)
    before = generator(*given)
    given[0][:, 0, :, 112:144] = 0
    other = (generator(*given) - before).abs()[:, 1]
    # far away, through the coarsest level, hardly anything is heard
    assert other[:, :, 112:144].mean() > 4 * other[:, :, :16].mean()
    assert other[:, :, 112:144].mean() > 1e-4


@torch.no_grad()
def test_style_and_archetype_change_every_view(generator: CharacterGenerator) -> None:
    given = inputs(1)
    for index, value in ((4, given[4].flip(1)), (5, given[5].roll(1, 1))):
        other = [*given[:index], value, *given[index + 1 :]]
        assert ((generator(*other) - generator(*given)).abs().mean((2, 3, 4)) > 1e-4).all()


def test_the_discriminator_hears_both_views_and_learns() -> None:
    judge = CharacterDiscriminator(CONFIG)
    initialise_guided(judge, torch.Generator().manual_seed(2))
    labels, relief, _, _, _, archetype, controls = inputs(2)
    pictures = torch.rand(2, 2, 4, HEIGHT, WIDTH, requires_grad=True)
    logits = judge(pictures, labels, relief, archetype, controls)
    assert logits.shape == (2, 2, HEIGHT // 16, WIDTH // 16)
    (slopes,) = torch.autograd.grad(logits[:, 0].sum(), pictures)
    assert (slopes[:, 1].abs().sum() > 0).item()


@torch.no_grad()
def test_a_surface_is_painted_by_its_own_colour_alone(generator: CharacterGenerator) -> None:
    given = inputs(1)
    given[0][:, :, 1] = 5
    guide = generator.codes(given[0], given[1], given[6])
    colour = given[6][0, 12:15] * 0.5 + 0.5
    assert torch.allclose(guide[:, -3:], colour[None, :, None, None].expand(2, -1, HEIGHT, WIDTH))
    given[0][:, :, 1] = 0
    assert (generator.codes(given[0], given[1], given[6])[:, -3:] == 0.5).all()


def test_a_configuration_with_too_few_controls_is_refused() -> None:
    with pytest.raises(ValueError, match="three numbers for each surface"):
        CharacterConfig(3, control_channels=9)


def test_a_configuration_without_views_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one view"):
        CharacterConfig(3, views=0)
