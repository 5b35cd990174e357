"""Where small windows of one picture are found in the next: pyramidal Lucas-Kanade on a grid, all windows at once.

After Bouguet's formulation (2001) of Lucas and Kanade (1981), with each window's mean taken out, so that a
change of exposure is no motion. Each level of the pyramid starts each window from the best of several guesses,
among them one shift of the whole picture, so that fast pans are found too. numpy only, deterministic.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["GRID_COLUMNS", "GRID_ROWS", "GridFlow", "grid_centres", "track_grid"]

GRID_COLUMNS = 16
GRID_ROWS = 9

_Array = NDArray[np.float32]
_Ints = NDArray[np.intp]

# side of the window and iterations, from the coarsest level (a quarter of the size) to the full one
_LEVELS = ((9, 4), (11, 2), (15, 3))
_MAX_SHIFT = 0.25
"""In widths of the picture: what is further away than that is another picture."""
_TEXTURE_FLOOR = 6e-5
"""Smaller eigenvalue of the gradients' covariance, luma from 0 to 1, at which a window is half trusted: above
what grain and compression leave in a flat wall."""


@dataclass(frozen=True, slots=True)
class GridFlow:
    """One vector for each cell of the grid, of each pair."""

    shift_px: _Array
    """(N, 144, 2) float32, x to the right and y down, in pixels between the two pictures; row-major cells."""
    confidence: _Array
    """(N, 144) float32, 0 to 1: texture of the window, likeness of the match, share inside the picture."""


def grid_centres(height: int, width: int) -> _Array:
    """(144, 2) float32 x and y of the windows' centres in pixels; moved in so far that windows fit."""
    half = _LEVELS[-1][0] // 2
    xs = np.clip((np.arange(GRID_COLUMNS) + 0.5) * width / GRID_COLUMNS - 0.5, half, width - 1 - half)
    ys = np.clip((np.arange(GRID_ROWS) + 0.5) * height / GRID_ROWS - 0.5, half, height - 1 - half)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    return grid.astype(np.float32)


def track_grid(first: _Array, second: _Array) -> GridFlow:
    """Follow the windows of ``first`` into ``second``: both (N, height, width) float32 luma from 0 to 1."""
    count, height, width = first.shape
    if height < 32 or width < 64:
        raise ValueError(f"pictures of {width} x {height} are too small for the grid")
    pyramid = [(_smooth(first), _smooth(second))]
    for _ in _LEVELS[1:]:
        pyramid.insert(0, (_half(pyramid[0][0]), _half(pyramid[0][1])))
    centres = grid_centres(height, width)
    # windows follow a pixel or two of their level, so half of its size is fine enough for the first guess
    whole = 2 * _whole_shift(_half(pyramid[0][0]), _half(pyramid[0][1]))
    flow = np.broadcast_to(whole[:, None], (count, len(centres), 2)).astype(np.float32)
    guesses = [np.zeros_like(flow), flow]
    for index, ((side, rounds), (one, two)) in enumerate(zip(_LEVELS, pyramid, strict=True)):
        scale = 0.5 ** (len(_LEVELS) - 1 - index)
        windows = _Windows(one, two, (centres + 0.5) * scale - 0.5, side, _MAX_SHIFT * width * scale)
        flow = windows.follow(windows.best_of(guesses), rounds)
        # a window that lost its way finds it again by what most windows did
        typical = np.broadcast_to(np.median(flow, axis=1, keepdims=True), flow.shape)
        guesses = [2 * flow, 2 * typical, 2 * _neighbours_median(flow)]
    return GridFlow(flow, windows.confidence(flow))


