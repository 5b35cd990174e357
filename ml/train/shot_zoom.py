"""Looks closer into single pictures, and turns them: other sizes, horizons and places from the same renders.

The labels follow by the arithmetic that made them (``ml.datagen.shots.truth``): a subject of half a frame's height is
one of a whole frame's height at twice the zoom. Where the outcome is unsure, the field becomes unknown.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional

from ..nets.shot_transformer import FRAME_SIZE
from ..shot_terms import (
    FIELD_INDEX,
    FIELDS,
    PLACE_DOUBT,
    PLACE_SIDES,
    ROLL_DOUBT_DEGREES,
    SIZE_DOUBT,
    SIZE_LIMITS,
)
from .shot_data import UNKNOWN

__all__ = ["look_closer"]

MOST_ZOOM = 1.6
"""Closer, and too little would be left of 96 x 54 pixels; a turned picture may need a little more."""
MOST_TURN_DEGREES = 24.0
_WITHIN = 0.42
"""How far from the middle a subject may come; what would leave the picture is looked at as it is."""
_ASPECT = 16 / 9


def look_closer(
    frames: Tensor, values: Tensor, measures: Tensor, chosen: Tensor, rng: torch.Generator
) -> Tensor:
    """The frames (B, K, 3, 54, 96) of which the chosen (bool (B,)) are cropped and turned; changes ``values``.

    measures: float (B, 3), the subject's height in frame heights, its place from 0 to 1 across, and the roll in
    degrees; rows that are not known stay as they are, and those with a roll are not turned.
    """
    count = len(frames)
    share, place, roll = measures.unbind(1)
    turn = MOST_TURN_DEGREES * (2 * torch.rand(count, generator=rng) - 1)
    turn *= (torch.rand(count, generator=rng) < 0.5) & (roll < 0.5)
    # so that no corner is empty
    least = turn.deg2rad().cos() + _ASPECT * turn.deg2rad().sin().abs()
    zoom = torch.maximum(least, MOST_ZOOM ** torch.rand(count, generator=rng))
    moved = 0.5 + (place - 0.5) * zoom
    chosen = chosen & torch.isfinite(measures).all(dim=1) & ((moved - 0.5).abs() < _WITHIN)
    zoom, turn = torch.where(chosen, zoom, 1.0), torch.where(chosen, turn, 0.0)
    _tell(values, "size", _sizes(share * zoom), chosen)
    _tell(values, "horizon", _horizons(turn), chosen & (turn != 0))
    _tell(values, "place", torch.where(turn == 0, _places(moved), UNKNOWN), chosen)
    one = FIELDS[FIELD_INDEX["count"]].index("one")
    others = values[:, FIELD_INDEX["count"]] != one
    # the others may have left the picture
    _tell(values, "count", torch.full((count,), UNKNOWN), chosen & others)
    nearest = values[:, FIELD_INDEX["size"]] == FIELDS[FIELD_INDEX["size"]].index("extreme_close_up")
    # of a face alone nobody can say how somebody is dressed
    _tell(values, "colour", torch.full((count,), UNKNOWN), chosen & nearest)
    return _turned(frames, zoom, turn)


def _tell(values: Tensor, field: str, told: Tensor, where: Tensor) -> None:
    column = FIELD_INDEX[field]
    # what the renderer left open stays open
    known = where & (values[:, column] != UNKNOWN)
    values[:, column] = torch.where(known, told, values[:, column])


def _sizes(share: Tensor) -> Tensor:
    field = FIELDS[FIELD_INDEX["size"]]
    found = torch.full(share.shape, field.index("extreme_wide"))
    for name, limit in reversed(SIZE_LIMITS):
        found = torch.where(share >= limit, field.index(name), found)
        found = torch.where((share / limit).log().abs() < math.log(SIZE_DOUBT), UNKNOWN, found)
    return found


def _horizons(turn: Tensor) -> Tensor:
    field = FIELDS[FIELD_INDEX["horizon"]]
    found = torch.full(turn.shape, UNKNOWN)
    found[turn.abs() < ROLL_DOUBT_DEGREES[0]] = field.index("straight")
    found[turn.abs() > ROLL_DOUBT_DEGREES[1]] = field.index("dutch")
    return found


def _places(across: Tensor) -> Tensor:
    field = FIELDS[FIELD_INDEX["place"]]
    found = torch.full(across.shape, field.index("centre"))
    found[across < PLACE_SIDES[0]] = field.index("left")
    found[across > PLACE_SIDES[1]] = field.index("right")
    for side in PLACE_SIDES:
        found[(across - side).abs() < PLACE_DOUBT] = UNKNOWN
    return found


def _turned(frames: Tensor, zoom: Tensor, turn: Tensor) -> Tensor:
    height, width = FRAME_SIZE
    cos, sin = turn.deg2rad().cos() / zoom, turn.deg2rad().sin() / zoom
    nothing = torch.zeros_like(zoom)
    # in the grid's units both sides are 2 long, so that turning has to mind the aspect
    matrix = torch.stack(
        [
            torch.stack([cos, -sin * height / width, nothing], dim=1),
            torch.stack([sin * width / height, cos, nothing], dim=1),
        ],
        dim=1,
    )
    flat = frames.flatten(1, 2)
    grid = functional.affine_grid(matrix, list(flat.shape), align_corners=False)
    seen = functional.grid_sample(flat, grid, padding_mode="border", align_corners=False)
    return seen.view(frames.shape)
