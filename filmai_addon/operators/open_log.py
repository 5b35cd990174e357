"""Opens the log file."""

import platform
import shutil
from typing import ClassVar

import bpy

from .. import paths
from ..core.errors import SettingsError
from .error_report import reported_errors

__all__ = ["FILMAI_OT_open_log"]


class FILMAI_OT_open_log(bpy.types.Operator):
    """Open FilmAI's log file with the program that this computer uses for text"""

    bl_idname = "filmai.open_log"
    bl_label = "Open Log"
    bl_options: ClassVar[set[str]] = set()

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Hand the file to the operating system."""
        with reported_errors(self):
            path = paths.log_file()
            if not path.is_file():
                raise SettingsError("There is no log as yet.", "It begins with the first job.")
            # Blender's own operator prints a traceback to the terminal and says nothing to the user
            if platform.system() == "Linux" and shutil.which("xdg-open") is None:
                context.window_manager.clipboard = str(path)
                raise SettingsError(
                    "This computer names no program that opens text (xdg-open is missing).",
                    f"The log's path is in the clipboard: {path}",
                )
            bpy.ops.wm.path_open(filepath=str(path))
            self.report({"INFO"}, str(path))
            return {"FINISHED"}
        return {"CANCELLED"}
