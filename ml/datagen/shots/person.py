"""A person of lofted limbs, with face, hair and clothes."""

from ...shapes import Shape, ball, box, join, loft, tube
from .draws import Params, named_colour, pick_by_split
from .figure import Figure, Part, Surface

__all__ = ["person"]

_SKIN, _TOP, _BOTTOM, _HAIR, _SHOE, _WHITE, _DARK, _LIPS = range(8)
_SKINS = ((0.8, 0.52, 0.38), (0.62, 0.36, 0.23), (0.36, 0.18, 0.1), (0.14, 0.065, 0.04), (0.87, 0.62, 0.5))
_HAIRS = {
    "black": (0.012, 0.01, 0.01),
    "brown": (0.09, 0.04, 0.018),
    "fair": (0.5, 0.31, 0.1),
    "red": (0.32, 0.08, 0.02),
    "grey": (0.35, 0.34, 0.33),
}


def person(params: Params, colour: str) -> Figure:
    """A person whose clothes have mostly that colour."""
    height = params.range("person_height", 1.5, 1.98)
    girth = params.range("person_girth", 0.85, 1.35)
    clothes = pick_by_split(params, "clothes", ("suit", "jacket", "dress", "shirt"), ("coat", "tunic"))
    hair = pick_by_split(params, "hair", ("short", "long", "bald", "cap"), ("bun", "hat", "bob"))
    parts = [
        Part("body", _torso(height, girth, clothes), "", (0, 0, 0.52 * height)),
        Part("head", _head(height, hair), "body", (0, 0, 0.33 * height)),
        Part(
            "mouth",
            ball((0.006, 0.0145, 0.0055), slot=_LIPS, segments=8, rings=4).moved(scale=(height,) * 3),
            "head",
            (0.053 * height, 0, 0.026 * height),
        ),
    ]
    for side, sign in (("left", 1.0), ("right", -1.0)):
        parts += _arm(side, sign, height, girth, clothes)
        parts += _leg(side, sign, height, girth, clothes)
    return Figure(
        "person",
        tuple(parts),
        _surfaces(params, colour, clothes),
        (0.28 * height, 0.30 * height, height),
        (0.0, 0.0, 0.925 * height),
        {"clothes": clothes, "hair": hair, "height_m": height},
    )


def _surfaces(params: Params, colour: str, clothes: str) -> tuple[Surface, ...]:
    top = named_colour(params, "top", colour)
    # the trousers may only be as bright as to leave the top the colour that is named
    whole = clothes in ("dress", "coat", "tunic") or params.chance("one_colour", 0.55)
    grey = params.range("trousers", 0.02, 0.09)
    bottom = top if whole else (grey * 1.05, grey, grey * params.range("trousers_blue", 0.8, 2.0))
    skin = _SKINS[int(params.free(0, len(_SKINS) - 0.01))]
    hair = _HAIRS[pick_by_split(params, "hair_colour", ("black", "brown", "fair"), ("red", "grey"))]
    weave = pick_by_split(params, "weave", ("cloth", "stripes"), ("check", "cloth"))
    lighter = tuple(min(1.0, c * 1.7 + 0.015) for c in top)
    shoe = params.range("shoe", 0.01, 0.25)
    return (
        Surface("skin", skin),
        Surface(weave, top, (lighter[0], lighter[1], lighter[2]), params.range("weave_scale", 0.02, 0.12)),
        Surface("cloth", bottom, tuple(c * 0.7 for c in bottom), 0.05),  # type: ignore[arg-type]
        Surface("hair", hair, tuple(c * 0.4 for c in hair), 0.01),  # type: ignore[arg-type]
        Surface("plain", (shoe, shoe * 0.9, shoe * 0.8)),
        Surface("plain", (0.85, 0.85, 0.82)),
        Surface("plain", (0.012, 0.01, 0.009)),
        Surface("plain", (skin[0] * 0.75, skin[1] * 0.4, skin[2] * 0.4)),
    )


def _torso(height: float, girth: float, clothes: str) -> Shape:
    """Around the hips, which are the joint."""
    g = girth
    sections = [
        (0, 0, -0.055, 0.05, 0.07 * g),
        (0, 0, -0.02, 0.064 * g, 0.092 * g),
        (0, 0, 0.03, 0.066 * g, 0.094 * g),
        (0, 0, 0.10, 0.056 * g, 0.08 * g),
        (0.004, 0, 0.19, 0.066 * g, 0.094),
        (0.002, 0, 0.255, 0.06, 0.104),
        (0, 0, 0.288, 0.046, 0.088),
        (-0.004, 0, 0.308, 0.03, 0.042),
    ]
    torso = loft([tuple(v * height for v in s) for s in sections], _TOP, 14)  # type: ignore[misc]
    neck = tube(
        (-0.006 * height, 0, 0.29 * height), (0.004 * height, 0, 0.36 * height), 0.029 * height, slot=_SKIN
    )
    pieces = [torso, neck]
    collar = loft(
        [
            (x * height, 0, z * height, a * height, b * height)
            for x, z, a, b in ((-0.004, 0.295, 0.036, 0.046), (-0.004, 0.325, 0.033, 0.036))
        ],
        _TOP,
        12,
    )
    if clothes in ("suit", "jacket", "coat"):
        pieces.append(collar)
    if clothes in ("suit", "shirt"):
        pieces.append(
            box((0.006 * height, 0.018 * height, 0.2 * height), (0.066 * height, 0, 0.19 * height), _DARK)
        )
    length = {"dress": -0.25, "coat": -0.27, "tunic": -0.14, "jacket": -0.06}.get(clothes)
    if length is not None:
        hem = 0.11 if clothes == "dress" else 0.09
        skirt = [(0, 0, length, hem * g, (hem + 0.01) * g), (0, 0, length / 2, 0.082 * g, 0.1 * g)]
        skirt += [(0, 0, 0.1, 0.06 * g, 0.084 * g)]
        pieces.append(loft([tuple(v * height for v in s) for s in skirt], _TOP, 14))  # type: ignore[misc]
    return join(*pieces)


