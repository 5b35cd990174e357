"""Puts a material into the Asset Browser."""

import bpy

from ..core.errors import SettingsError
from ..translations.speaking import said
from .error_report import reported_errors
from .in_use import material_in_use

__all__ = ["FILMAI_OT_mark_material_asset"]


class FILMAI_OT_mark_material_asset(bpy.types.Operator):
    """Mark the active object's material as an asset, with tags, a preview and a catalogue of its family"""

    bl_idname = "filmai.mark_material_asset"
    bl_label = "Mark Material as Asset"
    bl_options = {"REGISTER", "UNDO"}

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a material of ours, in this very file."""
        material = material_in_use(context)
        if material is None:
            cls.poll_message_set(said("The active object wears no material of FilmAI's Texture Studio"))
            return False
        if material.library is not None:
            cls.poll_message_set(said("This material is linked from another file; mark it there"))
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Mark it."""
        from ..core.material_provenance import MaterialProvenance
        from ..scene.assets import mark_as_asset

        with reported_errors(self):
            material = material_in_use(context)
            origin = None if material is None else MaterialProvenance.from_properties_or_none(material)
            if material is None or origin is None:
                raise SettingsError(
                    "There is no material of FilmAI's here.", "Select an object that wears one."
                )
            note = mark_as_asset(material, origin.settings)
            done = f"{material.name} is an asset now"
            self.report(
                {"WARNING" if "cannot" in note else "INFO"}, said(". ".join(filter(None, (done, note))))
            )
            return {"FINISHED"}
        return {"CANCELLED"}