class _Windows:
    """The windows of one level of the pyramid."""

    def __init__(self, first: _Array, second: _Array, centres: _Array, side: int, max_shift: float) -> None:
        self._side = side
        self._half = half = side // 2
        self._count, height, width = first.shape
        self._size = np.array([width, height], np.float32)
        # coarse levels are so small that their windows have to be moved in further
        self._centres = np.clip(np.rint(centres), half, self._size - 1 - half).astype(np.float32)
        self._max_shift = max_shift
        # one more than the half: a sub-pixel window is read from side + 1 pixels
        self._pad = pad = half + 1
        self._stride = width + 2 * pad
        self._second = np.pad(second, ((0, 0), (pad, pad), (pad, pad)), mode="edge")
        self._starts = (np.arange(self._count) * self._second[0].size)[:, None]
        padded = np.pad(first, ((0, 0), (pad, pad), (pad, pad)), mode="edge")
        patch = self._cut(padded, np.zeros((self._count, len(centres), 2), np.float32), 1)
        self._template = _centred(patch[..., 1:-1, 1:-1])
        self._gx = _centred((patch[..., 1:-1, 2:] - patch[..., 1:-1, :-2]) * np.float32(0.5))
        self._gy = _centred((patch[..., 2:, 1:-1] - patch[..., :-2, 1:-1]) * np.float32(0.5))
        self._xx, self._xy, self._yy = (
            np.einsum("nkij,nkij->nk", one, two)
            for one, two in ((self._gx, self._gx), (self._gx, self._gy), (self._gy, self._gy))
        )

    def follow(self, flow: _Array, rounds: int) -> _Array:
        """Improve ``flow`` (N, K, 2) in Gauss-Newton steps."""
        # a share of the trace keeps windows with one direction only from sliding along it
        damping = 0.01 * (self._xx + self._yy) + np.float32(1e-4)
        xx, yy = self._xx + damping, self._yy + damping
        determinant = xx * yy - self._xy**2
        for _ in range(rounds):
            difference = self._template - self._moved(flow)
            bx = np.einsum("nkij,nkij->nk", self._gx, difference)
            by = np.einsum("nkij,nkij->nk", self._gy, difference)
            step = np.stack([yy * bx - self._xy * by, xx * by - self._xy * bx], -1) / determinant[..., None]
            # the linearisation holds for a pixel or two
            flow = self._bounded(flow + np.clip(step, -2, 2))
        return flow

    def best_of(self, guesses: list[_Array]) -> _Array:
        """For each window the guess under which it looks most alike; earlier ones win ties."""
        best = self._bounded(guesses[0])
        error = self._error(best)
        for guess in guesses[1:]:
            other = self._bounded(guess)
            other_error = self._error(other)
            better = other_error < error
            best = np.where(better[..., None], other, best)
            error = np.where(better, other_error, error)
        return best

    def confidence(self, flow: _Array) -> _Array:
        """(N, K): see ``GridFlow``."""
        area = self._side**2
        moved = _centred(self._moved(flow))
        own = np.einsum("nkij,nkij->nk", self._template, self._template)
        other = np.einsum("nkij,nkij->nk", moved, moved)
        both = np.einsum("nkij,nkij->nk", self._template, moved)
        likeness = both / np.sqrt(own * other + np.float32((1e-4 * area) ** 2))
        mean = (self._xx + self._yy) / 2
        smaller = mean - np.sqrt(((self._xx - self._yy) / 2) ** 2 + self._xy**2)
        texture = np.maximum(smaller, 0) / area
        texture = texture / (texture + np.float32(_TEXTURE_FLOOR))
        at = self._centres + flow
        beyond = np.maximum(0, self._half - at) + np.maximum(0, at + self._half - (self._size - 1))
        inside = np.prod(np.clip(1 - beyond / self._side, 0, 1), axis=-1)
        trust = np.clip((likeness - 0.4) / 0.5, 0, 1) * np.clip((inside - 0.4) / 0.5, 0, 1)
        confidence: _Array = (texture * trust).astype(np.float32)
        return confidence

    def _error(self, flow: _Array) -> _Array:
        difference = self._template - self._moved(flow)
        squares: _Array = np.einsum("nkij,nkij->nk", difference, difference)
        # the variance by its formula: a whole pass over the windows less than by taking the mean out
        variance: _Array = squares - np.einsum("nkij->nk", difference) ** 2 / np.float32(self._side**2)
        return variance

    def _moved(self, flow: _Array) -> _Array:
        """(N, K, side, side): the second picture's windows at the moved places, between pixels linearly."""
        whole = np.floor(flow)
        patch = self._cut(self._second, whole, 0)
        fraction = flow - whole
        fx = fraction[..., 0, None, None]
        fy = fraction[..., 1, None, None]
        across = patch[..., :-1] + fx * (patch[..., 1:] - patch[..., :-1])
        moved: _Array = across[..., :-1, :] + fy * (across[..., 1:, :] - across[..., :-1, :])
        return moved

    def _cut(self, padded: _Array, whole: _Array, before: int) -> _Array:
        """(N, K, side + 1 + before, ...): windows from ``before`` pixels ahead, at whole shifts."""
        corner = (self._centres + whole).astype(np.intp) - (self._half + before) + self._pad
        offsets = self._starts + corner[..., 1] * self._stride + corner[..., 0]
        span = np.arange(self._side + 1 + before)
        inner: _Ints = span[:, None] * self._stride + span
        cut: _Array = padded.reshape(-1).take(offsets[..., None, None] + inner)
        return cut

    def _bounded(self, flow: _Array) -> _Array:
        """Within the farthest shift, and the window's centre within the picture."""
        flow = np.clip(flow, -self._max_shift, self._max_shift)
        flow = np.clip(flow, -self._centres, self._size - 1 - self._centres)
        return flow.astype(np.float32)


