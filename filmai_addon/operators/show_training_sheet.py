"""Shows the newest sample sheet of the training in a window of its own."""

from pathlib import Path

import bpy

from .. import training_view
from ..core.errors import SettingsError
from ..scene.training_sheet import load_sheet
from ..translations.speaking import said
from .error_report import reported_errors

__all__ = ["FILMAI_OT_show_training_sheet"]


class FILMAI_OT_show_training_sheet(bpy.types.Operator):
    """Show what the network paints by now: the folder's pictures above, paintings below"""

    bl_idname = "filmai.show_training_sheet"
    bl_label = "Show Samples"
    bl_options = {"INTERNAL"}

    @classmethod
    def poll(cls, _context: bpy.types.Context) -> bool:
        """There must be a sheet."""
        report = training_view.report()
        if report is None or not report.sheet:
            cls.poll_message_set(said("There are no samples as yet: they come every few dozen steps"))
            return False
        return True

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Load it, and show it in an Image Editor."""
        with reported_errors(self):
            report = training_view.report()
            path = Path(report.sheet) if report is not None else Path()
            if not path.is_file():
                raise SettingsError(f"The samples are not there: {path}.", "Wait for the next ones.")
            image = load_sheet(path)
            if not bpy.app.background and context.window is not None:
                bpy.ops.wm.window_new()
                area = context.window_manager.windows[-1].screen.areas[0]
                area.type = "IMAGE_EDITOR"
                area.spaces.active.image = image
            self.report({"INFO"}, str(path))
            return {"FINISHED"}
        return {"CANCELLED"}
