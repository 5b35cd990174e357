"""Wizards, monks and monarchs."""

import numpy as np

from .body import SIDES, arms, boots, hands, head, legs, trunk
from .capes import cloak, hood_down, hood_up, shoulders
from .carried import held
from .character import Character
from .crowns import crown
from .garments import belt, buttons, coat_tails, collar, cuffs, sash, skirt, top, torso_side
from .hair import beard, hair
from .hats import hat
from .sculpture import Sculpture
from .skeleton import Skeleton

__all__ = ["monarch", "monk", "wizard"]


def wizard(s: Sculpture, c: Character) -> None:
    """The whole wizard."""
    size, robe = c.proportions.height_m, c.wearing("robe")
    _robed(s, c, "main")
    hands(s, c, "skin", held(s, c))
    if c.wearing("hat") != "hood":
        hair(s, c, under_hat=True)
    beard(s, c)
    z = 0.05 * size
    if robe == "layered":
        skirt(s, c, "second", 0.3 * size, 0.06 * size, 8, 0.06, grow=0.016)
        shoulders(s, c, "second", 1.2)
    elif robe == "open":
        skirt(s, c, "second", z, 0.08 * size, 4, 0.03, arc=(-0.5, 0.5), grow=0.014)
        shoulders(s, c, "main", 0.8)
    elif robe == "sash":
        sash(s, c, "second")
    s.mark("hem", (0, 0, 0.035 * size), (0.0, 0.0, 0.03 * size))
    belt(s, c, "second" if robe == "plain" else "leather", 0.32, 0.032, 0.02)
    s.mark("pouch", torso_side(c, 0.2, -0.9, 0.03), (0.03 * size, 0.045 * size, 0.055 * size))
    s.mark("stars", (0, 0, 0.22 * size), (0, 0, 0.2 * size))
    cloak(s, c, "second", "main")
    if c.wearing("hat") == "hood":
        hood_up(s, c, "main", 0.3)
    else:
        hat(s, c, c.wearing("hat"))


def monk(s: Sculpture, c: Character) -> None:
    """The whole monk."""
    size, robe = c.proportions.height_m, c.wearing("robe")
    _robed(s, c, "main", 0.05, 0.05, "wide", "main")
    hands(s, c, "skin", held(s, c))
    if c.wearing("hood") not in ("up", "cowl"):
        hair(s, c)
    beard(s, c)
    if robe == "wrapped":
        sash(s, c, "second", low=0.1)
        for step in (0.02, -0.02):
            sash(s, c, "second", low=0.1 + step * 3, high=0.95 + step, grow=0.02)
    elif robe == "scapular":
        for middle in (0.0, np.pi):
            skirt(
                s,
                c,
                "second",
                0.13 * size,
                0.05 * size,
                3,
                0.03,
                start=0.95,
                arc=(middle - 0.62, middle + 0.62),
                grow=0.018,
            )
    elif robe == "sash":
        sash(s, c, "second")
    belt(s, c, "light", 0.3, 0.016, 0.022)
    s.mark("rope", torso_side(c, 0.3, 0.4, 0.026), (0.02 * size, 0.02 * size, 0.2 * size))
    hood = c.wearing("hood")
    if hood in ("up", "cowl"):
        hood_up(s, c, "main", 0.15 if hood == "up" else 0.4, 1.1)
    elif hood == "down":
        hood_down(s, c, "main")
    else:
        collar(s, c, "second", 0.006)
    s.mark("beads", (0, 0, 0), (1, 0, 0))


def monarch(s: Sculpture, c: Character) -> None:
    """The whole monarch."""
    size, robe = c.proportions.height_m, c.wearing("robe")
    trunk(s, c, "main", "trousers")
    arms(s, c, "main", "main", "fit")
    legs(s, c, "light", "light")
    boots(s, c, "boots", 0.4)
    cuffs(s, c, "second", 0.18, 0.032)
    hands(s, c, "skin", held(s, c))
    top(s, c, "main", 0.012)
    if robe in ("gown", "robe", "sash"):
        skirt(s, c, "main", 0.025 * size, (0.11 if robe == "gown" else 0.06) * size, 11, 0.07, start=0.34)
        skirt(
            s,
            c,
            "second",
            0.03 * size,
            (0.115 if robe == "gown" else 0.068) * size,
            3,
            0.02,
            start=0.3,
            arc=(-0.4, 0.4),
            grow=0.016,
        )
    else:
        coat_tails(s, c, "main", 0.26 * size, 0.055 * size, 0.4)
    if robe == "sash":
        sash(s, c, "second", grow=0.02)
    buttons(s, c, 5, 0.4, 0.95, 0.014)
    belt(s, c, "trim", 0.33, 0.026, 0.018)
    head(s, c)
    hair(s, c)
    beard(s, c)
    cloak(s, c, "second" if robe != "sash" else "main", "light")
    if c.wearing("cape") == "ermine":
        shoulders(s, c, "light", 1.25)
        s.mark("ermine", (0, 0, 0), (1, 0, 0))
    s.mark("chain", (0, 0, 0), (1, 0, 0))
    crown(s, c, c.wearing("crown"))


def _robed(
    s: Sculpture,
    c: Character,
    surface: str,
    hem: float = 0.03,
    flare: float = 0.075,
    sleeve: str = "wide",
    cuff: str = "second",
) -> None:
    """What wizards and monks share: a long robe with sleeves."""
    size = c.proportions.height_m
    trunk(s, c, surface)
    arms(s, c, surface, surface, sleeve)
    if sleeve == "wide":
        _bells(s, c, surface, cuff)
    legs(s, c, "dark", "dark")
    boots(s, c, "boots")
    top(s, c, surface, 0.01)
    skirt(s, c, surface, hem * size, flare * size, 9, 0.075)
    head(s, c)


def _bells(s: Sculpture, c: Character, surface: str, cuff: str) -> None:
    """Wide sleeves that hang from the forearms."""
    bones, size = Skeleton.of(c), c.proportions.height_m
    for sign in SIDES:
        elbow, wrist = bones.on("elbow", sign), bones.on("wrist", sign)
        out = wrist - elbow
        drop = np.array([-0.012, 0, -0.02]) * size
        s.bar(
            "lower_arm",
            surface,
            [elbow - out * 0.3, elbow + out * 0.4 + drop * 0.5, wrist + drop],
            np.array([(0.036, 0.036), (0.05, 0.056), (0.062, 0.078)]) * size,
            rounding=0.1,
        )
        s.bar(
            "lower_arm",
            cuff,
            [wrist + drop - out * 0.1, wrist + drop * 1.1 + out * 0.02],
            np.array([(0.063, 0.079), (0.066, 0.083)]) * size,
            rounding=0.1,
        )
