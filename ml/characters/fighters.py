"""Knights and soldiers."""

import numpy as np

from .armour import breastplate, gauntlets, greaves, pauldrons, tassets, vambraces
from .body import SIDES, arms, boots, hands, head, legs, trunk
from .capes import cloak
from .carried import held
from .character import Character
from .crowns import soldier_helmet
from .garments import belt, cuffs, sash, skirt, top, torso_at, torso_side
from .hair import beard, hair
from .hats import hat
from .helmets import helm
from .packs import on_back
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["knight", "soldier"]


def knight(s: Sculpture, c: Character) -> None:
    """The whole knight."""
    size, coat = c.proportions.height_m, c.wearing("coat")
    trunk(s, c, "dark")
    arms(s, c, "dark", "dark", "fit")
    legs(s, c, "dark", "dark")
    head(s, c)
    beard(s, c)
    breastplate(s, c)
    vambraces(s, c)
    gauntlets(s, c)
    greaves(s, c)
    hands(s, c, "metal", held(s, c))
    hem = (c.proportions.legs - 0.16) * size
    if coat == "tabard":
        top(s, c, "main", 0.036, low=-0.1, high=1.04)
        for middle in (0.0, np.pi):
            skirt(
                s,
                c,
                "main",
                hem - 0.05 * size,
                0.03 * size,
                5,
                0.05,
                start=0.3,
                arc=(middle - 1.0, middle + 1.0),
                grow=0.034,
            )
        z, depth, _, front = torso_at(c, 0.68, 0.039 * size)
        s.mark("emblem", (front + depth, 0, z), (0.012 * size, 0.085 * size, 0.11 * size))
    elif coat == "skirt":
        skirt(s, c, "main", hem, 0.035 * size, 9, 0.07, start=0.2)
    elif coat == "sash":
        sash(s, c, "main", grow=0.04)
    if coat != "tabard":
        tassets(s, c)
    belt(s, c, "leather", 0.26, 0.03, 0.042 if coat == "tabard" else 0.03)
    pauldrons(s, c, large=1.0)
    cloak(s, c, "main")
    helm(s, c, c.wearing("helm"), c.wearing("crest"))


def soldier(s: Sculpture, c: Character) -> None:
    """The whole soldier."""
    size, bones = c.proportions.height_m, Skeleton.of(c)
    trunk(s, c, "main")
    top(s, c, "main", 0.01)
    arms(s, c, "main", "main", "fit")
    cuffs(s, c, "main", 0.12, 0.03)
    legs(s, c, "main", "main", 1.28)
    boots(s, c, "boots", 0.42)
    hands(s, c, "dark", held(s, c))
    head(s, c)
    beard(s, c)
    hair(s, c, under_hat=True)
    _vest(s, c)
    belt(s, c, "second", 0.08, 0.03, 0.018)
    for sign in SIDES:
        hip, knee = bones.on("hip", sign), bones.on("knee", sign)
        side = np.array([0, 0.068 * sign, 0]) * size
        s.block(
            "upper_leg", "main", hip + (knee - hip) * 0.55 + side * 0.95, np.array([0.075, 0.03, 0.1]) * size
        )
        if c.wearing("knees") == "pads":
            s.ball(
                "armour",
                "second",
                knee + np.array([0.03, 0, 0]) * size,
                np.array([0.034, 0.046, 0.06]) * size,
                power=2.6,
            )
            s.bar(
                "armour",
                "dark",
                [knee + np.array([0, 0, 0.01]) * size, knee - np.array([0, 0, 0.01]) * size],
                np.full(2, 0.05) * size,
                rounding=0.1,
            )
    s.block(
        "belt",
        "second",
        torso_side(c, 0.0, -1.45, 0.03) + np.array([0, 0, -0.04]) * size,
        np.array([0.05, 0.035, 0.1]) * size,
    )
    on_back(s, c)
    _soldier_face(s, c)
    helmet = c.wearing("helmet")
    if helmet == "helmet":
        soldier_helmet(s, c)
    else:
        hat(s, c, helmet, "second" if helmet == "beret" else "main", "dark")


def _vest(s: Sculpture, c: Character) -> None:
    size, vest = c.proportions.height_m, c.wearing("vest")
    if vest in ("pouches", "plate"):
        top(s, c, "second", 0.034, part="armour", low=0.2, high=0.86)
        for sign in SIDES:
            for angle in (0.42, np.pi - 0.42):
                low, high = (
                    torso_side(c, 0.84, sign * angle, 0.028),
                    torso_side(c, 1.12, sign * angle * (1.0 if angle < 1.5 else 0.985), 0.01),
                )
                s.bar(
                    "armour",
                    "second",
                    [low, (low + high) / 2 + np.array([0.006 * np.cos(angle), 0, 0.006]) * size, high],
                    np.array([(0.03, 0.012)] * 3) * size,
                )
    if vest == "pouches":
        for angle in (-0.85, -0.28, 0.28, 0.85):
            s.block(
                "armour",
                "second",
                torso_side(c, 0.4, angle, 0.046),
                np.array([0.038, 0.058, 0.085]) * size,
                (0, 0, angle),
            )
            s.mark(
                "flap",
                torso_side(c, 0.5, angle, 0.062),
                (0.012 * size, 0.06 * size, 0.03 * size),
                (0, 0, angle),
            )
        s.block(
            "armour",
            "dark",
            torso_side(c, 0.76, 0.5, 0.046),
            np.array([0.03, 0.05, 0.075]) * size,
            (0, 0, 0.5),
        )
    elif vest == "plate":
        s.block("armour", "second", torso_side(c, 0.6, 0, 0.045), np.array([0.03, 0.15, 0.17]) * size)
        s.mark("badge", torso_side(c, 0.74, 0, 0.062), (0.01 * size, 0.06 * size, 0.02 * size))
    else:
        sash(s, c, "second", grow=0.018)
        if vest == "straps":
            sash(s, c, "second", sign=-1.0, grow=0.02)
        for share in np.linspace(0.2, 0.8, 5):
            z, depth, width, front = torso_at(c, float(share), 0.022 * size)
            across = (share / 1.0 - 0.45) * 1.5
            s.block(
                "belt",
                "leather",
                (front + depth * np.sqrt(max(1 - across**2, 0.1)), width * across, z),
                np.array([0.03, 0.035, 0.045]) * size,
                (0, 0, across),
            )


def _soldier_face(s: Sculpture, c: Character) -> None:
    bones, kind = Skeleton.of(c), c.wearing("face")
    h, at = bones.head, bones.chin
    if kind == "goggles":
        s.turned(
            "face",
            "visor",
            [
                (0.42 * h, 0.4 * h, 0.36 * h),
                (0.45 * h, 0.45 * h, 0.4 * h),
                (0.58 * h, 0.45 * h, 0.4 * h),
                (0.61 * h, 0.41 * h, 0.37 * h),
            ],
            at,
            arc=(-0.95, 0.95),
            smooth=False,
            thickness=0.07 * h,
        )
        s.turned("face", "dark", np.array([(0.46, 0.43, 0.39), (0.57, 0.43, 0.39)]) * h, at, smooth=False)
    elif kind == "mask":
        s.turned(
            "face",
            "second",
            np.array(
                [
                    (-0.05, 0.2, 0.2, 0.11),
                    (0.08, 0.3, 0.26, 0.1),
                    (0.2, 0.34, 0.31, 0.07),
                    (0.4, 0.4, 0.36, 0.025),
                ]
            )
            * h,
            at,
        )
