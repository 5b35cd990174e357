"""Shows everything that is known about a job that failed."""

import textwrap

import bpy

from .. import session
from ..translations.speaking import said

__all__ = ["FILMAI_OT_show_error"]

_WIDTH_PX = 640
_WRAP_CHARACTERS = 100
_MAX_LINES = 40


class FILMAI_OT_show_error(bpy.types.Operator):
    """Show what went wrong with this job, with all details; they can be copied for a bug report"""

    bl_idname = "filmai.show_error"
    bl_label = "What Went Wrong"
    bl_options = {"INTERNAL"}

    job: bpy.props.StringProperty(name="Job", description="The job", options={"SKIP_SAVE", "HIDDEN"})

    def invoke(self, context: bpy.types.Context, _event: bpy.types.Event) -> set[str]:
        """Open the popup."""
        state: set[str] = context.window_manager.invoke_props_dialog(
            self, width=_WIDTH_PX, title=said(self.bl_label), confirm_text=said("Copy")
        )
        return state

    def draw(self, _context: bpy.types.Context) -> None:
        """The text, line by line."""
        column = self.layout.column(align=True)
        for line in _wrapped(_text(self.job)):
            column.label(text=line)

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Copy the whole text."""
        context.window_manager.clipboard = _text(self.job)
        self.report({"INFO"}, said("Copied"))
        return {"FINISHED"}


def _text(job_id: str) -> str:
    job = session.pump().job(job_id)
    if job is None or job.failure is None:
        return said("Nothing is known about this job any more. The log may have it.")
    failure = job.failure
    lines = (f"{said(job.title)}: {failure.code}", said(failure.message), said(failure.hint), failure.detail)
    return "\n".join(line for line in lines if line)


def _wrapped(text: str) -> list[str]:
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, _room(line)) or [""]]
    if len(lines) > _MAX_LINES:
        lines = [*lines[: _MAX_LINES - 1], said("... (Copy takes all of it)")]
    return lines


def _room(line: str) -> int:
    """Characters that fit; Chinese ones are twice as wide."""
    return _WRAP_CHARACTERS if line.isascii() else _WRAP_CHARACTERS // 2
