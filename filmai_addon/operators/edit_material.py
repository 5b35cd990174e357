"""Brings everything that made a material back into the panel."""

import bpy

from ..core.errors import SettingsError
from ..core.provenance import MATERIAL_PROPERTY
from ..translations.speaking import said
from .error_report import reported_errors
from .in_use import datablocks_in_use

__all__ = ["FILMAI_OT_edit_material"]


class FILMAI_OT_edit_material(bpy.types.Operator):
    """Load the settings of the active object's material, or of the image shown here, into the Texture Studio"""

    bl_idname = "filmai.edit_material"
    bl_label = "Edit Material Settings"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a material of ours."""
        if not any(MATERIAL_PROPERTY in datablock for datablock in datablocks_in_use(context)):
            cls.poll_message_set(said("The active object wears no material of FilmAI's Texture Studio"))
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Fill the panel."""
        from ..core.material_provenance import MaterialProvenance
        from ..sheet_form import fill_ends
        from ..studio_form import fill_form

        with reported_errors(self):
            for datablock in datablocks_in_use(context):
                origin = MaterialProvenance.from_properties_or_none(datablock)
                if origin is not None:
                    fill_form(context.scene.filmai_studio, origin.settings)
                    fill_ends(context.scene.filmai_sheet, origin.settings)
                    self.report(
                        {"INFO"}, said(f"{datablock.name}: its settings are in the Texture Studio now")
                    )
                    return {"FINISHED"}
            raise SettingsError("There is no material of FilmAI's here.", "Select an object that wears one.")
        return {"CANCELLED"}
