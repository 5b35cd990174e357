"""Brings rendered shots near real film: swapped sides, reversed time, grading, grain, codecs, bars, wrong vectors.

Labels follow where the picture changes what they say: a mirrored pan left is a pan right, a reversed dolly in is a
dolly out. Everything is drawn from the generator that is handed in.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from ..nets.shot_transformer import FRAME_SIZE, INSTANTS, MOTIONS
from ..shot_terms import FIELD_INDEX, FIELDS
from .shot_data import UNKNOWN, ShotSet
from .shot_recipe import ShotDataRecipe
from .shot_zoom import look_closer

__all__ = [
    "MOTION_FIELDS",
    "ShotBatch",
    "augment",
    "augment_pictures",
    "mirror",
    "picture_batch",
    "plain_batch",
    "reverse",
    "reversible",
]

MOTION_FIELDS = ("movement", "speed", "steadiness", "action", "direction")
"""What a single picture does not tell."""

_MIRRORED = {
    "movement": (("pan_left", "pan_right"), ("truck_left", "truck_right")),
    "direction": (("left_to_right", "right_to_left"),),
    "place": (("left", "right"),),
}
_REVERSED = {
    "movement": (
        ("pan_left", "pan_right"),
        ("tilt_up", "tilt_down"),
        ("truck_left", "truck_right"),
        ("pedestal_up", "pedestal_down"),
        ("dolly_in", "dolly_out"),
        ("zoom_in", "zoom_out"),
    ),
    "direction": (("left_to_right", "right_to_left"), ("towards", "away")),
    "action": (("enters", "leaves"),),
}
_ONE_WAY = ("walks", "runs", "drives", "flies", "falls", "jumps")
"""Actions that look wrong backwards: nobody walks or drives like that, and nothing falls upwards."""
# of the eight motion numbers: shift x, shift y, log scale, rotation, inliers, residual, parallax, change of luma
_MIRROR_SIGNS = (-1, 1, 1, -1, 1, 1, 1, 1)
_REVERSE_SIGNS = (-1, -1, -1, -1, 1, 1, 1, -1)
_STANDS_STILL = (0, 0, 0, 0, 1, 0, 0, 0)


@dataclass(slots=True, eq=False)
class ShotBatch:
    """What a step trains on, as ``ShotEncoder.forward`` takes it, and the truth: values int64 (B, fields), measures."""

    frames: Tensor
    flow: Tensor
    motion: Tensor
    facts: Tensor
    values: Tensor
    measures: Tensor
    looked_at: Tensor


def plain_batch(shots: ShotSet, rows: Tensor) -> ShotBatch:
    """These shots as they are, all eight frames."""
    index = rows.numpy()
    return _batch(shots, index, shots.frames[index], torch.arange(INSTANTS))


def picture_batch(shots: ShotSet, rows: Tensor, instant: int) -> ShotBatch:
    """One frame of each of these shots, of that instant, and what a single picture tells."""
    index = rows.numpy()
    batch = _batch(shots, index, shots.frames[index, instant, None], torch.tensor([instant]))
    batch.values[:, [FIELD_INDEX[name] for name in MOTION_FIELDS]] = UNKNOWN
    return batch


def _batch(
    shots: ShotSet, index: NDArray[np.int64], frames: NDArray[np.uint8], looked_at: Tensor
) -> ShotBatch:
    return ShotBatch(
        frames=torch.from_numpy(frames).float() / 255,
        flow=torch.from_numpy(shots.flow[index]).float(),
        motion=torch.from_numpy(shots.motion[index]),
        facts=torch.from_numpy(shots.facts[index]),
        values=torch.from_numpy(shots.values[index]).long(),
        measures=torch.from_numpy(shots.measures[index]),
        looked_at=looked_at,
    )


def augment(batch: ShotBatch, recipe: ShotDataRecipe, rng: torch.Generator) -> ShotBatch:
    """That plain batch, changed as the recipe says, with ``recipe.frames`` of the eight frames."""
    mirror(batch, _chosen(batch, recipe.mirror, rng))
    reverse(batch, _chosen(batch, recipe.reverse, rng) & reversible(batch.values))
    _make_single(batch, _chosen(batch, recipe.single, rng), rng)
    batch.looked_at = torch.randperm(INSTANTS, generator=rng)[: recipe.frames].sort().values
    batch.frames = batch.frames[:, batch.looked_at]
    if _draw(1, rng).item() < recipe.reshape:
        _reshape(batch, rng)
    _spoil_flow(batch, recipe, rng)
    batch.frames = _spoil_frames(batch.frames, recipe, rng)
    return batch


def augment_pictures(
    batch: ShotBatch, recipe: ShotDataRecipe, zoom: float, rng: torch.Generator
) -> ShotBatch:
    """Those pictures, changed as ``augment`` changes the frames of shots; that share looked at from closer by."""
    closer = _chosen(batch, zoom, rng)
    batch.frames = look_closer(batch.frames, batch.values, batch.measures, closer, rng)
    mirror(batch, _chosen(batch, recipe.mirror, rng))
    if _draw(1, rng).item() < recipe.reshape:
        _reshape(batch, rng)
    batch.frames = _spoil_frames(batch.frames, recipe, rng)
    return batch


def mirror(batch: ShotBatch, chosen: Tensor) -> None:
    """Swap left and right of the chosen shots (bool (B,))."""
    batch.frames[chosen] = batch.frames[chosen].flip(-1)
    batch.flow[chosen] = batch.flow[chosen].flip(-1) * torch.tensor([-1.0, 1.0, 1.0])[:, None, None]
    batch.motion[chosen] *= torch.tensor(_MIRROR_SIGNS, dtype=torch.float32)
    _swap_labels(batch.values, chosen, _MIRRORED)


def reverse(batch: ShotBatch, chosen: Tensor) -> None:
    """Run the chosen shots (bool (B,)) backwards."""
    batch.frames[chosen] = batch.frames[chosen].flip(1)
    flow, motion = _in_reverse(batch.flow[chosen]), _in_reverse(batch.motion[chosen])
    batch.flow[chosen] = flow * torch.tensor([-1.0, -1.0, 1.0])[:, None, None]
    batch.motion[chosen] = motion * torch.tensor(_REVERSE_SIGNS, dtype=torch.float32)
    _swap_labels(batch.values, chosen, _REVERSED)


def _in_reverse(motions: Tensor) -> Tensor:
    """(B, 15, ...): the pairs' motions from the last to the first, and those between the instants."""
    return torch.cat([motions[:, :INSTANTS].flip(1), motions[:, INSTANTS:].flip(1)], dim=1)


