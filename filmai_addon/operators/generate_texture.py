"""Makes a concept texture and puts it onto the selected objects."""

import bpy

from ..contract import MAX_SEED, MAX_TEXTURE_SIZE_PX, MAX_VARIATIONS, MIN_TEXTURE_SIZE_PX
from ..core.settings import MAX_REPEAT, MIN_REPEAT
from ..properties import FAMILY_ITEMS, chosen_size_px
from ..translations.speaking import said
from .job_operator import JobOperator, TextureWish

__all__ = ["FILMAI_OT_generate_texture"]


class FILMAI_OT_generate_texture(JobOperator, bpy.types.Operator):
    """The button and the script call. Whatever the call leaves out is taken from the scene's settings."""

    bl_idname = "filmai.generate_texture"
    bl_label = "Generate Concept Texture"
    bl_description = (
        "Draw a concept texture with the network and put it onto the selected objects. "
        "Blender stays usable meanwhile"
    )

    # SKIP_SAVE: what one script said must not become the default of the next click
    family: bpy.props.EnumProperty(
        name="Material",
        description="What the surface is made of",
        items=FAMILY_ITEMS,
        translation_context="FilmAI",
        options={"SKIP_SAVE"},
    )
    seed: bpy.props.IntProperty(
        name="Seed",
        description="The same seed gives the same picture again",
        min=0,
        max=MAX_SEED,
        options={"SKIP_SAVE"},
    )
    size: bpy.props.IntProperty(
        name="Size",
        description="Width and height of the picture in pixels",
        subtype="PIXEL",
        min=MIN_TEXTURE_SIZE_PX,
        max=MAX_TEXTURE_SIZE_PX,
        default=1024,
        options={"SKIP_SAVE"},
    )
    variations: bpy.props.IntProperty(
        name="Variations",
        description="How many textures to make, with this seed and the following ones",
        min=1,
        max=MAX_VARIATIONS,
        default=1,
        options={"SKIP_SAVE"},
    )

    repeat: bpy.props.FloatProperty(
        name="Repeat",
        description="How many pictures lie side by side across an object",
        min=MIN_REPEAT,
        max=MAX_REPEAT,
        default=1.0,
        options={"SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a scene for the result to go to."""
        if context.scene is None or context.view_layer is None:
            cls.poll_message_set(said("There is no scene to put the texture into"))
            return False
        return True

    def wish(self, context: bpy.types.Context) -> TextureWish:
        """What was given, and the scene's settings for the rest."""
        settings = context.scene.filmai
        given = self.properties.is_property_set
        return TextureWish(
            family=(self.family if given("family") else settings.family).lower(),
            seed=self.seed if given("seed") else settings.seed,
            size_px=self.size if given("size") else chosen_size_px(settings),
            variations=self.variations if given("variations") else settings.variations,
            repeat=self.repeat if given("repeat") else settings.repeat,
        )
