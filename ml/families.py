"""The material families: one list for the renderer, the networks, the contract and the panels.

Standard library only, since Blender's process reads it too. The order is part of every trained model (a
family's position is its class index), so new families are added at the end.
"""

from dataclasses import dataclass

__all__ = ["FAMILIES", "FAMILY_INDEX", "Family", "family_by_id"]


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of material that a film maker asks for by name."""

    id: str
    """Stable lower-case identifier, as used on the wire, on the command line and in file names."""
    label: str
    """English name for people."""
    has_up: bool
    """True when the material looks wrong turned upside down or sideways (bricks, roof tiles, planks), so that
    training may not flip or rotate it."""


FAMILIES: tuple[Family, ...] = (
    Family("brick", "Brick", True),
    Family("stone_wall", "Stone Wall", True),
    Family("cobblestone", "Cobblestone", False),
    Family("rock", "Rock", False),
    Family("marble", "Marble", False),
    Family("granite", "Granite", False),
    Family("terrazzo", "Terrazzo", False),
    Family("concrete", "Concrete", False),
    Family("plaster", "Plaster", False),
    Family("asphalt", "Asphalt", False),
    Family("wood_planks", "Wood Planks", True),
    Family("wood_grain", "Wood Grain", True),
    Family("bark", "Bark", True),
    Family("leaves", "Leaves", False),
    Family("moss", "Moss", False),
    Family("grass", "Grass", False),
    Family("sand", "Sand", False),
    Family("soil", "Soil", False),
    Family("snow", "Snow", False),
    Family("ice", "Ice", False),
    Family("lava", "Lava", False),
    Family("rusted_metal", "Rusted Metal", False),
    Family("brushed_metal", "Brushed Metal", True),
    Family("diamond_plate", "Diamond Plate", True),
    Family("ceramic_tiles", "Ceramic Tiles", True),
    Family("roof_tiles", "Roof Tiles", True),
    Family("fabric_weave", "Fabric Weave", True),
    Family("knit", "Knit", True),
    Family("leather", "Leather", False),
    Family("scales", "Scales", True),
    Family("fur", "Fur", True),
    Family("scifi_panel", "Sci-Fi Panel", True),
)

FAMILY_INDEX: dict[str, int] = {family.id: index for index, family in enumerate(FAMILIES)}


def family_by_id(family_id: str) -> Family:
    """The family of that id. Raises KeyError when there is none."""
    return FAMILIES[FAMILY_INDEX[family_id]]
