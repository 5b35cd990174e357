"""Picks one of the two materials that others are to lie between."""

from typing import TYPE_CHECKING

import bpy

from ..core.errors import SettingsError
from .error_report import reported_errors
from .in_use import material_in_use
from .preview_sheet import cell_at

if TYPE_CHECKING:
    from ..core.material_settings import MaterialSettings

__all__ = ["FILMAI_OT_pick_end"]


class FILMAI_OT_pick_end(bpy.types.Operator):
    """Take a preview, or the active object's material, as one of the two ends of a mix"""

    bl_idname = "filmai.pick_end"
    bl_label = "Pick Material"
    bl_options = {"REGISTER", "UNDO"}

    end: bpy.props.EnumProperty(
        name="End",
        description="Which of the two it is to be",
        items=(("FIRST", "First", "Where the blend is 0"), ("SECOND", "Second", "Where the blend is 1")),
        translation_context="FilmAI",
        options={"SKIP_SAVE"},
    )
    preview: bpy.props.IntProperty(
        name="Preview",
        description="Number of the preview, from 0; -1: the material of the active object",
        default=-1,
        min=-1,
        options={"SKIP_SAVE"},
    )

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Note its settings in the scene, so that they outlive the sheet and the material."""
        from ..sheet_form import fill_end

        with reported_errors(self):
            fill_end(context.scene.filmai_sheet, self.end.lower(), self._settings(context))
            return {"FINISHED"}
        return {"CANCELLED"}

    def _settings(self, context: bpy.types.Context) -> "MaterialSettings":
        from ..core.material_provenance import MaterialProvenance

        if self.preview >= 0:
            return cell_at(self.preview).settings
        material = material_in_use(context)
        origin = MaterialProvenance.from_properties_or_none(material) if material is not None else None
        if origin is None:
            raise SettingsError(
                "The active object wears no material of FilmAI's Texture Studio.",
                "Select an object that wears one, or pick a preview from the sheet.",
            )
        return origin.settings
