"""The material recipes, by kind of material. Importing this package registers all of them."""

from . import cast, cloth, elements, ground, hide, masonry, metal, planks, plants, stone, tiles, wood

__all__ = [
    "cast",
    "cloth",
    "elements",
    "ground",
    "hide",
    "masonry",
    "metal",
    "planks",
    "plants",
    "stone",
    "tiles",
    "wood",
]
