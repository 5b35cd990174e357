"""Hair and beards of locks that follow the skull."""

import numpy as np

from ..shapes import Array
from .character import Character
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["beard", "hair"]


def hair(s: Sculpture, c: Character, under_hat: bool = False) -> None:
    """The hair that the record names. under_hat: without what stands above the brow."""
    style = c.wearing("hair")
    if style in ("bald", "none"):
        return
    random = np.random.default_rng((c.seed, 11))
    if style == "tonsure":
        _fringe_around(s, c, random)
        return
    if style == "mohawk" and not under_hat:
        _mohawk(s, c)
        return
    _cap(s, c, 0.97 if under_hat else 1.0)
    if style == "curly":
        _curls(s, c, random, under_hat)
        return
    hang = {"long": 0.62, "tail": 0.05, "bun": 0.05}.get(style, 0.12)
    for azimuth in np.linspace(1.05, 2 * np.pi - 1.05, 13):
        back = abs(azimuth - np.pi) < 1.5
        _lock(s, c, azimuth, -0.15 if back else 0.0, hang * (1.15 if back else 0.8), random)
    if not under_hat:
        part = random.choice([-0.5, 0.0, 0.5])
        for azimuth in np.linspace(-0.95, 0.95, 7):
            _lock(s, c, azimuth, 0.5 - 0.28 * abs(azimuth - part), 0.0, random)
    _tied(s, c, style, under_hat)


def _head(c: Character) -> tuple[float, Array]:
    bones = Skeleton.of(c)
    return bones.head, np.array([bones.chin[0], 0.0, bones.chin[2]])


def _cap(s: Sculpture, c: Character, tight: float) -> None:
    h, chin = _head(c)
    s.ball(
        "hair",
        "hair",
        chin + np.array([-0.055, 0, 0.665]) * h,
        np.array([0.425, 0.4, 0.385]) * h * tight,
        (0, 0.12, 0),
    )


def _lock(
    s: Sculpture, c: Character, azimuth: float, low: float, hang: float, random: np.random.Generator
) -> None:
    """From the crown down to an elevation in radians, then hanging on; hang in heads."""
    h, chin = _head(c)
    elevations = np.linspace(1.25, low, 4) + random.uniform(-0.06, 0.06, 4)
    around = azimuth + np.linspace(0, random.uniform(-0.14, 0.14), 4)
    reach = np.cos(elevations)
    points = np.stack(
        [0.43 * reach * np.cos(around), 0.395 * reach * np.sin(around), 0.4 * np.sin(elevations)], -1
    )
    points = points * h * random.uniform(0.99, 1.06) + chin + np.array([-0.04, 0, 0.64]) * h
    width = np.array([0.05, 0.1, 0.115, 0.085]) * h
    if hang > 0:
        out = np.array([np.cos(azimuth), np.sin(azimuth), 0]) * h
        end = points[-1] + out * 0.03 + np.array([0, 0, -hang * random.uniform(0.8, 1.15)]) * h
        points = np.concatenate([points, [(points[-1] + end) / 2 + out * 0.05 * min(hang * 2, 1), end]])
        width = np.concatenate([width, [0.09 * h, 0.03 * h]])
    else:
        width[-1] = 0.035 * h
    flat = (
        np.stack([width, width * 0.5], -1)
        if abs(np.sin(azimuth)) < 0.7
        else np.stack([width * 0.5, width], -1)
    )
    s.bar("hair", "hair", points, flat, rounding=0.6)


def _tied(s: Sculpture, c: Character, style: str, under_hat: bool) -> None:
    h, chin = _head(c)
    if style == "tail":
        root = chin + np.array([-0.47, 0, 0.6 if under_hat else 0.78]) * h
        drop = np.array([(0, 0, 0), (-0.16, 0, 0.04), (-0.2, 0, -0.3), (-0.12, 0, -0.75)]) * h
        s.bar("hair", "hair", root + drop, np.array([0.06, 0.12, 0.125, 0.03]) * h)
        s.ball("hair", "main", root + drop[0], np.array([0.05, 0.09, 0.09]) * h)
    if style == "bun" and not under_hat:
        s.ball("hair", "hair", chin + np.array([-0.3, 0, 1.03]) * h, np.array([0.17, 0.18, 0.16]) * h)


