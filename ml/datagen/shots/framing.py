"""Puts subject and camera where the words of a shot want them, at the middle of its time."""

from dataclasses import replace

import numpy as np

from . import choices
from .camera import ASPECT, SENSOR_MM, Shake, View, forward_of
from .draws import Split
from .figure import Figure
from .plan import Actor, Move, ShotPlan
from .poses import Gesture

__all__ = ["framed"]

_SHARES = {
    "extreme_wide": (0.065, 0.108),
    "wide": (0.14, 0.38),
    "full": (0.5, 0.95),
    "medium": (1.2, 2.2),
    "close_up": (2.75, 5.0),
    "extreme_close_up": (6.3, 10.0),
}
_PITCHES = {
    "birds_eye": (-88, -66),
    "high": (-50, -19),
    "level": (-11, 8),
    "low": (19, 50),
    "worms_eye": (64, 82),
}
_TEMPOS = {"walks": 0.9, "runs": 1.4, "jumps": 0.75, "waves": 1.2, "talks": 1.3, "flies": 1.6, "sways": 0.35}


def framed(
    seed: int,
    split: Split,
    random: np.random.Generator,
    fields: dict[str, str],
    figure: Figure | None,
    length: float,
) -> ShotPlan | None:
    """Subject and camera at the middle of the shot."""
    pitch = np.radians(random.uniform(*_PITCHES[fields["angle"]]))
    lens = _lens(random, fields)
    roll = 0.0
    if fields["horizon"] == "dutch":
        roll = np.radians(random.uniform(19, 40)) * random.choice([-1, 1])
    shake = None
    if fields["steadiness"] == "handheld":
        shake = Shake.drawn(random, float(np.exp(random.uniform(np.log(0.035), np.log(0.13)))), 0.3, 2.2)
    elif fields["steadiness"] == "shaky":
        shake = Shake.drawn(random, float(np.exp(random.uniform(np.log(0.28), np.log(0.8)))), 0.8, 5.0)
    if figure is None:
        return _landscape(seed, split, random, fields, length, float(pitch), float(roll), lens, shake)
    gesture = _gesture(random, fields, length)
    heading = _heading(random, fields)
    actor = Actor(figure, gesture, (0.0, 0.0, _altitude(random, fields, figure)), heading)
    share = float(np.exp(random.uniform(*np.log(_SHARES[fields["size"]]))))
    depth_m = _extent(figure, heading, float(pitch)) / share * lens * ASPECT / SENSOR_MM
    aim = _aim(random, actor, share, length, lens, depth_m)
    yaw, side = (
        0.0,
        float(random.choice([0.0, -0.2, 0.2], p=[0.5, 0.25, 0.25]) * random.uniform(0.75, 1.2)),
    )
    start = np.asarray(aim) - forward_of(yaw, float(pitch)) * depth_m
    lift = max(0.0, 0.15 - float(start[2]))
    if lift > (2.6 if fields["subject"] not in ("car", "truck", "horse", "tree", "house") else 0.0):
        return None
    # a block under the subject may not hold the camera
    if lift and depth_m * np.cos(pitch) < 0.5 * max(figure.size[:2]) + 1.0 + gesture.speed * length:
        return None
    if lift:
        actor = replace(actor, at=(0.0, 0.0, actor.at[2] + lift))
        aim, start = (aim[0], aim[1], aim[2] + lift), np.add(start, (0, 0, lift))
    if fields["setting"] == "room" and (depth_m > 14 or start[2] > 9):
        return None
    turn = float(np.arctan(side * SENSOR_MM / lens))
    base = View(
        (float(start[0]), float(start[1]), float(start[2])), yaw + turn, float(pitch), float(roll), lens
    )
    actors = (actor, *_others(random, fields, actor, depth_m, lens))
    return ShotPlan(
        seed,
        split,
        fields,
        length,
        actors,
        aim,
        base,
        depth_m,
        Move(fields["movement"], 0.0, 0.0),
        shake,
        lift,
    )


def _lens(random: np.random.Generator, fields: dict[str, str]) -> float:
    low, high = {"extreme_wide": (18, 60), "wide": (18, 70), "full": (20, 90)}.get(fields["size"], (28, 135))
    if fields["angle"] in ("low", "worms_eye"):
        low, high = 18, 40
    if fields["setting"] == "room":
        high = min(high, 60)
    return float(np.exp(random.uniform(np.log(low), np.log(high))))


