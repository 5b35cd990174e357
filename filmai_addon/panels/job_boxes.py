"""What panels show of jobs: those under way, those that have ended, and where to look for the result."""

from typing import TYPE_CHECKING

import bpy

from .. import job_view
from ..translations.speaking import said

if TYPE_CHECKING:
    from ..core.job_rows import JobRow

__all__ = ["draw_ended_job", "draw_open_job", "draw_shading_hint"]

_ICONS = {
    "COMPLETED": "CHECKMARK",
    "FAILED": "ERROR",
    "CANCELLED": "X",
}
_IGNORED = {"TEXTURE": "the repeat", "MATERIAL": "real sizes"}


def draw_open_job(layout: bpy.types.UILayout, row: "JobRow") -> None:
    """A job that is queued or running, with its progress."""
    box = layout.box()
    head = box.row()
    head.label(text=row.title)
    if row.can_cancel:
        head.operator("filmai.cancel_job", text="Cancel", icon="X").job = row.job_id
    else:
        head.label(text=said("Cancelling"))
    box.progress(factor=row.fraction, text=row.status)


def draw_ended_job(layout: bpy.types.UILayout, row: "JobRow") -> None:
    """A job that has ended, and what can be done about it."""
    box = layout.box().column(align=True)
    head = box.row()
    head.label(text=row.title, icon=_ICONS[row.state])
    if row.can_redo:
        head.operator("filmai.redo_job", text="", icon="LOOP_BACK").job = row.job_id
    line = box.row()
    if row.state == "FAILED":
        line.alert = True
        line.label(text=row.status)
        box.operator("filmai.show_error", text="Details", icon="QUESTION").job = row.job_id
    else:
        line.label(text=f"{row.state_label}: {row.status}" if row.status else row.state_label)
    if row.note:
        box.label(text=row.note)


def draw_shading_hint(layout: bpy.types.UILayout, space: bpy.types.Space, kind: str) -> None:
    """Solid shading shows no textures, or without their scale; say so where one would look in vain.

    ``kind``: that of the jobs whose panel this is, as in ``JobRow``.
    """
    if space.type != "VIEW_3D" or space.shading.type in {"MATERIAL", "RENDERED"}:
        return
    newest = job_view.recent_rows(1)
    if newest and newest[0].state == "COMPLETED" and newest[0].kind == kind:
        row = layout.row()
        shown = space.shading.type == "SOLID" and space.shading.color_type == "TEXTURE"
        ignored = said(f"Solid shading ignores {_IGNORED[kind]}")
        row.label(text=ignored if shown else "Solid shading hides textures")
        row.prop_enum(space.shading, "type", "MATERIAL")
