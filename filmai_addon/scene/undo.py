"""Undo steps from outside of an operator."""

import logging

import bpy

__all__ = ["push_undo_step"]

_log = logging.getLogger("filmai.scene")


def push_undo_step(message: str) -> None:
    """Close an undo step with everything that was changed since the last one, named ``message``.

    Blender runs timers without a window, but an undo step belongs to one.
    """
    windows = bpy.context.window_manager.windows
    window = bpy.context.window or (windows[0] if len(windows) else None)
    try:
        with bpy.context.temp_override(window=window):
            bpy.ops.ed.undo_push(message=message)
    except RuntimeError as error:
        # the result is in the scene; that this one step is missing is no reason to take it back
        _log.warning("no undo step for %r: %s", message, error)
