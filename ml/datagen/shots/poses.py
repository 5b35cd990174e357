"""Poses of a subject's parts at a time: gaits and gestures. Angles in radians, times in seconds."""

from dataclasses import dataclass

import numpy as np

from .figure import Joint

__all__ = ["Gesture", "pose"]

_Pose = dict[str, Joint]


@dataclass(frozen=True, slots=True)
class Gesture:
    """What a subject does with its body."""

    gait: str
    """An action id of ``ml.shot_terms``, with enters and leaves said as walks, runs, drives, flies or rolls."""
    tempo: float
    """Cycles a second."""
    phase: float
    speed: float
    """Metres a second over the ground."""
    length_seconds: float
    strength: float = 1.0


def pose(kind: str, gesture: Gesture, seconds: float, size: float) -> _Pose:
    """Joints of a figure of that kind; the root's own motion is said by ``""``. size: its height in metres."""
    cycle = 2 * np.pi * (gesture.tempo * seconds + gesture.phase)
    if kind == "person":
        return _PERSON.get(gesture.gait, _stand)(gesture, cycle, seconds, size)
    if kind in ("dog", "horse"):
        return _four_legs(gesture, cycle, size)
    if kind == "bird":
        return _bird(gesture, cycle, size)
    return _thing(kind, gesture, cycle, seconds, size)


def _stand(gesture: Gesture, cycle: float, seconds: float, size: float) -> _Pose:
    sway = 0.04 * np.sin(cycle * 0.6)
    return {
        "body": Joint((0.5 * sway, sway, 0)),
        "head": Joint((0, 0.06 * np.sin(cycle * 0.4), 0.25 * np.sin(cycle * 0.23 + gesture.phase * 9))),
        "upper_arm_left": Joint((0.1, 0.05 + sway, 0)),
        "upper_arm_right": Joint((-0.1, 0.05 - sway, 0)),
        "lower_arm_left": Joint((0, -0.25, 0)),
        "lower_arm_right": Joint((0, -0.2, 0)),
        "upper_leg_left": Joint((0.04, 0, 0)),
        "upper_leg_right": Joint((-0.04, 0, 0)),
    }


def _stride(gesture: Gesture, cycle: float, seconds: float, size: float) -> _Pose:
    runs = gesture.gait == "runs"
    swing, knee, elbow = (0.95, 1.5, -1.5) if runs else (0.5, 0.75, -0.3)
    swing *= gesture.strength
    found: _Pose = {}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        leg = sign * np.sin(cycle)
        # the knee bends while the leg comes forward
        bend = max(0.0, sign * np.cos(cycle)) * knee + 0.12
        found[f"upper_leg_{side}"] = Joint((0.02 * sign, -swing * leg - (0.15 if runs else 0.05), 0))
        found[f"lower_leg_{side}"] = Joint((0, bend, 0))
        found[f"upper_arm_{side}"] = Joint((0.1 * sign, swing * 0.85 * leg, 0))
        found[f"lower_arm_{side}"] = Joint((0, elbow + 0.2 * leg, 0))
    bob = (0.045 if runs else 0.016) * size * abs(np.cos(cycle))
    found["body"] = Joint(
        (0.03 * np.sin(cycle), 0.22 if runs else 0.04, 0.1 * np.sin(cycle)), (0, 0, bob - 0.012 * size)
    )
    found["head"] = Joint((0, -0.15 if runs else 0.0, -0.1 * np.sin(cycle)))
    return found


def _jump(gesture: Gesture, cycle: float, seconds: float, size: float) -> _Pose:
    share = (cycle / (2 * np.pi)) % 1.0
    air = max(0.0, np.sin((share - 0.35) / 0.55 * np.pi)) if 0.35 < share < 0.9 else 0.0
    crouch = 0.5 - 0.5 * np.cos(2 * np.pi * (share / 0.35)) if share < 0.35 else 0.0
    fold = 0.9 * crouch + 0.25 * air
    found = {
        "": Joint(move=(0, 0, 0.3 * gesture.strength * size * air)),
        "body": Joint((0, 0.45 * crouch, 0), (0, 0, -0.115 * size * crouch)),
    }
    for side, sign in (("left", 1.0), ("right", -1.0)):
        found[f"upper_leg_{side}"] = Joint((0.05 * sign, -fold - 0.4 * crouch, 0))
        found[f"lower_leg_{side}"] = Joint((0, 1.9 * fold, 0))
        found[f"upper_arm_{side}"] = Joint((sign * (0.2 + 1.1 * air), 0.8 * crouch - 1.4 * air, 0))
        found[f"lower_arm_{side}"] = Joint((0, -0.4, 0))
    return found


