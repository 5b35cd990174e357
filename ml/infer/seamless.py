"""Makes a small picture tile: the seam is cut where opposite sides already agree.

A network without wrapped convolutions draws pictures that tile only roughly. Cross-fading opposite sides would
blur and double what lies there, so this follows image quilting instead (Efros and Freeman 2001, "Image
Quilting for Texture Synthesis and Transfer"): opposite sides are laid over each other by a few pixels, and the
cheapest path through the overlap decides which side shows. The width of the overlap is tried out, so a picture
that tiles already loses nothing. numpy only.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["make_periodic"]

_LARGEST_OVERLAP = 8
"""An overlap is at most the side divided by this: more would stretch the picture visibly."""
_UNUSUAL = 0.9
"""A seam that is rougher than this share of the columns is seen."""
_OVERLAP_COST = 0.02
"""Each pixel of overlap has to make the seam this much cheaper to be worth it."""


def make_periodic(image: NDArray[np.float32]) -> NDArray[np.float32]:
    """The picture (height, width, channels), float32, with sides that meet; up to 1/8 smaller each way.

    The same input gives the same output.
    """
    once = _wrap_columns(image)
    return np.ascontiguousarray(_wrap_columns(once.transpose(1, 0, 2)).transpose(1, 0, 2))


def _wrap_columns(image: NDArray[np.float32]) -> NDArray[np.float32]:
    if _tiles_already(image):
        return image
    overlaps = np.arange(image.shape[1] // _LARGEST_OVERLAP + 1)
    paths, costs = _cheapest_paths(
        np.stack([_step_costs(image, overlap, overlaps[-1]) for overlap in overlaps])
    )
    best = int(np.argmin(costs * (1 + _OVERLAP_COST * overlaps)))
    return _join(image, best, paths[best])


def _tiles_already(image: NDArray[np.float32]) -> bool:
    """True when the place where the ends meet is nothing unusual among the columns of the picture."""
    inner = _steps(image[:, :-1], image[:, 1:]).mean(axis=0)
    anywhere = inner[:-2] + inner[1:-1] + inner[2:]
    return bool(_step_costs(image, 0, 0).mean() <= np.quantile(anywhere, _UNUSUAL))


def _step_costs(image: NDArray[np.float32], overlap: int, widest: int) -> NDArray[np.float64]:
    """(rows, widest + 1): how rough it gets if the right end gives way to the left one at that column.

    Counted are the step across the cut and the steps before and after it: networks that pad with zeros frame
    their pictures, and two frames side by side fit each other well. Columns past the overlap cost infinity.
    """
    period = image.shape[1] - overlap
    costs = np.full((image.shape[0], widest + 1), np.inf)
    inner = _steps(image[:, :-1], image[:, 1:])
    across = _steps(image[:, period - 1 : period + overlap], image[:, : overlap + 1])
    costs[:, : overlap + 1] = inner[:, period - 2 : period + overlap - 1] + across + inner[:, : overlap + 1]
    return costs


def _steps(before: NDArray[np.float32], after: NDArray[np.float32]) -> NDArray[np.float64]:
    """(rows, columns): squared colour difference."""
    steps: NDArray[np.float64] = np.square(after - before, dtype=np.float64).sum(axis=2)
    return steps


def _cheapest_paths(costs: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """For each of (cases, rows, columns): one column per row, at most one further each row, and its mean cost."""
    cases, rows, columns = costs.shape
    total = costs.copy()
    moves = np.zeros(costs.shape, np.intp)
    fence = np.full((cases, columns + 2), np.inf)
    for row in range(1, rows):
        fence[:, 1:-1] = total[:, row - 1]
        options = np.stack([fence[:, 1:-1], fence[:, :-2], fence[:, 2:]])
        moves[:, row] = np.array([0, -1, 1])[options.argmin(axis=0)]
        total[:, row] += options.min(axis=0)
    paths = np.empty((cases, rows), np.intp)
    paths[:, -1] = total[:, -1].argmin(axis=1)
    for row in range(rows - 1, 0, -1):
        paths[:, row - 1] = paths[:, row] + moves[np.arange(cases), row, paths[:, row]]
    return paths, total[:, -1].min(axis=1) / rows


def _join(image: NDArray[np.float32], overlap: int, path: NDArray[np.intp]) -> NDArray[np.float32]:
    period = image.shape[1] - overlap
    core = image[:, :period].copy()
    # 0 where the right end shows, 1 where the left one does, 1/2 in the one column where they meet
    share = np.clip(np.arange(overlap)[None, :] - path[:, None] + 1, 0, 2)[:, :, None] / np.float32(2)
    core[:, :overlap] = share * image[:, :overlap] + (1 - share) * image[:, period:]
    return core
