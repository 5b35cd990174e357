"""Robots: a body of plates and joints on the same skeleton."""

import numpy as np

from .body import SIDES
from .character import Character
from .packs import on_back
from .robot_heads import robot_head
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["robot"]


def robot(s: Sculpture, c: Character) -> None:
    """The whole robot."""
    _body(s, c)
    robot_head(s, c)
    for sign in SIDES:
        _arm(s, c, sign)
        _leg(s, c, sign)
    on_back(s, c)


def _body(s: Sculpture, c: Character) -> None:
    size, bones = c.proportions.height_m, Skeleton.of(c)
    z0, z1 = bones.hips[2], bones.shoulder[2]
    wide = c.proportions.shoulders * size * 0.98
    style, high = c.wearing("body"), z1 - z0
    shapes = {
        "barrel": [
            (0.16, 0.6, 0.62),
            (0.3, 0.78, 0.8),
            (0.62, 0.92, 0.96),
            (0.95, 0.88, 0.96),
            (1.12, 0.66, 0.74),
            (1.17, 0.4, 0.45),
        ],
        "box": [
            (0.2, 0.66, 0.82),
            (0.24, 0.74, 0.92),
            (0.6, 0.78, 0.95),
            (1.08, 0.78, 0.98),
            (1.14, 0.7, 0.92),
        ],
        "wedge": [
            (0.12, 0.45, 0.45),
            (0.3, 0.55, 0.56),
            (0.7, 0.8, 0.95),
            (1.0, 0.86, 1.08),
            (1.12, 0.7, 1.0),
            (1.16, 0.5, 0.8),
        ],
        "egg": [
            (0.06, 0.3, 0.3),
            (0.2, 0.62, 0.62),
            (0.5, 0.9, 0.92),
            (0.8, 0.94, 0.98),
            (1.05, 0.7, 0.76),
            (1.18, 0.3, 0.35),
        ],
    }[style]
    rows = [(z0 + high * t, 0.82 * depth * wide, width * wide) for t, depth, width in shapes]
    power = {"barrel": 2.3, "box": 5.5, "wedge": 3.6, "egg": 2.0}[style]
    s.turned("torso", "main", rows, power=power)
    for t in (0.0, 0.06, 0.12):
        s.turned(
            "belt",
            "rubber",
            np.array(
                [
                    (z0 + (t - 0.03) * size, 0.44 * wide, 0.48 * wide),
                    (z0 + t * size, 0.5 * wide, 0.54 * wide),
                    (z0 + (t + 0.03) * size, 0.44 * wide, 0.48 * wide),
                ]
            )
            + np.array((-0.02 * size, 0, 0)),
        )
    s.ball(
        "torso",
        "main",
        (0, 0, z0 - 0.02 * size),
        (0.56 * wide, c.proportions.hips * size * 1.08, 0.06 * size),
        power=3.2,
    )
    front = float(np.interp(z0 + 0.72 * high, [r[0] for r in rows], [r[1] for r in rows]))
    at = np.array([front, 0, z0 + 0.72 * high])
    s.block("torso", "second", at, (0.035 * size, 0.92 * wide, 0.11 * size), edge=7)
    s.ball("torso", "glow", at + np.array([0.018, 0.0, 0.0]) * size, np.array([0.012, 0.028, 0.028]) * size)
    s.mark("gauges", at + np.array([0.018, 0, 0]) * size, (0.01 * size, 0.4 * wide, 0.09 * size))
    s.mark("bolts", np.array([front * 0.97, 0, z0 + 0.4 * high]), (0.008 * size, 0.6 * wide, 0.05 * size))


