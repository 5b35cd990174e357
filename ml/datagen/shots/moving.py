"""Gives a planned shot's camera the movement and the speed that its words want."""

from dataclasses import replace

import numpy as np

from . import choices
from .camera import SENSOR_MM
from .plan import Move, ShotPlan
from .truth import speed_of

__all__ = ["SPEEDS", "moving"]

SPEEDS = {"slow": (0.025, 0.088), "moderate": (0.115, 0.27), "fast": (0.34, 1.3)}
"""Lowest and highest speed of each class, clear of the borders between them, in frame widths a second."""


def moving(random: np.random.Generator, plan: ShotPlan) -> ShotPlan | None:
    """Give the movement the amount that its speed class asks for."""
    kind = str(plan.fields["movement"])
    ease, lean = float(random.choice([0.0, 0.5, 1.0])), float(random.uniform(-0.2, 0.6))
    follows = (
        kind in ("pan_left", "pan_right")
        and plan.fields["direction"] == ("right_to_left" if kind == "pan_left" else "left_to_right")
        and random.random() < 0.8
    )
    plan = _off_the_mark(random, plan)
    if kind == "static":
        return plan
    if follows or kind == "tracking":
        return _keeping_up(random, replace(plan, move=Move(kind, 0.0, ease, follows, 0.0)))
    wanted = float(np.exp(random.uniform(*np.log(SPEEDS[str(plan.fields["speed"])]))))
    sign = float(random.choice([-1.0, 1.0])) if kind in ("roll", "arc", "crane", "dolly_zoom") else 1.0
    amount = wanted * plan.length_seconds * _first_guess(plan)
    for _ in range(2):
        plan = replace(plan, move=Move(kind, sign * amount, ease, False, lean))
        amount = min(amount * wanted / max(speed_of(plan), 1e-6), 40.0)
    move = replace(plan.move, amount=sign * amount)
    limit = {
        "arc": 2.4,
        "roll": 1.6,
        "dolly_in": 1.6,
        "dolly_out": 1.6,
        "dolly_zoom": 1.2,
        "zoom_in": 1.6,
        "zoom_out": 1.6,
        "tilt_up": 1.4,
        "tilt_down": 1.4,
        "pan_left": 5.0,
        "pan_right": 5.0,
    }.get(kind, 40.0)
    plan = replace(plan, move=move)
    heights = [plan.view(share * plan.length_seconds).at[2] for share in (0.0, 0.5, 1.0)]
    return plan if amount < limit and min(heights) > 0.1 else None


def _keeping_up(random: np.random.Generator, plan: ShotPlan) -> ShotPlan:
    """A subject as fast as the movement that follows it should be, if it can be."""
    actor = plan.actors[0]
    wanted = float(np.exp(random.uniform(*np.log(SPEEDS[str(plan.fields["speed"])]))))
    low, high = choices.SPEEDS_M[(actor.figure.kind, actor.gesture.gait)]
    metres = float(np.clip(actor.gesture.speed * wanted / max(speed_of(plan), 1e-6), low, high))
    actors = tuple(replace(other, gesture=replace(other.gesture, speed=metres)) for other in plan.actors)
    return replace(plan, actors=actors)


def _first_guess(plan: ShotPlan) -> float:
    """About how much movement goes with one frame width of picture motion."""
    angle = SENSOR_MM / plan.base.lens_mm
    turns = {
        "pan_left": angle,
        "pan_right": angle,
        "tilt_up": angle,
        "tilt_down": angle,
        "roll": 3.0,
        "arc": angle,
    }
    kind = str(plan.fields["movement"])
    if kind.startswith(("dolly", "zoom")):
        return 3.0
    return turns.get(kind, plan.distance_m * angle)


def _off_the_mark(random: np.random.Generator, plan: ShotPlan) -> ShotPlan:
    """Who enters or leaves is in the frame's middle at another time than half-way."""
    action = plan.fields["action"]
    if action not in ("enters", "leaves"):
        return plan
    actor = plan.actors[0]
    shift = (
        actor.gesture.speed
        * plan.length_seconds
        * random.uniform(0.15, 0.4)
        * (-1 if action == "enters" else 1)
    )
    way = np.array([np.cos(actor.heading), np.sin(actor.heading), 0.0]) * shift
    at = np.asarray(actor.at) + way
    return replace(
        plan, actors=(replace(actor, at=(float(at[0]), float(at[1]), float(at[2]))), *plan.actors[1:])
    )