def _turn(gesture: Gesture, cycle: float, seconds: float, size: float) -> _Pose:
    found = _stand(gesture, cycle, seconds, size)
    share = np.clip(seconds / gesture.length_seconds, 0, 1)
    angle = (
        gesture.strength * 2.6 * (share * share * (3 - 2 * share) - 0.5) * (1 if gesture.phase < 0.5 else -1)
    )
    found[""] = Joint((0, 0, angle * 1.25))
    step = np.sin(np.pi * 6 * share)
    found["upper_leg_left"] = Joint((0.05, -0.25 * max(0, step), 0))
    found["lower_leg_left"] = Joint((0, 0.5 * max(0, step), 0))
    found["upper_leg_right"] = Joint((-0.05, -0.25 * max(0, -step), 0))
    found["lower_leg_right"] = Joint((0, 0.5 * max(0, -step), 0))
    return found


def _fall(gesture: Gesture, cycle: float, seconds: float, size: float) -> _Pose:
    found = _stand(gesture, cycle, seconds, size)
    share = np.clip(seconds / gesture.length_seconds * 1.15, 0, 1)
    tilt = (np.pi / 2 - 0.08) * share**2.2
    sign = 1 if gesture.phase < 0.5 else -1
    found[""] = Joint((0, sign * tilt, 0), (0, 0, 0.06 * size * share))
    for side, out in (("left", 1.0), ("right", -1.0)):
        found[f"upper_arm_{side}"] = Joint((out * (0.3 + 0.7 * share), -sign * 1.5 * share, 0))
        found[f"upper_leg_{side}"] = Joint((0.05 * out, -0.25 * sign * share * (1 if out > 0 else 0.3), 0))
        found[f"lower_leg_{side}"] = Joint((0, 0.5 * share, 0))
    return found


def _wave(gesture: Gesture, cycle: float, seconds: float, size: float) -> _Pose:
    found = _stand(gesture, cycle * 0.3, seconds, size)
    side, sign = ("left", 1.0) if gesture.phase < 0.5 else ("right", -1.0)
    found[f"upper_arm_{side}"] = Joint((sign * 2.2, 0.0, 0))
    found[f"lower_arm_{side}"] = Joint((sign * (0.55 + 0.6 * np.sin(cycle)), 0, 0))
    return found


def _talk(gesture: Gesture, cycle: float, seconds: float, size: float) -> _Pose:
    found = _stand(gesture, cycle * 0.3, seconds, size)
    # two rates that do not fit each other, so that no two syllables are alike
    mouth = 0.5 + 0.5 * np.sin(cycle * 2.1) * np.sin(cycle * 1.27 + 1)
    found["mouth"] = Joint(scale=(1, 1.15 - 0.3 * mouth, 0.5 + 2.2 * mouth))
    found["head"] = Joint(
        (0.05 * np.sin(cycle * 0.7), 0.1 * np.sin(cycle * 0.9), 0.18 * np.sin(cycle * 0.31))
    )
    lift = 0.6 + 0.35 * np.sin(cycle * 0.5)
    found["upper_arm_right"] = Joint((-0.15, -0.35 * lift, 0))
    found["lower_arm_right"] = Joint((0.3 * np.sin(cycle * 0.8), -1.5 * lift, 0))
    if gesture.phase > 0.5:
        found["upper_arm_left"] = Joint((0.15, -0.3 * lift, 0))
        found["lower_arm_left"] = Joint((-0.3 * np.sin(cycle * 0.9), -1.4 * lift, 0))
    return found


_PERSON = {
    "walks": _stride,
    "runs": _stride,
    "jumps": _jump,
    "turns": _turn,
    "falls": _fall,
    "waves": _wave,
    "talks": _talk,
}


