"""Parts of a picture are the whole, whatever its size and shape."""

from collections.abc import Mapping

import numpy as np
import pytest
import torch

from ml.infer.painting import Canvas, Part, SpreadGuide
from ml.nets.guided import STRIDE, GuidedConfig, GuidedGenerator, initialise_guided

CONFIG = GuidedConfig(3, generator_channels=(24, 16, 12, 8, 8), discriminator_channels=(8, 12, 16, 24))
NAMES = ("guide", "grain", "local", "style", "family", "controls")


class Network:
    """The generator as the worker calls it; notes the sizes that it was asked for."""

    def __init__(self) -> None:
        self.generator = GuidedGenerator(CONFIG)
        initialise_guided(self.generator, torch.Generator().manual_seed(0))
        self.sizes: list[tuple[int, ...]] = []

    @torch.no_grad()
    def __call__(self, inputs: Mapping[str, np.ndarray]) -> np.ndarray:
        assert set(inputs) == set(NAMES)
        assert all(array.dtype == np.float32 and array.flags.c_contiguous for array in inputs.values())
        self.sizes.append(inputs["guide"].shape[2:])
        return self.generator(*(torch.from_numpy(inputs[name]) for name in NAMES)).numpy()


@pytest.fixture(scope="module")
def network() -> Network:
    return Network()


def canvas(network: Network, width: int, height: int, guide_px: int, part_px: int, seed: int = 3) -> Canvas:
    rng = np.random.default_rng(0)
    told = {
        "style": rng.standard_normal((1, 32), np.float32),
        "family": np.eye(3, dtype=np.float32)[:1],
        "controls": rng.standard_normal((1, 10), np.float32),
    }
    guide = SpreadGuide(rng.random((guide_px, guide_px, 4), np.float32), (width, height))
    return Canvas(network, guide, told, local_channels=8, seed=seed, part_px=part_px)


def whole(painted: Canvas) -> np.ndarray:
    picture = np.full((6, painted.height, painted.width), np.nan, np.float32)
    for part in painted.parts():
        place = picture[:, part.top : part.top + part.height, part.left : part.left + part.width]
        assert np.isnan(place).all(), "no part twice"
        place[:] = painted.paint(part)
    return picture


@pytest.mark.parametrize(("width", "height"), [(256, 256), (384, 160), (128, 320)])
def test_parts_join_to_the_whole(network: Network, width: int, height: int) -> None:
    at_once = whole(canvas(network, width, height, 64, 1024))
    network.sizes.clear()
    in_parts = whole(canvas(network, width, height, 64, 128))
    assert max(max(size) for size in network.sizes) <= 128 + 2 * 64
    assert np.abs(at_once - in_parts).max() < 2e-6


def test_parts_are_nearly_of_one_size(network: Network) -> None:
    parts = list(canvas(network, 1040, 528, 64, 512).parts())
    assert {(part.height, part.width) for part in parts} == {(256, 336), (272, 336), (256, 352), (272, 352)}


def test_the_picture_tiles(network: Network) -> None:
    picture = whole(canvas(network, 128, 128, 128, 64))
    across = np.abs(picture[..., 0] - picture[..., -1]).mean() / np.abs(np.diff(picture, axis=2)).mean()
    assert across == pytest.approx(1.0, abs=0.1)


def test_a_seed_is_a_picture(network: Network) -> None:
    first, again, other = (whole(canvas(network, 64, 64, 64, 64, seed)) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert np.abs(first - other).mean() > 1e-3


def test_an_enlarged_guide_stays_in_place() -> None:
    guide = np.random.default_rng(0).random((64, 64, 4), np.float32)
    enlarged = SpreadGuide(guide, (256, 256)).relief_at(Part(0, 0, 256, 256))
    shrunk = enlarged.reshape(64, 4, 64, 4).mean(axis=(1, 3))
    assert np.corrcoef(shrunk.ravel(), guide[..., 0].ravel())[0, 1] > 0.9


def test_guides_can_lie_side_by_side() -> None:
    guide = np.random.default_rng(0).random((32, 32, 4), np.float32)
    repeated = SpreadGuide(guide, (96, 64), repeats=(3, 2))
    everywhere = repeated.at(np.arange(64), np.arange(96))
    assert np.array_equal(everywhere.transpose(1, 2, 0), np.tile(guide, (2, 3, 1)))
    assert np.array_equal(repeated.relief_at(Part(8, 40, 24, 48), 3), everywhere[0, 8:32:3, 40:88:3])


@pytest.mark.parametrize(("width", "height"), [(100, 64), (64, 8), (0, 64)])
def test_sizes_are_whole_cells(network: Network, width: int, height: int) -> None:
    with pytest.raises(ValueError, match=str(STRIDE)):
        canvas(network, width, height, 64, 64)


def test_one_part_is_painted_without_a_halo(network: Network) -> None:
    network.sizes.clear()
    painted = canvas(network, 64, 48, 64, 512)
    assert list(painted.parts()) == [Part(0, 0, 48, 64)]
    painted.paint(Part(0, 0, 48, 64))
    assert network.sizes == [(48, 64)]
