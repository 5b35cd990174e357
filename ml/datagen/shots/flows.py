"""Shots without pictures: the motion that a planned camera sees in a set of planes and boards.

A rendered shot takes seconds, its motion alone some milliseconds; and what a camera does is seen in the motion. So
training joins the motion of these shots to the pictures of rendered ones. Cameras, speeds and unrest are drawn by
the same code as rendered shots' are. As a command:

    python -m ml.datagen.shots.flows --out data/shots/flows.npz --count 6000
"""

import argparse
import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from ...media.inputs import MOTIONS
from ...media.motion import motion_numbers
from ...shapes import Array
from ...shot_terms import FIELD_INDEX, FIELDS
from .camera import ASPECT, View
from .depths import SimpleSet, draw_set, look
from .drawing import draw_camera_words, draw_length, draw_words
from .figure import Figure
from .framing import framed
from .moving import moving
from .plan import INSTANTS, ShotPlan, instants
from .truth import SPEED_LIMITS, speed_of

__all__ = ["FLOW_FIELDS", "FlowShot", "draw_flow_plan", "flow_shot", "main", "write_flows"]

FLOW_FIELDS = ("movement", "speed", "steadiness")
"""What motion alone is the truth of."""
COLUMNS, ROWS = 16, 9
_MAX_FLOW = 0.25
_SWING_SECONDS = 0.3
"""Time in which a limb goes as far as it gets."""
_FAR_MATCH = 2.0
"""How much worse matches are between instants than within a pair."""
_SIZES_M: dict[str, tuple[float, float, float]] = {
    "person": (0.5, 0.6, 1.75), "dog": (0.9, 0.35, 0.65), "horse": (2.2, 0.7, 1.8), "bird": (0.6, 0.6, 0.4),
    "car": (4.3, 1.8, 1.5), "truck": (8.0, 2.5, 3.2), "tree": (4.0, 4.0, 7.0), "house": (9.0, 8.0, 7.0),
    "chair": (0.5, 0.5, 0.95), "table": (1.4, 0.9, 0.75), "lamp": (0.5, 0.5, 1.6), "ball": (0.6, 0.6, 0.6),
}  # fmt: skip
# the middle of the grid's cells, moved in as far as the windows that measure real film are
_X, _Y = (np.arange(COLUMNS) + 0.5) / COLUMNS, (np.arange(ROWS) + 0.5) / ROWS
_GRID = np.stack(np.meshgrid(np.clip(_X, 0.05, 0.95), np.clip(_Y, 0.085, 0.915)), axis=-1).reshape(-1, 2)


@dataclass(frozen=True, slots=True)
class FlowShot:
    """What is known of one."""

    flow: npt.NDArray[np.float16]
    """(15, 3, 9, 16): as ``ml.media.inputs.ShotInputs`` holds it."""
    motion: npt.NDArray[np.float32]
    """(15, 8)"""
    length_seconds: float
    values: tuple[int, ...]
    """Of ``FLOW_FIELDS``."""


def draw_flow_plan(random: np.random.Generator) -> ShotPlan:
    """Camera and subjects, as rendered shots have them; where they stand in the frame is left to chance."""
    camera = draw_camera_words(random)
    while True:
        fields = draw_words(random, camera)
        if fields is None:
            continue
        figure = None
        if fields["subject"] != "place":
            length, width, height = (side * random.uniform(0.75, 1.3) for side in _SIZES_M[fields["subject"]])
            figure = Figure(fields["subject"], (), (), (length, width, height), (0.0, 0.0, 0.88 * height))
        plan = framed(0, "train", random, fields, figure, draw_length(random, fields))
        plan = moving(random, plan) if plan else None
        if plan and _has_its_speed(plan):
            return plan


def _has_its_speed(plan: ShotPlan) -> bool:
    speed, (slow, fast) = speed_of(plan), SPEED_LIMITS
    wanted = plan.fields["speed"]
    return {
        "none": True,
        "slow": 0.015 < speed < slow / 1.06,
        "moderate": slow * 1.06 < speed < fast / 1.06,
        "fast": fast * 1.06 < speed < 2.5,
    }[str(wanted)]


