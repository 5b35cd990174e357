"""What a planned shot really shows: measured on the projected subject and the camera's path, not on the wishes.

Speed classes, by the mean motion in frame widths a second of what stands still at the subject's distance (at twice
the distance for movements that keep the subject's distance's motion at nothing: arc, crane, dolly zoom): slow under
0.1, moderate to 0.3, fast beyond. Unrest by the mean motion that it adds: handheld 0.03 to 0.14, shaky over 0.25
frame widths a second.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ...shot_terms import PLACE_DOUBT, PLACE_SIDES, ROLL_DOUBT_DEGREES, SIZE_DOUBT, SIZE_LIMITS
from .camera import frame_height_m, image_speed
from .plan import PAIR_SECONDS, Actor, ShotPlan, instants

__all__ = [
    "HOLDS_SUBJECT",
    "SPEED_LIMITS",
    "Measured",
    "measured",
    "size_of",
    "speed_of",
    "subject_share",
]

SPEED_LIMITS = (0.1, 0.3)
"""Between slow and moderate, moderate and fast, in frame widths a second."""
HOLDS_SUBJECT = ("arc", "crane", "dolly_zoom")
_SURE = 1.06
"""How far from a border between classes a measure has to be, as a ratio."""
_MOST = 5 / 8
"""Share of the instants that a value has to hold for to be the shot's."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the arithmetic says of a plan; doubts name what is not clear enough to be a truth."""

    fields: Mapping[str, str]
    facts: Mapping[str, float]
    doubts: tuple[str, ...]


def size_of(share: float) -> str:
    """Shot size of a subject that many frame heights high."""
    return next((name for name, least in SIZE_LIMITS if share >= least), "extreme_wide")


def subject_share(plan: ShotPlan, actor: Actor, seconds: float) -> float:
    """The subject's size in frames, in the direction that fills the frame most; a person's height always."""
    view = plan.view(seconds)
    target = actor.focus(seconds)
    depth = float((target - view.at) @ view.axes()[2])
    if depth <= 0.02:
        return 0.0
    length, width, height = (side * actor.scale for side in actor.figure.size)
    turn = actor.heading - view.yaw
    across = abs(length * np.cos(turn)) + abs(width * np.sin(turn))
    deep = abs(length * np.sin(turn)) + abs(width * np.cos(turn))
    upright = height * np.cos(view.pitch) + deep * abs(np.sin(view.pitch))
    extent = height if actor.figure.kind == "person" else max(upright, across * 9 / 16)
    return float(extent / frame_height_m(view.lens_mm, depth))


def speed_of(plan: ShotPlan) -> float:
    """Mean speed of the camera's movement in frame widths a second, unrest apart."""
    if plan.move.kind == "static":
        return 0.0
    depth = plan.distance_m * (2.0 if plan.move.kind in HOLDS_SUBJECT else 1.0)
    found = []
    for start, end in instants(plan.length_seconds)[:: 2 if plan.move.ease == 0 else 1]:
        found.append(image_speed(plan.steady_view(start), plan.steady_view(end), PAIR_SECONDS, depth))
    return float(np.mean(found))


def measured(plan: ShotPlan) -> Measured:
    """Fields as the pictures will show them."""
    doubts: list[str] = []
    fields: dict[str, str] = {}
    views = [plan.view(start) for start, _ in instants(plan.length_seconds)]
    pitch = float(np.degrees(np.mean([view.pitch for view in views])))
    roll = float(np.degrees(np.mean([abs(view.roll) for view in views])))
    fields["angle"] = _angle(pitch)
    if min(abs(abs(pitch) - 15), abs(abs(pitch) - 60)) < 2.5 or abs(pitch) > 90:
        doubts.append("angle")
    fields["horizon"] = "dutch" if roll > 15 else "straight"
    if ROLL_DOUBT_DEGREES[0] < roll < ROLL_DOUBT_DEGREES[1]:
        doubts.append("horizon")
    speed = speed_of(plan)
    fields["speed"] = "none"
    if plan.move.kind != "static":
        fields["speed"] = (
            "slow" if speed < SPEED_LIMITS[0] else "moderate" if speed < SPEED_LIMITS[1] else "fast"
        )
        if speed < 0.015 or any(1 / _SURE < speed / limit < _SURE for limit in SPEED_LIMITS) or speed > 2.5:
            doubts.append("speed")
    facts = {"pitch_degrees": pitch, "roll_degrees": roll, "speed_frame_widths": speed}
    if plan.actors:
        _measure_subject(plan, fields, facts, doubts)
    return Measured(fields, facts, tuple(doubts))


