"""What the camera did between the two frames of a pair: flow on a grid, and the similarity that explains most of it.

Flow is of the picture's content: a camera that pans to the right moves it to the left, dx below zero. numpy only.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .lucas_kanade import GRID_COLUMNS, GRID_ROWS, grid_centres, track_grid

__all__ = ["MOTION_NUMBERS", "PAIR_SECONDS", "ShotMotion", "luma_of", "motion_numbers", "shot_motion"]

PAIR_SECONDS = 1 / 12
"""Film time between the frames of a pair; what other pairs show is scaled to it."""
MOTION_NUMBERS = (
    "shift_x",
    "shift_y",
    "log_scale",
    "rotation",
    "inlier_share",
    "median_residual",
    "parallax",
    "luma_change",
)
"""Shifts and residuals in widths of the frame, rotation in radians (clockwise above zero)."""

_MAX_FLOW = 0.25
_ROUNDS = 10
_NARROWEST = 0.4 / 160
"""Widths: residuals of a good match of a rigid scene stay under it."""
_TRUSTED = 2.0
"""Sum of confidences (of 144) under which a picture shows no motion at all: a black or a flat one."""

_Array = NDArray[np.float32]
_Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ShotMotion:
    """The motion in the pairs of a shot, per 1/12 s."""

    flow: _Array
    """(N, 3, 9, 16) float32: dx, dy in widths of the frame, within 0.25; confidence 0 to 1."""
    motion: _Array
    """(N, 8) float32: ``MOTION_NUMBERS``."""


def luma_of(frames: NDArray[np.uint8]) -> _Array:
    """(..., height, width, 3) sRGB to (..., height, width) luma from 0 to 1, by the weights of BT.709."""
    weights = np.array([0.2126, 0.7152, 0.0722], np.float32) / np.float32(255)
    return np.asarray(frames @ weights, np.float32)


def shot_motion(first: NDArray[np.uint8], second: NDArray[np.uint8], seconds: _Doubles) -> ShotMotion:
    """Motion between frames (N, height, width, 3) uint8 that are ``seconds`` (N) apart.

    A pair of no distance in time, one frame shown twice, has no motion.
    """
    one, two = luma_of(first), luma_of(second)
    height, width = one.shape[1:]
    tracked = track_grid(one, two)
    # far beyond any film: 1000 frames a second
    apart = seconds > 1e-4
    rate = np.where(apart, PAIR_SECONDS / np.where(apart, seconds, 1), 0)
    flow = tracked.shift_px.astype(np.float64) / width
    trust = tracked.confidence.astype(np.float64)
    centres = (grid_centres(height, width) - (np.array([width, height]) - 1) / 2) / width
    numbers = np.empty((len(one), len(MOTION_NUMBERS)))
    numbers[:, :7] = _explain(flow, trust, centres.astype(np.float64), rate)
    numbers[:, 7] = two.mean(axis=(1, 2)) - one.mean(axis=(1, 2))
    scaled = np.clip(flow * rate[:, None, None], -_MAX_FLOW, _MAX_FLOW)
    grid = np.concatenate([scaled, trust[..., None]], axis=-1)
    grid = grid.reshape(-1, GRID_ROWS, GRID_COLUMNS, 3).transpose(0, 3, 1, 2)
    return ShotMotion(np.ascontiguousarray(grid, np.float32), numbers.astype(np.float32))


def motion_numbers(flow: _Doubles, trust: _Doubles, centres: _Doubles) -> _Doubles:
    """(N, 7): the first seven of ``MOTION_NUMBERS`` of known vectors (N, K, 2), in widths per 1/12 s.

    trust: (N, K) from 0 to 1; centres: (K, 2) from the middle of the frame, in widths.
    """
    return _explain(flow, trust, centres, np.ones(len(flow)))


def _explain(flow: _Doubles, trust: _Doubles, centres: _Doubles, rate: _Doubles) -> _Doubles:
    """(N, 7): shift, log scale, rotation, inlier share, median residual, parallax, per 1/12 s."""
    seen = trust.sum(axis=1) > _TRUSTED
    fit = _robust_similarity(flow, trust, centres)
    left = flow - _similarity_flow(fit, centres)
    distance = np.linalg.norm(left, axis=-1)
    stretch, turn = 1 + fit[:, 2], fit[:, 3]
    # fast moves blur and bend: what counts as one motion grows with them
    speed = np.linalg.norm(_similarity_flow(fit, centres), axis=-1).mean(axis=1)
    inlier = distance < (2 * _NARROWEST + 0.08 * speed)[:, None]
    total = np.maximum(trust.sum(axis=1), 1e-9)
    result = np.stack(
        [
            fit[:, 0] * rate,
            fit[:, 1] * rate,
            0.5 * np.log(np.maximum(stretch**2 + turn**2, 1e-6)) * rate,
            np.arctan2(turn, stretch) * rate,
            (trust * inlier).sum(axis=1) / total,
            _weighted_median(distance, trust) * rate,
            _parallax(left, trust, centres) * rate,
        ],
        axis=1,
    )
    return np.where(seen[:, None], result, 0)


def _robust_similarity(flow: _Doubles, trust: _Doubles, centres: _Doubles) -> _Doubles:
    """(N, 4) tx, ty, s, r with u = tx + s x - r y, v = ty + r x + s y: what most of the picture does.

    Iteratively reweighted least squares (Geman-McClure) whose width shrinks from round to round, so that a
    subject that crosses the picture does not hold the fit.
    """
    x, y = centres[:, 0], centres[:, 1]
    one, zero = np.ones_like(x), np.zeros_like(x)
    # (2 K, 4) rows for u, then for v
    design = np.concatenate([np.stack([one, zero, x, -y], 1), np.stack([zero, one, y, x], 1)])
    target = np.concatenate([flow[..., 0], flow[..., 1]], axis=1)
    weight = trust
    fit = np.zeros((len(flow), 4))
    width = np.zeros(len(flow))
    for number in range(_ROUNDS):
        doubled = np.concatenate([weight, weight], axis=1)
        normal = np.einsum("nk,ki,kj->nij", doubled, design, design, optimize=True)
        # keeps a picture with one trusted corner from turning and growing about it
        normal += np.diag([1e-9, 1e-9, 1e-2, 1e-2])
        right = (doubled * target) @ design
        fit = np.linalg.solve(normal, right[..., None])[..., 0]
        squares = ((flow - _similarity_flow(fit, centres)) ** 2).sum(axis=-1)
        if number == 0:
            width = np.maximum(2 * _weighted_median(np.sqrt(squares), trust), _NARROWEST)
        else:
            width = np.maximum(width * 0.7, _NARROWEST)
        weight = trust / (1 + squares / width[:, None] ** 2) ** 2
    return fit


def _similarity_flow(fit: _Doubles, centres: _Doubles) -> _Doubles:
    """(N, K, 2): the vectors of a similarity at the centres."""
    tx, ty, s, r = (fit[:, index, None] for index in range(4))
    x, y = centres[:, 0], centres[:, 1]
    return np.stack([tx + s * x - r * y, ty + r * x + s * y], axis=-1)


def _parallax(left: _Doubles, trust: _Doubles, centres: _Doubles) -> _Doubles:
    """(N): how far depth alone moves windows apart, root mean square in widths.

    Depth moves them along one direction (the camera goes sideways) or along the rays from the middle (it goes in
    or out), more or less far; bad matches scatter to all sides. So it is what the residual has more along than
    across.
    """
    # what is further off than this is a bad match or a subject that runs
    far = 0.05
    length = np.linalg.norm(left, axis=-1, keepdims=True)
    left = left * np.minimum(1, far / np.maximum(length, 1e-12))
    share = trust / np.maximum(trust.sum(axis=1, keepdims=True), 1e-9)
    xx, xy, yy = ((share * left[..., i] * left[..., j]).sum(axis=1) for i, j in ((0, 0), (0, 1), (1, 1)))
    sideways = np.sqrt((xx - yy) ** 2 + 4 * xy**2)
    rays = centres / np.maximum(np.linalg.norm(centres, axis=-1, keepdims=True), 1e-9)
    outwards = (left * rays).sum(axis=-1) ** 2
    around = (left**2).sum(axis=-1) - outwards
    inwards = (share * (outwards - around)).sum(axis=1)
    return np.asarray(np.sqrt(np.maximum(0, np.maximum(sideways, inwards))))


def _weighted_median(values: _Doubles, weights: _Doubles) -> _Doubles:
    """(N): the value that half of the weight lies below."""
    order = np.argsort(values, axis=1, kind="stable")
    sums = np.cumsum(np.take_along_axis(weights, order, 1), axis=1)
    place = (sums < sums[:, -1:] / 2).sum(axis=1)
    place = np.minimum(place, values.shape[1] - 1)
    found = np.take_along_axis(order, place[:, None], 1)
    return np.take_along_axis(values, found, 1)[:, 0]
