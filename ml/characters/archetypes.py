"""The archetypes: how each is built, what each may wear and carry, and what that is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["ARCHETYPES", "ARCHETYPE_INDEX", "BUILDS", "Archetype"]

BUILDS = ("slim", "average", "heavy")
Range = tuple[float, float]
Options = tuple[tuple[str, ...], tuple[str, ...]]
"""What training draws from, and what only the test split does. The same choice may be named more than once."""

_PEOPLE_HAIR: Options = (("short", "short", "long", "tail", "bald", "curly"), ("bun", "mohawk"))
_BEARD: Options = (("none", "none", "short", "full"), ("moustache",))


@dataclass(frozen=True, slots=True)
class Archetype:
    """One kind of character. Ranges are shares of the body's height unless said otherwise."""

    id: str
    height_m: Range = (1.58, 1.92)
    head: Range = (0.155, 0.185)
    shoulders: Range = (0.112, 0.138)
    """Half the distance of the shoulder joints."""
    hips: Range = (0.082, 0.1)
    legs: Range = (0.455, 0.495)
    arms: Range = (0.3, 0.33)
    limbs: Range = (0.92, 1.15)
    """Thickness, 1 as drawn."""
    hands: Range = (1.0, 1.25)
    feet: Range = (1.0, 1.25)
    stoop: Range = (0.0, 0.03)
    """How far the chest stands before the hips."""
    wears: Mapping[str, Options] = field(default_factory=dict)
    """Slot to choices."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """What a surface is made of where it is not the usual."""


ARCHETYPES = (
    Archetype(
        "knight", (1.72, 2.0), (0.145, 0.165), (0.128, 0.15), limbs=(1.05, 1.25), feet=(1.1, 1.3),
        wears={
            "helm": (("great", "visored", "open", "bascinet"), ("winged",)),
            "crest": (("none", "plume", "plume", "horns"), ("fan",)),
            "coat": (("tabard", "plate", "skirt"), ("sash",)),
            "cape": (("none", "long"), ("short",)),
            "right": (("sword", "mace", "lance"), ("axe",)),
            "left": (("kite", "round", "none"), ("tower",)),
            "hair": _PEOPLE_HAIR, "beard": _BEARD,
        },
    ),
    Archetype(
        "wizard", (1.6, 1.92), (0.16, 0.19), (0.1, 0.122), stoop=(0.01, 0.05),
        wears={
            "hat": (("pointed", "bent", "hood"), ("wide",)),
            "beard": (("long", "long", "forked", "none"), ("braided",)),
            "hair": (("long", "long", "short"), ("curly",)),
            "robe": (("plain", "layered", "open"), ("sash",)),
            "right": (("orb_staff", "crystal_staff", "branch_staff"), ("moon_staff",)),
            "left": (("none", "book", "none"), ("lantern",)),
            "cape": (("none", "none", "long"), ("short",)),
        },
    ),
    Archetype(
        "robot", (1.35, 2.15), (0.15, 0.21), (0.13, 0.17), (0.09, 0.115), (0.4, 0.47), limbs=(0.95, 1.35),
        hands=(1.2, 1.6), feet=(1.25, 1.65), stoop=(0.0, 0.0),
        wears={
            "head": (("dome", "box", "drum"), ("lens",)),
            "eyes": (("visor", "two"), ("one",)),
            "body": (("barrel", "box", "wedge"), ("egg",)),
            "hands": (("claw", "fingers"), ("pincer",)),
            "aerial": (("none", "one", "two"), ("dish",)),
            "pack": (("none", "jets", "box"), ("tank",)),
        },
        kinds={"main": "paint", "second": "paint", "skin": "metal"},
    ),
    Archetype(
        "astronaut", (1.68, 1.95), (0.165, 0.185), (0.122, 0.138), limbs=(1.1, 1.3), hands=(1.25, 1.5),
        feet=(1.35, 1.6),
        wears={
            "helmet": (("gold", "dark", "clear"), ("split",)),
            "suit": (("bands", "stripes", "yoke"), ("plain",)),
            "pack": (("square", "tall"), ("tanks",)),
            "right": (("none", "none", "tool"), ("flag",)),
            "left": (("none",), ("case",)),
            "hair": _PEOPLE_HAIR,
        },
        kinds={"main": "suit", "second": "suit"},
    ),
    Archetype(
        "monk", (1.52, 1.85), (0.165, 0.19), (0.1, 0.122), stoop=(0.01, 0.05),
        wears={
            "hood": (("down", "up", "none"), ("cowl",)),
            "hair": (("tonsure", "bald", "tonsure"), ("short",)),
            "beard": (("none", "full", "none"), ("long",)),
            "robe": (("habit", "wrapped", "scapular"), ("sash",)),
            "right": (("staff", "none", "beads"), ("bowl",)),
            "left": (("none", "book", "none"), ("lantern",)),
        },
    ),
    Archetype(
        "soldier", (1.62, 1.95), (0.155, 0.175), (0.122, 0.142), limbs=(1.0, 1.2), feet=(1.15, 1.3),
        wears={
            "helmet": (("helmet", "beret", "cap"), ("bush_hat",)),
            "vest": (("pouches", "plate", "straps"), ("bandolier",)),
            "cloth": (("camo", "camo", "cloth"), ("camo",)),
            "face": (("none", "none", "goggles", "mask"), ("paint",)),
            "pack": (("none", "rucksack", "radio"), ("roll",)),
            "right": (("none", "rifle"), ("launcher",)),
            "knees": (("pads", "none"), ("pads",)),
            "hair": (("short", "bald", "tail"), ("mohawk",)), "beard": _BEARD,
        },
    ),
    Archetype(
        "villager", (1.5, 1.86), (0.165, 0.195), (0.1, 0.128), (0.084, 0.106),
        wears={
            "dress": (("trousers", "gown", "smock"), ("dungarees",)),
            "top": (("vest", "shirt", "apron"), ("shawl",)),
            "hat": (("none", "straw", "cap", "scarf"), ("felt",)),
            "hair": _PEOPLE_HAIR, "beard": _BEARD,
            "right": (("pitchfork", "basket", "none", "hoe"), ("broom",)),
            "left": (("none", "bucket", "none"), ("loaf",)),
        },
    ),
    Archetype(
        "alien", (1.2, 2.3), (0.2, 0.27), (0.082, 0.108), (0.06, 0.08), (0.46, 0.53), (0.32, 0.37), (0.6, 0.82),
        hands=(1.15, 1.5), stoop=(0.0, 0.04),
        wears={
            "skull": (("bulb", "tall", "wide"), ("crest",)),
            "eyes": (("almond", "round", "four"), ("one",)),
            "suit": (("bare", "suit", "robe"), ("armour",)),
            "feelers": (("none", "knobs", "fins"), ("tentacles",)),
            "right": (("none", "ray_gun", "wand"), ("device",)),
        },
        kinds={"skin": "hide", "main": "suit", "second": "suit"},
    ),
    Archetype(
        "creature", (1.25, 2.35), (0.185, 0.25), (0.14, 0.185), (0.09, 0.12), (0.33, 0.41), (0.36, 0.43),
        (1.3, 1.8), (1.5, 2.0), (1.4, 1.8), (0.05, 0.11),
        wears={
            "horns": (("curved", "straight", "none", "ram"), ("antlers",)),
            "coat": (("fur", "scales", "hide"), ("shaggy",)),
            "jaw": (("tusks", "fangs", "snout"), ("beak",)),
            "tail": (("long", "none", "tuft"), ("club",)),
            "back": (("none", "spikes", "mane"), ("plates",)),
            "cloth": (("loincloth", "none", "belt"), ("kilt",)),
            "right": (("none", "club", "none"), ("bone",)),
        },
        kinds={"skin": "hide"},
    ),
    Archetype(
        "pirate", (1.58, 1.92), (0.16, 0.185),
        wears={
            "hat": (("tricorn", "bandana", "tricorn"), ("bicorn",)),
            "coat": (("long", "vest", "short"), ("sash",)),
            "patch": (("none", "left", "right"), ("left",)),
            "beard": (("full", "short", "none", "long"), ("braided",)),
            "hair": (("long", "tail", "short"), ("curly",)),
            "leg": (("boots", "boots", "peg"), ("boots",)),
            "right": (("cutlass", "pistol"), ("axe",)),
            "left": (("none", "hook", "lantern"), ("hook",)),
        },
    ),
    Archetype(
        "ranger", (1.6, 1.9), (0.155, 0.18), (0.108, 0.13),
        wears={
            "hood": (("up", "cap", "down"), ("none",)),
            "cape": (("long", "short", "long"), ("none",)),
            "hair": _PEOPLE_HAIR, "beard": _BEARD,
            "right": (("bow", "spear", "none"), ("axe",)),
            "left": (("none",), ("lantern",)),
            "pack": (("quiver", "quiver", "none"), ("roll",)),
            "top": (("jerkin", "tunic"), ("mail",)),
        },
    ),
    Archetype(
        "monarch", (1.58, 1.92), (0.16, 0.185), (0.104, 0.13),
        wears={
            "crown": (("points", "arched"), ("circlet",)),
            "robe": (("gown", "coat", "robe"), ("sash",)),
            "cape": (("ermine", "ermine", "long"), ("none",)),
            "hair": (("long", "curly", "short", "bun"), ("tail",)),
            "beard": (("none", "full", "none", "long"), ("moustache",)),
            "right": (("sceptre", "sword"), ("none",)),
            "left": (("globe", "none"), ("book",)),
        },
        kinds={"main": "velvet", "second": "velvet"},
    ),
)  # fmt: skip
ARCHETYPE_INDEX = {archetype.id: index for index, archetype in enumerate(ARCHETYPES)}
