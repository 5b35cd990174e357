"""Small pictures made to tile, and enlarged so that they still do."""

import numpy as np
import pytest
from numpy.typing import NDArray

from ml.infer.seamless import make_periodic
from ml.infer.upscale import enlarge_tile


def noise_tile(side: int = 16, seed: int = 0) -> NDArray[np.float32]:
    """Independent pixels: tiles as well as anything, since no two neighbours have to do with each other."""
    return np.random.default_rng(seed).uniform(-1, 1, (side, side, 3)).astype(np.float32)


def smooth_field(side: int, period: float, seed: int = 0) -> NDArray[np.float32]:
    """A few waves in (side, side, 3) that repeat after ``period`` pixels; they tile when that is ``side``."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side] / period * 2 * np.pi
    field = np.zeros((side, side, 3))
    for _ in range(12):
        down, across = rng.integers(-4, 5, 2)
        field += np.cos(down * y + across * x + rng.uniform(0, 6.28))[:, :, None] * rng.normal(0, 0.2, 3)
    return np.clip(field, -1, 1).astype(np.float32)


def spots(seed: int) -> NDArray[np.float32]:
    """(64, 64, 3) of soft spots, cut out of a larger picture: its sides do not meet."""
    field = np.random.default_rng(seed).normal(0, 1, (96, 96, 3))
    for axis in (0, 1):
        field = np.sum([np.roll(field, shift, axis) for shift in range(5)], axis=0)
    field = field[16:80, 16:80]
    picture: NDArray[np.float32] = np.clip(field / (2 * field.std()), -1, 1).astype(np.float32)
    return picture


def seam_ratio(picture: NDArray[np.generic], axis: int, step: int = 1) -> float:
    """The step across the edge over the steps inside at the same distance from a pixel of the source."""
    values = np.moveaxis(picture.astype(np.float64), axis, 0)
    inside = np.abs(values[step::step] - values[step - 1 : -1 : step]).mean()
    return float(np.abs(values[0] - values[-1]).mean() / inside)


def seam_steps(picture: NDArray[np.uint8], axis: int, scale: int) -> float:
    """How much changes within a pixel of the source around the seam, over the same around the middle."""
    changes = np.abs(np.diff(np.roll(picture.astype(int), 2 * scale, axis), axis=axis)).mean(
        axis=(1 - axis, 2)
    )
    return float(changes[scale : 3 * scale].mean() / changes[4 * scale :].mean())


@pytest.mark.parametrize(("down", "across"), [(1, 0), (0, 5), (11, 3)])
@pytest.mark.parametrize("scale", [1, 4, 7])
def test_enlarging_a_shifted_tile_is_shifting_the_enlarged_one(scale: int, down: int, across: int) -> None:
    tile = noise_tile()
    shifted = enlarge_tile(np.roll(tile, (down, across), (0, 1)), 16 * scale).astype(int)
    expected = np.roll(enlarge_tile(tile, 16 * scale), (down * scale, across * scale), (0, 1)).astype(int)
    # sums in another order may round the other way, now and then
    assert np.abs(shifted - expected).max() <= 1
    assert (shifted != expected).mean() < 1e-3


@pytest.mark.parametrize("size", [64, 100, 512])
@pytest.mark.parametrize("axis", [0, 1])
def test_the_seam_is_no_larger_than_any_other_step(size: int, axis: int) -> None:
    picture = enlarge_tile(noise_tile(16, seed=3), size)
    assert picture.shape == (size, size, 3)
    assert 0.6 < seam_ratio(picture, axis, max(1, size // 16)) < 1.6


def test_the_same_size_changes_nothing_but_the_type() -> None:
    tile = noise_tile(64)
    assert (enlarge_tile(tile, 64) == np.floor(np.clip(tile * 127.5 + 128, 0, 255.5))).all()


@pytest.mark.parametrize(("value", "expected"), [(-1, 0), (0, 128), (1, 255)])
def test_flat_stays_flat_at_any_size(value: float, expected: int) -> None:
    for size in (64, 65, 333):
        assert (enlarge_tile(np.full((57, 61, 3), value, np.float32), size) == expected).all()


def test_overshoots_are_clipped_and_do_not_wrap_around() -> None:
    tile = np.full((16, 16, 3), -1, np.float32)
    tile[:, 8:] = 1
    picture = enlarge_tile(tile, 256)
    # away from the two edges the sides keep their own colour
    assert picture[:, 8:120].max() < 64
    assert picture[:, 136:248].min() > 192
    assert (picture.min(), picture.max()) == (0, 255)


def test_shrinking_averages_instead_of_picking() -> None:
    stripes = np.tile(np.array([-1, 1], np.float32)[None, :, None], (256, 128, 3))
    assert np.abs(enlarge_tile(stripes, 64).astype(int) - 128).max() < 30


def test_colours_keep_their_channels() -> None:
    tile = np.full((16, 16, 3), -1, np.float32)
    tile[:, :, 0] = 1
    assert (enlarge_tile(tile, 64) == (255, 0, 0)).all()


@pytest.mark.parametrize("seed", range(4))
def test_a_picture_that_does_not_tile_is_made_to(seed: int) -> None:
    picture = spots(seed)
    tile = make_periodic(picture)
    for axis in (0, 1):
        assert seam_ratio(picture, axis) > 1.7
        assert seam_ratio(tile, axis) < 1.35
    assert all(56 <= side <= 64 for side in tile.shape[:2])
    assert tile.dtype == np.float32
    assert np.abs(tile).max() <= 1


def test_the_seam_stays_closed_after_enlarging() -> None:
    tile = make_periodic(spots(0))
    scale = 4
    picture = enlarge_tile(tile[:56, :56], 56 * scale), enlarge_tile(tile, tile.shape[0] * scale)
    for axis in (0, 1):
        cut_open, closed = (seam_steps(enlarged, axis, scale) for enlarged in picture)
        assert closed < 1.35
        assert closed < cut_open


@pytest.mark.parametrize("seed", range(4))
def test_a_picture_that_tiles_is_left_as_it_is(seed: int) -> None:
    tile = smooth_field(64, period=64.0, seed=seed)
    assert np.array_equal(make_periodic(tile), tile)


def test_equal_pictures_give_equal_tiles_and_the_input_is_not_changed() -> None:
    picture = smooth_field(48, period=70.0)
    copy = picture.copy()
    assert np.array_equal(make_periodic(picture), make_periodic(copy))
    assert np.array_equal(picture, copy)


def test_a_flat_picture_stays_whole() -> None:
    flat = np.full((64, 64, 3), 0.25, np.float32)
    assert np.array_equal(make_periodic(flat), flat)
