"""Brings everything that made a character back into the panel."""

import bpy

from ..core.provenance import CHARACTER_PROPERTY
from ..translations.speaking import said
from .error_report import reported_errors
from .in_use import datablocks_in_use
from .pick_character import character_in_use

__all__ = ["FILMAI_OT_edit_character"]


class FILMAI_OT_edit_character(bpy.types.Operator):
    """Load the settings of the active object's character, or of the image shown here, into the Character panel"""

    bl_idname = "filmai.edit_character"
    bl_label = "Edit Character Settings"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a character of ours."""
        if not any(CHARACTER_PROPERTY in datablock for datablock in datablocks_in_use(context)):
            cls.poll_message_set(said("The active object shows no character of FilmAI's"))
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Fill the panel."""
        from ..character_form import fill_character
        from ..core.naming import character_title

        with reported_errors(self):
            settings = character_in_use(context)
            fill_character(context.scene.filmai_character, settings)
            self.report(
                {"INFO"}, said(f"{character_title(settings)}: its settings are in the Character panel now")
            )
            return {"FINISHED"}
        return {"CANCELLED"}
