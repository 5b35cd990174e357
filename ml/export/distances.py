"""Distances between sets of pictures, between pictures, and between numbers: tensors in, numbers out.

Pictures are uint8 (N, 3, H, W), features float (N, F), numbers float (N,). What is random comes from the caller's
numpy Generator. No files and no networks.
"""

import math

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor
from torch.nn import functional

__all__ = [
    "frechet_distance",
    "kernel_distance",
    "laplacian_levels",
    "moments",
    "nearest_distances",
    "nearest_neighbour_accuracy",
    "pixel_spread",
    "rank_correlation",
    "seam_ratio",
    "sliced_wasserstein",
]

DISTANCE_PX = 32
"""Pictures are compared pixel by pixel at this size: layout and colour count, grain does not."""
SPREAD_LIMIT = 200
"""Of larger sets the first so many count: pairs grow with the square."""
PATCH_PX, PATCHES, PROJECTIONS = 7, 128, 512


def moments(features: Tensor) -> tuple[Tensor, Tensor]:
    """Mean (F,) and covariance (F, F)."""
    return features.mean(0), features.T.cov()


def frechet_distance(first: tuple[Tensor, Tensor], second: tuple[Tensor, Tensor]) -> float:
    """Squared Frechet distance of two normal distributions (Heusel et al., arXiv 1706.08500)."""
    (mean_a, cov_a), (mean_b, cov_b) = first, second
    # the trace of the root of A B is the sum of the roots of its eigenvalues, which are real and not negative
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp_min(0).sqrt().sum()
    distance = (mean_a - mean_b).square().sum() + cov_a.trace() + cov_b.trace() - 2 * roots
    return float(distance)


def kernel_distance(first: Tensor, second: Tensor) -> float:
    """Unbiased squared maximum mean discrepancy under the kernel (x . y / F + 1)^3.

    KID's form (Binkowski et al., arXiv 1801.01401). Of two sets from one source it is 0 on average, so that single
    values may lie below. Raises ValueError for fewer than two rows.
    """
    _require(first, second, 2)
    a, b = first.double(), second.double()
    return _mean_of_pairs(a) + _mean_of_pairs(b) - 2 * float(_cubic(a, b).mean())


def nearest_neighbour_accuracy(first: Tensor, second: Tensor) -> float:
    """How often the nearest other row is of the same set, over the rows of both, which are equally many.

    The leave-one-out 1-NN two-sample test (Lopez-Paz and Oquab, arXiv 1610.06545; for generated pictures Xu et al.,
    arXiv 1806.07755): 0.5 for two sets from one source, 1 for sets that are told apart at a glance, towards 0 for
    copies. Raises ValueError for fewer than two rows, or unequally many.
    """
    _require(first, second, 2)
    if len(first) != len(second):
        raise ValueError(f"sets of {len(first)} and {len(second)} are not equally large")
    rows = torch.cat([first, second]).double()
    # the quick way by products loses the digits in which near rows differ
    distances = torch.cdist(rows, rows, compute_mode="donot_use_mm_for_euclid_dist")
    nearest = distances.fill_diagonal_(math.inf).argmin(1)
    same = (nearest < len(first)) == (torch.arange(len(rows)) < len(first))
    return float(same.double().mean())


