"""The characters' own figures: views that agree, clean edges, mixing and truncation. Each with what renders get."""

import numpy as np
import torch
from numpy.typing import NDArray

from bench.painted_characters import Bytes, Painter, partners, pictures_of, silhouettes
from ml.characters.sculpture import SURFACES
from ml.export.character_metrics import (
    haze,
    height_difference,
    overlap,
    rims,
    surface_colours,
    surface_distance,
)
from ml.export.quality import QualityRow, Target
from ml.nets.view_matcher import ViewMatcher
from ml.train.character_data import CharacterSet
from ml.train.matcher import others

__all__ = ["agreement_rows", "edge_rows", "mixing_rows", "truncation_rows"]

ALLOWED_HEIGHT_SHARE = 0.03
SEED = 20

_HELD_OUT = "held-out renders"
_MATCHED = Target("0.9 of the renders' at least", lambda ours, _, floor: ours >= 0.9 * floor)
_AGREE = Target("at least 0.95, or as renders do", lambda ours, _, floor: ours >= min(0.95, floor))
_CLEAN = Target("1.5 times the renders' at most", lambda ours, _, floor: ours <= 1.5 * floor)
_NO_HAZE = Target("under 0.5", lambda ours, *_: ours < 0.5)
_OF_THE_BODY = Target("at least 0.95", lambda ours, *_: ours >= 0.95)
_OF_THE_LOOK = Target("at least 0.9", lambda ours, *_: ours >= 0.9)
_LESS = Target("under 0.9", lambda ours, *_: ours < 0.9)


def agreement_rows(painted: Bytes | None, held_out: CharacterSet, matcher: ViewMatcher) -> list[QualityRow]:
    """Whether front and side are of one character: by the matcher, and by their heights.

    painted: (N, views, 4, H, W) in the place of the held-out renders, or None.
    """
    real = held_out.pixels[:, :2, :4]
    rng = torch.Generator().manual_seed(SEED)
    strangers = others(torch.arange(len(real)), torch.from_numpy(held_out.archetypes), rng).numpy()
    own = np.arange(len(real))

    def matched(views: Bytes, second: NDArray[np.int64]) -> float:
        front, side = (
            pictures_of(views[rows, place], held_out.archetypes).images
            for rows, place in ((own, 0), (second, 1))
        )
        return float(matcher.says_one(front, side).float().mean())

    def agreed(views: Bytes) -> float:
        drawn = held_out.pixels[:, :2, 4] > 0
        found = [
            height_difference(silhouettes(views[row, :2]), drawn[row], held_out.heights[row].tolist())
            for row in own
        ]
        return float(np.mean(np.array(found) <= ALLOWED_HEIGHT_SHARE))

    return [
        _row(
            "views_match",
            "Front and side: said to be one",
            None if painted is None else matched(painted, own),
            matched(real, own),
            _MATCHED,
        ),
        _row(
            "strangers_match",
            "Front and another's side: said to be one",
            None if painted is None else matched(painted, strangers),
            matched(real, strangers),
            None,
        ),
        _row(
            "heights_agree",
            "Head, shoulders, hips, feet within 3 %",
            None if painted is None else agreed(painted),
            agreed(real),
            _AGREE,
        ),
    ]


def edge_rows(painted: Bytes | None, held_out: CharacterSet) -> list[QualityRow]:
    """Rims on three grounds, and haze around the figure."""
    real, drawn = held_out.pixels[:, :2, :4], held_out.pixels[:, :2, 4] > 0

    def edges(views: Bytes) -> NDArray[np.float64]:
        flat = views[:, :2].reshape(-1, *views.shape[2:])
        hazes = [
            haze(view, mask) for view, mask in zip(flat, drawn.reshape(-1, *drawn.shape[2:]), strict=True)
        ]
        return np.append(np.mean([rims(view) for view in flat], axis=0), np.mean(hazes))

    floor, ours = edges(real), None if painted is None else edges(painted)
    labels = (
        ("rim_black", "Bright rim, on black", _CLEAN),
        ("rim_grey", "Rim of either kind, on mid grey", _CLEAN),
        ("rim_white", "Dark rim, on white", _CLEAN),
        ("haze", "Haze around the figure, of 100", _NO_HAZE),
    )
    return [
        _row(name, label, None if ours is None else float(ours[place]), float(floor[place]), target)
        for place, (name, label, target) in enumerate(labels)
    ]


def mixing_rows(painter: Painter, painted: Bytes) -> list[QualityRow]:
    """The body of one in the look of the next of its archetype, against both as ``painted``."""
    held_out = painter.characters
    pairs = partners(held_out)
    bodies, looks = ([pair[end] for pair in pairs] for end in (0, 1))
    mixed = painter.paint(bodies, looks, looks)
    surfaces = held_out.pixels[:, :, 8]

    def colours(views: Bytes, body: int) -> NDArray[np.float64]:
        return surface_colours(views, surfaces[body], len(SURFACES))

    nearer, same_outline, other_outline = [], [], []
    for views, body, look in zip(mixed, bodies, looks, strict=True):
        own = colours(views, body)
        to_look = surface_distance(own, colours(painted[look], look))
        to_body = surface_distance(own, colours(painted[body], body))
        if not np.isnan(to_look + to_body):
            nearer.append(to_look < to_body)
        same_outline.append(overlap(silhouettes(views), silhouettes(painted[body])))
        other_outline.append(overlap(silhouettes(painted[look]), silhouettes(painted[body])))
    by_chance = "other bodies of the archetype"
    return [
        _row(
            "mixing_outline",
            "Mixing: overlap with the body's outline",
            float(np.mean(same_outline)),
            float(np.mean(other_outline)),
            _OF_THE_BODY,
            by_chance,
        ),
        _row(
            "mixing_colours",
            "Mixing: colours nearer to the look's",
            float(np.mean(nearer)),
            None,
            _OF_THE_LOOK,
            "",
        ),
    ]


def truncation_rows(painter: Painter) -> list[QualityRow]:
    """How far two paints of one character are apart at truncation 0 and 0.5, of what they are at 1."""
    archetypes = painter.characters.archetypes
    rows = [int((archetypes == index).argmax()) for index in np.unique(archetypes)]

    def spread(truncation: float) -> float:
        one, two = (painter.paint(rows, rows, [seed] * len(rows), truncation) for seed in (1, 2))
        solid = silhouettes(one) & silhouettes(two)
        difference = np.abs(one[:, :, :3].astype(np.int16) - two[:, :, :3]).mean(axis=2)
        return float(difference[solid].mean())

    none, half, full = (spread(truncation) for truncation in (0.0, 0.5, 1.0))
    between = Target("between that at 0 and 1", lambda ours, *_: none / full < ours < 1)
    label = "Spread of paints at truncation {}, of that at 1"
    return [
        _row("truncation_0", label.format("0"), none / full, None, _LESS, ""),
        _row("truncation_half", label.format("0.5"), half / full, None, between, ""),
    ]


def _row(
    name: str,
    label: str,
    ours: float | None,
    floor: float | None,
    target: Target | None,
    floor_is: str = _HELD_OUT,
) -> QualityRow:
    met = None
    if ours is not None and target is not None:
        met = target.reached(ours, None, 0.0 if floor is None else floor)
    return QualityRow(name, label, ours, None, None, floor, floor_is, target.text if target else "", met)
