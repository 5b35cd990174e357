"""Finds where one shot ends and the next begins, and sets markers there or splits the strips."""

import bpy

from ..core.shot_settings import MAX_CHANNEL, CutSettings
from ..shot_properties import RESULT_ITEMS
from .job_operator import ShotsWish
from .strips_operator import StripsOperator

__all__ = ["FILMAI_OT_detect_cuts"]


class FILMAI_OT_detect_cuts(StripsOperator, bpy.types.Operator):
    """The button and the script call. Whatever the call leaves out is taken from the scene's settings."""

    bl_idname = "filmai.detect_cuts"
    bl_label = "Detect Cuts"
    bl_description = (
        "Find the cuts, dissolves and fades within the strips, and set markers there or split the strips. "
        "Blender stays usable meanwhile"
    )

    strips_channel: bpy.props.IntProperty(
        name="Strips of Channel",
        description="Look at all strips of this channel; 0: at the selected ones",
        min=0,
        max=MAX_CHANNEL,
        options={"SKIP_SAVE"},
    )
    cuts_as: bpy.props.EnumProperty(
        name="Result",
        description="What becomes of the cuts that are found",
        items=RESULT_ITEMS,
        options={"SKIP_SAVE"},
    )
    sensitivity: bpy.props.FloatProperty(
        name="Sensitivity",
        description="More finds more cuts, false ones too",
        subtype="FACTOR",
        min=0.0,
        max=1.0,
        default=0.5,
        options={"SKIP_SAVE"},
    )

    def wish(self, context: bpy.types.Context) -> ShotsWish:
        """What was given, and the scene's settings for the rest."""
        from ..shot_form import chosen_strips_channel, read_cut_settings

        given = self.properties.is_property_set
        chosen = read_cut_settings(context)
        settings = CutSettings(
            split=self.cuts_as == "SPLIT" if given("cuts_as") else chosen.split,
            sensitivity=self.sensitivity if given("sensitivity") else chosen.sensitivity,
        )
        strips = self.strips_channel if given("strips_channel") else chosen_strips_channel(context)
        return ShotsWish(settings, strips)
