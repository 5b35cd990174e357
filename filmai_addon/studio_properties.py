"""What the user chooses in the Texture Studio: values only. Kept in the scene, so that they are saved with it."""

import bpy

from .contract import (
    MATERIAL_STEP_PX,
    MAX_ACROSS,
    MAX_CONTRAST,
    MAX_MATERIAL_SIZE_PX,
    MAX_SEED,
    MAX_VARIATIONS,
    MIN_MATERIAL_SIZE_PX,
)
from .core.settings import MAX_PROMPT_CHARS
from .own_families import family_items
from .properties import FAMILY_ITEMS
from .studio_choices import (
    OWN_LAYOUT_ITEMS,
    PATTERN_ITEMS,
    PROJECTION_ITEMS,
    RELIEF_ITEMS,
    SIZE_ITEMS,
    VARY_ITEMS,
)
from .studio_updates import read_prompt, round_size, set_real_size

__all__ = ["FILMAI_PG_studio"]


class FILMAI_PG_studio(bpy.types.PropertyGroup):
    """Settings of the next material."""

    prompt: bpy.props.StringProperty(
        name="Description",
        description="Say what it should be, in English or Chinese: mossy red bricks, herringbone, dark mortar. "
        "What is understood is set below, where it can be changed",
        maxlen=MAX_PROMPT_CHARS,
        update=read_prompt,
    )
    understood: bpy.props.StringProperty(
        name="Understood", description="What was understood of the description", options={"HIDDEN"}
    )
    not_understood: bpy.props.StringProperty(
        name="Not Understood",
        description="Words of the description that say nothing to FilmAI",
        options={"HIDDEN"},
    )
    family: bpy.props.EnumProperty(
        name="Material",
        description="What the surface is made of",
        items=family_items,
        translation_context="FilmAI",
        default=0,
        update=set_real_size,
    )
    use_mix: bpy.props.BoolProperty(
        name="Mix In",
        description="Paint with something of a second material; the layout stays the first one's",
    )
    mix_family: bpy.props.EnumProperty(
        name="Second Material",
        description="The material whose paint is mixed in",
        items=FAMILY_ITEMS,
        translation_context="FilmAI",
        default="MOSS",
    )
    mix: bpy.props.FloatProperty(
        name="Amount",
        description="How much of the second material. 0: none, 1: all",
        subtype="FACTOR",
        min=0.0,
        max=1.0,
        default=0.3,
    )
    layout_seed: bpy.props.IntProperty(
        name="Layout Seed",
        description="Where things are: the same seed gives the same layout again",
        min=0,
        max=MAX_SEED,
        default=7,
    )
    look_seed: bpy.props.IntProperty(
        name="Look Seed",
        description="Colours and paint, where they are not chosen: the same seed gives the same look again",
        min=0,
        max=MAX_SEED,
        default=7,
    )
    variations: bpy.props.IntProperty(
        name="Variations",
        description="How many materials to make, with these seeds and the following ones; "
        "the first goes onto the objects, the others wait in the list of materials",
        min=1,
        max=MAX_VARIATIONS,
        default=1,
    )
    vary: bpy.props.EnumProperty(
        name="Vary",
        description="What differs from one variation to the next",
        items=VARY_ITEMS,
        translation_context="FilmAI",
        default="BOTH",
    )

    use_base: bpy.props.BoolProperty(
        name="Base Color", description="Choose the colour instead of leaving it to the look's seed"
    )
    base: bpy.props.FloatVectorProperty(
        name="Base Color",
        description="Mean colour of what stands out: of bricks, planks, the ground of marble",
        # encoded as in a hex code, which is what the network is told
        subtype="COLOR_GAMMA",
        size=3,
        min=0.0,
        max=1.0,
        default=(0.55, 0.27, 0.2),
    )
    use_second: bpy.props.BoolProperty(
        name="Second Color", description="Choose the colour instead of leaving it to the look's seed"
    )
    second: bpy.props.FloatVectorProperty(
        name="Second Color",
        description="Mean colour of what lies between: of mortar, joints, veins",
        subtype="COLOR_GAMMA",
        size=3,
        min=0.0,
        max=1.0,
        default=(0.6, 0.57, 0.52),
    )
    lightness: bpy.props.FloatProperty(
        name="Lightness",
        description="Lightens or darkens the colours that are left to the look's seed. 0: as they are",
        min=-1.0,
        max=1.0,
        default=0.0,
        subtype="FACTOR",
    )
    contrast: bpy.props.FloatProperty(
        name="Contrast",
        description="Of light and dark within what stands out. 1: as the look's seed has it, 0: none",
        min=0.0,
        max=MAX_CONTRAST,
        default=1.0,
        subtype="FACTOR",
    )
    roughness: bpy.props.FloatProperty(
        name="Roughness",
        description="Makes the surface duller or glossier. 0: as the look's seed has it",
        min=-1.0,
        max=1.0,
        default=0.0,
        subtype="FACTOR",
    )
    use_wear: bpy.props.BoolProperty(
        name="Wear", description="Choose the wear instead of leaving it to the layout's seed"
    )
    wear: bpy.props.FloatProperty(
        name="Wear",
        description="Dirt, rust, moss, peeled paint. 0: the least that the material knows, 1: the most",
        min=0.0,
        max=1.0,
        default=0.5,
        subtype="FACTOR",
    )

    across: bpy.props.IntProperty(
        name="Layouts Across",
        description="How many layouts lie side by side across the picture: the more, the smaller the features",
        min=1,
        max=MAX_ACROSS,
        soft_max=8,
        default=1,
    )
    own_layout: bpy.props.EnumProperty(
        name="Painted On",
        description="Which layouts a material of your own is painted on",
        items=OWN_LAYOUT_ITEMS,
    )
    pattern: bpy.props.EnumProperty(
        name="Pattern", description="How the pieces are laid", items=PATTERN_ITEMS, default="OWN"
    )
    use_rows: bpy.props.BoolProperty(
        name="Rows", description="Choose the number of rows instead of leaving it to the layout's seed"
    )
    rows: bpy.props.IntProperty(
        name="Rows",
        description="Rows of pieces from the bottom to the top of one layout",
        min=1,
        max=64,
        default=6,
    )
    use_columns: bpy.props.BoolProperty(
        name="Columns", description="Choose the number of columns instead of leaving it to the layout's seed"
    )
    columns: bpy.props.IntProperty(
        name="Columns",
        description="Pieces from the left to the right of one layout",
        min=1,
        max=64,
        default=4,
    )
    use_gap: bpy.props.BoolProperty(
        name="Gap", description="Choose the width of the joints instead of leaving it to the layout's seed"
    )
    gap: bpy.props.FloatProperty(
        name="Gap",
        description="Width of the joints between pieces. 0: the least that the material knows, 1: the most",
        min=0.0,
        max=1.0,
        default=0.5,
        subtype="FACTOR",
    )
    use_regularity: bpy.props.BoolProperty(
        name="Regularity", description="Choose how regular it is instead of leaving that to the layout's seed"
    )
    regularity: bpy.props.FloatProperty(
        name="Regularity",
        description="0: every piece differs, 1: all pieces are alike",
        min=0.0,
        max=1.0,
        default=0.5,
        subtype="FACTOR",
    )
    further_layout: bpy.props.StringProperty(
        name="More",
        description="Further measures and choices of this material's layout by their names, "
        "for example: boards=5, weave=twill",
        maxlen=400,
    )
    layout_image: bpy.props.PointerProperty(
        name="Layout Image",
        description="A picture of yours that is the layout instead, bright where something stands out; "
        "painted or loaded. It should tile",
        type=bpy.types.Image,
    )

    size: bpy.props.EnumProperty(
        name="Size", description="Width and height of the pictures", items=SIZE_ITEMS, default="1024"
    )
    custom_width: bpy.props.IntProperty(
        name="Width",
        description="Width of the pictures in pixels, taken to the nearest multiple of 16",
        subtype="PIXEL",
        min=MIN_MATERIAL_SIZE_PX,
        max=MAX_MATERIAL_SIZE_PX,
        step=100 * MATERIAL_STEP_PX,
        default=1536,
        update=round_size,
    )
    custom_height: bpy.props.IntProperty(
        name="Height",
        description="Height of the pictures in pixels, taken to the nearest multiple of 16",
        subtype="PIXEL",
        min=MIN_MATERIAL_SIZE_PX,
        max=MAX_MATERIAL_SIZE_PX,
        step=100 * MATERIAL_STEP_PX,
        default=1024,
        update=round_size,
    )
    use_real_size: bpy.props.BoolProperty(
        name="Real Size",
        description="Take the picture's width in the world and the relief's depth from what the material is",
        default=True,
        update=set_real_size,
    )
    picture_width: bpy.props.FloatProperty(
        name="Real Width",
        description="How much of the surface one picture covers from left to right",
        unit="LENGTH",
        subtype="DISTANCE",
        # in Blender units, whatever they stand for; what they come to in metres is checked with the settings
        min=1e-6,
        max=1e7,
        soft_min=0.01,
        soft_max=100.0,
        default=1.2,
    )
    relief_depth: bpy.props.FloatProperty(
        name="Relief Depth",
        description="From the lowest to the highest point of the surface",
        unit="LENGTH",
        subtype="DISTANCE",
        min=0.0,
        max=1e7,
        soft_max=1.0,
        step=0.1,
        precision=4,
        default=0.012,
    )
    relief: bpy.props.EnumProperty(
        name="Relief", description="How the material shows its relief", items=RELIEF_ITEMS, default="NORMAL"
    )
    projection: bpy.props.EnumProperty(
        name="Mapping",
        description="How the pictures are laid onto objects",
        items=PROJECTION_ITEMS,
        default="UV",
    )
