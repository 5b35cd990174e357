"""Stops a job that is queued or running."""

import bpy

from .. import job_view, session
from ..translations.speaking import said

__all__ = ["FILMAI_OT_cancel_job"]


class FILMAI_OT_cancel_job(bpy.types.Operator):
    """Stop this job. If the worker does not answer within three seconds, it is replaced by a new one"""

    bl_idname = "filmai.cancel_job"
    bl_label = "Cancel Job"
    bl_options = {"INTERNAL"}

    job: bpy.props.StringProperty(
        name="Job", description="The job to stop; empty: every job", options={"SKIP_SAVE", "HIDDEN"}
    )

    @classmethod
    def poll(cls, _context: bpy.types.Context) -> bool:
        """Something must be under way."""
        if not job_view.open_rows():
            cls.poll_message_set(said("No job is under way"))
            return False
        return True

    def execute(self, _context: bpy.types.Context) -> set[str]:
        """Ask for the end; the panel shows when it has come."""
        for row in job_view.open_rows():
            if self.job in ("", row.job_id):
                session.pump().cancel(row.job_id)
        return {"FINISHED"}
