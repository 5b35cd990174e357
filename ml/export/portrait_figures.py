"""What portraits are held to: outlines as drawn, nothing around them, and that mixing and truncation do what they say.

Measured at export, on heads that training never saw and that are drawn by seed: no renders are needed. No files here.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..characters.character import Character
from ..characters.network_inputs import Told
from ..characters.portraits import draw_portrait, tell_portrait
from ..characters.sculpture import SURFACES
from ..train.portrait_recipe import PortraitRecipe
from .character_metrics import haze, overlap, surface_colours, surface_distance
from .metrics import MetricRow, Metrics

__all__ = ["PaintHead", "portrait_metrics"]

PaintHead = Callable[[Character, Character, float], NDArray[np.uint8]]
"""Head, look, truncation to views (views, 4, H, W)."""

EACH = 6
"""So many heads of every archetype."""
_FIRST_SEED = 900
_NOTE = (
    "Over {count} heads of the test split in {views} views, drawn by seed. Outline: intersection over union with the "
    "guide's, beside that of two different heads of an archetype. Haze: mean alpha beyond three pixels from the guide, "
    "0 to 100. Mixing: one head in the look of the next of its archetype; how much of its outline it keeps, and how "
    "often the mean colours of its surfaces are nearer (CIEDE2000) to those of the look's own head than to its own. "
    "Truncation: how far two looks on one head are apart, over the same at 1."
)


def portrait_metrics(paint: PaintHead, recipe: PortraitRecipe, archetypes: tuple[str, ...]) -> Metrics:
    """All figures, of these archetypes' heads."""
    heads = {
        name: [draw_portrait(name, _FIRST_SEED + seed, "test") for seed in range(EACH)] for name in archetypes
    }
    rows: list[tuple[str, str, list[float], list[float]]] = [
        ("outline", "Outline: overlap with the guide", [], []),
        ("haze", "Haze around the head", [], []),
        ("mixing_outline", "Mixing: overlap with the head's outline", [], []),
        ("mixing_colours", "Mixing: colours nearer to the look's", [], []),
        ("truncation_0", "Truncation 0: spread of that at 1", [], []),
        ("truncation_half", "Truncation 0.5: spread of that at 1", [], []),
    ]
    outline, clouds, kept, nearer, none, half = ((row[2], row[3]) for row in rows)
    for some in heads.values():
        told = [tell_portrait(head, recipe.net.views, recipe.net.height_px) for head in some]
        own = [paint(head, head, 1.0) for head in some]
        for here, there in pairwise(range(len(some))):
            drawn = told[here].labels[:, 0] > 0
            outline[0].append(overlap(own[here][:, 3] > 127, drawn))
            outline[1].append(overlap(own[there][:, 3] > 127, drawn))
            clouds[0].extend(haze(view, solid) for view, solid in zip(own[here], drawn, strict=True))
            mixed = paint(some[here], some[there], 1.0)
            kept[0].append(overlap(mixed[:, 3] > 127, own[here][:, 3] > 127))
            kept[1].append(overlap(mixed[:, 3] > 127, own[there][:, 3] > 127))
            seen = _colours(mixed, told[here])
            to_look = surface_distance(seen, _colours(own[there], told[there]))
            nearer[0].append(float(to_look < surface_distance(seen, _colours(own[here], told[here]))))
            whole = _apart(own[here], mixed)
            for share, (found, _) in ((0.0, none), (0.5, half)):
                looks = [paint(some[here], some[look], share) for look in (here, there)]
                found.append(_apart(*looks) / max(whole, 1e-9))
    note = _NOTE.format(count=len(archetypes) * EACH, views=len(recipe.net.views))
    return Metrics(note, tuple(_row(*row) for row in rows), (), ("painted", "for comparison"))


def _row(id_: str, label: str, own: list[float], other: list[float]) -> MetricRow:
    mean = [round(float(np.mean(values)), 3) if values else None for values in (own, other)]
    return MetricRow(id_, label, mean[0], mean[1])


def _colours(views: NDArray[np.uint8], told: Told) -> NDArray[np.float64]:
    return surface_colours(views, told.labels[:, 1], len(SURFACES))


def _apart(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Mean absolute difference of what both show."""
    solid = ((one[:, 3] > 127) & (other[:, 3] > 127))[:, None]
    difference = np.abs(one[:, :3].astype(np.float64) - other[:, :3])
    return float(difference.mean(where=np.broadcast_to(solid, difference.shape)))
