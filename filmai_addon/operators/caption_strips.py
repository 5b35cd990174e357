"""Describes the shots of strips, and puts text strips above them."""

from dataclasses import replace
from typing import Any

import bpy

from ..core.shot_settings import MAX_CHANNEL
from ..shot_properties import LANGUAGE_ITEMS, TEXT_ITEMS
from .job_operator import ShotsWish
from .strips_operator import StripsOperator

__all__ = ["FILMAI_OT_caption_strips"]


class FILMAI_OT_caption_strips(StripsOperator, bpy.types.Operator):
    """The button and the script call. Whatever the call leaves out is taken from the scene's settings."""

    bl_idname = "filmai.caption_strips"
    bl_label = "Caption Strips"
    bl_description = (
        "Say what each shot of the strips shows, in the shot list and in text strips over the shots. "
        "Captions that FilmAI made before are replaced. Blender stays usable meanwhile"
    )

    # SKIP_SAVE: what one script said must not become the default of the next click
    strips_channel: bpy.props.IntProperty(
        name="Strips of Channel",
        description="Caption all strips of this channel; 0: the selected ones",
        min=0,
        max=MAX_CHANNEL,
        options={"SKIP_SAVE"},
    )
    language: bpy.props.EnumProperty(
        name="Language", description="Of the captions", items=LANGUAGE_ITEMS, options={"SKIP_SAVE"}
    )
    text: bpy.props.EnumProperty(
        name="Say",
        description="What a caption says",
        items=TEXT_ITEMS,
        translation_context="FilmAI",
        options={"SKIP_SAVE"},
    )
    divide: bpy.props.BoolProperty(
        name="Divide at Cuts",
        description="Look for cuts within each strip and describe every shot",
        default=True,
        options={"SKIP_SAVE"},
    )
    channel: bpy.props.IntProperty(
        name="Channel",
        description="Captions go to the first free channel from this one on; 0: above the strips",
        min=0,
        max=MAX_CHANNEL,
        options={"SKIP_SAVE"},
    )
    number: bpy.props.BoolProperty(
        name="Shot Number",
        description="Begin each caption with the number of its shot",
        options={"SKIP_SAVE"},
    )

    def wish(self, context: bpy.types.Context) -> ShotsWish:
        """What was given, and the scene's settings for the rest."""
        from ..shot_form import chosen_strips_channel, read_caption_settings

        given = self.properties.is_property_set
        changes: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("language", "text", "divide", "channel", "number")
            if given(name)
        }
        settings = replace(read_caption_settings(context), **changes)
        strips = self.strips_channel if given("strips_channel") else chosen_strips_channel(context)
        return ShotsWish(settings, strips)