def _arm(s: Sculpture, c: Character, sign: float) -> None:
    bones, size, limbs = Skeleton.of(c), c.proportions.height_m, c.proportions.limbs
    a, e, w = (bones.on(name, sign) for name in ("shoulder", "elbow", "wrist"))
    a = a + np.array([0, 0.035 * sign, 0]) * size
    s.ball("upper_arm", "second", a, np.array([0.056, 0.056, 0.058]) * size * limbs)
    s.bar("upper_arm", "skin", [a, e], np.array([0.026, 0.026]) * size * limbs)
    s.bar(
        "upper_arm",
        "main",
        [a + (e - a) * 0.3, a + (e - a) * 0.75],
        np.array([0.036, 0.036]) * size * limbs,
        rounding=0.3,
        power=2.6,
    )
    s.ball("lower_arm", "rubber", e, np.full(3, 0.036) * size * limbs)
    s.bar(
        "lower_arm",
        "main",
        [e + (w - e) * 0.22, e + (w - e) * 0.6, w],
        np.array([0.037, 0.044, 0.046]) * size * limbs,
        rounding=0.15,
        power=2.8,
    )
    s.bar(
        "lower_arm",
        "second",
        [e + (w - e) * 0.82, e + (w - e) * 0.94],
        np.array([0.05, 0.05]) * size * limbs,
        rounding=0.1,
        power=2.8,
    )
    _hand(s, c, w, (w - e) / np.linalg.norm(w - e), sign)


def _hand(s: Sculpture, c: Character, wrist: np.ndarray, along: np.ndarray, sign: float) -> None:
    size, style = c.proportions.height_m * c.proportions.hands, c.wearing("hands")
    palm = wrist + along * 0.022 * size
    s.ball("hand", "rubber", palm, np.array([0.024, 0.022, 0.022]) * size)
    spots = {"claw": (0.5, 2.6, 4.7), "pincer": (0.0, np.pi), "fingers": (0.35, -0.35, 0.0, np.pi)}[style]
    thick = {"claw": 0.012, "pincer": 0.016, "fingers": 0.009}[style]
    for angle in spots:
        out = np.array([np.cos(angle), np.sin(angle) * sign, 0.0])
        if style == "fingers":
            out = np.array(
                [
                    0.7 * np.sin(angle * 3) if angle != np.pi else 0.5,
                    sign * (0.6 if angle == np.pi else -0.4),
                    0,
                ]
            )
        path = [
            palm + out * 0.014 * size,
            palm + (out * 0.04 + along * 0.02) * size,
            palm + (out * 0.032 + along * 0.05) * size,
            palm + (out * 0.008 + along * 0.07) * size,
        ]
        s.bar("hand", "skin", path, np.array([1.0, 1.0, 0.8, 0.35]) * thick * size)


def _leg(s: Sculpture, c: Character, sign: float) -> None:
    bones, size, limbs = Skeleton.of(c), c.proportions.height_m, 0.5 + 0.5 * c.proportions.limbs
    hip, knee, ankle = (bones.on(name, sign) for name in ("hip", "knee", "ankle"))
    s.ball("upper_leg", "rubber", hip, np.full(3, 0.05) * size * limbs)
    s.bar("upper_leg", "skin", [hip, knee], np.array([0.034, 0.03]) * size * limbs)
    s.bar(
        "upper_leg",
        "main",
        [hip + (knee - hip) * 0.25, hip + (knee - hip) * 0.78],
        np.array([0.052, 0.045]) * size * limbs,
        rounding=0.25,
        power=2.8,
    )
    s.ball("lower_leg", "second", knee, np.array([0.042, 0.046, 0.042]) * size * limbs)
    s.bar(
        "lower_leg",
        "main",
        [knee + (ankle - knee) * 0.22, knee + (ankle - knee) * 0.6, ankle],
        np.array([0.04, 0.055, 0.056]) * size * limbs,
        rounding=0.2,
        power=2.8,
    )
    x, y, _ = ankle
    f = c.proportions.feet * size
    s.block(
        "foot",
        "second",
        (x + 0.028 * f, y + 0.004 * sign * f, 0.022 * f),
        np.array([0.14, 0.082, 0.044]) * f,
        edge=5,
    )
    s.block(
        "foot",
        "rubber",
        (x + 0.028 * f, y + 0.004 * sign * f, 0.006 * f),
        np.array([0.148, 0.09, 0.012]) * f,
        edge=8,
    )
    s.mark("bolts", np.array([x + 0.09 * f, y, 0.03 * f]), (0.006 * size, 0.05 * f, 0.01 * f))