def flow_shot(random: np.random.Generator) -> FlowShot:
    """One shot's motion, with the faults of motion that is measured on film."""
    plan = draw_flow_plan(random)
    where = draw_set(random, plan)
    noise = float(np.exp(random.uniform(np.log(1e-4), np.log(1.2e-3))))
    wrong = float(random.uniform(0, 0.05))
    # how much of each place can be followed: in some pictures nearly everything, in others a few corners
    texture = random.random(len(_GRID)) ** float(np.exp(random.uniform(np.log(0.2), np.log(4.0))))
    pairs = instants(plan.length_seconds)
    firsts = [start for start, _ in pairs]
    pairs += itertools.pairwise(firsts)
    flow, trust = np.empty((MOTIONS, len(_GRID), 2)), np.empty((MOTIONS, len(_GRID)))
    for index, (start, end) in enumerate(pairs):
        vectors, sure = _true_flow(random, plan, where, start, end)
        worse = _FAR_MATCH if index >= INSTANTS else 1.0
        flow[index], trust[index] = _as_measured(
            random, vectors, sure * texture, noise * worse, wrong * worse
        )
    numbers = np.empty((MOTIONS, 8), np.float32)
    numbers[:, :7] = motion_numbers(flow, trust, (_GRID - 0.5) / (1.0, ASPECT))
    numbers[:, 7] = random.normal(0, 0.004, MOTIONS)
    grid = np.concatenate([flow, trust[..., None]], axis=-1).reshape(MOTIONS, ROWS, COLUMNS, 3)
    values = tuple(FIELDS[FIELD_INDEX[name]].index(str(plan.fields[name])) for name in FLOW_FIELDS)
    return FlowShot(grid.transpose(0, 3, 1, 2).astype(np.float16), numbers, plan.length_seconds, values)


def _true_flow(
    random: np.random.Generator, plan: ShotPlan, where: SimpleSet, start: float, end: float
) -> tuple[Array, Array]:
    """(N, 2) in widths of the frame, and (N,) how well it can be measured."""
    before, after = plan.view(start), plan.view(end)
    rays = before.unproject(_GRID, 1.0) - before.at
    seen = look(plan, where, before, rays, start)
    points = np.asarray(before.at) + rays * seen.depth[:, None]
    first = 1 + len(where.walls) + len(where.boards.halves)
    for number, actor in enumerate(plan.actors):
        on_it = seen.surface == first + number
        gone = actor.place(end) - actor.place(start)
        # limbs swing, clothes and leaves stir, and come back
        swing = 0.05 * actor.figure.size[2] * min(end - start, _SWING_SECONDS) * (1 + actor.gesture.speed)
        points[on_it] += gone + random.normal(0, swing, (int(on_it.sum()), 3))
    return _projected(after, points, where.trusts[seen.surface])


def _projected(after: View, points: Array, trust: Array) -> tuple[Array, Array]:
    seen = after.project(points)
    flow = (seen[:, :2] - _GRID) * (1.0, 1.0 / ASPECT)
    outside = (np.abs(seen[:, :2] - 0.5) > 0.5).any(axis=1) | (seen[:, 2] < 0.02)
    lost = outside | (np.abs(flow) > _MAX_FLOW).any(axis=1)
    return np.clip(np.nan_to_num(flow), -_MAX_FLOW, _MAX_FLOW), np.where(lost, 0.0, trust)


def _as_measured(
    random: np.random.Generator, flow: Array, trust: Array, noise: float, wrong: float
) -> tuple[Array, Array]:
    """Noise that grows where there is little to see, vectors that went astray, some of them trusted."""
    trust = np.clip(trust + random.normal(0, 0.12, trust.shape) * (trust > 0), 0.0, 1.0)
    found = flow + random.normal(0, noise, flow.shape) * (1 + 4 * (1 - trust[:, None]))
    blind = trust < 0.12
    # what cannot be seen is guessed: as most of the picture moves, or not at all
    typical = np.median(flow, axis=0) if random.random() < 0.7 else np.zeros(2)
    found[blind] = typical + random.normal(0, 4 * noise, (int(blind.sum()), 2))
    astray = random.random(len(flow)) < wrong
    found[astray] += random.normal(0, 0.03, (int(astray.sum()), 2))
    return np.clip(found, -_MAX_FLOW, _MAX_FLOW), trust


def write_flows(path: Path, count: int, seed: int) -> None:
    """``count`` shots as arrays flow, motion, lengths, fields and values; the same for the same seed."""
    shots = [flow_shot(np.random.default_rng((seed, index, 79))) for index in tqdm(range(count), unit="shot")]
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name("partial_" + path.name)
    np.savez(
        partial,
        flow=np.stack([shot.flow for shot in shots]),
        motion=np.stack([shot.motion for shot in shots]),
        lengths=np.array([shot.length_seconds for shot in shots], np.float32),
        fields=np.array(FLOW_FIELDS),
        values=np.array([shot.values for shot in shots], np.int8),
    )
    partial.replace(path)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m ml.datagen.shots.flows",
        description="Draw the motion of shots without their pictures.",
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="file to write, for example data/shots/flows.npz"
    )
    parser.add_argument("--count", type=int, default=6000, help="how many shots (default: 6000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other shots (default: 1)")
    options = parser.parse_args(arguments)
    if options.count < 1 or options.seed < 0 or options.out.suffix != ".npz":
        print(
            "--count has to be 1 or more, --seed 0 or more, --out a file that ends in .npz", file=sys.stderr
        )
        return 2
    write_flows(options.out, options.count, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
