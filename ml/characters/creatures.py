"""Beasts that walk upright."""

import numpy as np

from .aliens import bare_feet
from .body import SIDES, arms, hands, legs, trunk, trunk_rows
from .carried import held
from .character import Character
from .garments import belt, skirt, torso_at
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["creature"]


def creature(s: Sculpture, c: Character) -> None:
    """A beast that walks upright."""
    size, bones = c.proportions.height_m, Skeleton.of(c)
    trunk(s, c, "skin")
    arms(s, c, "skin", "skin", "bare")
    legs(s, c, "skin", "skin", 1.2)
    closed = held(s, c)
    hands(s, c, "skin", closed)
    bare_feet(s, c, 3, claws=True)
    z, depth, width, front = torso_at(c, 0.55)
    s.ball(
        "torso", "hair", (front + depth * 0.3, 0, z - 0.04 * size), (depth * 0.78, width * 0.68, 0.17 * size)
    )
    for sign in SIDES:
        s.ball(
            "upper_arm",
            "skin",
            bones.on("shoulder", sign) + np.array((0, 0, 0.01 * size)),
            np.array([0.06, 0.058, 0.062]) * size * c.proportions.limbs,
        )
        w, k = bones.on("wrist", sign), bones.on("knuckles", sign)
        for place in (-0.02, 0.0, 0.02):
            if sign not in closed:
                tip = k + (k - w) * 0.75 + np.array([place, -0.004 * sign, 0]) * size * c.proportions.hands
                s.bar(
                    "hand",
                    "bone",
                    [tip, tip + (k - w) * 0.4],
                    np.array([0.006, 0.001]) * size * c.proportions.hands,
                    rounding=0.0,
                )
    cloth = c.wearing("cloth")
    if cloth in ("loincloth", "kilt", "belt"):
        belt(s, c, "leather", 0.06, 0.034, 0.01)
    if cloth in ("loincloth", "kilt"):
        arcs = ((-0.7, 0.7), (np.pi - 0.8, np.pi + 0.8)) if cloth == "loincloth" else ((-np.pi, np.pi),)
        for arc in arcs:
            skirt(s, c, "main", (c.proportions.legs - 0.17) * size, 0.01 * size, 6, 0.05, start=0.06, arc=arc)
    _beast_head(s, c)
    _beast_back(s, c)


def _beast_head(s: Sculpture, c: Character) -> None:
    bones, jaw = Skeleton.of(c), c.wearing("jaw")
    h, at = bones.head, bones.chin
    s.bar(
        "head",
        "skin",
        [bones.neck - (0.03 * bones.height, 0, 0.05 * bones.height), at + np.array([-0.1, 0, 0.3]) * h],
        np.array([0.42, 0.34]) * h,
    )
    s.ball("head", "skin", at + np.array([-0.02, 0, 0.55]) * h, np.array([0.42, 0.4, 0.45]) * h, power=2.3)
    s.ball(
        "head",
        "skin",
        at + np.array([0.2, 0, 0.26]) * h,
        np.array([0.3, 0.3 * c.face.jaw, 0.24]) * h,
        power=2.3,
    )
    s.bar(
        "face",
        "hair",
        np.array([(0.34, -0.3, 0.72), (0.43, -0.12, 0.66), (0.43, 0.12, 0.66), (0.34, 0.3, 0.72)]) * h + at,
        np.array([0.07, 0.09, 0.09, 0.07]) * h,
    )
    for sign in SIDES:
        s.ball(
            "face",
            "glow" if c.wearing("back") == "spikes" else "white",
            at + np.array([0.37, 0.17 * sign, 0.57]) * h,
            np.array([0.055, 0.085, 0.07]) * h * c.face.eyes,
        )
        s.ball(
            "face",
            "pupil",
            at + np.array([0.37 + 0.045 * c.face.eyes, 0.165 * sign, 0.57]) * h,
            np.array([0.025, 0.03, 0.045]) * h,
        )
        ear = (
            np.array([(-0.05, 0.36 * sign, 0.62), (-0.1, 0.55 * sign, 0.75), (-0.14, 0.66 * sign, 0.92)]) * h
            + at
        )
        s.bar("head", "skin", ear, np.array([(0.11, 0.06), (0.1, 0.05), (0.015, 0.015)]) * h)
        if jaw == "tusks":
            tusk = (
                np.array([(0.42, 0.14 * sign, 0.16), (0.5, 0.17 * sign, 0.24), (0.5, 0.18 * sign, 0.42)]) * h
                + at
            )
            s.bar("face", "bone", tusk, np.array([0.05, 0.045, 0.01]) * h)
        if jaw == "fangs":
            s.bar(
                "face",
                "bone",
                np.array([(0.46, 0.12 * sign, 0.22), (0.48, 0.12 * sign, 0.06)]) * h + at,
                np.array([0.04, 0.006]) * h,
                rounding=0.2,
            )
        _horn(s, h, at, c.wearing("horns"), sign)
    if jaw == "snout":
        s.ball("face", "skin", at + np.array([0.44, 0, 0.34]) * h, np.array([0.3, 0.2, 0.17]) * h)
        s.ball("face", "pupil", at + np.array([0.7, 0, 0.42]) * h, np.array([0.06, 0.1, 0.06]) * h)
    elif jaw == "beak":
        s.bar(
            "face",
            "bone",
            np.array([(0.3, 0, 0.42), (0.55, 0, 0.42), (0.72, 0, 0.2)]) * h + at,
            np.array([(0.2, 0.18), (0.13, 0.13), (0.015, 0.02)]) * h,
        )
    else:
        s.ball("face", "skin", at + np.array([0.43, 0, 0.44]) * h, np.array([0.11, 0.13, 0.09]) * h)
        for sign in SIDES:
            s.ball(
                "face",
                "pupil",
                at + np.array([0.52, 0.05 * sign, 0.42]) * h,
                np.array([0.02, 0.03, 0.025]) * h,
            )
    s.mark("maw", at + np.array([0.49, 0, 0.2]) * h, (0.03 * h, 0.3 * h, 0.1 * h))


