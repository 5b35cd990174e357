"""The Texture Studio: materials with all their maps, in the sidebars of the 3D View and of the Image Editor."""

import bpy

from .. import job_view
from ..contract import is_own_family
from .job_boxes import draw_open_job, draw_shading_hint

__all__ = [
    "FILMAI_PT_studio_image",
    "FILMAI_PT_studio_layout_image",
    "FILMAI_PT_studio_layout_view3d",
    "FILMAI_PT_studio_look_image",
    "FILMAI_PT_studio_look_view3d",
    "FILMAI_PT_studio_output_image",
    "FILMAI_PT_studio_output_view3d",
    "FILMAI_PT_studio_view3d",
    "StudioPart",
    "draw_optional",
]


class StudioPart:
    """What the studio's panels have in common."""

    bl_category = "FilmAI"
    bl_region_type = "UI"
    layout: bpy.types.UILayout

    def split_column(self) -> bpy.types.UILayout:
        """A column with names on the left and values on the right."""
        column = self.layout.column()
        column.use_property_split = True
        column.use_property_decorate = False
        return column


class _StudioPanel(StudioPart):
    bl_label = "Texture Studio"

    def draw(self, context: bpy.types.Context) -> None:
        """What it is to be, the button, and what can be done with what was made."""
        layout, settings = self.layout, context.scene.filmai_studio
        _draw_prompt(layout, settings)
        _draw_material(self.split_column(), settings)
        button = layout.row()
        button.scale_y = 1.6
        button.operator("filmai.generate_material", icon="MATERIAL")
        for row in job_view.open_rows():
            if row.kind not in ("TEXTURE", "CHARACTER", "CHARACTER_SHEET"):
                draw_open_job(layout, row)
        _draw_actions(layout)
        draw_shading_hint(layout, context.space_data, "MATERIAL")


class _LookPanel(StudioPart):
    bl_label = "Look"
    bl_translation_context = "FilmAI"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Colours and surface; what is not chosen is the look's seed's."""
        column, settings = self.split_column(), context.scene.filmai_studio
        draw_optional(column, settings, "base")
        draw_optional(column, settings, "second")
        column.prop(settings, "lightness")
        column.prop(settings, "contrast")
        column.prop(settings, "roughness")
        draw_optional(column, settings, "wear")


class _LayoutPanel(StudioPart):
    bl_label = "Layout"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Where things are; what is not chosen is the layout's seed's."""
        column, settings = self.split_column(), context.scene.filmai_studio
        column.prop(settings, "across")
        if is_own_family(settings.family.lower()):
            column.prop(settings, "own_layout")
        column.prop(settings, "pattern")
        for name in ("rows", "columns", "gap", "regularity"):
            draw_optional(column, settings, name)
        column.prop(settings, "further_layout")
        column.label(text="Instead of all that, a picture:")
        self.layout.template_ID(settings, "layout_image", new="image.new", open="image.open")


