"""Writes a material's maps into a folder, for other programs."""

from pathlib import Path

import bpy

from ..core.errors import SettingsError
from ..translations.speaking import said
from .error_report import reported_errors
from .in_use import material_in_use

__all__ = ["FILMAI_OT_save_material_maps"]


class FILMAI_OT_save_material_maps(bpy.types.Operator):
    """Write all maps of the active object's material into a folder as PNG files. Nothing is overwritten"""

    bl_idname = "filmai.save_material_maps"
    bl_label = "Save Material Maps"
    bl_options = {"REGISTER"}

    directory: bpy.props.StringProperty(
        name="Folder",
        description="Where the files go; // stands for the folder of the .blend file",
        subtype="DIR_PATH",
        options={"SKIP_SAVE", "PATH_SUPPORTS_BLEND_RELATIVE"},
    )
    filter_folder: bpy.props.BoolProperty(
        name="Folders", description="Show folders", default=True, options={"SKIP_SAVE", "HIDDEN"}
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be maps."""
        if material_in_use(context) is None:
            cls.poll_message_set(said("The active object wears no material of FilmAI's Texture Studio"))
            return False
        return True

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> set[str]:
        """Ask for the folder."""
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Write the files."""
        from ..scene.material_files import save_maps

        with reported_errors(self):
            if self.directory.startswith("//") and not bpy.data.filepath:
                raise SettingsError(
                    "The folder is relative to the .blend file, and this file was never saved.",
                    "Choose a folder with its full path.",
                )
            folder = bpy.path.abspath(self.directory)
            if not folder:
                raise SettingsError("No folder is chosen.", "Choose one.")
            written = save_maps(material_in_use(context), Path(folder))
            self.report({"INFO"}, said(f"{len(written)} maps are in {folder}, from {written[0].name} on"))
            return {"FINISHED"}
        return {"CANCELLED"}
