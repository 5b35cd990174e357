"""Drops the worker's models now."""

from typing import ClassVar

import bpy

from .. import preferences, session
from ..translations.speaking import said
from .error_report import reported_errors

__all__ = ["FILMAI_OT_release_memory"]


class FILMAI_OT_release_memory(bpy.types.Operator):
    """Drop the networks from memory now, instead of after the idle time. The next job loads them again"""

    bl_idname = "filmai.release_memory"
    bl_label = "Release Memory"
    bl_options: ClassVar[set[str]] = set()

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Queue it behind the jobs that are under way."""
        with reported_errors(self):
            queued = session.pump().release_memory(preferences.addon_settings(context))
            self.report({"INFO"}, said("Queued: Release memory" if queued else "Nothing is loaded"))
            return {"FINISHED"}
        return {"CANCELLED"}
