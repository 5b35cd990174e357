"""The surfaces of a character: two colours that can be asked for, and what goes with them."""

import colorsys
from collections.abc import Mapping

import numpy as np

from ..materials.params import Params
from ..shapes import Surface
from .archetypes import Archetype

__all__ = ["RGB", "checked_colour", "draw_surfaces"]

RGB = tuple[float, float, float]
_SKINS = (
    (0.9, 0.7, 0.57),
    (0.82, 0.58, 0.44),
    (0.66, 0.43, 0.3),
    (0.45, 0.27, 0.18),
    (0.3, 0.18, 0.13),
    (0.95, 0.78, 0.68),
)
_HAIRS = {
    "black": (0.09, 0.08, 0.08), "brown": (0.33, 0.21, 0.14), "fair": (0.83, 0.66, 0.38),
    "red": (0.62, 0.28, 0.12), "grey": (0.62, 0.61, 0.6), "white": (0.9, 0.88, 0.84),
}  # fmt: skip
_STEELS = ((0.72, 0.73, 0.76), (0.5, 0.51, 0.54), (0.34, 0.35, 0.38), (0.66, 0.56, 0.46))
_GLOWS = ((0.35, 0.85, 1.0), (1.0, 0.75, 0.25), (0.5, 1.0, 0.45), (1.0, 0.4, 0.3), (0.8, 0.5, 1.0))
_USUAL = {
    "main": "cloth", "second": "cloth", "trim": "metal", "metal": "metal", "skin": "skin", "hair": "hair",
    "leather": "leather", "boots": "leather", "dark": "leather", "light": "cloth", "wood": "wood",
    "visor": "visor", "glow": "glow", "bone": "bone", "white": "eye", "iris": "eye", "pupil": "eye",
    "lips": "skin", "trousers": "cloth", "rubber": "rubber", "brow": "hair", "gem": "gem",
}  # fmt: skip


def checked_colour(name: str, colour: RGB) -> RGB:
    """The colour itself, sRGB 0 to 1. Raises ValueError for anything else."""
    if len(colour) != 3 or not all(np.isfinite(c) and 0 <= c <= 1 for c in colour):
        raise ValueError(f"the {name} colour needs three numbers from 0 to 1, not {colour!r}")
    return colour


def draw_surfaces(
    params: Params, archetype: Archetype, wears: Mapping[str, str], main: RGB | None, second: RGB | None
) -> dict[str, Surface]:
    """Surface by name. main and second: sRGB, or None to draw them; they change no other draw."""
    drawn = _main(params)
    first = drawn if main is None else checked_colour("main", main)
    other = _second(params, first)
    colours = {"main": first, "second": other if second is None else checked_colour("second", second)}
    colours |= _materials(params) | _body(params, archetype)
    kinds = _USUAL | dict(archetype.kinds) | _worn_kinds(wears)
    if wears.get("helmet") == "dark":
        colours["visor"] = (0.05, 0.06, 0.09)
    return {
        name: Surface(
            kinds[name], _linear(colour), _linear(_shaded(colour)), glow=4.0 if name == "glow" else 0.0
        )
        for name, colour in colours.items()
    }


def _worn_kinds(wears: Mapping[str, str]) -> dict[str, str]:
    """What is made of something else because of what is worn."""
    found = {}
    if wears.get("cloth") == "camo":
        found["main"] = "camo"
    if wears.get("coat") in ("fur", "shaggy", "scales"):
        found["skin"] = "scales" if wears["coat"] == "scales" else "fur"
    return found


def _main(params: Params) -> RGB:
    tone = params.pick("tone", ("rich", "rich", "rich", "muted", "bright", "pale", "deep"))
    hue = params.free(0, 1)
    saturation, value = {
        "rich": (params.range("rich_saturation", 0.5, 0.85), params.range("rich_value", 0.4, 0.75)),
        "muted": (params.range("muted_saturation", 0.2, 0.45), params.range("muted_value", 0.35, 0.65)),
        "bright": (params.range("bright_saturation", 0.5, 0.8), params.range("bright_value", 0.72, 0.95)),
        "pale": (params.range("pale_saturation", 0.03, 0.2), params.range("pale_value", 0.75, 0.95)),
        "deep": (params.range("deep_saturation", 0.25, 0.7), params.range("deep_value", 0.16, 0.3)),
    }[tone]
    return _of_hsv(hue, saturation, value)


