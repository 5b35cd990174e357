"""Says when nothing may be written into the scene."""

import bpy

__all__ = ["busy_reason"]

_JOBS = {"RENDER": "the render", "OBJECT_BAKE": "the bake"}


def busy_reason() -> str:
    """Why results have to wait now, for people; empty when they do not.

    Besides renders, whose threads read the scene, this is any tool that is being dragged: an undo step in the
    midst of a drag would keep the half-finished movement.
    """
    for job, name in _JOBS.items():
        if bpy.app.is_job_running(job):
            return f"Waiting for {name} to end"
    for window in bpy.context.window_manager.windows:
        for operator in window.modal_operators:
            if "BLOCKING" in operator.bl_options:
                return f"Waiting for {operator.bl_label} to end"
    return ""
