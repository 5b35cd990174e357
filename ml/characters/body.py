"""The body that all archetypes but the robot share: trunk, limbs, hands, feet, head and face."""

from collections.abc import Sequence

import numpy as np

from ..shapes import Array
from .character import Character
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["SIDES", "SKULL", "arms", "boots", "hands", "head", "legs", "trunk", "trunk_rows"]

SIDES = (1.0, -1.0)
"""Left and right."""
# height, half depth, half width, how far in front; shares of the head's height
SKULL = np.array(
    [
        (0.0, 0.1, 0.1, 0.15), (0.045, 0.2, 0.185, 0.105), (0.16, 0.3, 0.265, 0.055), (0.34, 0.365, 0.325, 0.02),
        (0.54, 0.405, 0.36, 0.0), (0.72, 0.405, 0.365, -0.01), (0.87, 0.325, 0.3, -0.03), (0.96, 0.19, 0.18, -0.035),
        (1.0, 0.04, 0.04, -0.035),
    ]
)  # fmt: skip
_SLEEVES = {
    "bare": (0.037, 0.034, 0.028, 0.0305, 0.02),
    "fit": (0.042, 0.039, 0.034, 0.035, 0.0265),
    "puffy": (0.052, 0.056, 0.047, 0.051, 0.043),
    "wide": (0.043, 0.045, 0.048, 0.062, 0.082),
    "short": (0.046, 0.05, 0.0, 0.0, 0.0),
}


def trunk_rows(character: Character, grow: float = 0.0) -> Array:
    """The trunk as a profile in metres: height, half depth, half width, how far in front. grow: metres outwards."""
    p = character.proportions
    high = 1 - p.head - 0.054 - p.legs
    g, b, sh, hp = p.girth, p.belly, p.shoulders, p.hips
    waist = 0.42 * hp + 0.4 * sh
    rows = [
        (p.legs - 0.06, 0.04 * g, hp * 0.7, 0.0),
        (p.legs - 0.02, 0.064 * g + 0.3 * b, hp * 0.97, 0.0),
        (p.legs + 0.03, 0.07 * g + 0.6 * b, hp * 1.0 + 0.1 * b, 0.25 * b),
        (p.legs + 0.3 * high, 0.062 * g + 0.85 * b, waist * (0.75 + 0.25 * g) + 0.6 * b, 0.6 * b),
        (p.legs + 0.56 * high, 0.07 * g + 0.4 * b, sh * 0.84 + 0.2 * b, 0.3 * b + 0.003),
        (p.legs + 0.8 * high, 0.074 * g + 0.1 * b, sh * 0.94, 0.004),
        (p.legs + 0.92 * high, 0.066 * g, sh * 0.97, 0.0),
        (p.legs + high, 0.056 * g, sh * 0.87, -0.004),
        (p.legs + high + 0.022, 0.044, sh * 0.6, -0.006),
        (p.legs + high + 0.036, 0.035, 0.046, -0.006),
    ]
    table = np.array(rows)
    table[:, 3] += p.stoop * np.clip((table[:, 0] - p.legs) / high, 0, 1)
    table *= p.height_m
    table[:, 1:3] += grow
    return table


def profile(table: Array) -> Array:
    """Rows (height, depth, width, front) as a turned profile takes them."""
    return np.concatenate([table, np.zeros((len(table), 1))], axis=1)


def trunk(s: Sculpture, c: Character, surface: str, below: str | None = None) -> None:
    """The trunk in one surface, or with another below the waist."""
    rows = profile(trunk_rows(c))
    if below is None:
        s.turned("torso", surface, rows, power=2.3)
        return
    s.turned("torso", surface, rows[2:], power=2.3)
    s.turned("torso", below, rows[:4] + np.array((0, 1e-3, 1e-3, 0, 0)), power=2.3)