def _second(params: Params, main: RGB) -> RGB:
    """A colour that goes with the main one: across the wheel, beside it, light or dark."""
    hue, saturation, value = colorsys.rgb_to_hsv(*main)
    scheme = params.pick("scheme", ("across", "across", "beside", "light", "dark", "third"))
    turn, strength, light = (
        params.free(-0.05, 0.05),
        params.range("second_saturation", 0.35, 0.75),
        params.free(0, 1),
    )
    far = (
        0.3 + 0.5 * light
        if abs(0.3 + 0.5 * light - value) > 0.18
        else (value + 0.3 if value < 0.5 else value - 0.3)
    )
    found = {
        "across": (hue + 0.5 + turn, strength, far),
        "third": (hue + (0.36 if turn > 0 else -0.36) + turn, strength, far),
        "beside": (
            hue + (0.1 if turn > 0 else -0.1),
            min(saturation + 0.1, 0.9),
            value + (0.28 if value < 0.5 else -0.26),
        ),
        "light": (0.11 + turn * 0.5, 0.08 + 0.2 * light, 0.86),
        "dark": (hue, 0.3, 0.13 + 0.1 * light),
    }[scheme]
    return _of_hsv(*found)


def _materials(params: Params) -> dict[str, RGB]:
    """What is neither body nor one of the two colours."""
    gold, steel = params.chance("gold", 0.6), _STEELS[int(params.free(0, len(_STEELS) - 1e-6))]
    brown = params.range("leather_value", 0.22, 0.52)
    cloth = _of_hsv(
        params.free(0.02, 0.14), params.free(0.1, 0.5), params.range("trousers_value", 0.16, 0.55)
    )
    boots = params.range("boots_value", 0.12, 0.42)
    return {
        "trim": (0.86, 0.66, 0.28) if gold else (0.75, 0.74, 0.74),
        "metal": steel,
        "leather": _of_hsv(0.065, 0.6, brown),
        "boots": _of_hsv(0.06, params.free(0.2, 0.6), boots),
        "dark": _of_hsv(0.07, 0.2, 0.13),
        "light": _of_hsv(0.11, params.free(0.05, 0.18), params.range("light_value", 0.78, 0.92)),
        "trousers": cloth,
        "wood": _of_hsv(0.075, params.free(0.4, 0.62), params.range("wood_value", 0.26, 0.5)),
        "visor": (0.95, 0.68, 0.22) if gold else (0.1, 0.12, 0.16),
        "glow": _GLOWS[int(params.free(0, len(_GLOWS) - 1e-6))],
        "gem": _of_hsv(params.free(0, 1), 0.85, 0.75),
        "bone": (0.88, 0.82, 0.68),
        "rubber": (0.13, 0.13, 0.14),
    }


def _body(params: Params, archetype: Archetype) -> dict[str, RGB]:
    skin = _SKINS[int(params.free(0, len(_SKINS) - 1e-6))]
    hair = _HAIRS[params.pick_by_split("hair_colour", ("black", "brown", "fair", "red", "grey"), ("white",))]
    hide = _of_hsv(
        params.free(0, 1), params.range("hide_saturation", 0.2, 0.62), params.range("hide_value", 0.35, 0.8)
    )
    if archetype.id == "wizard" and params.chance("white_hair", 0.6):
        hair = _HAIRS["white"]
    if archetype.id in ("alien", "creature"):
        skin, hair = hide, tuple(0.55 * c for c in hide)  # type: ignore[assignment]
    if archetype.id == "robot":
        skin = (0.42, 0.43, 0.46)
    iris = params.pick("iris", ("brown", "blue", "green", "grey"))
    irises = {
        "brown": (0.3, 0.18, 0.1),
        "blue": (0.2, 0.42, 0.66),
        "green": (0.22, 0.45, 0.26),
        "grey": (0.36, 0.4, 0.44),
    }
    red, green, blue = skin
    return {
        "skin": skin,
        "hair": hair,
        "brow": _shaded(hair),
        "white": (0.93, 0.92, 0.9),
        "iris": irises[iris],
        "pupil": (0.02, 0.02, 0.02),
        "lips": (red * 0.86, green * 0.66, blue * 0.66),
    }


def _of_hsv(hue: float, saturation: float, value: float) -> RGB:
    hue %= 1.0
    # green, cyan and magenta seem louder than red and blue of the same numbers
    loud = max(0.0, np.cos(2 * np.pi * (hue - 0.33)), 0.9 * np.cos(2 * np.pi * (hue - 0.86)) ** 3)
    quiet = 1 - 0.36 * float(loud)
    return colorsys.hsv_to_rgb(
        hue, min(max(saturation * quiet, 0), 1), min(max(value * (0.5 + 0.5 * quiet), 0.05), 0.95)
    )


def _shaded(colour: RGB) -> RGB:
    """The colour in its folds: darker, a little more colourful."""
    hue, saturation, value = colorsys.rgb_to_hsv(*colour)
    return colorsys.hsv_to_rgb(hue, min(saturation * 1.12 + 0.02, 1), value * 0.72)


def _linear(colour: RGB) -> RGB:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return (red, green, blue)
