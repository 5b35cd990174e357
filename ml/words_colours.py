"""Plain colours as a material has them: red bricks are not the red of a fire engine. Standard library only."""

from functools import cache

from .word_lists import Rgb, hex_rgb

__all__ = ["PLAIN_COLOURS", "toned", "usual_colours"]

PLAIN_COLOURS = frozenset(
    ("red", "orange", "yellow", "green", "blue", "purple", "violet", "pink", "magenta", "cyan", "lime")
)
"""Words that name a hue and no shade of it; who says "crimson" means that very colour."""
_USUAL = """
brick 8e604f, stone_wall 6b6359, cobblestone 7d7d80, rock 797069, marble c8c5c1, granite 7b7873
terrazzo 776861, concrete 95938e, plaster b3a090, asphalt 6d6b6a, wood_planks 795b3a
wood_grain 8c603c, bark 82786d, leaves 8a663b, moss 5c6727, grass 617a38, sand be9e7c, soil 59412f
snow d4dce2, ice 7ba5af, lava 663c2a, rusted_metal 835e4a, brushed_metal 969697
diamond_plate a9aaad, ceramic_tiles 808076, roof_tiles 6b3e2c, fabric_weave 625f5c, knit 7a8270
leather 613e2d, scales 546943, fur 61544d, scifi_panel 4a4e51
"""
"""Base colours that lie in the middle of the looks which the network has learnt from."""
_SHARE = 0.45
"""Of the usual hue in a colour of full saturation; what is greyer has less to be toned."""


def toned(rgb: Rgb, family: str) -> Rgb:
    """The colour brought nearer to those that the family has, as light as it was.

    Unchanged for a family whose looks are unknown.
    """
    usual = usual_colours().get(family)
    if usual is None or max(rgb) == 0:
        return rgb
    share = _SHARE * (max(rgb) - min(rgb)) / max(rgb)
    scale = _luma(rgb) / _luma(usual)
    red, green, blue = (
        round(part + (min(own * scale, 1) - part) * share, 4) for part, own in zip(rgb, usual, strict=True)
    )
    return red, green, blue


@cache
def usual_colours() -> dict[str, Rgb]:
    """By family id."""
    entries = (entry.split() for line in _USUAL.split("\n") for entry in line.split(", ") if entry)
    return {family: hex_rgb(code) for family, code in entries}


def _luma(rgb: Rgb) -> float:
    return 0.3 * rgb[0] + 0.59 * rgb[1] + 0.11 * rgb[2]
