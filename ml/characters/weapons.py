"""Weapons and shields."""

import numpy as np

from ..shapes import Array
from .character import Character
from .held_things import Maker
from .sculpture import Sculpture
from .skeleton import Skeleton
from .staffs import pole

__all__ = ["WEAPONS"]


def _blade(s: Sculpture, c: Character, grip: Array, path: Array, widths: Array, guard: str) -> None:
    """A sword that points down from the hand; path in shares of the height, from the guard to the tip."""
    size = c.proportions.height_m
    s.bar("prop", "metal", grip + path * size, widths * size, rounding=0.0)
    s.bar(
        "prop", "leather", grip + np.array([(0, 0, 0.045), (0, 0, -0.03)]) * size, np.full(2, 0.0085) * size
    )
    s.ball("prop", "trim", grip + np.array([0, 0, 0.056]) * size, np.full(3, 0.015) * size)
    if guard == "bar":
        s.bar(
            "prop",
            "trim",
            grip + np.array([(0.065, 0, -0.032), (0, 0, -0.036), (-0.065, 0, -0.032)]) * size,
            np.array([0.009, 0.012, 0.009]) * size,
        )
    else:
        s.bar(
            "prop",
            "trim",
            grip + np.array([(0.0, 0, 0.05), (0.05, 0, 0.03), (0.055, 0, -0.01), (0, 0, -0.036)]) * size,
            np.array([0.006, 0.009, 0.012, 0.012]) * size,
        )
        s.ball(
            "prop", "trim", grip + np.array([0.005, 0, -0.034]) * size, np.array([0.04, 0.03, 0.01]) * size
        )