def laplacian_levels(images: Tensor, smallest_px: int = 16) -> list[Tensor]:
    """float (N, 3, S, S) for S from the pictures' size down to ``smallest_px`` by halving.

    A Laplacian pyramid (Burt and Adelson 1983) as ProGAN builds it (arXiv 1710.10196): each level is what the next
    smaller one lacks, the last one what is left. Borders are mirrored. Raises ValueError when halving does not lead
    to ``smallest_px``.
    """
    size = images.shape[-1]
    if size < smallest_px or (size // smallest_px).bit_count() != 1 or size % smallest_px:
        raise ValueError(f"pictures of {size} pixels are not {smallest_px} doubled some times")
    level, levels = images.float(), []
    while level.shape[-1] > smallest_px:
        smaller = _blurred(level)[:, :, ::2, ::2]
        levels.append(level - _enlarged(smaller))
        level = smaller
    return [*levels, level]


def sliced_wasserstein(first: Tensor, second: Tensor, rng: np.random.Generator) -> float:
    """Sliced Wasserstein distance of one pyramid level of two equally large sets of pictures, times 1000.

    As ProGAN measures it (arXiv 1710.10196): 128 patches of 7 x 7 x 3 at random places of each picture, of each set
    shifted and scaled to mean 0 and deviation 1 per colour, projected onto 512 random directions; the mean distance
    of the sorted projections. It falls with the number of pictures: compare only what was measured on equally many.
    Raises ValueError for sets that are empty or unequally large.
    """
    _require(first, second, 1)
    if len(first) != len(second):
        raise ValueError(f"sets of {len(first)} and {len(second)} are not equally large")
    a, b = (_standardised(_patches(level, rng)) for level in (first, second))  # (N * 128, 147)
    directions = rng.standard_normal((PROJECTIONS, a.shape[1])).astype(np.float32)
    unit = torch.from_numpy(directions / np.linalg.norm(directions, axis=1, keepdims=True))
    # numpy's sort is several times faster than torch's, along neighbouring numbers
    sorted_a, sorted_b = (np.sort((unit @ part.T).numpy(), axis=1) for part in (a, b))
    return float(np.abs(sorted_a - sorted_b).mean()) * 1000


def pixel_spread(images: Tensor) -> float:
    """Mean distance of all pairs, as root-mean-square pixel difference, 0 to 1.

    Raises ValueError for fewer than two pictures.
    """
    _require(images, images, 2)
    flat = _small(images[:SPREAD_LIMIT]).flatten(1)
    return float(torch.pdist(flat).mean()) / math.sqrt(flat.shape[1])


def nearest_distances(images: Tensor, references: Tensor) -> Tensor:
    """(N,) root-mean-square pixel difference to the nearest reference, over all wrapped shifts, 0 to 1.

    Raises ValueError when either set is empty.
    """
    _require(images, references, 1)
    return _shifted_distances(_small(images), _small(references)).amin(1)


def seam_ratio(images: Tensor) -> float:
    """Mean step from pixel to pixel across the wrapped border over that inside the picture: 1 is seamless.

    Raises ValueError when there is no picture.
    """
    _require(images, images, 1)
    values = images.float()
    seam, inside = 0.0, 0.0
    for axis in (2, 3):
        steps = (values - values.roll(1, axis)).abs()
        seam += float(steps.select(axis, 0).mean())
        inside += float(steps.narrow(axis, 1, steps.shape[axis] - 1).mean())
    return seam / max(inside, 1e-9)


def rank_correlation(asked: ArrayLike, got: ArrayLike) -> float:
    """Spearman's rank correlation, equal numbers sharing their mean rank; 0 where all of ``got`` are equal.

    Raises ValueError for fewer than three pairs and where all of ``asked`` are equal.
    """
    x, y = (np.asarray(part, np.float64) for part in (asked, got))
    if x.shape != y.shape or x.ndim != 1 or len(x) < 3:
        raise ValueError(f"a rank correlation needs at least three pairs, not {x.shape} and {y.shape}")
    ranks_x, ranks_y = _ranks(x), _ranks(y)
    if not ranks_x.any():
        raise ValueError("everything that was asked for is equal: nothing can follow it")
    length = np.linalg.norm(ranks_x) * np.linalg.norm(ranks_y)
    return float(ranks_x @ ranks_y / length) if length else 0.0


def _require(first: Tensor, second: Tensor, least: int) -> None:
    if min(len(first), len(second)) < least:
        raise ValueError(f"at least {least} of each are needed, not {len(first)} and {len(second)}")


def _cubic(a: Tensor, b: Tensor) -> Tensor:
    return (a @ b.T / a.shape[1] + 1) ** 3


def _mean_of_pairs(rows: Tensor) -> float:
    """Mean kernel over all pairs of different rows."""
    kernel = _cubic(rows, rows)
    return float((kernel.sum() - kernel.trace()) / (len(rows) * (len(rows) - 1)))


def _binomial(channels: int) -> Tensor:
    line = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16
    return (line[:, None] * line).expand(channels, 1, 5, 5)


def _blurred(level: Tensor) -> Tensor:
    channels = level.shape[1]
    padded = functional.pad(level, (2, 2, 2, 2), mode="reflect")
    return functional.conv2d(padded, _binomial(channels), groups=channels)


def _enlarged(level: Tensor) -> Tensor:
    """Twice as large: every other pixel is 0 before the same filter, times 4 to keep the mean."""
    count, channels, height, width = level.shape
    wide = level.new_zeros(count, channels, 2 * height, 2 * width)
    wide[:, :, ::2, ::2] = level * 4
    return _blurred(wide)


def _patches(level: Tensor, rng: np.random.Generator) -> Tensor:
    """(N * PATCHES, 3, 7, 7) at random places, within the picture."""
    count, _, height, width = level.shape
    windows = level.unfold(2, PATCH_PX, 1).unfold(3, PATCH_PX, 1)  # (N, 3, H - 6, W - 6, 7, 7)
    rows = torch.from_numpy(rng.integers(height - PATCH_PX + 1, size=(count, PATCHES)))
    columns = torch.from_numpy(rng.integers(width - PATCH_PX + 1, size=(count, PATCHES)))
    pictures = torch.arange(count)[:, None].expand(count, PATCHES)
    return windows[pictures, :, rows, columns].flatten(0, 1)


def _standardised(patches: Tensor) -> Tensor:
    mean = patches.mean((0, 2, 3), keepdim=True)
    deviation = patches.std((0, 2, 3), keepdim=True).clamp_min(1e-6)
    return ((patches - mean) / deviation).flatten(1)


def _small(images: Tensor) -> Tensor:
    return functional.interpolate(images.float() / 255, size=DISTANCE_PX, mode="area")  # (N, 3, 32, 32)


def _shifted_distances(queries: Tensor, references: Tensor) -> Tensor:
    """(Q, 3, S, S) against (R, 3, S, S): least root-mean-square difference over wrapped shifts: (Q, R)."""
    spectra = torch.fft.rfft2(references)
    energy = references.square().sum((1, 2, 3))  # (R,)
    rows = []
    for query in queries:
        product = (torch.fft.rfft2(query).conj() * spectra).sum(1)  # (R, S, S / 2 + 1), summed over colours
        best = torch.fft.irfft2(product, s=query.shape[-2:]).amax((1, 2))  # (R,) greatest correlation
        rows.append((query.square().sum() + energy - 2 * best).clamp_min(0) / query.numel())
    return torch.stack(rows).sqrt()


def _ranks(
    numbers: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Centred ranks."""
    _, place, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    centred: np.ndarray[tuple[int], np.dtype[np.float64]] = ranks - ranks.mean()
    return centred
