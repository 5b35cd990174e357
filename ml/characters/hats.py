"""Hats, caps and scarves."""

import numpy as np

from .body import SIDES
from .character import Character
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["hat"]


def hat(s: Sculpture, c: Character, style: str, surface: str = "main", band: str = "second") -> None:
    """A soft hat; does nothing for "none"."""
    bones = Skeleton.of(c)
    h, at = bones.head, bones.chin
    makers = {
        "pointed": _pointed, "bent": _pointed, "wide": _pointed, "straw": _brimmed, "felt": _brimmed,
        "bush_hat": _brimmed,
        "cap": _cap, "beret": _beret, "bandana": _bandana, "scarf": _scarf, "tricorn": _tricorn, "bicorn": _tricorn,
        "feather": _cap,
    }  # fmt: skip
    if style in makers:
        makers[style](s, h, at, style, surface, band)


def _pointed(s: Sculpture, h: float, at: np.ndarray, style: str, surface: str, band: str) -> None:
    brim = 1.12 if style == "wide" else 0.9
    rows = (
        np.array(
            [
                (0.66, brim, brim * 0.98),
                (0.685, brim * 1.01, brim * 0.99),
                (0.73, 0.66, 0.63),
                (0.78, 0.47, 0.44),
            ]
        )
        * h
    )
    s.turned("headgear", surface, rows, at, (0, -0.1, 0), folds=(3, 0.0))
    tip = {"pointed": (-0.16, 2.0), "bent": (-0.75, 1.62), "wide": (-0.3, 1.55)}[style]
    path = (
        np.array(
            [
                (-0.02, 0, 0.7),
                (-0.03, 0, 0.98),
                (-0.07, 0, 1.3),
                (tip[0] * 0.55, 0, 1.28 + (tip[1] - 1.28) * 0.75),
                (tip[0], 0, tip[1] if style != "bent" else 1.5),
            ]
        )
        * h
        + at
    )
    s.bar(
        "headgear",
        surface,
        path,
        np.array([(0.45, 0.48), (0.36, 0.38), (0.24, 0.25), (0.14, 0.14), (0.03, 0.03)]) * h,
        rounding=0.3,
    )
    s.turned(
        "headgear",
        band,
        np.array([(0.75, 0.47, 0.45), (0.78, 0.475, 0.455), (0.89, 0.44, 0.425), (0.91, 0.42, 0.4)]) * h,
        at + np.array([-0.03, 0, 0]) * h,
        (0, -0.08, 0),
        smooth=False,
    )
    s.mark("buckle", at + np.array([0.46, 0, 0.85]) * h, (0.03 * h, 0.15 * h, 0.15 * h), (0, -0.2, 0))


def _brimmed(s: Sculpture, h: float, at: np.ndarray, style: str, surface: str, band: str) -> None:
    brim = {"straw": 0.88, "felt": 0.68, "bush_hat": 0.72}[style]
    s.turned(
        "headgear",
        surface,
        np.array([(0.68, brim, brim * 0.95), (0.705, brim, brim * 0.95), (0.74, 0.5, 0.46)]) * h,
        at,
        (0, -0.08, 0),
        folds=(2, 0.03),
    )
    s.turned(
        "headgear",
        surface,
        np.array(
            [(0.7, 0.46, 0.42), (0.9, 0.44, 0.4), (1.08, 0.38, 0.34), (1.13, 0.25, 0.22), (1.12, 0.03, 0.03)]
        )
        * h,
        at,
        (0, -0.08, 0),
    )
    s.turned(
        "headgear",
        band,
        np.array([(0.735, 0.47, 0.43), (0.84, 0.462, 0.423)]) * h,
        at,
        (0, -0.08, 0),
        smooth=False,
    )


def _cap(s: Sculpture, h: float, at: np.ndarray, style: str, surface: str, band: str) -> None:
    s.ball(
        "headgear",
        surface,
        at + np.array([-0.03, 0, 0.78]) * h,
        np.array([0.46, 0.42, 0.32]) * h,
        (0, 0.08, 0),
    )
    s.turned(
        "headgear",
        band,
        np.array([(0.66, 0.455, 0.415), (0.76, 0.465, 0.425)]) * h,
        at + np.array([-0.03, 0, 0]) * h,
        smooth=False,
    )
    if style == "feather":
        path = (
            np.array([(0.1, 0.42, 0.72), (-0.1, 0.52, 1.05), (-0.45, 0.5, 1.3), (-0.8, 0.45, 1.3)]) * h + at
        )
        s.bar(
            "headgear", "second", path, np.array([(0.02, 0.03), (0.03, 0.1), (0.03, 0.1), (0.01, 0.02)]) * h
        )
        s.bar(
            "headgear",
            surface,
            np.array([(0.35, 0, 0.74), (0.6, 0, 0.7), (0.78, 0, 0.68)]) * h + at,
            np.array([(0.28, 0.04), (0.22, 0.03), (0.05, 0.02)]) * h,
        )
        return
    s.ball(
        "headgear",
        surface,
        at + np.array([0.45, 0, 0.72]) * h,
        np.array([0.26, 0.33, 0.035]) * h,
        (0, 0.18, 0),
    )


