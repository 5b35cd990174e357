"""Concept textures and the list of jobs, in the sidebars of the 3D View and of the Image Editor."""

import bpy

from .. import job_view
from .job_boxes import draw_ended_job, draw_open_job, draw_shading_hint

__all__ = [
    "FILMAI_PT_jobs_image",
    "FILMAI_PT_jobs_view3d",
    "FILMAI_PT_texture_image",
    "FILMAI_PT_texture_view3d",
    "JobsPanel",
]

_RECENT = 5


class _TexturePanel:
    bl_label = "Concept Texture"
    bl_options = {"DEFAULT_CLOSED"}
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
            if row.kind == "TEXTURE":
                draw_open_job(layout, row)
        draw_shading_hint(layout, context.space_data, "TEXTURE")


class JobsPanel:
    """The list of jobs, whichever editor it is in."""

    bl_label = "Recent Jobs"
    bl_category = "FilmAI"
    bl_region_type = "UI"
    layout: bpy.types.UILayout

    def draw(self, context: bpy.types.Context) -> None:
        """The jobs that have ended, and what can be done about them."""
        layout = self.layout
        rows = job_view.recent_rows(_RECENT)
        if not rows:
            layout.label(text="None in this session")
        for row in rows:
            draw_ended_job(layout, row)
        column = layout.column(align=True)
        if context.space_data.type != "SEQUENCE_EDITOR":
            column.operator("filmai.redo_job", icon="LOOP_BACK")
        column.operator("filmai.release_memory", icon="TRASH")
        column.operator("filmai.open_log", icon="TEXT")


class FILMAI_PT_texture_view3d(_TexturePanel, bpy.types.Panel):
    """Concept textures in the 3D View."""

    bl_idname = "FILMAI_PT_texture_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_texture_image(_TexturePanel, bpy.types.Panel):
    """Concept textures in the Image Editor."""

    bl_idname = "FILMAI_PT_texture_image"
    bl_space_type = "IMAGE_EDITOR"


class FILMAI_PT_jobs_view3d(JobsPanel, bpy.types.Panel):
    """The last jobs in the 3D View."""

    bl_idname = "FILMAI_PT_jobs_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_jobs_image(JobsPanel, bpy.types.Panel):
    """The last jobs in the Image Editor."""

    bl_idname = "FILMAI_PT_jobs_image"
    bl_space_type = "IMAGE_EDITOR"
