"""Picks one of the two characters that are to be mixed."""

from typing import TYPE_CHECKING

import bpy

from ..core.errors import SettingsError
from .error_report import reported_errors
from .in_use import datablocks_in_use
from .preview_characters import character_at

if TYPE_CHECKING:
    from ..core.character_settings import CharacterSettings

__all__ = ["FILMAI_OT_pick_character", "character_in_use"]


class FILMAI_OT_pick_character(bpy.types.Operator):
    """Take the body, or the colours and details, of a preview or of the active object's character for a mix"""

    bl_idname = "filmai.pick_character"
    bl_label = "Pick Character"
    bl_options = {"REGISTER", "UNDO"}

    end: bpy.props.EnumProperty(
        name="Part",
        description="What is taken of it",
        items=(
            ("BODY", "Body", "Proportions, and what is worn and carried"),
            ("LOOK", "Look", "Colours and details"),
        ),
        options={"SKIP_SAVE"},
    )
    preview: bpy.props.IntProperty(
        name="Preview",
        description="Number of the preview, from 0; -1: the character of the active object",
        default=-1,
        min=-1,
        options={"SKIP_SAVE"},
    )

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Note its settings in the scene, so that they outlive the sheet and the images."""
        from ..character_form import fill_mix_end

        with reported_errors(self):
            chosen = character_at(self.preview).settings if self.preview >= 0 else character_in_use(context)
            fill_mix_end(context.scene.filmai_character, self.end.lower(), chosen)
            return {"FINISHED"}
        return {"CANCELLED"}


def character_in_use(context: bpy.types.Context) -> "CharacterSettings":
    """What made the character of the active object, or of the image shown here. Raises SettingsError without one."""
    from ..core.character_provenance import CharacterProvenance

    for datablock in datablocks_in_use(context):
        origin = CharacterProvenance.from_properties_or_none(datablock)
        if origin is not None:
            return origin.settings
    raise SettingsError(
        "The active object shows no character of FilmAI's.",
        "Select one that does, or pick a preview from the sheet.",
    )
