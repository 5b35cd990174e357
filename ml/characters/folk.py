"""Villagers and astronauts."""

import numpy as np

from .body import SIDES, arms, boots, hands, head, legs, trunk
from .capes import shoulders
from .carried import held
from .character import Character
from .crowns import bubble
from .garments import belt, buttons, collar, cuffs, skirt, top, torso_at, torso_side
from .hair import beard, hair
from .hats import hat
from .packs import on_back
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["astronaut", "villager"]


def villager(s: Sculpture, c: Character) -> None:
    """The whole villager."""
    size, dress, over = c.proportions.height_m, c.wearing("dress"), c.wearing("top")
    shirt = "light" if over in ("vest", "apron") or dress == "dungarees" else "main"
    trunk(s, c, shirt, "trousers")
    top(s, c, shirt, 0.008, low=0.0)
    arms(s, c, shirt, "skin" if over == "apron" else shirt, "short" if dress == "smock" else "fit")
    legs(s, c, "trousers", "trousers", 1.22)
    boots(s, c, "boots", 0.3 if dress == "trousers" else 0.0)
    hands(s, c, "skin", held(s, c))
    head(s, c)
    hatted = c.wearing("hat") != "none"
    hair(s, c, under_hat=hatted)
    if dress != "gown":
        beard(s, c)
    collar(s, c, "light", 0.006, 0.056)
    if dress == "gown":
        skirt(s, c, "main", 0.07 * size, 0.085 * size, 11, 0.075, start=0.36)
        top(s, c, "main", 0.012, low=0.28, high=0.9)
    elif dress == "smock":
        skirt(s, c, "main", (c.proportions.legs - 0.14) * size, 0.035 * size, 9, 0.06)
        top(s, c, "main", 0.012)
    elif dress == "dungarees":
        top(s, c, "main", 0.014, low=-0.2, high=0.5)
        legs(s, c, "main", "main", 1.32)
        s.block("torso", "main", torso_side(c, 0.62, 0, 0.014), np.array([0.014, 0.13, 0.12]) * size)
        for sign in SIDES:
            s.bar(
                "belt",
                "main",
                [torso_side(c, 0.78, 0.4 * sign, 0.012), torso_side(c, 1.05, 0.5 * sign, 0.012)],
                np.array([(0.012, 0.005)] * 2) * size,
            )
    if over == "vest":
        top(s, c, "second", 0.02, low=0.05, high=1.04, arc=(0.42, 2 * np.pi - 0.42))
        buttons(s, c, 4, 0.3, 0.8, 0.012)
    elif over == "apron":
        skirt(
            s,
            c,
            "light" if dress == "gown" else "second",
            0.24 * size,
            0.03 * size,
            4,
            0.03,
            start=0.36,
            arc=(-0.75, 0.75),
            grow=0.02,
        )
        top(s, c, "second", 0.019, low=0.2, high=0.78, arc=(-0.7, 0.7))
    elif over == "shawl":
        shoulders(s, c, "second", 1.6)
    belt(s, c, "leather" if over != "apron" else "second", 0.34, 0.024, 0.022)
    hat(s, c, c.wearing("hat"), "bone" if c.wearing("hat") == "straw" else "second", "main")


def astronaut(s: Sculpture, c: Character) -> None:
    """The whole astronaut."""
    size, bones, suit = c.proportions.height_m, Skeleton.of(c), c.wearing("suit")
    trunk(s, c, "light")
    top(s, c, "light", 0.03)
    arms(s, c, "light", "light", "puffy")
    legs(s, c, "light", "light", 1.5)
    boots(s, c, "second", 0.45)
    hands(s, c, "second", held(s, c))
    cuffs(s, c, "main", 0.12, 0.042)
    _bands(s, c, suit)
    z, depth, width, front = torso_at(c, 0.62, 0.03 * size)
    s.block("armour", "second", (front + depth, 0, z), (0.07 * size, width * 0.95, 0.11 * size), edge=8)
    s.mark("gauges", (front + depth + 0.036 * size, 0, z), (0.01 * size, width * 0.8, 0.09 * size))
    for sign in SIDES:
        low = np.array([front + depth, 0.05 * sign * size, z - 0.05 * size])
        path = [
            low,
            low + np.array([0.05, 0.05 * sign, -0.05]) * size,
            low + np.array([-0.03, 0.1 * sign, -0.04]) * size,
            low + np.array([-0.1, 0.11 * sign, 0.02]) * size,
        ]
        s.bar("armour", "rubber", path, np.full(4, 0.011) * size)
        if suit == "yoke":
            s.ball(
                "armour",
                "main",
                bones.on("shoulder", sign) + np.array((0, 0, 0.012 * size)),
                np.array([0.066, 0.066, 0.055]) * size,
            )
    belt(s, c, "main", 0.14, 0.028, 0.036)
    on_back(s, c)
    bubble(s, c, c.wearing("helmet"))


def _bands(s: Sculpture, c: Character, suit: str) -> None:
    """Coloured rings or stripes on arms and legs."""
    bones, size = Skeleton.of(c), c.proportions.height_m
    if suit == "plain":
        return
    for sign in SIDES:
        for parts, part, radius in (
            (("shoulder", "elbow"), "upper_arm", 0.06),
            (("hip", "knee"), "upper_leg", 0.076),
        ):
            a, b = bones.on(parts[0], sign), bones.on(parts[1], sign)
            along = b - a
            radius *= size * (0.55 + 0.45 * c.proportions.limbs)
            if suit == "stripes":
                out = np.array([0, sign, 0]) * radius * 0.62
                s.bar(
                    part,
                    "main",
                    [a + along * 0.3 + out, b + out],
                    np.array([(0.5, 0.5), (0.5, 0.45)]) * radius,
                )
            else:
                s.bar(
                    part,
                    "main",
                    [a + along * 0.52, a + along * 0.68],
                    np.array([1.0, 0.98]) * radius,
                    rounding=0.05,
                )