def reversible(values: Tensor) -> Tensor:
    """bool (B,): whether the labels can follow when the shot runs backwards."""
    field = FIELDS[FIELD_INDEX["action"]]
    one_way = torch.tensor([value.id in _ONE_WAY for value in field.values] + [False])
    return ~one_way[values[:, FIELD_INDEX["action"]]]


def _swap_labels(values: Tensor, chosen: Tensor, swaps: dict[str, tuple[tuple[str, str], ...]]) -> None:
    for name, pairs in swaps.items():
        field = FIELDS[FIELD_INDEX[name]]
        table = torch.arange(-1, len(field.values))
        for one, other in pairs:
            table[field.index(one) + 1], table[field.index(other) + 1] = field.index(other), field.index(one)
        column = values[:, FIELD_INDEX[name]]
        values[:, FIELD_INDEX[name]] = torch.where(chosen, table[column + 1], column)


def _make_single(batch: ShotBatch, chosen: Tensor, rng: torch.Generator) -> None:
    """One picture of the shot alone: nothing moves, and what moved is not to be known."""
    shown = int(torch.randint(INSTANTS, (1,), generator=rng))
    batch.frames[chosen] = batch.frames[chosen][:, shown : shown + 1].expand(-1, INSTANTS, -1, -1, -1).clone()
    batch.flow[chosen, :, :2] = 0
    batch.motion[chosen] = torch.tensor(_STANDS_STILL, dtype=torch.float32)
    batch.facts[chosen, 2] = 1
    for name, value in (("movement", "static"), ("speed", "none"), ("steadiness", "steady")):
        batch.values[chosen, FIELD_INDEX[name]] = FIELDS[FIELD_INDEX[name]].index(value)
    for name in ("action", "direction"):
        batch.values[chosen, FIELD_INDEX[name]] = UNKNOWN


def _reshape(batch: ShotBatch, rng: torch.Generator) -> None:
    """Crop all shots to a narrower or wider picture; flow stays in widths of the picture that is left."""
    keep = 0.75 + 0.25 * _draw(1, rng).item()
    narrower = _draw(1, rng).item() < 0.5
    across, down = (keep, 1.0) if narrower else (1.0, keep)
    height, width = FRAME_SIZE
    rows, columns = round(height * down), round(width * across)
    top, left = (height - rows) // 2, (width - columns) // 2
    shape = batch.frames.shape
    cut = batch.frames[..., top : top + rows, left : left + columns].flatten(0, 1)
    batch.frames = functional.interpolate(cut, FRAME_SIZE, mode="bilinear").view(shape)
    scale = torch.tensor([[across, 0.0, 0.0], [0.0, down, 0.0]]).expand(len(batch.flow) * MOTIONS, -1, -1)
    flow = batch.flow.flatten(0, 1)
    grid = functional.affine_grid(scale, list(flow.shape), align_corners=False)
    flow = functional.grid_sample(flow, grid, padding_mode="border", align_corners=False)
    batch.flow = flow.view(batch.flow.shape)
    if narrower:
        batch.flow[:, :, :2] /= across
        # shifts and residual are lengths; scale, rotation and shares are not
        batch.motion = batch.motion / torch.tensor([across, across, 1, 1, 1, across, 1, 1])
    batch.facts[:, 1] *= across / down


