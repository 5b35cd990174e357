"""What painted characters are held to beside how they look: heights, edges, and that mixing and truncation do what
they say. Views as the job writes them: uint8 (..., 4, H, W), straight alpha. No files and no networks here.

How heights are measured: a silhouette shows no shoulders by name. But it is known at which row the skull's top, the
shoulders, the hips and the soles are, and what outline the figure's guide has around each. So around each of these
rows, the painted outline is moved up and down against the guide's until both overlap best; how far it had to be
moved is where the view has that height. Two views agree where they had to be moved alike. Where an outline runs
straight up and down, a shift cannot be seen, and the smallest one counts: the figure is lenient there, for renders
and for painted views alike, which is why the renders' own value stands beside it.
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from ..colour import ciede2000, lab

__all__ = [
    "haze",
    "height_difference",
    "height_shifts",
    "overlap",
    "rims",
    "surface_colours",
    "surface_distance",
]

REACH_SHARE = 0.08
"""Of the figure's height: how much of the outline is looked at above and below a row, and how far it is moved."""
SMALLEST_SURFACE_PX = 12
_HAZE_FROM_PX = 3

Bytes = NDArray[np.uint8]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def height_shifts(painted: Bools, drawn: Bools, rows: Sequence[float]) -> NDArray[np.int64]:
    """(views, rows): how many pixels further down each view has its outline around each row than its guide.

    painted, drawn: (views, H, W), where the figure is. Raises ValueError where a guide is empty.
    """
    if not drawn.any(axis=(1, 2)).all():
        raise ValueError("a guide without a figure has no heights")
    reach = _reach(drawn)
    around = ((0, 0), (2 * reach, 2 * reach), (0, 0))
    made, wanted = np.pad(painted, around), np.pad(drawn, around)
    shifts = sorted(range(-reach, reach + 1), key=abs)
    found = np.zeros((len(drawn), len(rows)), np.int64)
    for view in range(len(drawn)):
        for place, row in enumerate(rows):
            # rows of the padded picture, and within it
            middle = min(max(round(row), 0), drawn.shape[1] - 1) + 2 * reach
            window = slice(middle - reach, middle + reach + 1)
            shares = [
                overlap(made[view, window.start + shift : window.stop + shift], wanted[view, window])
                for shift in shifts
            ]
            found[view, place] = shifts[int(np.argmax(shares))]
    return found


def height_difference(painted: Bools, drawn: Bools, rows: Sequence[float]) -> float:
    """The largest difference between two views (2, H, W) of any of these heights, as a share of the figure's."""
    shifts = height_shifts(painted, drawn, rows)
    return float(np.abs(shifts[0] - shifts[1]).max() / _figure_rows(drawn))


def overlap(first: Bools, second: Bools) -> float:
    """Intersection over union; 1 where both are empty."""
    union = int((first | second).sum())
    return int((first & second).sum()) / union if union else 1.0


def rims(view: Bytes) -> Floats:
    """(3,): how much the outline of a view (4, H, W) stands out on black, mid grey and white, 0 to 100.

    What an edge adds to its ground, beyond what the colours just inside would: brighter counts on black, darker on
    white, either on grey. Light from behind makes true rims, so that renders have some too.
    """
    pixels = torch.from_numpy(view).float() / 255
    colours, alpha = pixels[:3], pixels[3]
    solid = (alpha > 0.97).float()[None]
    near = functional.avg_pool2d(solid, 5, 1, 2)[0]
    inside = functional.avg_pool2d(colours * solid, 5, 1, 2) / near.clamp(min=1e-6)
    edge = (alpha > 0.1) & (alpha < 0.9) & (near > 0)
    if not bool(edge.any()):
        return np.zeros(3)
    luma = torch.tensor([0.299, 0.587, 0.114])[:, None, None]
    stands_out = (((colours - inside) * luma).sum(0) * alpha)[edge]
    brighter, darker = stands_out.clamp(min=0).mean(), (-stands_out).clamp(min=0).mean()
    return 100 * np.array([float(brighter), float(brighter + darker), float(darker)])


def haze(view: Bytes, drawn: Bools) -> float:
    """Mean alpha, 0 to 100, of a view (4, H, W) where nothing is within three pixels of its guide's figure (H, W)."""
    grown = functional.max_pool2d(
        torch.from_numpy(drawn)[None].float(), 2 * _HAZE_FROM_PX + 1, 1, _HAZE_FROM_PX
    )
    outside = grown[0].numpy() == 0
    return float(view[3][outside].mean() / 2.55) if outside.any() else 0.0


def surface_colours(views: Bytes, surfaces: NDArray[np.integer], count: int) -> Floats:
    """(count, 3): CIELAB of each surface in all views (views, 4, H, W) together; NaN where it is too small.

    surfaces (views, H, W): which is where, from 1 on; 0 is nothing.
    """
    colours = np.full((count, 3), np.nan)
    pixels = views.transpose(0, 2, 3, 1)
    for surface in range(count):
        shown = (surfaces == surface + 1) & (views[:, 3] > 127)
        if shown.sum() >= SMALLEST_SURFACE_PX:
            mean = (pixels[shown][:, :3] / 255).mean(axis=0)
            colours[surface] = lab(mean.astype(np.float32))
    return colours


def surface_distance(first: Floats, second: Floats) -> float:
    """Mean CIEDE2000 of the surfaces that both have; NaN where they share none."""
    both = ~np.isnan(first).any(axis=1) & ~np.isnan(second).any(axis=1)
    return float(ciede2000(first[both], second[both]).mean()) if both.any() else float("nan")


def _figure_rows(drawn: Bools) -> int:
    rows = np.flatnonzero(drawn[0].any(axis=1))
    return int(rows[-1] - rows[0] + 1)


def _reach(drawn: Bools) -> int:
    return max(2, round(REACH_SHARE * _figure_rows(drawn)))
