"""Colours against published figures."""

import numpy as np
import pytest

from ml.colour import ciede2000, lab, linear_to_oklab, linear_to_srgb, oklab_to_linear, srgb_to_linear

# from Sharma, Wu and Dalal's table of test data
PAIRS = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
]


@pytest.mark.parametrize(("first", "second", "expected"), PAIRS)
def test_ciede2000_agrees_with_the_published_pairs(
    first: tuple[float, ...], second: tuple[float, ...], expected: float
) -> None:
    assert ciede2000(first, second) == pytest.approx(expected, abs=1e-4)
    assert ciede2000(second, first) == pytest.approx(expected, abs=1e-4)


def test_white_red_and_mid_grey() -> None:
    assert linear_to_oklab([1.0, 1.0, 1.0]) == pytest.approx([1, 0, 0], abs=1e-4)
    assert linear_to_oklab([1.0, 0.0, 0.0]) == pytest.approx([0.62796, 0.22486, 0.12585], abs=1e-4)
    assert lab([1.0, 0.0, 0.0]) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert srgb_to_linear(0.5) == pytest.approx(0.21404, abs=1e-5)


def test_round_trips() -> None:
    colours = np.random.default_rng(0).random((100, 3)).astype(np.float32)
    assert oklab_to_linear(linear_to_oklab(colours)) == pytest.approx(colours, abs=1e-4)
    assert linear_to_srgb(srgb_to_linear(colours)) == pytest.approx(colours, abs=1e-5)


def test_what_no_screen_shows_is_clipped() -> None:
    assert linear_to_srgb([-0.5, 2.0]).tolist() == pytest.approx([0, 1], abs=1e-6)