def _centred(windows: _Array) -> _Array:
    return np.asarray(windows - windows.mean(axis=(-2, -1), keepdims=True), np.float32)


def _smooth(pictures: _Array) -> _Array:
    """Binomial 1 2 1 in both directions: linear steps need smooth pictures, and grain is no texture."""
    padded = np.pad(pictures, ((0, 0), (1, 1), (1, 1)), mode="edge")
    rows = (padded[:, :-2] + padded[:, 2:]) * np.float32(0.25) + padded[:, 1:-1] * np.float32(0.5)
    smooth = (rows[..., :-2] + rows[..., 2:]) * np.float32(0.25) + rows[..., 1:-1] * np.float32(0.5)
    return np.asarray(smooth, np.float32)


def _half(pictures: _Array) -> _Array:
    """Half the size by means of four; an odd last row or column is doubled first."""
    _, height, width = pictures.shape
    even = np.pad(pictures, ((0, 0), (0, height % 2), (0, width % 2)), mode="edge")
    rows = even[:, 0::2] + even[:, 1::2]
    half: _Array = (rows[..., 0::2] + rows[..., 1::2]) * np.float32(0.25)
    return half


def _whole_shift(first: _Array, second: _Array) -> _Array:
    """(N, 2) float32: the one whole-pixel shift that makes most of the small pictures agree.

    Tries every shift up to a quarter of the width; the mean difference of the common part, means taken out.
    """
    count, height, width = first.shape
    reach_x, reach_y = int(width * _MAX_SHIFT), min(int(width * _MAX_SHIFT), height // 3)
    best = np.full(count, np.inf, np.float32)
    shift = np.zeros((count, 2), np.float32)
    # small shifts first, so that a flat picture stands still
    steps = [(x, y) for y in range(-reach_y, reach_y + 1) for x in range(-reach_x, reach_x + 1)]
    for x, y in sorted(steps, key=lambda step: (step[0] ** 2 + step[1] ** 2, step)):
        one = first[:, max(0, -y) : height - max(0, y), max(0, -x) : width - max(0, x)]
        two = second[:, max(0, y) : height + min(0, y), max(0, x) : width + min(0, x)]
        difference = two - one
        error = np.abs(difference - difference.mean(axis=(1, 2), keepdims=True)).mean(axis=(1, 2))
        # clearly better than what was found nearer: noise is not to look like a leap
        better = error < best * np.float32(0.98)
        best = np.where(better, error, best)
        shift[better] = (x, y)
    return shift


def _neighbours_median(flow: _Array) -> _Array:
    """(N, 144, 2): the median of the 3 x 3 cells around each."""
    grid = flow.reshape(-1, GRID_ROWS, GRID_COLUMNS, 2)
    padded = np.pad(grid, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")
    around = [padded[:, y : y + GRID_ROWS, x : x + GRID_COLUMNS] for y in range(3) for x in range(3)]
    return np.median(np.stack(around), axis=0).reshape(flow.shape).astype(np.float32)