def _four_legs(gesture: Gesture, cycle: float, size: float) -> _Pose:
    found: _Pose = {"tail": Joint((0, 0, 0.4 * np.sin(cycle * 1.3)))}
    if gesture.gait in ("walks", "runs"):
        runs = gesture.gait == "runs"
        swing = 0.85 if runs else 0.42
        # a walk sets four feet one after the other; at a gallop both front ones nearly together
        offsets = {"front_left": 0.0, "front_right": 0.5, "back_left": 0.75, "back_right": 0.25}
        if runs:
            offsets = {"front_left": 0.0, "front_right": 0.12, "back_left": 0.5, "back_right": 0.62}
        for name, offset in offsets.items():
            leg = cycle + 2 * np.pi * offset
            found[f"upper_{name}"] = Joint((0, -swing * np.sin(leg), 0))
            found[f"lower_{name}"] = Joint((0, 0.2 + (1.1 if runs else 0.6) * max(0.0, np.cos(leg)) * 1.0, 0))
        found["body"] = Joint(
            (0, (0.12 if runs else 0.02) * np.sin(cycle), 0),
            (0, 0, (0.07 if runs else 0.015) * size * abs(np.cos(cycle))),
        )
        found["neck"] = Joint((0, 0.15 * np.sin(cycle + 1), 0))
    elif gesture.gait == "jumps":
        share = (cycle / (2 * np.pi)) % 1.0
        air = np.sin(share * np.pi)
        pitch = 0.5 * np.cos(share * np.pi)
        found[""] = Joint((0, -pitch * 0.8, 0), (0, 0, 0.45 * size * air * gesture.strength))
        for name in ("front_left", "front_right", "back_left", "back_right"):
            forward = -0.9 if name.startswith("front") else 0.9
            found[f"upper_{name}"] = Joint((0, forward * air, 0))
            found[f"lower_{name}"] = Joint((0, 0.9 * air, 0))
    else:
        found["neck"] = Joint((0, 0.1 * np.sin(cycle * 0.4) + 0.1, 0.2 * np.sin(cycle * 0.27)))
        found["head"] = Joint((0, 0.08 * np.sin(cycle * 0.5), 0.2 * np.sin(cycle * 0.2)))
    return found


def _bird(gesture: Gesture, cycle: float, size: float) -> _Pose:
    found: _Pose = {}
    flies = gesture.gait == "flies"
    beat = np.sin(cycle)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        if flies:
            found[f"wing_{side}"] = Joint((sign * (0.15 + 0.75 * beat), 0, 0))
            found[f"tip_{side}"] = Joint((sign * (0.1 + 0.55 * np.sin(cycle - 0.9)), 0, 0))
            found[f"leg_{side}"] = Joint((0, 1.3, 0))
        else:
            # folded back along the body
            found[f"wing_{side}"] = Joint((sign * -0.9, 0, sign * 1.35), (0, -sign * 0.02 * size, 0))
            found[f"tip_{side}"] = Joint((0, 0, sign * 0.25), (0, -sign * 0.12 * size, 0))
    if flies:
        found["body"] = Joint(move=(0, 0, -0.06 * size * beat))
    elif gesture.gait == "jumps":
        found[""] = Joint(move=(0, 0, 0.5 * size * abs(np.sin(cycle / 2))))
    else:
        found["head"] = Joint((0, 0.35 * np.sin(cycle * 0.5), 0.6 * np.sin(cycle * 0.33)))
    return found


def _thing(kind: str, gesture: Gesture, cycle: float, seconds: float, size: float) -> _Pose:
    travelled = gesture.speed * (seconds - gesture.length_seconds / 2)
    if kind in ("car", "truck"):
        turn = travelled / (0.5 if kind == "truck" else 0.32)
        found = {f"wheel_{index}": Joint((0, turn, 0)) for index in range(6)}
        if gesture.gait == "drives":
            found["body"] = Joint((0.004 * np.sin(cycle), 0.004 * np.sin(cycle * 1.3), 0))
        return found
    if kind == "ball":
        found = {"body": Joint((0, travelled / max(size / 2, 0.05), 0))}
        if gesture.gait in ("jumps", "falls"):
            high = abs(np.cos(cycle / 2))
            if gesture.gait == "falls":
                high = max(0.0, 1 - (1.3 * seconds / gesture.length_seconds) ** 2)
            found[""] = Joint(move=(0, 0, 2.2 * size * high * gesture.strength))
        return found
    if gesture.gait == "sways":
        lean = 0.07 * gesture.strength * (np.sin(cycle) + 0.4 * np.sin(2.3 * cycle + 1))
        bend = 0.03 * gesture.strength * np.sin(1.7 * cycle)
        return (
            {"crown": Joint((bend, lean, 0.5 * bend)), "body": Joint((0.2 * bend, 0.25 * lean, 0))}
            if kind == "tree"
            else {"body": Joint((bend, 2.0 * lean, 0))}
        )
    if gesture.gait == "falls":
        share = np.clip(seconds / gesture.length_seconds * 1.15, 0, 1)
        return {"": Joint((0, (np.pi / 2) * share**2.2, 0), (0, 0, 0.02 * size * share))}
    return {}