def _sword(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    path = np.array([(0, 0, -0.03), (0.01, 0, -0.2), (0.018, 0, -0.33), (0.022, 0, -0.375)])
    path[:, 2] *= min((grip[2] / c.proportions.height_m - 0.01) / 0.375, 1.0)
    _blade(
        s, c, grip, path, np.array([(0.006, 0.021), (0.006, 0.019), (0.005, 0.016), (0.001, 0.002)]), "bar"
    )


def _cutlass(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    path = np.array([(0, 0, -0.03), (0.012, 0, -0.16), (0.05, 0, -0.28), (0.1, 0, -0.345)])
    _blade(
        s, c, grip, path, np.array([(0.006, 0.017), (0.006, 0.02), (0.005, 0.024), (0.001, 0.003)]), "basket"
    )


def _mace(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    end = grip + np.array([0.02, 0, -0.24]) * size
    s.bar("prop", "wood", [grip + np.array([0, 0, 0.06]) * size, end], np.full(2, 0.0095) * size)
    s.ball("prop", "metal", end, np.array([0.034, 0.034, 0.04]) * size)
    for angle in np.arange(8) * np.pi / 4:
        out = np.array([np.cos(angle), np.sin(angle), 0]) * size
        s.bar(
            "prop",
            "metal",
            [
                end + out * 0.025 + (0, 0, 0.03 * size),
                end + out * 0.058,
                end + out * 0.025 - (0, 0, 0.03 * size),
            ],
            np.array([0.005, 0.009, 0.005]) * size,
            smooth=False,
        )


def _axe(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, top = c.proportions.height_m, pole(s, c, grip, 0.78, bottom=0.28)
    head = top + np.array([0, 0, -0.05]) * size
    s.bar(
        "prop",
        "metal",
        head + np.array([(-0.03, 0, 0), (0.03, 0, 0.0), (0.1, 0, 0.0)]) * size,
        np.array([(0.014, 0.02), (0.012, 0.032), (0.002, 0.078)]) * size,
        rounding=0.0,
    )


def _club(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, bone = c.proportions.height_m, c.wearing("right") == "bone"
    end = grip + np.array([0.07, 0, -grip[2] / size * 0.72]) * size
    widths = np.array([0.014, 0.02, 0.045, 0.034]) if not bone else np.array([0.018, 0.015, 0.016, 0.02])
    path = [grip + np.array([-0.01, 0, 0.06]) * size, grip, grip + (end - grip) * 0.75, end]
    s.bar("prop", "bone" if bone else "wood", path, widths * size)
    if bone:
        for at in (path[0], end):
            for y in (-0.016, 0.016):
                s.ball("prop", "bone", at + np.array([0, y, 0]) * size, np.full(3, 0.024) * size)
        return
    for index in range(6):
        out = np.array([np.cos(index * 2.2), np.sin(index * 2.2), 0]) * size
        root = grip + (end - grip) * (0.7 + 0.05 * index)
        s.bar("prop", "bone", [root, root + out * 0.062], np.array([0.011, 0.002]) * size, rounding=0.0)


def _shield(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    """Before the forearm, its face outwards to the left and the front."""
    size, style = c.proportions.height_m, c.wearing("left")
    bones = Skeleton.of(c)
    middle = (bones.on("elbow", sign) + bones.on("wrist", sign)) / 2 + np.array(
        [0.03, 0.05 * sign, -0.01]
    ) * size
    v = np.linspace(-1, 1, 15)
    half, tall = {"kite": (0.105, 0.19), "round": (0.135, 0.135), "tower": (0.11, 0.22)}[style]
    if style == "round":
        wide = np.sqrt(np.maximum(1 - v**2, 0.004))
    elif style == "tower":
        wide = np.where(np.abs(v) > 0.93, 0.92, 1.0)
    else:
        wide = np.where(
            v > 0.1, 1 - 0.06 * np.maximum(v - 0.6, 0), np.sqrt(np.maximum(1 - ((v - 0.1) / 1.1) ** 2, 0.002))
        )
    u = np.linspace(-1, 1, 11)
    bulge = 0.045 if style == "round" else 0.038
    for surface, grow, lift in (("trim", 1.0, 0.0), ("main", 0.9, 0.006)):
        grid = np.empty((len(v), len(u), 3))
        across = u[None] * wide[:, None] * half * grow
        grid[..., 1], grid[..., 2] = across, v[:, None] * tall * grow
        grid[..., 0] = (
            lift + bulge * (1 - (across / half) ** 2) - (bulge * v[:, None] ** 2 if style == "round" else 0)
        )
        turn = 0.75 * sign
        x, y = grid[..., 0].copy(), grid[..., 1].copy()
        grid[..., 0], grid[..., 1] = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
        s.sheet("prop", surface, grid * size + middle, 0.012 * size)
    out = np.array([np.cos(turn), np.sin(turn), 0])
    if style == "round":
        s.ball("prop", "trim", middle + out * 0.05 * size, np.array([0.034, 0.034, 0.034]) * size)
    s.mark(
        "emblem",
        middle + out * (bulge + 0.008) * size,
        (0.012 * size, half * size, tall * size),
        (0, 0, turn),
    )


def _gun(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    """A pistol, a ray gun, a tool or a device, pointing down and forwards."""
    size, kind = c.proportions.height_m, c.wearing("right")
    body, glow = ("wood", False) if kind == "pistol" else ("metal", kind in ("ray_gun", "device", "tool"))
    tip = grip + np.array([0.09, 0, -0.1]) * size
    s.bar(
        "prop",
        body,
        [
            grip + np.array([-0.005, 0, 0.02]) * size,
            grip + np.array([0.015, 0, -0.03]) * size,
            grip + (tip - grip) * 0.55,
        ],
        np.array([0.016, 0.02, 0.016]) * size,
    )
    s.bar("prop", "metal", [grip + (tip - grip) * 0.35, tip], np.array([0.0125, 0.0105]) * size)
    s.ball("prop", "trim", tip, np.array([0.015, 0.015, 0.015]) * size)
    if glow:
        s.ball("prop", "glow", tip + np.array([0.014, 0, -0.014]) * size, np.full(3, 0.014) * size)
        for share in (0.35, 0.55, 0.75):
            s.ball("prop", "second", grip + (tip - grip) * share, np.full(3, 0.02) * size)


def _rifle(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    """Held at the side, its muzzle down and forwards."""
    size, heavy = c.proportions.height_m, c.wearing("right") == "launcher"
    axis = np.array([0.34, 0, -0.94])
    up = np.array([0.94, 0, 0.34])

    def at(along: float, above: float) -> Array:
        found: Array = grip + (axis * along + up * above) * size
        return found

    thick = 1.7 if heavy else 1.0
    s.bar(
        "prop",
        "dark",
        [at(-0.15, -0.005), at(-0.08, 0.012), at(-0.03, 0.02)],
        np.array([(0.013, 0.032), (0.012, 0.02), (0.012, 0.02)]) * size,
        power=4.0,
    )
    s.bar(
        "prop",
        "metal",
        [at(-0.04, 0.026), at(0.1, 0.026)],
        np.array([(0.014, 0.023)] * 2) * size * thick,
        power=4.0,
        smooth=False,
    )
    s.bar(
        "prop",
        "dark",
        [at(0.09, 0.026), at(0.2, 0.026)],
        np.array([(0.014, 0.018)] * 2) * size * thick,
        power=3.0,
        smooth=False,
    )
    s.bar(
        "prop", "metal", [at(0.19, 0.028), at(0.29, 0.028)], np.full(2, 0.0065) * size * thick, smooth=False
    )
    s.bar(
        "prop",
        "dark",
        [at(0.05, 0.01), at(0.075, -0.075)],
        np.array([(0.01, 0.016)] * 2) * size,
        power=4.0,
        smooth=False,
    )
    s.bar("prop", "dark", [at(0.0, 0.066), at(0.075, 0.066)], np.full(2, 0.0125) * size * thick, smooth=False)


def _bow(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size = c.proportions.height_m
    reach = np.array(
        [
            (-0.075, 0, -0.36),
            (0.015, 0, -0.3),
            (0.045, 0, -0.14),
            (0.02, 0, 0),
            (0.045, 0, 0.14),
            (0.015, 0, 0.3),
            (-0.075, 0, 0.36),
        ]
    )
    turn = np.array([[np.cos(0.6), np.sin(0.6) * 1, 0], [-np.sin(0.6), np.cos(0.6), 0], [0, 0, 1]])
    path = reach @ turn * size + grip
    path[:, 2] += max(0.02 * size - path[:, 2].min(), 0)
    s.bar("prop", "wood", path, np.array([0.006, 0.009, 0.0125, 0.014, 0.0125, 0.009, 0.006]) * size)
    s.rod("prop", "light", path[0], path[-1], 0.0022 * size)


def _hook(s: Sculpture, c: Character, grip: Array, sign: float) -> None:
    size, wrist = c.proportions.height_m, Skeleton.of(c).on("wrist", sign)
    s.bar(
        "prop",
        "leather",
        [wrist + np.array([0, 0, 0.03]) * size, grip],
        np.array([0.03, 0.024]) * size,
        rounding=0.1,
    )
    s.bar(
        "prop",
        "metal",
        grip
        + np.array([(0, 0, 0), (0, 0, -0.03), (0.02, 0, -0.06), (0.05, 0, -0.05), (0.052, 0, -0.02)]) * size,
        np.array([0.01, 0.009, 0.009, 0.008, 0.002]) * size,
    )


WEAPONS: dict[str, Maker] = {
    "sword": _sword,
    "cutlass": _cutlass,
    "mace": _mace,
    "axe": _axe,
    "club": _club,
    "bone": _club,
    "kite": _shield,
    "round": _shield,
    "tower": _shield,
    "pistol": _gun,
    "ray_gun": _gun,
    "tool": _gun,
    "device": _gun,
    "rifle": _rifle,
    "launcher": _rifle,
    "bow": _bow,
    "hook": _hook,
}
