"""Makes a concept of a character and puts its views into the scene."""

from collections.abc import Callable
from typing import Any, ClassVar

import bpy

from .. import character_view
from ..character_choices import ARCHETYPE_ITEMS, BUILD_ITEMS, LOCATION_ITEMS, PLACING_ITEMS
from ..contract import MAX_CHARACTER_PX, MAX_SEED, MAX_TRUNCATION, MIN_CHARACTER_PX
from ..translations.speaking import said
from .job_operator import CharacterWish, JobOperator

__all__ = ["CharacterOperator", "FILMAI_OT_generate_character"]


class CharacterOperator(JobOperator):
    """Mixin: what the operators of characters have in common."""

    poll_message_set: ClassVar[Callable[[str], None]]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a scene for the result to go to, and the network."""
        if context.scene is None or context.view_layer is None:
            cls.poll_message_set(said("There is no scene to put the character into"))
            return False
        if not character_view.has_network():
            cls.poll_message_set(said(character_view.WHY_NOT))
            return False
        return True


class FILMAI_OT_generate_character(CharacterOperator, bpy.types.Operator):
    """The button and the script call. Whatever the call leaves out is taken from the scene's settings."""

    bl_idname = "filmai.generate_character"
    bl_label = "Generate Character Concept"
    bl_description = (
        "Paint a character from the front and from the side as the Character panel says, and put it into the "
        "scene. Blender stays usable meanwhile"
    )

    # SKIP_SAVE: what one script said must not become the default of the next click
    archetype: bpy.props.EnumProperty(
        name="Archetype", description="What kind of character", items=ARCHETYPE_ITEMS, options={"SKIP_SAVE"}
    )
    portrait: bpy.props.BoolProperty(
        name="Portrait",
        description="Head and shoulders instead of the whole figure",
        options={"SKIP_SAVE"},
    )
    body_seed: bpy.props.IntProperty(
        name="Body Seed",
        description="Proportions, and what is worn and carried",
        min=0,
        max=MAX_SEED,
        options={"SKIP_SAVE"},
    )
    look_seed: bpy.props.IntProperty(
        name="Look Seed", description="Colours and details", min=0, max=MAX_SEED, options={"SKIP_SAVE"}
    )
    build: bpy.props.EnumProperty(
        name="Build", description="How heavy the body is", items=BUILD_ITEMS, options={"SKIP_SAVE"}
    )
    truncation: bpy.props.FloatProperty(
        name="Truncation",
        description="How far from the average the paint may go",
        min=0.0,
        max=MAX_TRUNCATION,
        default=1.0,
        options={"SKIP_SAVE"},
    )
    size: bpy.props.IntProperty(
        name="Size",
        description="Height of the pictures in pixels",
        subtype="PIXEL",
        min=MIN_CHARACTER_PX,
        max=MAX_CHARACTER_PX,
        default=1024,
        options={"SKIP_SAVE"},
    )
    enlarge: bpy.props.BoolProperty(
        name="Draw Larger",
        description="Let a second network draw the pictures larger",
        default=True,
        options={"SKIP_SAVE"},
    )
    placing: bpy.props.EnumProperty(
        name="Into the Scene",
        description="What becomes of the pictures",
        items=PLACING_ITEMS,
        options={"SKIP_SAVE"},
    )
    location: bpy.props.EnumProperty(
        name="Place", description="Where the feet stand", items=LOCATION_ITEMS, options={"SKIP_SAVE"}
    )

    def wish(self, context: bpy.types.Context) -> CharacterWish:
        """What was given, and the scene's settings for the rest."""
        from ..character_form import read_character
        from ..core.character_settings import changed

        given = self.properties.is_property_set
        settings = read_character(
            context.scene.filmai_character, self.portrait if given("portrait") else None
        )
        changes: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("body_seed", "look_seed", "truncation", "enlarge", "placing", "location")
            if given(name)
        }
        # Blender keeps numbers with 24 bits; what lies beyond is noise
        changes |= {"truncation": round(self.truncation, 6)} if given("truncation") else {}
        changes |= {"height_px": self.size} if given("size") else {}
        changes |= {"build": None if self.build == "SEED" else self.build.lower()} if given("build") else {}
        if given("archetype"):
            same = settings.look_archetype == settings.archetype
            changes["archetype"] = self.archetype.lower()
            changes["look_archetype"] = self.archetype.lower() if same else settings.look_archetype
        return CharacterWish(changed(settings, **changes))
