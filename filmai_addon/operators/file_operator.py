"""What the operators that write or read a file have in common: the file dialog, and the script that names one."""

from pathlib import Path

import bpy

from ..core.errors import SettingsError
from .job_operator import JobOperator

__all__ = ["FileOperator"]


class FileOperator(JobOperator):
    """Mixin: ``invoke`` asks for the file, then the job is queued; a script names the file and waits.

    The dialog ends in ``execute``, as a script does: ``from_dialog`` tells them apart.
    """

    filepath: str
    from_dialog: bool

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> set[str]:
        """Ask for the file."""
        self.from_dialog = True
        context.window_manager.fileselect_add(self)
        return {"RUNNING_MODAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Queue the job after the dialog; wait for it in a script."""
        if self.from_dialog:
            return JobOperator.invoke(self, context, None)
        return JobOperator.execute(self, context)

    def chosen_path(self, named: str) -> Path:
        """``named`` as an absolute path. Raises SettingsError when it is none."""
        if not named or named.endswith(("/", "\\")):
            raise SettingsError("No file is named.", "Choose a folder and a name.")
        if named.startswith("//") and not bpy.data.filepath:
            raise SettingsError(
                "The file is relative to the .blend file, and that was never saved.",
                "Name it with its full path.",
            )
        return Path(bpy.path.abspath(named)).absolute()
