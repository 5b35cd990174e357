"""Whether a painter does as it is told: the colour, contrast, roughness, metallic and wear that were asked for.

To be asked of pictures in looks that are *not* those of their layouts' own renders: a network that only guesses the
look from the layout would otherwise seem to obey. No networks, no files.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..colour import ciede2000, lab, linear_to_srgb, oklab_to_linear
from .distances import rank_correlation
from .quality import QualityRow, Target

__all__ = ["Followed", "Obedience", "obedience_rows"]

Floats = NDArray[np.float64]

LEAST_RANGE = 0.02
"""Where less than this was asked of a group from one end to the other, nobody could see whether it follows."""
LEAST_PICTURES = 3
SAME_SHADE = Target("under 4", lambda ours, *_: ours < 4)
FOLLOWS = Target("at least 0.9", lambda ours, *_: ours >= 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """Numbers that were asked for and what was measured in the pictures, (N,) each."""

    asked: Floats
    got: Floats
    groups: NDArray[np.int64]
    """Only pictures of one group are ranked together: the family alone says much of a look."""

    def __post_init__(self) -> None:
        if not self.asked.shape == self.got.shape == self.groups.shape == (len(self.asked),):
            raise ValueError("there is not one number asked and one got for each picture")

    def correlation(self) -> float | None:
        """Mean over the groups of Spearman's rank correlation; None where no group was asked for enough."""
        found = []
        for group in np.unique(self.groups):
            own = self.groups == group
            asked = self.asked[own]
            if len(asked) >= LEAST_PICTURES and np.ptp(asked) >= LEAST_RANGE:
                found.append(rank_correlation(asked, self.got[own]))
        return float(np.mean(found)) if found else None


@dataclass(frozen=True, slots=True, eq=False)
class Obedience:
    """What was asked of each picture and what was measured on it."""

    base_asked: Floats
    """(N, 3) OKLab."""
    base_got: Floats
    """(N, 3) OKLab, mean of what stands out (``ml.controls``)."""
    base_ignored: Floats
    """(N, 3) OKLab of the renders that the layouts come from: what a painter that does not listen would give."""
    contrast: Followed
    roughness: Followed
    metallic: Followed
    wear: Followed
    """Asked: 0 to 1. Got: how far the picture is from the same one without wear."""

    def __post_init__(self) -> None:
        shape = self.base_asked.shape
        if not len(self.base_asked) or not shape == self.base_got.shape == self.base_ignored.shape:
            raise ValueError("there is not one colour asked, got and ignored for each picture")


def obedience_rows(obedience: Obedience | None) -> list[QualityRow]:
    """One row per control; without values where nothing was painted.

    Colours: mean CIEDE2000 (Sharma, Wu and Dalal 2005). The others: Spearman's rank correlation within a group,
    mean over groups.
    """
    ours, floor_is = None, "0 by definition"
    if obedience is not None:
        ours = _mean_difference(obedience.base_asked, obedience.base_got)
        ignored = _mean_difference(obedience.base_asked, obedience.base_ignored)
        floor_is += f"; {ignored:.1f} when the wish is ignored"
    rows = [_row("base_colour", "Base colour, mean CIEDE2000", ours, 0.0, floor_is, SAME_SHADE)]
    for name in ("contrast", "roughness", "metallic", "wear"):
        followed: Followed | None = None if obedience is None else getattr(obedience, name)
        value = None if followed is None else followed.correlation()
        label = f"{name.capitalize()}, rank correlation"
        floor_is = "1 by definition; 0 when the wish is ignored"
        rows.append(_row(f"rank_{name}", label, value, 1.0, floor_is, FOLLOWS))
    return rows


def _row(
    name: str, label: str, ours: float | None, floor: float, floor_is: str, target: Target
) -> QualityRow:
    met = None if ours is None else target.reached(ours, floor, floor)
    return QualityRow(name, label, ours, None, None, floor, floor_is, target.text, met)


def _mean_difference(asked: Floats, got: Floats) -> float:
    first, second = (lab(linear_to_srgb(oklab_to_linear(colours))) for colours in (asked, got))
    return float(ciede2000(first, second).mean())
