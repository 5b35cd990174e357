"""The cut detector's network: shapes, size, and that a frame's answer depends on no more than its reach."""

import pytest
import torch

from ml.nets.cut_detector import CutDetector, CutDetectorConfig, CutProbabilities, _band, _histogram

TINY = CutDetectorConfig(
    stem_channels=(4, 4),
    trunk_channels=(4, 8),
    dilations=(1, 2),
    embedding=4,
    band_frames=6,
    head_channels=16,
    head_dilations=(1,),
)


@pytest.fixture
def network() -> CutDetector:
    torch.manual_seed(0)
    return CutDetector(TINY).eval()


@pytest.mark.parametrize(("batch", "length"), [(1, 2), (2, 9), (1, 40)])
def test_every_frame_gets_two_numbers_and_its_kinds(network: CutDetector, batch: int, length: int) -> None:
    frames = torch.rand(batch, length, 27, 48, 3)
    assert network(frames).shape == (batch, length, 7)
    said = CutProbabilities(network)(frames)
    assert said.min() >= 0
    assert said.max() <= 1
    assert torch.allclose(said[..., 2:].sum(2), torch.ones(batch, length), atol=1e-5)


def test_the_shipped_widths_stay_under_a_million_weights() -> None:
    network = CutDetector(CutDetectorConfig())
    assert sum(parameter.numel() for parameter in network.parameters()) < 1_000_000
    assert network.config.reach < 40


@torch.no_grad()
def test_frames_beyond_the_reach_have_no_say(network: CutDetector) -> None:
    frames = torch.rand(1, 60, 27, 48, 3)
    middle, reach = 30, TINY.reach
    changed = frames.clone()
    changed[:, : middle - reach] = 0
    changed[:, middle + reach + 1 :] = 1
    assert torch.allclose(network(frames)[:, middle], network(changed)[:, middle], atol=1e-5)
    changed[:, middle - reach] = 0
    assert not torch.equal(network(frames)[:, middle], network(changed)[:, middle])


@torch.no_grad()
def test_films_of_a_batch_do_not_see_each_other(network: CutDetector) -> None:
    frames = torch.rand(2, 20, 27, 48, 3)
    together = network(frames)
    assert torch.allclose(together[1], network(frames[1:])[0], atol=1e-5)


def test_a_band_holds_the_products_with_the_neighbours() -> None:
    left, right = torch.rand(2, 7, 3), torch.rand(2, 7, 3)
    band = _band(left, right, 2)
    for frame in range(7):
        for entry in range(5):
            other = frame + entry - 2
            expected = (left[:, frame] * right[:, other]).sum(1) if 0 <= other < 7 else torch.zeros(2)
            assert torch.allclose(band[:, frame, entry], expected, atol=1e-6)


def test_a_histogram_holds_the_shares_of_the_colours() -> None:
    images = torch.zeros(2, 3, 27, 48)
    images[1, 0, :, 24:] = 1  # half red, half black
    shares = _histogram(images).square().reshape(2, 8, 8, 8)
    assert shares[0, 0, 0, 0] == pytest.approx(1, abs=1e-4)
    assert shares[1, 0, 0, 0] == pytest.approx(0.5, abs=1e-4)
    assert shares[1, 7, 0, 0] == pytest.approx(0.5, abs=1e-4)


def test_films_of_one_colour_give_numbers(network: CutDetector) -> None:
    for level in (0.0, 1.0):
        assert torch.isfinite(network(torch.full((1, 12, 27, 48, 3), level))).all()


def test_widths_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="multiple"):
        CutDetectorConfig(trunk_channels=(10, 12))
    with pytest.raises(ValueError, match="two numbers"):
        CutDetectorConfig(stem_channels=(8,))
