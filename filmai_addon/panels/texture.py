"""The tab "FilmAI" in the sidebars of the 3D View and of the Image Editor."""

from typing import TYPE_CHECKING

import bpy

from .. import job_view

if TYPE_CHECKING:
    from ..core.job_rows import JobRow

__all__ = [
    "FILMAI_PT_jobs_image",
    "FILMAI_PT_jobs_view3d",
    "FILMAI_PT_texture_image",
    "FILMAI_PT_texture_view3d",
]

_RECENT = 5
_ICONS = {
    "COMPLETED": "CHECKMARK",
    "FAILED": "ERROR",
    "CANCELLED": "X",
}


class _TexturePanel:
    bl_label = "Concept Texture"
    bl_category = "FilmAI"
    bl_region_type = "UI"
    layout: bpy.types.UILayout

    def draw(self, context: bpy.types.Context) -> None:
        """Settings, the button, and what is under way."""
        layout = self.layout
        settings = context.scene.filmai
        column = layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        column.prop(settings, "family")
        seed = column.row(align=True)
        seed.prop(settings, "seed")
        seed.operator("filmai.randomize_seed", text="", icon="FILE_REFRESH")
        column.prop(settings, "variations")
        column.prop(settings, "size")
        if settings.size == "CUSTOM":
            column.prop(settings, "custom_size")
        column.prop(settings, "repeat")
        button = layout.row()
        button.scale_y = 1.6
        button.operator("filmai.generate_texture", icon="TEXTURE")
        layout.label(text="Drawn at 64 px, then enlarged", icon="INFO")
        for row in job_view.open_rows():
            _draw_open_job(layout, row)
        _draw_shading_hint(layout, context.space_data)


class _JobsPanel:
    bl_label = "Recent Jobs"
    bl_category = "FilmAI"
    bl_region_type = "UI"
    layout: bpy.types.UILayout

    def draw(self, _context: bpy.types.Context) -> None:
        """The jobs that have ended, and what can be done about them."""
        layout = self.layout
        rows = job_view.recent_rows(_RECENT)
        if not rows:
            layout.label(text="None in this session")
        for row in rows:
            _draw_ended_job(layout, row)
        column = layout.column(align=True)
        column.operator("filmai.redo_job", icon="LOOP_BACK")
        column.operator("filmai.release_memory", icon="TRASH")
        column.operator("filmai.open_log", icon="TEXT")


def _draw_open_job(layout: bpy.types.UILayout, row: "JobRow") -> None:
    box = layout.box()
    head = box.row()
    head.label(text=row.title)
    if row.can_cancel:
        head.operator("filmai.cancel_job", text="Cancel", icon="X").job = row.job_id
    else:
        head.label(text="CANCELLING")
    box.progress(factor=row.fraction, text=row.status)


def _draw_ended_job(layout: bpy.types.UILayout, row: "JobRow") -> None:
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


def _draw_shading_hint(layout: bpy.types.UILayout, space: bpy.types.Space) -> None:
    """Solid shading shows no textures, or without their scale; say so where one would look in vain."""
    if space.type != "VIEW_3D" or space.shading.type in {"MATERIAL", "RENDERED"}:
        return
    newest = job_view.recent_rows(1)
    if newest and newest[0].state == "COMPLETED":
        row = layout.row()
        shown = space.shading.type == "SOLID" and space.shading.color_type == "TEXTURE"
        row.label(text="Solid shading ignores Repeat" if shown else "Solid shading hides textures")
        row.prop_enum(space.shading, "type", "MATERIAL")


class FILMAI_PT_texture_view3d(_TexturePanel, bpy.types.Panel):
    """Concept textures in the 3D View."""

    bl_idname = "FILMAI_PT_texture_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_texture_image(_TexturePanel, bpy.types.Panel):
    """Concept textures in the Image Editor."""

    bl_idname = "FILMAI_PT_texture_image"
    bl_space_type = "IMAGE_EDITOR"


class FILMAI_PT_jobs_view3d(_JobsPanel, bpy.types.Panel):
    """The last jobs in the 3D View."""

    bl_idname = "FILMAI_PT_jobs_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_jobs_image(_JobsPanel, bpy.types.Panel):
    """The last jobs in the Image Editor."""

    bl_idname = "FILMAI_PT_jobs_image"
    bl_space_type = "IMAGE_EDITOR"
