"""Normal maps and occlusion against slopes that are known."""

import numpy as np
import pytest

from ml.infer.surface import normals_from_height, occlusion_from_height

PX = 64


def waves(across: bool) -> np.ndarray:
    """One period of a cosine, 0 to 1."""
    line = 0.5 + 0.5 * np.cos(2 * np.pi * (np.arange(PX) + 0.5) / PX)
    return np.broadcast_to(line if across else line[:, None], (PX, PX)).astype(np.float32)


def test_flat_ground_looks_up() -> None:
    normals = normals_from_height(np.full((PX, PX), 0.3, np.float32), 0.1, slice(0, PX))
    assert normals == pytest.approx(np.broadcast_to([0, 0, 1], (PX, PX, 3)))
    assert occlusion_from_height(np.full((PX, PX), 0.3, np.float32), 0.1, slice(0, PX)) == pytest.approx(1)


def test_slopes_are_the_derivative_of_the_height() -> None:
    depth = 0.2
    slope = -np.pi * depth * np.sin(2 * np.pi * (np.arange(PX) + 0.5) / PX)
    expected = -slope / np.sqrt(1 + slope**2)
    level = normals_from_height(waves(across=True), depth, slice(0, PX))
    assert level[5, :, 0] == pytest.approx(expected, abs=0.01)
    assert level[..., 1] == pytest.approx(0, abs=1e-6)
    upright = normals_from_height(waves(across=False), depth, slice(0, PX))
    # rows count downwards, the normal's y points up
    assert upright[:, 5, 1] == pytest.approx(-expected, abs=0.01)


def test_bands_of_rows_join_to_the_whole() -> None:
    height = np.random.default_rng(0).random((PX, PX)).astype(np.float32)
    for function in (normals_from_height, occlusion_from_height):
        whole = function(height, 0.1, slice(0, PX))
        bands = np.concatenate(
            [function(height, 0.1, slice(start, start + 16)) for start in range(0, PX, 16)]
        )
        assert np.array_equal(whole, bands)


def test_maps_wrap_around() -> None:
    height = np.random.default_rng(1).random((PX, PX)).astype(np.float32)
    rolled = np.roll(height, (9, -5), (0, 1))
    for function in (normals_from_height, occlusion_from_height):
        whole = function(height, 0.1, slice(0, PX))
        assert np.allclose(function(rolled, 0.1, slice(0, PX)), np.roll(whole, (9, -5), (0, 1)), atol=1e-6)


def test_a_pit_is_dark_and_a_peak_is_not() -> None:
    height = np.full((PX, PX), 0.5, np.float32)
    height[10, 10], height[40, 40] = 0.0, 1.0
    occlusion = occlusion_from_height(height, 0.2, slice(0, PX))
    assert occlusion[10, 10] < 0.3
    assert occlusion[40, 40] == 1
    assert occlusion[40, 41] < 1, "beside the peak a part of the sky is hidden"