def _curls(s: Sculpture, c: Character, random: np.random.Generator, under_hat: bool) -> None:
    h, chin = _head(c)
    for _ in range(46):
        azimuth, elevation = random.uniform(-np.pi, np.pi), random.uniform(-0.55, 1.4)
        if (abs(azimuth) < 1.15 and elevation < 0.42) or (under_hat and elevation > 0.2):
            continue
        out = np.array(
            [np.cos(elevation) * np.cos(azimuth), np.cos(elevation) * np.sin(azimuth), np.sin(elevation)]
        )
        at = chin + (np.array([-0.05, 0, 0.64]) + out * (0.46, 0.43, 0.42)) * h
        s.ball("hair", "hair", at, np.full(3, random.uniform(0.09, 0.13)) * h)


def _mohawk(s: Sculpture, c: Character) -> None:
    h, chin = _head(c)
    for angle in np.linspace(0.35, 2.9, 9):
        root = chin + np.array([-0.03 + 0.4 * np.cos(angle), 0, 0.62 + 0.36 * np.sin(angle)]) * h
        out = np.array([np.cos(angle), 0, np.sin(angle)]) * h * (0.26 if angle < 1.9 else 0.16)
        s.bar(
            "hair",
            "hair",
            [root, root + out * 0.5, root + out + (-0.04 * h, 0, 0)],
            np.array([(0.045, 0.09), (0.04, 0.08), (0.012, 0.02)]) * h,
        )


def _fringe_around(s: Sculpture, c: Character, random: np.random.Generator) -> None:
    """A monk's ring of hair."""
    h, chin = _head(c)
    for azimuth in np.linspace(-2.9, 2.9, 22):
        high = 0.66 if abs(azimuth) < 1.1 else 0.58
        out = np.array([0.415 * np.cos(azimuth) - 0.01, 0.385 * np.sin(azimuth), 0])
        top = chin + (out * 0.96 + (0, 0, high + 0.1)) * h
        fall = 0.08 if abs(azimuth) < 1.1 else 0.3
        end = chin + (out * 1.06 + (0, 0, high - fall * random.uniform(0.8, 1.1))) * h
        s.bar("hair", "hair", [top, (top + end) / 2 + out * 0.05 * h, end], np.array([0.05, 0.07, 0.045]) * h)


def beard(s: Sculpture, c: Character) -> None:
    """The beard that the record names."""
    style = c.wearing("beard")
    if style == "none":
        return
    h, chin = _head(c)
    for sign in (1.0, -1.0):
        lip = (
            np.array(
                [(0.43, 0.01, 0.285), (0.41, 0.1, 0.265), (0.34, 0.2, 0.19 if style != "moustache" else 0.22)]
            )
            * h
        )
        s.bar("hair", "hair", chin + lip * (1, sign, 1), np.array([0.045, 0.045, 0.014]) * h)
    if style == "moustache":
        return
    length = {"short": 0.16, "full": 0.38, "long": 1.15, "forked": 0.85, "braided": 0.95}[style]
    random = np.random.default_rng((c.seed, 12))
    wide = c.face.jaw
    for place in np.linspace(-1, 1, 9):
        angle = place * 1.35
        root = (
            chin
            + np.array(
                [0.08 + 0.26 * np.cos(angle), 0.29 * np.sin(angle) * wide, 0.13 + 0.22 * abs(place) ** 2]
            )
            * h
        )
        fall = length * (1 - 0.72 * abs(place) ** 1.4) * random.uniform(0.92, 1.08)
        apart = 0.16 * np.sign(place) if style == "forked" else -0.05 * place
        end = (
            root
            + np.array([0.1 + 0.12 * min(length, 0.6), apart * length - 0.13 * place * length, -fall - 0.08])
            * h
        )
        middle = root + (end - root) * 0.45 + np.array([0.07, 0.02 * place, 0]) * h
        s.bar("hair", "hair", [root, middle, end], np.array([0.085, 0.09 + 0.02 * length, 0.028]) * h)
    if style == "braided":
        tip = chin + np.array([0.34, 0, -0.75]) * h
        s.ball("hair", "trim", tip, np.array([0.06, 0.06, 0.05]) * h)