def _landscape(
    seed: int,
    split: Split,
    random: np.random.Generator,
    fields: dict[str, str],
    length: float,
    pitch: float,
    roll: float,
    lens: float,
    shake: Shake | None,
) -> ShotPlan:
    room = fields["setting"] == "room"
    depth_m = random.uniform(2.5, 6) if room else random.uniform(8, 40)
    high = random.uniform(1.0, 2.2) if room or fields["size"] == "wide" else random.uniform(1.5, 25)
    if pitch < np.radians(-15):
        high = max(high, depth_m * np.sin(-pitch) * (0.7 if room else 1.0))
    start = np.array([0.0, -depth_m * np.cos(pitch), high])
    aim = start + forward_of(0.0, pitch) * depth_m
    base = View(
        (0.0, float(start[1]), float(start[2])), 0.0, pitch, roll, lens if not room else min(lens, 35.0)
    )
    fields["action"], fields["place"] = "rests", "centre"
    aim_at = (float(aim[0]), float(aim[1]), float(aim[2]))
    return ShotPlan(
        seed,
        split,
        fields,
        length,
        (),
        aim_at,
        base,
        depth_m,
        Move(fields["movement"], 0.0, 0.0),
        shake,
    )


def _gesture(random: np.random.Generator, fields: dict[str, str], length: float) -> Gesture:
    subject, gait = fields["subject"], fields["action"]
    if gait in ("enters", "leaves"):
        gait = str(random.choice([name for kind, name in choices.SPEEDS_M if kind == subject]))
    low, high = choices.SPEEDS_M.get((subject, gait), (0.0, 0.0))
    tempo = _TEMPOS.get(gait, 0.5) * random.uniform(0.85, 1.2)
    if subject == "dog":
        tempo *= 1.5
    return Gesture(
        gait,
        tempo,
        float(random.random()),
        random.uniform(low, high),
        length,
        random.uniform(0.75, 1.25),
    )


def _heading(random: np.random.Generator, fields: dict[str, str]) -> float:
    spread = random.uniform(-0.45, 0.45)
    along = {"left_to_right": 0.0, "right_to_left": np.pi, "towards": -np.pi / 2, "away": np.pi / 2}
    if fields["direction"] in along:
        return float(along[fields["direction"]] + spread)
    if fields["subject"] in ("person", "dog", "bird", "horse", "house", "lamp") and random.random() < 0.85:
        return float(-np.pi / 2 + random.uniform(-1.1, 1.1))
    return float(random.uniform(-np.pi, np.pi))


def _altitude(random: np.random.Generator, fields: dict[str, str], figure: Figure) -> float:
    if fields["subject"] == "bird" and fields["action"] not in ("rests", "jumps"):
        return float(random.uniform(0.5, 9.0 if fields["setting"] != "room" else 1.5))
    return 0.0


def _aim(
    random: np.random.Generator, actor: Actor, share: float, length: float, lens: float, depth_m: float
) -> tuple[float, float, float]:
    """The middle of what the frame holds: the whole subject, or its head with some room above it."""
    focus, middle = actor.focus(length / 2), actor.corners(length / 2).mean(axis=0)
    blend = float(np.clip((share - 0.9) / 1.4, 0, 1))
    aim = middle * (1 - blend) + focus * blend
    if actor.figure.kind == "person" and share > 1:
        # a waist-up or head-and-shoulders frame has the eyes on its upper third
        aim = focus - (
            0,
            0,
            actor.figure.size[2] / share * random.uniform(0.12, 0.25) * (share < 5.8),
        )
    return (float(aim[0]), float(aim[1]), float(aim[2]))


def _others(
    random: np.random.Generator, fields: dict[str, str], first: Actor, depth_m: float, lens: float
) -> tuple[Actor, ...]:
    count = {"one": 0, "two": 1}.get(fields["count"], int(random.integers(2, 5)))
    wide = depth_m * SENSOR_MM / lens
    length, width, _ = first.figure.size
    space = max(0.9 * width, 0.55 * (length if first.gesture.speed == 0 else width)) + 0.25
    if fields["subject"] in ("car", "truck", "tree"):
        space = max(length, width) * 1.15
    found = []
    sides = random.permutation([-2, -1, 1, 2])[:count] if count > 1 else random.choice([-1, 1], count)
    for side in sides:
        away = np.array(
            [side * min(max(space, 0.16 * wide), 3 * space), random.uniform(-0.3, 0.6) * space, 0.0]
        )
        gesture = replace(
            first.gesture,
            phase=float(random.random()),
            tempo=first.gesture.tempo * random.uniform(0.9, 1.1),
        )
        at = np.asarray(first.at) + away
        turn = 0.0 if first.gesture.speed else random.uniform(-0.7, 0.7)
        found.append(
            Actor(
                first.figure,
                gesture,
                (float(at[0]), float(at[1]), float(at[2])),
                first.heading + turn,
                random.uniform(0.93, 1.07),
            )
        )
    return tuple(found)


def _extent(figure: Figure, heading: float, pitch: float) -> float:
    """As ``truth.subject_share`` measures it, for a camera that looks along +y."""
    length, width, height = figure.size
    if figure.kind == "person":
        return height
    across = abs(length * np.cos(heading)) + abs(width * np.sin(heading))
    deep = abs(length * np.sin(heading)) + abs(width * np.cos(heading))
    return float(max(height * np.cos(pitch) + deep * abs(np.sin(pitch)), across * 9 / 16))
