"""Renders the shot of a seed, or its still picture, and writes it."""

from pathlib import Path

import numpy as np
from PIL import Image

from .drawing import CameraWords, draw_plan
from .draws import Split
from .plan import ShotPlan, instants
from .render_files import FRAME_PX, write_shot
from .stage import Pixels, Stage
from .truth import measured

__all__ = ["render_set_shot", "render_still", "told"]

_RENDERED_PX = (128, 72)
"""Frames are rendered at this size and enlarged: the network sees 96 x 54, and a third more shots come of the time."""
_MOST_HIDDEN = 0.4
_ATTEMPTS = 8
_LEAST_SPREAD = 3.0
"""Standard deviation of a frame's values of 255 below which it shows nothing."""
_HELD = CameraWords("static", "none", "steady")
_STILLS_FROM = 1_000_000
"""Seeds of plans from which stills are made."""
_NOT_IN_A_STILL = ("movement", "speed", "steadiness", "action", "direction")


def render_set_shot(folder: Path, seed: int, split: Split, samples: int) -> None:
    """One shot of a built set. Draws again while the subject is hidden or the picture shows nothing."""
    for attempt in range(_ATTEMPTS):
        plan = draw_plan(seed, split, attempt)
        with Stage(plan, _RENDERED_PX, samples) as stage:
            frames = _frames_or_none(plan, stage)
        if frames is None:
            continue
        facts = _facts(plan, attempt)
        write_shot(folder, seed, split, "set", plan.length_seconds, told(plan), facts, frames)
        return
    raise RuntimeError(f"seed {seed}: the subject stayed hidden in {_ATTEMPTS} attempts")


def render_still(folder: Path, seed: int, split: Split, samples: int) -> None:
    """One picture of another set and subject than the shot of that seed has; what moves is not told."""
    for attempt in range(_ATTEMPTS):
        plan = draw_plan(seed + _STILLS_FROM, split, attempt, _HELD)
        if plan.fields["action"] in ("enters", "leaves"):
            continue
        middle = plan.length_seconds / 2
        with Stage(plan, _RENDERED_PX, samples) as stage:
            if plan.actors and stage.hidden_share(middle) > _MOST_HIDDEN:
                continue
            picture = stage.frame(middle)
        if picture.mean(axis=2).std() < _LEAST_SPREAD:
            continue
        fields = {**told(plan), **dict.fromkeys(_NOT_IN_A_STILL)}
        facts = _facts(plan, attempt)
        write_shot(folder, seed, split, "still", plan.length_seconds, fields, facts, [_enlarged(picture)])
        return
    raise RuntimeError(f"seed {seed}: the subject stayed hidden in {_ATTEMPTS} attempts")


def _facts(plan: ShotPlan, attempt: int) -> dict[str, float]:
    seen = measured(plan).facts
    return {**seen, "lens_mm": plan.base.lens_mm, "distance_m": plan.distance_m, "attempt": attempt}


def _frames_or_none(plan: ShotPlan, stage: Stage) -> list[Pixels] | None:
    """Both frames of each instant; None when the subject is hidden or the picture shows nothing."""
    pairs = instants(plan.length_seconds)
    if plan.actors and np.mean([stage.hidden_share(pairs[index][0]) for index in (2, 4, 6)]) > _MOST_HIDDEN:
        return None
    # a wall before the lens, or fog that has swallowed everything
    if stage.frame(pairs[4][0]).mean(axis=2).std() < _LEAST_SPREAD:
        return None
    return [_enlarged(stage.frame(time)) for pair in pairs for time in pair]


def _enlarged(frame: Pixels) -> Pixels:
    return np.asarray(Image.fromarray(frame).resize(FRAME_PX, Image.Resampling.BICUBIC))


def told(plan: ShotPlan) -> dict[str, str | None]:
    """The plan's fields, without those that its picture cannot show."""
    fields: dict[str, str | None] = dict(plan.fields)
    if fields["subject"] == "place" or (
        fields["subject"] == "person" and fields["size"] == "extreme_close_up"
    ):
        fields["colour"] = None
    if fields["setting"] == "studio" and fields["light"] == "low_key":
        fields["time"] = None
    return fields
