"""Tests the chosen runtime in the background; the preferences show what it found."""

import bpy

from .. import preferences, session
from .error_report import reported_errors

__all__ = ["FILMAI_OT_test_runtime"]


class FILMAI_OT_test_runtime(bpy.types.Operator):
    """Start the chosen Python and say which packages and devices it offers"""

    bl_idname = "filmai.test_runtime"
    bl_label = "Test Runtime"
    bl_options = {"INTERNAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Start the test."""
        with reported_errors(self):
            session.pump().start_runtime_test(preferences.addon_settings(context))
            return {"FINISHED"}
        return {"CANCELLED"}
