"""What the user chooses for characters: values only. Kept in the scene, so that they are saved with it."""

import bpy

from .character_choices import (
    ARCHETYPE_ITEMS,
    BUILD_ITEMS,
    LOCATION_ITEMS,
    LOOK_ITEMS,
    PICTURE_ITEMS,
    PLACING_ITEMS,
    PORTRAIT_ITEMS,
    VARY_ITEMS,
)
from .contract import (
    BODY_NUMBERS,
    MAX_CHARACTER_PX,
    MAX_SEED,
    MAX_TRUNCATION,
    MAX_VARIATIONS,
    MIN_CHARACTER_PX,
)
from .studio_choices import SHEET_ITEMS

__all__ = ["FILMAI_PG_character"]


class FILMAI_PG_character(bpy.types.PropertyGroup):
    """Settings of the next character, of the next sheet of characters, and the two ends of the next mix."""

    archetype: bpy.props.EnumProperty(
        name="Archetype", description="What kind of character", items=ARCHETYPE_ITEMS, default="KNIGHT"
    )
    portrait: bpy.props.BoolProperty(
        name="Portrait",
        description="Head and shoulders, from the front and from three quarters, instead of the whole figure",
    )
    portrait_of: bpy.props.EnumProperty(
        name="Archetype", description="Whose portrait", items=PORTRAIT_ITEMS, default="VILLAGER"
    )
    body_seed: bpy.props.IntProperty(
        name="Body Seed",
        description="Proportions, and what is worn and carried: the same seed gives the same body again",
        min=0,
        max=MAX_SEED,
        default=7,
    )
    look_seed: bpy.props.IntProperty(
        name="Look Seed",
        description="Colours and details: the same seed gives the same paint again",
        min=0,
        max=MAX_SEED,
        default=7,
    )
    look_archetype: bpy.props.EnumProperty(
        name="Look Of",
        description="Which archetype's colours the look's seed draws",
        items=LOOK_ITEMS,
        default="SAME",
    )
    variations: bpy.props.IntProperty(
        name="Variations",
        description="How many characters to make, with these seeds and the following ones; "
        "the first goes into the scene, the others wait in the list of images",
        min=1,
        max=MAX_VARIATIONS,
        default=1,
    )
    vary: bpy.props.EnumProperty(
        name="Vary",
        description="What differs from one to the next, in variations and in previews",
        items=VARY_ITEMS,
        translation_context="FilmAI",
        default="BOTH",
    )
    build: bpy.props.EnumProperty(
        name="Build", description="How heavy the body is", items=BUILD_ITEMS, default="SEED"
    )
    use_height: bpy.props.BoolProperty(
        name="Height", description="Choose the height instead of leaving it to the body's seed"
    )
    height: bpy.props.FloatProperty(
        name="Height",
        description="From the ground to the top of the skull; hats reach higher",
        unit="LENGTH",
        subtype="DISTANCE",
        # in Blender units, whatever they stand for; what it comes to in metres is checked with the settings
        min=1e-6,
        max=1e7,
        soft_min=0.3,
        soft_max=4.0,
        default=1.8,
    )
    use_main: bpy.props.BoolProperty(
        name="Main Color", description="Choose the main colour instead of leaving it to the look's seed"
    )
    main: bpy.props.FloatVectorProperty(
        name="Main Color",
        description="Of most of what is worn",
        subtype="COLOR_GAMMA",
        size=3,
        min=0.0,
        max=1.0,
        default=(0.55, 0.2, 0.16),
    )
    use_second: bpy.props.BoolProperty(
        name="Second Color",
        description="Choose the second colour instead of one that goes with the main colour",
    )
    second: bpy.props.FloatVectorProperty(
        name="Second Color",
        description="Of the rest of what is worn",
        subtype="COLOR_GAMMA",
        size=3,
        min=0.0,
        max=1.0,
        default=(0.85, 0.75, 0.5),
    )
    truncation: bpy.props.FloatProperty(
        name="Truncation",
        description="How far from the average the paint may go. 0: the average itself, 1: as far as in training; "
        "less is safer, more is wilder",
        subtype="FACTOR",
        min=0.0,
        max=MAX_TRUNCATION,
        default=1.0,
    )
    size: bpy.props.EnumProperty(
        name="Size", description="Height of the pictures", items=PICTURE_ITEMS, default="1024"
    )
    custom_size: bpy.props.IntProperty(
        name="Pixels",
        description="Height of the pictures in pixels",
        subtype="PIXEL",
        min=MIN_CHARACTER_PX,
        max=MAX_CHARACTER_PX,
        default=768,
    )
    enlarge: bpy.props.BoolProperty(
        name="Draw Larger",
        description="Let a second network draw the pictures larger, with clean edges. Off: they are interpolated, "
        "which is quicker and softer",
        default=True,
    )
    placing: bpy.props.EnumProperty(
        name="Into the Scene",
        description="What becomes of the pictures",
        items=PLACING_ITEMS,
        default="REFERENCES",
    )
    location: bpy.props.EnumProperty(
        name="Place", description="Where the feet stand", items=LOCATION_ITEMS, default="ORIGIN"
    )
    opacity: bpy.props.FloatProperty(
        name="Opacity",
        description="Of the reference images",
        subtype="FACTOR",
        min=0.0,
        max=1.0,
        default=0.8,
    )
    count: bpy.props.EnumProperty(
        name="Previews", description="How many small pictures a sheet has", items=SHEET_ITEMS, default="9"
    )
    body: bpy.props.StringProperty(
        name="Body", description="The character whose body is mixed, as JSON", options={"HIDDEN"}
    )
    body_title: bpy.props.StringProperty(
        name="Body", description="Name of the character whose body is mixed", options={"HIDDEN"}
    )
    look: bpy.props.StringProperty(
        name="Look", description="The character whose colours are mixed, as JSON", options={"HIDDEN"}
    )
    look_title: bpy.props.StringProperty(
        name="Look", description="Name of the character whose colours are mixed", options={"HIDDEN"}
    )


# a check box and a number for each measure of the body
for _number in BODY_NUMBERS:
    FILMAI_PG_character.__annotations__.update(
        {
            f"use_{_number.id}": bpy.props.BoolProperty(
                name=_number.label,
                description=f"Choose it instead of leaving it to the body's seed: {_number.about.lower()}",
            ),
            _number.id: bpy.props.FloatProperty(
                name=_number.label,
                description=f"{_number.about}. 0: the least that the archetype knows, 1: the most",
                subtype="FACTOR",
                min=0.0,
                max=1.0,
                default=0.5,
            ),
        }
    )
