"""Distances on sets whose distance is known, and what they must not depend on."""

import numpy as np
import pytest
import torch
from torch import Tensor

from ml.export.distances import (
    frechet_distance,
    kernel_distance,
    laplacian_levels,
    moments,
    nearest_distances,
    nearest_neighbour_accuracy,
    pixel_spread,
    rank_correlation,
    seam_ratio,
    sliced_wasserstein,
)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def cloud(count: int, shift: float = 0.0, seed: int = 0) -> Tensor:
    """Normally distributed features."""
    return torch.from_numpy(rng(seed).normal(shift, 1, (count, 6)))


def noise(count: int, px: int = 64, seed: int = 0, coarse: int = 1) -> Tensor:
    """Pictures of squares of random colours, ``coarse`` pixels wide."""
    small = rng(seed).integers(0, 256, (count, 3, px // coarse, px // coarse), dtype=np.uint8)
    return torch.from_numpy(small.repeat(coarse, 2).repeat(coarse, 3))


def test_the_frechet_distance_of_shifted_clouds_is_the_squared_shift() -> None:
    first = cloud(500)
    assert frechet_distance(moments(first), moments(first)) == pytest.approx(0, abs=1e-9)
    assert frechet_distance(moments(first), moments(first + 2)) == pytest.approx(6 * 4, rel=1e-6)


def test_the_kernel_distance_is_that_of_its_formula() -> None:
    first, second = torch.tensor([[1.0], [2.0]]), torch.tensor([[0.0], [3.0]])
    # kernels of pairs: 27 within the first, 1 within the second, (1, 64, 1, 343) across
    assert kernel_distance(first, second) == pytest.approx(27 + 1 - 2 * (1 + 64 + 1 + 343) / 4)


def test_the_kernel_distance_is_zero_on_average_for_one_source_and_grows_with_the_shift() -> None:
    same = [kernel_distance(cloud(40, seed=2 * turn), cloud(40, seed=2 * turn + 1)) for turn in range(60)]
    assert abs(np.mean(same)) < 3 * np.std(same) / np.sqrt(60)
    assert min(same) < 0 < max(same), "unbiased, so that it falls on both sides"
    near, far = (kernel_distance(cloud(40), cloud(40, shift, seed=1)) for shift in (0.5, 1.5))
    assert 3 * np.std(same) < near < far


def test_the_kernel_distance_does_not_depend_on_order_or_side() -> None:
    first, second = cloud(20), cloud(30, 0.5, seed=1)
    assert kernel_distance(first.flip(0), second) == pytest.approx(kernel_distance(first, second))
    assert kernel_distance(second, first) == pytest.approx(kernel_distance(first, second))


def test_nearest_neighbours_are_at_chance_for_one_source_and_right_for_two() -> None:
    assert nearest_neighbour_accuracy(cloud(300), cloud(300, seed=1)) == pytest.approx(0.5, abs=0.07)
    assert nearest_neighbour_accuracy(cloud(30), cloud(30, 50, seed=1)) == 1


def test_copies_are_nearest_to_their_originals() -> None:
    assert nearest_neighbour_accuracy(cloud(30), cloud(30) + 1e-6) == 0


def test_nearest_neighbours_are_counted_by_hand() -> None:
    # on a line: 0 and 1 of the first set; 1.5 and 9 of the second; only 0 has one of its own beside it
    first, second = torch.tensor([[0.0], [1.0]]), torch.tensor([[1.5], [9.0]])
    # 0 -> 1 own, 1 -> 1.5 other, 1.5 -> 1 other, 9 -> 1.5 own
    assert nearest_neighbour_accuracy(first, second) == 0.5


def test_the_pyramid_halves_down_and_a_flat_picture_is_in_its_last_level_alone() -> None:
    levels = laplacian_levels(torch.full((2, 3, 64, 64), 200, dtype=torch.uint8))
    assert [level.shape[-1] for level in levels] == [64, 32, 16]
    # the mirrored border is not even after every other pixel was left out, so only the inside is exact
    assert max(float(level[:, :, 4:-4, 4:-4].abs().max()) for level in levels[:2]) < 1e-3
    assert levels[2].mean() == pytest.approx(200, abs=1e-3)


def test_fine_stripes_are_in_the_finest_level_and_broad_ones_in_the_last() -> None:
    columns = torch.arange(64)
    fine = ((columns % 2) * 255).to(torch.uint8).expand(1, 3, 64, 64)
    broad = (127 + 100 * torch.sin(columns * 2 * torch.pi / 64)).to(torch.uint8).expand(1, 3, 64, 64)
    finest, _, last = laplacian_levels(fine)
    assert finest.std() > 20 * last.std()
    finest, _, last = laplacian_levels(broad)
    assert last.std() > 20 * finest[..., 4:-4].std()


def test_the_sliced_distance_grows_with_the_grain() -> None:
    fine = laplacian_levels(noise(12, seed=1))[0]
    others = [laplacian_levels(noise(12, seed=2, coarse=coarse))[0] for coarse in (1, 4, 8)]
    same, coarser, coarsest = (sliced_wasserstein(fine, other, rng()) for other in others)
    assert 1.2 * same < coarser < coarsest


def test_the_sliced_distance_sees_grain_and_not_mean_or_contrast() -> None:
    """ProGAN shifts and scales each set by its own mean and deviation."""
    level = laplacian_levels(noise(16))[2]
    assert sliced_wasserstein(level, level * 0.5 + 40, rng()) < 1.3 * sliced_wasserstein(level, level, rng())


def test_the_sliced_distance_repeats_with_its_seed() -> None:
    first, second = (laplacian_levels(noise(4, seed=seed))[0] for seed in (0, 1))
    assert sliced_wasserstein(first, second, rng(3)) == sliced_wasserstein(first, second, rng(3))
    assert sliced_wasserstein(first, second, rng(3)) != sliced_wasserstein(first, second, rng(4))


def test_the_spread_of_two_pictures_is_their_difference() -> None:
    pictures = torch.zeros(2, 3, 64, 64, dtype=torch.uint8)
    pictures[1] = 51
    assert pixel_spread(pictures) == pytest.approx(0.2)
    assert pixel_spread(pictures[[0, 0]]) == 0


def test_the_nearest_picture_is_found_however_it_is_shifted() -> None:
    pictures = noise(3, coarse=8)
    # shifts of two pixels are whole pixels of the size at which pictures are compared
    shifted = pictures.roll((6, -14), (2, 3))
    assert nearest_distances(shifted, pictures).max() < 1e-3
    assert nearest_distances(shifted[:1], pictures[1:]).min() > 0.1
    grey = torch.zeros_like(pictures[:1])
    assert float(nearest_distances(grey + 51, grey)) == pytest.approx(0.2)


def test_the_seam_ratio_is_one_for_noise_and_large_for_a_ramp() -> None:
    assert seam_ratio(noise(8)) == pytest.approx(1, abs=0.05)
    ramp = torch.arange(64, dtype=torch.uint8).expand(1, 3, 64, 64)
    assert seam_ratio(ramp) == pytest.approx(63), "63 back to 0, and steps of 1 inside"
    assert seam_ratio(ramp.roll(20, 3)) < 1, "the seam is inside now"


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ([1, 2, 3, 4], 1),
        ([1, 20, 300, 4000], 1),
        ([4, 3, 2, 1], -1),
        ([5, 5, 5, 5], 0),
        ([2, 1, 4, 3], 0.6),
        # ranks 1.5, 1.5, 3.5, 3.5: covariance 4 over the root of 5 x 4
        ([1, 1, 2, 2], 4 / 20**0.5),
    ],
)
def test_the_rank_correlation_counts_order_alone(got: list[float], expected: float) -> None:
    assert rank_correlation([1, 2, 3, 4], got) == pytest.approx(expected)


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        kernel_distance(cloud(1), cloud(5))
    with pytest.raises(ValueError, match="at least 2"):
        nearest_neighbour_accuracy(cloud(5), cloud(1))
    with pytest.raises(ValueError, match="equally large"):
        nearest_neighbour_accuracy(cloud(5), cloud(4))
    with pytest.raises(ValueError, match="equally large"):
        sliced_wasserstein(noise(2).float(), noise(3).float(), rng())
    with pytest.raises(ValueError, match="at least 1"):
        sliced_wasserstein(noise(0).float(), noise(0).float(), rng())
    with pytest.raises(ValueError, match="48 pixels"):
        laplacian_levels(noise(1, px=48))
    with pytest.raises(ValueError, match="8 pixels"):
        laplacian_levels(noise(1, px=8))
    with pytest.raises(ValueError, match="at least 2"):
        pixel_spread(noise(1))
    with pytest.raises(ValueError, match="at least 1"):
        nearest_distances(noise(1), noise(0))
    with pytest.raises(ValueError, match="at least 1"):
        seam_ratio(noise(0))
    with pytest.raises(ValueError, match="three pairs"):
        rank_correlation([1, 2], [1, 2])
    with pytest.raises(ValueError, match="equal"):
        rank_correlation([1, 1, 1], [1, 2, 3])