def arms(
    s: Sculpture, c: Character, upper: str, lower: str, sleeve: str = "fit", sides: Sequence[float] = SIDES
) -> None:
    """Both arms with a sleeve; lower: the surface from the elbow on."""
    bones, size = Skeleton.of(c), c.proportions.height_m
    for sign in sides:
        a, e, w = (bones.on(name, sign) for name in ("shoulder", "elbow", "wrist"))
        bare = np.array(_SLEEVES["bare"]) * c.proportions.limbs * size
        if sleeve in ("bare", "short"):
            _limb(s, ("upper_arm", "lower_arm"), (lower, lower), (a, e, w), bare)
            if sleeve == "short":
                top = np.array(_SLEEVES["short"][:2]) * c.proportions.limbs * size
                s.bar(
                    "upper_arm",
                    upper,
                    [a, a + (e - a) * 0.3, a + (e - a) * 0.62],
                    [top[0], top[1], top[1]],
                    rounding=0.3,
                )
            continue
        _limb(
            s,
            ("upper_arm", "lower_arm"),
            (upper, lower),
            (a, e, w),
            np.array(_SLEEVES[sleeve]) * c.proportions.limbs * size,
        )


def _limb(
    s: Sculpture, parts: Sequence[str], surfaces: Sequence[str], joints: Sequence[Array], radii: Array
) -> None:
    a, b, c = joints
    s.bar(parts[0], surfaces[0], [a, a + (b - a) * 0.4, b], radii[:3], rounding=0.7)
    s.bar(parts[1], surfaces[1], [b, b + (c - b) * 0.35, c], radii[2:], rounding=0.35)


def hands(
    s: Sculpture, c: Character, surface: str, closed: Sequence[float] = (), sides: Sequence[float] = SIDES
) -> None:
    """Hands with thumb and fingers; those in ``closed`` hold something upright."""
    bones, size = Skeleton.of(c), c.proportions.height_m * c.proportions.hands
    for sign in sides:
        wrist, knuckles = bones.on("wrist", sign), bones.on("knuckles", sign)
        along = knuckles - wrist
        along /= np.linalg.norm(along)
        middle = wrist + along * 0.03 * size
        s.bar(
            "hand",
            surface,
            [wrist, middle, middle + along * 0.016 * size],
            np.array([(0.011, 0.017), (0.0125, 0.024), (0.012, 0.022)]) * size,
        )
        inwards = np.array([0.15, -sign, 0.0])
        for index, place in enumerate((0.017, 0.006, -0.005, -0.0155)):
            root = middle + along * 0.02 * size + np.array([place, 0, 0]) * size
            length = (0.024, 0.028, 0.026, 0.019)[index] * size
            if sign in closed:
                tip = root + inwards * 0.022 * size
                path = [root, root + along * 0.012 * size + inwards * 0.01 * size, tip - along * 0.004 * size]
            else:
                path = [root, root + along * length * 0.55, root + along * length + inwards * 0.006 * size]
            s.bar("hand", surface, path, np.array([0.0062, 0.006, 0.005]) * size)
        thumb = wrist + along * 0.018 * size + np.array([0.02, -0.1 * sign * 0.01, 0]) * size
        s.bar(
            "hand",
            surface,
            [
                wrist + along * 0.01 * size + np.array([0.008, 0, 0]) * size,
                thumb,
                thumb + along * 0.02 * size + inwards * 0.008 * size,
            ],
            np.array([0.0075, 0.0075, 0.0055]) * size,
        )


def legs(
    s: Sculpture, c: Character, upper: str, lower: str, loose: float = 1.0, sides: Sequence[float] = SIDES
) -> None:
    """Legs; loose: 1 for tight hose, 1.3 for wide trousers."""
    bones, size = Skeleton.of(c), c.proportions.height_m * (0.5 + 0.5 * c.proportions.limbs)
    radii = np.array([0.062, 0.055, 0.041, 0.043, 0.03]) * size * (0.75 + 0.25 * c.proportions.girth)
    radii = radii * (1, 1, 1, 1, 1) + (loose - 1) * np.array([0.01, 0.02, 0.035, 0.04, 0.05]) * size
    for sign in sides:
        _limb(
            s,
            ("upper_leg", "lower_leg"),
            (upper, lower),
            [bones.on(n, sign) for n in ("hip", "knee", "ankle")],
            radii,
        )