def _angle(pitch_degrees: float) -> str:
    for name, least in (("worms_eye", 60), ("low", 15), ("level", -15), ("high", -60)):
        if pitch_degrees >= least:
            return name
    return "birds_eye"


def _measure_subject(
    plan: ShotPlan, fields: dict[str, str], facts: dict[str, float], doubts: list[str]
) -> None:
    times = [start for start, _ in instants(plan.length_seconds)]
    seen = [_seen_at(plan, plan.actors[0], time) for time in times]
    inside = [x for x in seen if x is not None]
    action = plan.fields["action"]
    if action == "enters":
        right = seen[0] is None and all(x is not None for x in seen[-3:]) and len(inside) >= 4
    elif action == "leaves":
        right = seen[-1] is None and all(x is not None for x in seen[:3]) and len(inside) >= 4
    else:
        right = len(inside) >= (5 if plan.move.kind.startswith(("pan", "tilt", "roll")) else 7)
    if not right:
        doubts.append("action")
        return
    others = [_seen_at(plan, actor, time) for actor in plan.actors[1:] for time in times]
    if len([x for x in others if x is None]) > 0.3 * len(others):
        doubts.append("count")
    place = float(np.mean(inside))
    if len(plan.actors) > 1:
        place = float(np.mean([*inside, *(x for x in others if x is not None)]))
    fields["place"] = "left" if place < PLACE_SIDES[0] else "right" if place > PLACE_SIDES[1] else "centre"
    if min(abs(place - side) for side in PLACE_SIDES) < PLACE_DOUBT:
        doubts.append("place")
    _measure_size(plan, [t for t, x in zip(times, seen, strict=True) if x is not None], fields, facts, doubts)
    _measure_direction(plan, fields, doubts)
    facts["place_x"] = place


def _seen_at(plan: ShotPlan, actor: Actor, seconds: float) -> float | None:
    """Picture x of the subject, None while it is out of the frame."""
    view = plan.view(seconds)
    close = subject_share(plan, actor, seconds) > 1.4
    points = actor.focus(seconds)[None] if close else actor.corners(seconds)
    seen = view.project(points)
    if (seen[:, 2] < 0.03).any():
        return None
    x, y = seen[:, :2].mean(axis=0)
    margin = 0.0 if close else 0.02
    return float(x) if margin < x < 1 - margin and margin < y < 1 - margin else None


def _measure_size(
    plan: ShotPlan, times: list[float], fields: dict[str, str], facts: dict[str, float], doubts: list[str]
) -> None:
    shares = [subject_share(plan, plan.actors[0], time) for time in times]
    middle = float(np.median(shares))
    fields["size"], facts["subject_frame_heights"] = size_of(middle), middle
    agree = np.mean([size_of(share) == fields["size"] for share in shares])
    if (
        agree < _MOST
        or any(1 / SIZE_DOUBT < middle / least < SIZE_DOUBT for _, least in SIZE_LIMITS)
        or middle > 14
    ):
        doubts.append("size")


def _measure_direction(plan: ShotPlan, fields: dict[str, str], doubts: list[str]) -> None:
    actor = plan.actors[0]
    fields["direction"] = "none"
    if actor.gesture.speed == 0:
        return
    way = actor.place(plan.length_seconds) - actor.place(0)
    axes = np.mean([plan.view(start).axes() for start, _ in instants(plan.length_seconds)], axis=0)
    across, deep = float(way @ np.array([*axes[0][:2], 0])), float(way @ axes[2])
    if abs(axes[2][2]) > 0.8:
        # seen from above or below, away is up the picture
        deep = float(way @ axes[1]) * (1 if axes[2][2] < 0 else -1)
    if abs(across) > 1.6 * abs(deep):
        fields["direction"] = "left_to_right" if across > 0 else "right_to_left"
    elif abs(deep) > 1.6 * abs(across):
        fields["direction"] = "away" if deep > 0 else "towards"
    else:
        doubts.append("direction")
