"""Looking up between pixels: exact on pixels, straight between them, and around the border."""

import numpy as np
import pytest

from ml.bilinear import Places, enlarged
from ml.layouts import voronoi


@pytest.mark.parametrize("px", [8, 6])
def test_on_its_pixels_a_picture_is_itself(px: int) -> None:
    picture = np.random.default_rng(0).random((px, px), np.float32)
    x, y = np.meshgrid(np.arange(px, dtype=np.float32), np.arange(px, dtype=np.float32))
    assert np.array_equal(Places(px, x, y).sampled(picture), picture)
    assert np.array_equal(Places(px, x + px, y - px).sampled(picture), picture)
    both = np.stack([picture, 1 - picture])
    assert np.array_equal(enlarged(both, np.arange(px) - 0.0, np.arange(px) + float(px)), both)


def test_between_pixels_it_is_the_mean_also_across_the_border() -> None:
    picture = np.zeros((4, 4), np.float32)
    picture[0, 0] = 1
    half = np.array([[-0.5, 0.5]])
    assert Places(4, half, half).sampled(picture) == pytest.approx(np.full((1, 2), 0.25))
    spread = enlarged(picture[None], np.array([-0.5, 0.0]), np.array([3.75, 0.25, 2.0]))
    assert spread[0] == pytest.approx(np.array([[0.375, 0.375, 0], [0.75, 0.75, 0]]))


def test_both_ways_of_looking_up_agree() -> None:
    rng = np.random.default_rng(1)
    picture = rng.random((16, 16), np.float32)
    rows, columns = rng.uniform(-20, 40, 30), rng.uniform(-20, 40, 25)
    x, y = np.meshgrid(columns, rows)
    assert np.abs(enlarged(picture[None], rows, columns)[0] - Places(16, x, y).sampled(picture)).max() < 1e-6


def test_a_single_stone_has_a_joint_around_it() -> None:
    edge = voronoi(32, 1, 1, seed=3).edge
    assert np.isfinite(edge).all()
    assert edge.max() == 1
    assert edge.min() < 0.1
