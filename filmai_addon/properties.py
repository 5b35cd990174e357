"""What the user chooses in the panel: values only. Kept in the scene, so that they are saved with the file."""

import bpy

from .contract import FAMILIES, MAX_SEED, MAX_TEXTURE_SIZE_PX, MAX_VARIATIONS, MIN_TEXTURE_SIZE_PX
from .core.settings import MAX_REPEAT, MIN_REPEAT

__all__ = ["FAMILY_ITEMS", "FILMAI_PG_texture", "chosen_size_px"]


def _tooltip(material: str, has_up: bool) -> str:
    return f"A surface of {material}, drawn upright" if has_up else f"A surface of {material}"


# Blender keeps pointers into these strings, so the tuple must outlive every use of it
FAMILY_ITEMS = tuple(
    (
        family.id.upper(),
        family.label,
        _tooltip(family.label.lower(), family.has_up),
    )
    for family in FAMILIES
)

SIZE_ITEMS = (
    ("256", "256 px", "256 x 256 pixels: a quick look"),
    ("512", "512 px", "512 x 512 pixels"),
    ("1024", "1024 px", "1024 x 1024 pixels: the usual size for a concept"),
    ("2048", "2048 px", "2048 x 2048 pixels"),
    ("CUSTOM", "Other", "Any size"),
)


class FILMAI_PG_texture(bpy.types.PropertyGroup):
    """Settings of the next concept texture."""

    family: bpy.props.EnumProperty(
        name="Material",
        description="What the surface is made of",
        items=FAMILY_ITEMS,
        default="BRICK",
        translation_context="FilmAI",
    )
    seed: bpy.props.IntProperty(
        name="Seed",
        description="Which texture of this material: the same seed gives the same picture again",
        min=0,
        max=MAX_SEED,
        default=7,
    )
    variations: bpy.props.IntProperty(
        name="Variations",
        description="How many textures to make, with this seed and the following ones; "
        "the first goes onto the objects, the others wait in the list of materials",
        min=1,
        max=MAX_VARIATIONS,
        default=1,
    )
    size: bpy.props.EnumProperty(
        name="Size", description="Width and height of the picture", items=SIZE_ITEMS, default="1024"
    )
    custom_size: bpy.props.IntProperty(
        name="Pixels",
        description="Width and height of the picture in pixels",
        subtype="PIXEL",
        min=MIN_TEXTURE_SIZE_PX,
        max=MAX_TEXTURE_SIZE_PX,
        default=768,
    )
    repeat: bpy.props.FloatProperty(
        name="Repeat",
        description="How many pictures lie side by side across an object. 1: one picture spans it. "
        "More: the pattern gets smaller and stays sharper close by",
        min=MIN_REPEAT,
        max=MAX_REPEAT,
        soft_min=0.25,
        soft_max=16.0,
        default=1.0,
        step=100,
        precision=2,
    )


def chosen_size_px(settings: FILMAI_PG_texture) -> int:
    """The chosen width and height in pixels."""
    return settings.custom_size if settings.size == "CUSTOM" else int(settings.size)
