"""Makes a material with all its maps and puts it onto the selected objects."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import bpy

from ..contract import MAX_MATERIAL_SIZE_PX, MAX_SEED, MAX_VARIATIONS, MIN_MATERIAL_SIZE_PX
from ..core.settings import MAX_PROMPT_CHARS
from ..own_families import family_items
from ..studio_choices import PROJECTION_ITEMS, RELIEF_ITEMS, nearest_size_px
from ..translations.speaking import said
from .job_operator import JobOperator, MaterialWish

if TYPE_CHECKING:
    from ..core.material_settings import MaterialSettings

__all__ = ["FILMAI_OT_generate_material"]


class FILMAI_OT_generate_material(JobOperator, bpy.types.Operator):
    """The button and the script call. Whatever the call leaves out is taken from the scene's settings."""

    bl_idname = "filmai.generate_material"
    bl_label = "Generate Material"
    bl_description = (
        "Paint a material with all its maps as the Texture Studio says, and put it onto the selected objects. "
        "Blender stays usable meanwhile"
    )

    # SKIP_SAVE: what one script said must not become the default of the next click
    prompt: bpy.props.StringProperty(
        name="Description",
        description="What it should be, in English or Chinese; sets everything that it speaks of",
        maxlen=MAX_PROMPT_CHARS,
        options={"SKIP_SAVE"},
    )
    family: bpy.props.EnumProperty(
        name="Material",
        description="What the surface is made of",
        items=family_items,
        translation_context="FilmAI",
        options={"SKIP_SAVE"},
    )
    layout_seed: bpy.props.IntProperty(
        name="Layout Seed", description="Where things are", min=0, max=MAX_SEED, options={"SKIP_SAVE"}
    )
    look_seed: bpy.props.IntProperty(
        name="Look Seed", description="Colours and paint", min=0, max=MAX_SEED, options={"SKIP_SAVE"}
    )
    variations: bpy.props.IntProperty(
        name="Variations",
        description="How many materials to make, with these seeds and the following ones",
        min=1,
        max=MAX_VARIATIONS,
        default=1,
        options={"SKIP_SAVE"},
    )
    width: bpy.props.IntProperty(
        name="Width",
        description="Width of the pictures in pixels, taken to the nearest multiple of 16",
        subtype="PIXEL",
        min=MIN_MATERIAL_SIZE_PX,
        max=MAX_MATERIAL_SIZE_PX,
        default=1024,
        options={"SKIP_SAVE"},
    )
    height: bpy.props.IntProperty(
        name="Height",
        description="Height of the pictures in pixels, taken to the nearest multiple of 16",
        subtype="PIXEL",
        min=MIN_MATERIAL_SIZE_PX,
        max=MAX_MATERIAL_SIZE_PX,
        default=1024,
        options={"SKIP_SAVE"},
    )
    relief: bpy.props.EnumProperty(
        name="Relief",
        description="How the material shows its relief",
        items=RELIEF_ITEMS,
        options={"SKIP_SAVE"},
    )
    projection: bpy.props.EnumProperty(
        name="Mapping",
        description="How the pictures are laid onto objects",
        items=PROJECTION_ITEMS,
        options={"SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a scene for the result to go to."""
        if context.scene is None or context.view_layer is None:
            cls.poll_message_set(said("There is no scene to put the material into"))
            return False
        return True

    def wish(self, context: bpy.types.Context) -> MaterialWish:
        """What was given, and the scene's settings for the rest."""
        from ..studio_form import read_form

        given = self.properties.is_property_set
        return MaterialWish(self._with_given(read_form(context.scene.filmai_studio), given))

    def _with_given(self, settings: "MaterialSettings", given: Callable[[str], bool]) -> "MaterialSettings":
        from ..core.material_changes import with_family
        from ..core.material_prompt import described

        if given("prompt"):
            read = described(settings, self.prompt)
            settings = read.settings
            if read.not_understood:
                self.report({"WARNING"}, said(read.not_understood))
        if given("family"):
            settings = with_family(settings, self.family.lower())
        changes: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("layout_seed", "look_seed", "variations", "relief", "projection")
            if given(name)
        }
        for name in ("width", "height"):
            if given(name):
                changes[f"{name}_px"] = nearest_size_px(getattr(self, name))
        return replace(settings, **changes)
