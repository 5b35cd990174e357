"""Pirates and rangers."""

import numpy as np

from .body import SIDES, arms, boots, hands, head, legs, trunk
from .capes import cloak, hood_down, hood_up, shoulders
from .carried import held
from .character import Character
from .garments import belt, coat_tails, collar, cuffs, sash, skirt, top, torso_side
from .hair import beard, hair
from .hats import hat
from .packs import on_back
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["pirate", "ranger"]


def pirate(s: Sculpture, c: Character) -> None:
    """The whole pirate."""
    size, coat, bones = c.proportions.height_m, c.wearing("coat"), Skeleton.of(c)
    peg = c.wearing("leg") == "peg"
    trunk(s, c, "light", "trousers")
    top(s, c, "light", 0.008, low=0.0)
    legs(s, c, "trousers", "trousers", 1.3, sides=(-1.0,) if peg else SIDES)
    boots(s, c, "boots", 0.62, sides=(-1.0,) if peg else SIDES)
    if peg:
        hip, knee, ankle = (bones.on(n, 1.0) for n in ("hip", "knee", "ankle"))
        s.bar(
            "upper_leg",
            "trousers",
            [hip, knee, knee + (ankle - knee) * 0.25],
            np.array([0.07, 0.056, 0.05]) * size,
        )
        s.bar("lower_leg", "wood", [knee, ankle * (1, 1, 0)], np.array([0.034, 0.016]) * size, rounding=0.2)
    sleeve = "main" if coat in ("long", "short") else "light"
    hook = c.wearing("left") == "hook"
    arms(s, c, sleeve, sleeve, "puffy" if sleeve == "light" else "fit")
    hands(s, c, "skin", held(s, c), sides=(-1.0,) if hook else SIDES)
    if coat in ("long", "short"):
        top(s, c, "main", 0.018, low=-0.1, high=1.06, arc=(0.48, 2 * np.pi - 0.48))
        coat_tails(
            s, c, "main", (0.2 if coat == "long" else c.proportions.legs - 0.1) * size, 0.06 * size, 0.55
        )
        collar(s, c, "main", 0.05, 0.064, (0.6, 2 * np.pi - 0.6), 1.4)
        cuffs(s, c, "second", 0.32, 0.034, flare=1.5)
        for sign in SIDES:
            for share in np.linspace(0.35, 0.9, 4):
                s.mark(
                    "button",
                    torso_side(c, float(share), 0.56 * sign, 0.022),
                    (0.008 * size, 0.013 * size, 0.013 * size),
                    (0, 0, 0.5 * sign),
                )
    elif coat == "vest":
        top(s, c, "main", 0.018, low=0.0, high=1.02, arc=(0.4, 2 * np.pi - 0.4))
    for share in (0.1, 0.2, 0.3):
        belt(s, c, "second", share, 0.046, 0.018 + 0.002 * (share * 10 % 2))
    belt(s, c, "leather", 0.2, 0.03, 0.026)
    if coat == "sash":
        sash(s, c, "second", grow=0.02)
    sash(s, c, "leather", grow=0.03)
    head(s, c)
    hair(s, c, under_hat=True)
    beard(s, c)
    if c.wearing("patch") != "none":
        _patch(s, c, 1.0 if c.wearing("patch") == "left" else -1.0)
    style = c.wearing("hat")
    hat(s, c, style, "main" if style != "bandana" else "second", "second")


def _patch(s: Sculpture, c: Character, sign: float) -> None:
    bones = Skeleton.of(c)
    h, at = bones.head, bones.chin
    s.ball(
        "face",
        "dark",
        at + np.array([0.4, 0.15 * sign, 0.47]) * h,
        np.array([0.05, 0.095, 0.085]) * h,
        (0, 0, 0.24 * sign),
    )
    s.turned(
        "face",
        "dark",
        np.array([(0.56, 0.41, 0.37), (0.6, 0.415, 0.374)]) * h,
        at,
        (0.12 * sign, 0, 0),
        smooth=False,
    )


def ranger(s: Sculpture, c: Character) -> None:
    """The whole ranger."""
    size, over = c.proportions.height_m, c.wearing("top")
    trunk(s, c, "main", "trousers")
    arms(s, c, "light" if over == "jerkin" else "main", "light" if over == "jerkin" else "main", "fit")
    legs(s, c, "trousers", "trousers", 1.1)
    boots(s, c, "boots", 0.75)
    cuffs(s, c, "leather", 0.55, 0.029)
    hands(s, c, "leather", held(s, c))
    body = {"jerkin": "leather", "tunic": "second", "mail": "metal"}[over]
    top(s, c, body, 0.014, low=0.1)
    skirt(
        s,
        c,
        "main" if over != "tunic" else "second",
        (c.proportions.legs - 0.15) * size,
        0.03 * size,
        8,
        0.07,
        start=0.25,
    )
    belt(s, c, "leather", 0.27, 0.032, 0.022)
    s.mark("pouch", torso_side(c, 0.15, 0.95, 0.03), (0.03 * size, 0.045 * size, 0.05 * size), (0, 0, 0.95))
    if c.wearing("pack") == "quiver":
        sash(s, c, "leather", grow=0.02)
    head(s, c)
    beard(s, c)
    hood = c.wearing("hood")
    if hood != "up":
        hair(s, c, under_hat=hood == "cap")
    cloak(s, c, "main")
    if hood == "up":
        hood_up(s, c, "main", 0.3, 1.0)
    elif hood == "down":
        hood_down(s, c, "main")
    elif hood == "cap":
        hat(s, c, "feather", "main", "leather")
        shoulders(s, c, "main", 0.8)
    on_back(s, c)