class _OutputPanel(StudioPart):
    bl_label = "Output"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Sizes, relief and mapping."""
        column, settings = self.split_column(), context.scene.filmai_studio
        column.prop(settings, "size")
        if settings.size == "CUSTOM":
            column.prop(settings, "custom_width")
            column.prop(settings, "custom_height")
            column.label(text="Taken to the nearest multiple of 16", icon="INFO")
        column.prop(settings, "use_real_size")
        measures = column.column()
        measures.enabled = not settings.use_real_size
        measures.prop(settings, "picture_width")
        measures.prop(settings, "relief_depth")
        column.prop(settings, "relief")
        column.prop(settings, "projection")


def _draw_prompt(layout: bpy.types.UILayout, settings: bpy.types.PropertyGroup) -> None:
    layout.prop(settings, "prompt", text="", icon="GREASEPENCIL", placeholder="mossy red bricks, herringbone")
    column = layout.column(align=True)
    for line in settings.understood.splitlines():
        column.label(text=line, icon="CHECKMARK")
    for line in settings.not_understood.splitlines():
        column.label(text=line, icon="QUESTION")


def _draw_material(column: bpy.types.UILayout, settings: bpy.types.PropertyGroup) -> None:
    column.prop(settings, "family")
    mix = column.column()
    # a material of one's own has a network of its own
    mix.enabled = not is_own_family(settings.family.lower())
    draw_optional(mix, settings, "mix", "mix_family")
    if settings.use_mix:
        mix.prop(settings, "mix")
    for name, which in (("layout_seed", "LAYOUT"), ("look_seed", "LOOK")):
        seed = column.row(align=True)
        seed.prop(settings, name)
        seed.operator("filmai.randomize_seed", text="", icon="FILE_REFRESH").seed = which
    column.prop(settings, "variations")
    if settings.variations > 1:
        column.prop(settings, "vary")


def draw_optional(
    column: bpy.types.UILayout, settings: bpy.types.PropertyGroup, name: str, shown: str = ""
) -> None:
    """A value with a check box before it: off means that the seed decides."""
    use = f"use_{name}"
    row = column.row(heading=settings.bl_rna.properties[use].name)
    row.prop(settings, use, text="")
    value = row.row()
    value.enabled = getattr(settings, use)
    value.prop(settings, shown or name, text="")


def _draw_actions(layout: bpy.types.UILayout) -> None:
    column = layout.column(align=True)
    like_this = column.row(align=True)
    like_this.operator("filmai.vary_material", text="New Layout", icon="MOD_ARRAY").change = "LAYOUT"
    like_this.operator("filmai.vary_material", text="New Look", icon="COLOR").change = "LOOK"
    column.operator("filmai.edit_material", text="Edit This Material", icon="GREASEPENCIL")
    keep = column.row(align=True)
    keep.operator("filmai.save_material_maps", text="Save Maps", icon="EXPORT")
    keep.operator("filmai.mark_material_asset", text="Mark as Asset", icon="ASSET_MANAGER")


class FILMAI_PT_studio_view3d(_StudioPanel, bpy.types.Panel):
    """The studio in the 3D View."""

    bl_idname = "FILMAI_PT_studio_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_studio_look_view3d(_LookPanel, bpy.types.Panel):
    """Colours and surface in the 3D View."""

    bl_idname = "FILMAI_PT_studio_look_view3d"
    bl_parent_id = "FILMAI_PT_studio_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_studio_layout_view3d(_LayoutPanel, bpy.types.Panel):
    """The layout in the 3D View."""

    bl_idname = "FILMAI_PT_studio_layout_view3d"
    bl_parent_id = "FILMAI_PT_studio_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_studio_output_view3d(_OutputPanel, bpy.types.Panel):
    """Sizes, relief and mapping in the 3D View."""

    bl_idname = "FILMAI_PT_studio_output_view3d"
    bl_parent_id = "FILMAI_PT_studio_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_studio_image(_StudioPanel, bpy.types.Panel):
    """The studio in the Image Editor."""

    bl_idname = "FILMAI_PT_studio_image"
    bl_space_type = "IMAGE_EDITOR"


class FILMAI_PT_studio_look_image(_LookPanel, bpy.types.Panel):
    """Colours and surface in the Image Editor."""

    bl_idname = "FILMAI_PT_studio_look_image"
    bl_parent_id = "FILMAI_PT_studio_image"
    bl_space_type = "IMAGE_EDITOR"


class FILMAI_PT_studio_layout_image(_LayoutPanel, bpy.types.Panel):
    """The layout in the Image Editor."""

    bl_idname = "FILMAI_PT_studio_layout_image"
    bl_parent_id = "FILMAI_PT_studio_image"
    bl_space_type = "IMAGE_EDITOR"


class FILMAI_PT_studio_output_image(_OutputPanel, bpy.types.Panel):
    """Sizes, relief and mapping in the Image Editor."""

    bl_idname = "FILMAI_PT_studio_output_image"
    bl_parent_id = "FILMAI_PT_studio_image"
    bl_space_type = "IMAGE_EDITOR"