def boots(
    s: Sculpture,
    c: Character,
    surface: str,
    top: float = 0.0,
    sole: str = "rubber",
    sides: Sequence[float] = SIDES,
) -> None:
    """Feet in shoes. top: how far up the shaft goes, as a share of the way from ankle to knee."""
    p = c.proportions
    bones, size = Skeleton.of(c), p.height_m
    for sign in sides:
        x, y, _ = bones.on("ankle", sign)
        f = p.feet * size
        out = 0.16 * sign
        path = np.array(
            [
                (-0.022, 0, 0.03),
                (0.02, 0.02 * out, 0.032),
                (0.062, 0.06 * out, 0.025),
                (0.09, 0.1 * out, 0.02),
            ]
        ) * f + (x, y, 0)
        s.bar(
            "foot",
            surface,
            path,
            np.array([(0.027, 0.026), (0.029, 0.03), (0.033, 0.021), (0.024, 0.015)]) * f,
            power=2.4,
        )
        path[:, 2] = 0.007 * f
        s.bar(
            "foot",
            sole,
            path,
            np.array([(0.029, 0.007), (0.029, 0.007), (0.036, 0.007), (0.027, 0.007)]) * f,
            power=3.0,
        )
        ankle, knee = bones.on("ankle", sign), bones.on("knee", sign)
        radius = 0.036 * size * (0.5 + 0.5 * p.limbs)
        shaft = ankle + (knee - ankle) * max(top, 0.12)
        s.bar(
            "foot" if top < 0.2 else "lower_leg",
            surface,
            [ankle + np.array((0, 0, -0.014 * size)), (ankle + shaft) / 2, shaft],
            [radius, radius * 1.08, radius * (1.12 + 0.35 * top)],
            rounding=0.25,
        )
        if top >= 0.3:
            s.mark("shaft", shaft, (radius * (1.15 + 0.35 * top), 0, 0))


def head(s: Sculpture, c: Character, surface: str = "skin") -> None:
    """Skull, neck and face."""
    bones, jaw = Skeleton.of(c), c.face.jaw
    h = bones.head
    low = np.clip(1 - SKULL[:, :1] / 0.5, 0, 1)
    table = SKULL * h
    table[:, 2:3] *= 1 + (jaw - 1) * low
    table[:, 3] += bones.chin[0]
    table[:, 0] += bones.chin[2]
    s.turned("head", surface, profile(table), power=2.1)
    base, top = (
        bones.neck - (0.004 * bones.height, 0, 0.02 * bones.height),
        bones.chin + np.array((-0.06 * h, 0, 0.2 * h)),
    )
    radius = 0.2 * h * (0.6 + 0.4 * c.proportions.girth)
    s.bar("head", surface, [base, (base + top) / 2, top], [radius * 1.15, radius, radius], rounding=0.2)
    face(s, c, surface)


def face(s: Sculpture, c: Character, surface: str) -> None:
    """Eyes, brows, nose and ears; what else a face has is a matter of the render."""
    bones, p = Skeleton.of(c), c.face
    h, (x, _, z) = bones.head, bones.chin
    for sign in SIDES:
        eye = np.array([x + 0.362 * h, 0.148 * sign * h, z + 0.475 * h])
        s.ball("face", "white", eye, np.array([0.045, 0.07, 0.052]) * h * p.eyes, turn=(0, 0, 0.24 * sign))
        s.ball(
            "face",
            "iris",
            eye + np.array([0.024, 0.0, 0.0]) * h * p.eyes,
            np.array([0.028, 0.042, 0.046]) * h * p.eyes,
            turn=(0, 0, 0.12 * sign),
        )
        s.ball(
            "face",
            "pupil",
            eye + np.array([0.04, 0.0, 0.0]) * h * p.eyes,
            np.array([0.0165, 0.022, 0.025]) * h * p.eyes,
        )
        brow = np.array(
            [
                (0.385, 0.065, 0.58 - 0.045 * p.frown),
                (0.38, 0.15, 0.605),
                (0.315, 0.235, 0.575 + 0.02 * p.frown),
            ]
        ) * h * (
            1,
            sign,
            1,
        ) + (x, 0, z)
        s.bar("face", "brow", brow, np.array([0.022, 0.026, 0.014]) * h)
        s.ball(
            "head",
            surface,
            (x - 0.02 * h, 0.355 * sign * h, z + 0.43 * h),
            np.array([0.085, 0.035, 0.12]) * h,
            turn=(0.15 * sign, -0.2, 0.3 * sign),
        )
    n = p.nose
    s.bar(
        "face",
        surface,
        np.array([(0.365, 0, 0.51), (0.41, 0, 0.4), (0.395 + 0.06 * n, 0, 0.315)]) * h + (x, 0, z),
        np.array([0.028, 0.038, 0.05 * n]) * h,
    )
    s.mark("face", (x, 0.0, z), (h, p.eyes, p.jaw))