def _beret(s: Sculpture, h: float, at: np.ndarray, style: str, surface: str, band: str) -> None:
    s.ball(
        "headgear",
        surface,
        at + np.array([-0.02, -0.1, 0.95]) * h,
        np.array([0.5, 0.52, 0.16]) * h,
        (0.28, -0.1, 0),
    )
    s.turned(
        "headgear",
        band,
        np.array([(0.7, 0.445, 0.405), (0.82, 0.45, 0.41)]) * h,
        at + np.array([-0.02, 0, 0]) * h,
        smooth=False,
    )
    s.mark("badge", at + np.array([0.42, 0.18, 0.86]) * h, (0.03 * h, 0.12 * h, 0.14 * h), (0, -0.2, 0.4))


def _bandana(s: Sculpture, h: float, at: np.ndarray, style: str, surface: str, band: str) -> None:
    s.ball(
        "headgear",
        surface,
        at + np.array([-0.03, 0, 0.74]) * h,
        np.array([0.455, 0.415, 0.33]) * h,
        (0, 0.1, 0),
    )
    s.turned(
        "headgear",
        surface,
        np.array([(0.62, 0.45, 0.41), (0.66, 0.46, 0.42), (0.74, 0.455, 0.42)]) * h,
        at + np.array([-0.03, 0, 0]) * h,
        (0, 0.06, 0),
    )
    for sign in SIDES:
        path = (
            np.array([(-0.46, 0.02 * sign, 0.6), (-0.6, 0.12 * sign, 0.4), (-0.6, 0.16 * sign, 0.12)]) * h
            + at
        )
        s.bar("headgear", surface, path, np.array([(0.05, 0.03), (0.08, 0.025), (0.06, 0.015)]) * h)


def _scarf(s: Sculpture, h: float, at: np.ndarray, style: str, surface: str, band: str) -> None:
    s.ball(
        "headgear",
        surface,
        at + np.array([-0.06, 0, 0.64]) * h,
        np.array([0.46, 0.43, 0.45]) * h,
        (0, 0.22, 0),
    )
    for sign in SIDES:
        path = (
            np.array(
                [
                    (0.2, 0.38 * sign, 0.62),
                    (0.22, 0.36 * sign, 0.3),
                    (0.24, 0.17 * sign, 0.0),
                    (0.26, 0.02 * sign, -0.06),
                ]
            )
            * h
            + at
        )
        s.bar(
            "headgear", surface, path, np.array([(0.05, 0.13), (0.05, 0.14), (0.06, 0.08), (0.05, 0.05)]) * h
        )


def _tricorn(s: Sculpture, h: float, at: np.ndarray, style: str, surface: str, band: str) -> None:
    s.turned(
        "headgear",
        surface,
        np.array(
            [(0.68, 0.47, 0.43), (0.85, 0.46, 0.42), (1.04, 0.4, 0.36), (1.1, 0.2, 0.18), (1.1, 0.02, 0.02)]
        )
        * h,
        at,
    )
    corners = 2 if style == "bicorn" else 3
    start = np.pi / 2 if corners == 2 else 0.0
    angles = np.linspace(0, 2 * np.pi, 60)
    # the brim is turned up between its corners, and stands out at them
    lobe = 0.5 + 0.5 * np.cos(corners * (angles - start))
    lobe = lobe**1.3
    reach, lift = 0.52 + 0.4 * lobe, 0.42 * (1 - lobe)
    grid = np.empty((4, len(angles), 3))
    for row, share in enumerate((0.0, 0.4, 0.8, 1.0)):
        radius = 0.45 + (reach - 0.45) * share
        grid[row] = np.stack(
            [
                radius * np.cos(angles),
                radius * np.sin(angles) * 0.94,
                0.72 + lift * share**0.8 + 0.06 * lobe * share,
            ],
            -1,
        )
    s.sheet("headgear", surface, grid * h + at, 0.045 * h)
    rim = grid[3][:: 2 if s.fineness > 16 else 5] * h + at
    s.bar("headgear", "trim", rim, np.full(len(rim), 0.026 * h), smooth=False)
