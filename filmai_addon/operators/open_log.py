"""Opens the log file."""

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

    def execute(self, _context: bpy.types.Context) -> set[str]:
        """Hand the file to the operating system."""
        with reported_errors(self):
            path = paths.log_file()
            if not path.is_file():
                raise SettingsError("There is no log as yet.", "It begins with the first job.")
            bpy.ops.wm.path_open(filepath=str(path))
            self.report({"INFO"}, str(path))
            return {"FINISHED"}
        return {"CANCELLED"}