def _head(height: float, hair: str) -> Shape:
    """Around the top of the neck."""
    skull = loft(
        [
            (0.018, 0, 0.0, 0.02, 0.02),
            (0.016, 0, 0.008, 0.036, 0.033),
            (0.01, 0, 0.03, 0.047, 0.041),
            (0.004, 0, 0.06, 0.053, 0.046),
            (0.0, 0, 0.09, 0.055, 0.048),
            (-0.002, 0, 0.118, 0.046, 0.04),
            (-0.004, 0, 0.134, 0.022, 0.019),
        ],
        _SKIN,
        16,
    )
    pieces = [skull, ball((0.01, 0.0075, 0.016), (0.058, 0, 0.05), _SKIN, 8, 6)]
    for sign in (1, -1):
        pieces.append(ball((0.006, 0.010, 0.0055), (0.0485, 0.019 * sign, 0.068), _WHITE, 8, 6))
        pieces.append(ball((0.0042, 0.0052, 0.0052), (0.0515, 0.019 * sign, 0.068), _DARK, 8, 6))
        pieces.append(box((0.008, 0.02, 0.004), (0.0505, 0.019 * sign, 0.081), _HAIR))
        pieces.append(ball((0.012, 0.005, 0.017), (0.0, 0.047 * sign, 0.06), _SKIN, 8, 6))
    pieces += _hair(hair)
    return join(*pieces).moved(scale=(height,) * 3)


def _hair(hair: str) -> list[Shape]:
    shell = ball((0.058, 0.052, 0.05), (-0.009, 0, 0.096), _HAIR, 12, 8, 0.05, 3)
    back = ball((0.03, 0.046, 0.05), (-0.035, 0, 0.065), _HAIR, 10, 8, 0.05, 4)
    if hair == "bald":
        return []
    if hair == "long":
        return [shell, back, loft([(-0.04, 0, -0.07, 0.022, 0.055), (-0.036, 0, 0.07, 0.028, 0.052)], _HAIR)]
    if hair == "bob":
        return [shell, loft([(-0.03, 0, 0.0, 0.032, 0.06), (-0.022, 0, 0.1, 0.04, 0.056)], _HAIR)]
    if hair == "bun":
        return [shell, back, ball((0.026, 0.026, 0.026), (-0.062, 0, 0.115), _HAIR)]
    if hair == "cap":
        top = ball((0.06, 0.053, 0.044), (-0.002, 0, 0.102), _BOTTOM, 12, 6)
        return [back, top, box((0.055, 0.07, 0.005), (0.07, 0, 0.1), _BOTTOM)]
    if hair == "hat":
        brim = loft([(0, 0, 0.1, 0.1, 0.095), (0, 0, 0.106, 0.1, 0.095)], _BOTTOM, 16)
        return [back, brim, loft([(0, 0, 0.1, 0.06, 0.055), (0, 0, 0.165, 0.05, 0.045)], _BOTTOM, 14)]
    return [shell, back]


def _arm(side: str, sign: float, height: float, girth: float, clothes: str) -> list[Part]:
    sleeve = _SKIN if clothes in ("dress", "tunic") else _TOP
    thick = 0.026 * (0.6 + 0.4 * girth) * height
    upper = tube((0, 0, 0), (0, 0, -0.165 * height), thick * 1.15, thick * 0.9, _TOP, bulge=0.1)
    lower = tube((0, 0, 0), (0, 0, -0.14 * height), thick * 0.85, thick * 0.62, sleeve, bulge=0.1)
    hand = ball((0.016 * height, 0.009 * height, 0.034 * height), (0, 0, -0.172 * height), _SKIN, 8, 6)
    thumb = tube(
        (0.008 * height, 0, -0.155 * height), (0.02 * height, 0, -0.175 * height), 0.005 * height, slot=_SKIN
    )
    return [
        Part(f"upper_arm_{side}", upper, "body", (0, sign * 0.108 * height, 0.275 * height)),
        Part(f"lower_arm_{side}", join(lower, hand, thumb), f"upper_arm_{side}", (0, 0, -0.165 * height)),
    ]


def _leg(side: str, sign: float, height: float, girth: float, clothes: str) -> list[Part]:
    bare = clothes in ("dress", "tunic")
    thick = 0.05 * (0.5 + 0.5 * girth) * height
    upper = tube((0, 0, 0), (0, 0, -0.24 * height), thick, thick * 0.7, _BOTTOM, bulge=0.02)
    lower = tube(
        (0, 0, 0), (0, 0, -0.235 * height), thick * 0.7, thick * 0.5, _SKIN if bare else _BOTTOM, bulge=0.1
    )
    foot = loft(
        [
            (0.03 * height, 0, -0.265 * height, 0.075 * height, 0.028 * height),
            (0.03 * height, 0, -0.25 * height, 0.07 * height, 0.027 * height),
            (0.005 * height, 0, -0.225 * height, 0.035 * height, 0.024 * height),
        ],
        _SHOE,
    )
    return [
        Part(f"upper_leg_{side}", upper, "body", (0, sign * 0.052 * height, -0.01 * height)),
        Part(f"lower_leg_{side}", join(lower, foot), f"upper_leg_{side}", (0, 0, -0.24 * height)),
    ]