def _horn(s: Sculpture, h: float, at: np.ndarray, style: str, sign: float) -> None:
    paths = {
        "curved": [(0.05, 0.22, 0.88), (0.03, 0.42, 1.08), (0.06, 0.46, 1.32), (0.12, 0.36, 1.5)],
        "straight": [(0.08, 0.18, 0.9), (0.14, 0.24, 1.15), (0.2, 0.28, 1.42)],
        "ram": [
            (0.0, 0.3, 0.88),
            (-0.22, 0.48, 1.0),
            (-0.38, 0.56, 0.74),
            (-0.18, 0.6, 0.48),
            (0.08, 0.62, 0.52),
        ],
        "antlers": [(0.0, 0.2, 0.9), (-0.05, 0.4, 1.2), (-0.05, 0.42, 1.55), (0.05, 0.36, 1.8)],
    }
    if style not in paths:
        return
    path = np.array(paths[style]) * (1, sign, 1) * h + at
    thick = (
        np.linspace(1, 0.12, len(path))
        * (0.13 if style == "ram" else 0.105 if style != "antlers" else 0.06)
        * h
    )
    s.bar("headgear", "bone", path, thick)
    if style == "antlers":
        for index, reach in ((1, 0.3), (2, 0.26)):
            s.bar(
                "headgear",
                "bone",
                [path[index], path[index] + np.array([0.12, 0.2 * sign, reach]) * h],
                np.array([0.05, 0.01]) * h,
            )


def _beast_back(s: Sculpture, c: Character) -> None:
    size, bones, back = c.proportions.height_m, Skeleton.of(c), c.wearing("back")
    rows = trunk_rows(c)
    levels = np.linspace(bones.hips[2], bones.neck[2] + 0.04 * size, 7)
    for index, z in enumerate(levels):
        x = float(np.interp(z, rows[:, 0], rows[:, 3] - rows[:, 1])) + (
            0.03 * size if z > bones.shoulder[2] else 0
        )
        grow = 0.6 + 0.4 * np.sin(np.pi * index / 6)
        if back in ("spikes", "plates"):
            out = np.array([-0.09, 0, 0.035]) * size * grow
            widths = [(0.02, 0.026), (0.002, 0.003)] if back == "spikes" else [(0.014, 0.05), (0.01, 0.03)]
            s.bar(
                "armour",
                "bone" if back == "spikes" else "second",
                [(x + 0.02 * size, 0, z), np.array([x, 0, z]) + out],
                np.array(widths) * size * grow,
                rounding=0.2,
            )
    if back == "mane":
        random = np.random.default_rng((c.seed, 13))
        for angle in np.linspace(-2.6, 2.6, 15):
            root = (
                bones.chin
                + np.array(
                    [-0.12 - 0.25 * abs(angle) / 2.6, 0.36 * np.sin(angle), 0.55 + 0.45 * np.cos(angle)]
                )
                * bones.head
            )
            out = (
                np.array([-0.32, 0.42 * np.sin(angle), 0.34 * np.cos(angle) - 0.12])
                * bones.head
                * random.uniform(0.9, 1.25)
            )
            s.bar(
                "hair",
                "hair",
                [root, root + out * 0.6, root + out + (0, 0, -0.1 * bones.head)],
                np.array([0.17, 0.15, 0.02]) * bones.head,
            )
    tail = c.wearing("tail")
    if tail != "none":
        path = (
            np.array(
                [
                    (-0.05, 0, 0.0),
                    (-0.13, 0.0, -0.1),
                    (-0.18, 0.05, -0.26),
                    (-0.24, 0.12, -0.31),
                    (-0.27, 0.19, -0.24),
                ]
            )
            * size
            + bones.hips
        )
        path[:, 2] = np.maximum(path[:, 2], 0.035 * size)
        s.bar("cape", "skin", path, np.array([0.05, 0.042, 0.03, 0.021, 0.012]) * size)
        if tail in ("tuft", "club"):
            s.ball(
                "cape", "hair" if tail == "tuft" else "bone", path[-1], np.array([0.045, 0.035, 0.04]) * size
            )