def _spoil_flow(batch: ShotBatch, recipe: ShotDataRecipe, rng: torch.Generator) -> None:
    """Noise everywhere; in some shots wrong vectors, unsure ones, or a patch that moves by itself."""
    flow = batch.flow
    vectors, sure = flow[:, :, :2], flow[:, :, 2:]
    vectors += torch.randn(vectors.shape, generator=rng) * recipe.flow_noise
    spoilt = _chosen(batch, recipe.outliers, rng)[:, None, None, None, None]
    wrong = (_draw(sure.shape, rng) < 0.05) & spoilt
    vectors += wrong * torch.randn(vectors.shape, generator=rng) * 0.04
    unsure = (_draw(sure.shape, rng) < 0.15) & _chosen(batch, recipe.outliers, rng)[:, None, None, None, None]
    sure.masked_fill_(unsure, 0.0)
    patched = _chosen(batch, recipe.outliers, rng)
    rows, columns = flow.shape[-2:]
    centres = _draw((len(flow), 2), rng)
    half = 0.05 + 0.12 * _draw((len(flow), 2), rng)
    y = (torch.arange(rows) + 0.5) / rows
    x = (torch.arange(columns) + 0.5) / columns
    inside_y = (y[None] - centres[:, :1]).abs() < half[:, :1]
    inside_x = (x[None] - centres[:, 1:]).abs() < half[:, 1:]
    patch = (inside_y[:, :, None] & inside_x[:, None]) & patched[:, None, None]
    drift = torch.randn((len(flow), 2), generator=rng) * 0.015
    vectors += patch[:, None, None] * drift[:, None, :, None, None]
    vectors.clamp_(-0.25, 0.25)


def _spoil_frames(frames: Tensor, recipe: ShotDataRecipe, rng: torch.Generator) -> Tensor:
    """Grading, gamma, contrast, blur, blocks, bars and grain; the same for all frames of a shot."""
    count = len(frames)
    frames = torch.einsum("bij,bkjhw->bkihw", _colour_matrices(count, recipe.grade, rng), frames)
    middle = frames.mean(dim=(1, 2, 3, 4), keepdim=True)
    contrast = 1 + 0.2 * recipe.grade * _even((count, 1, 1, 1, 1), rng)
    lift = 0.04 * recipe.grade * _even((count, 1, 1, 1, 1), rng)
    frames = ((frames - middle) * contrast + middle + lift).clamp_(1e-4, 1)
    gamma = torch.exp(0.2 * recipe.grade * _even((count, 1, 1, 1, 1), rng))
    frames = frames**gamma
    blurred, blocky = (_draw(count, rng) < recipe.soften for _ in range(2))
    frames[blurred] = _coarser(frames[blurred], (30, 54), "bilinear")
    frames[blocky] = 0.6 * frames[blocky] + 0.4 * _coarser(frames[blocky], (18, 32), "nearest")
    _draw_bars(frames, _draw(count, rng) < recipe.bars, rng)
    strength = recipe.grain * _draw((count, 1, 1, 1, 1), rng)
    frames += torch.randn(frames.shape, generator=rng) * strength
    return frames.clamp_(0, 1)


def _colour_matrices(count: int, strength: float, rng: torch.Generator) -> Tensor:
    """(B, 3, 3): white balance, saturation, and a turn of the hues that no colour's name notices."""
    luma = torch.tensor([0.299, 0.587, 0.114]).expand(3, 3)
    saturation = (1 + 0.25 * strength * _even((count, 1, 1), rng)) * torch.eye(3)
    grey = (1 - saturation.diagonal(dim1=1, dim2=2)[:, :1, None]) * luma
    angle = 0.1 * strength * _even((count, 1, 1), rng)
    # a small turn around the grey axis
    axis = torch.tensor([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]]) / 3**0.5
    turn = torch.eye(3) + angle * axis
    balance = torch.diag_embed(1 + 0.05 * strength * _even((count, 3), rng))
    return balance @ turn @ (saturation + grey)


def _coarser(frames: Tensor, size: tuple[int, int], mode: str) -> Tensor:
    small = functional.interpolate(frames.flatten(0, 1), size, mode="area")
    return functional.interpolate(small, FRAME_SIZE, mode=mode).view(frames.shape)


def _draw_bars(frames: Tensor, chosen: Tensor, rng: torch.Generator) -> None:
    """One to three dark lines above and below, or at the sides: what cutting off bars may leave."""
    lines = int(torch.randint(1, 4, (1,), generator=rng))
    tall = chosen & (_draw(len(frames), rng) < 0.3)
    wide = chosen & ~tall
    for rows, axis in ((wide, -2), (tall, -1)):
        part = frames[rows]
        size = part.shape[axis]
        part.narrow(axis, 0, lines).fill_(0.02)
        part.narrow(axis, size - lines, lines).fill_(0.02)
        frames[rows] = part


def _chosen(batch: ShotBatch, share: float, rng: torch.Generator) -> Tensor:
    return _draw(len(batch.values), rng) < share


def _draw(shape: int | tuple[int, ...] | torch.Size, rng: torch.Generator) -> Tensor:
    return torch.rand(shape, generator=rng)


def _even(shape: tuple[int, ...], rng: torch.Generator) -> Tensor:
    """Evenly within -1 to 1."""
    return _draw(shape, rng) * 2 - 1
