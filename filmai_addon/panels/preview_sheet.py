"""The sheet of previews, and the mix of two materials: sub-panels of the Texture Studio."""

import bpy

from .. import sheet_view
from ..translations.speaking import said
from .studio import StudioPart

__all__ = [
    "FILMAI_PT_studio_between_image",
    "FILMAI_PT_studio_between_view3d",
    "FILMAI_PT_studio_sheet_image",
    "FILMAI_PT_studio_sheet_view3d",
    "draw_grid",
]

_UNIT_PX = 20
"""Of Blender's interface, at a scale of 1."""
_BESIDE_UNITS = 2.6
"""What the sidebar's tabs and its margins take."""
_LEAST_UNITS = 2.0


class _SheetPanel(StudioPart):
    bl_label = "Previews"

    def draw(self, context: bpy.types.Context) -> None:
        """The button, and the sheet of the last press."""
        layout, form = self.layout, context.scene.filmai_sheet
        column = self.split_column()
        column.row().prop(form, "count", expand=True)
        column.prop(form, "vary")
        layout.operator("filmai.preview_sheet", icon="LIGHTPROBE_VOLUME")
        icons = [cell.icon_id for cell in sheet_view.MATERIALS.cells()]
        if not icons:
            return
        draw_grid(layout, context, icons, "filmai.choose_preview", "filmai.show_preview_menu")
        layout.operator("filmai.preview_sheet", text="Next Previews", icon="FORWARD").further = True


class _BetweenPanel(StudioPart):
    bl_label = "Between Two"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Both ends, the way between them, and the button."""
        layout, form = self.layout, context.scene.filmai_sheet
        for end in ("first", "second"):
            row = layout.row(align=True)
            row.label(text=getattr(form, f"{end}_title") or said(f"{end.title()}: pick one"), icon="MATERIAL")
            row.operator("filmai.pick_end", text="", icon="EYEDROPPER").end = end.upper()
        column = self.split_column()
        column.prop(form, "blend")
        column.prop(form, "layout_from")
        button = layout.row()
        button.enabled = bool(form.first and form.second)
        button.operator("filmai.blend_materials", icon="ARROW_LEFTRIGHT")


def draw_grid(
    layout: bpy.types.UILayout, context: bpy.types.Context, icon_ids: list[int], make: str, menu: str
) -> None:
    """The pictures of a sheet, each with a button that makes it and one that shows more.

    Blender draws a picture, but only a button below it can be clicked. make, menu: operators with an ``index``.
    """
    columns = 3 if len(icon_ids) <= 9 else 4
    grid = layout.grid_flow(row_major=True, columns=columns, even_columns=True, align=True)
    for index, icon_id in enumerate(icon_ids):
        cell = grid.column(align=True)
        cell.template_icon(icon_value=icon_id, scale=_icon_units(context, columns))
        row = cell.row(align=True)
        row.operator(make, text="Make").index = index
        row.operator(menu, text="", icon="DOWNARROW_HLT").index = index


def _icon_units(context: bpy.types.Context, columns: int) -> float:
    """Width of a picture in units of the interface, so that they fill the sidebar without gaps."""
    units: float = context.region.width / (_UNIT_PX * context.preferences.system.ui_scale)
    return max((units - _BESIDE_UNITS) / columns, _LEAST_UNITS)


class FILMAI_PT_studio_sheet_view3d(_SheetPanel, bpy.types.Panel):
    """Previews in the 3D View."""

    bl_idname = "FILMAI_PT_studio_sheet_view3d"
    bl_parent_id = "FILMAI_PT_studio_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_studio_between_view3d(_BetweenPanel, bpy.types.Panel):
    """The mix of two materials in the 3D View."""

    bl_idname = "FILMAI_PT_studio_between_view3d"
    bl_parent_id = "FILMAI_PT_studio_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_studio_sheet_image(_SheetPanel, bpy.types.Panel):
    """Previews in the Image Editor."""

    bl_idname = "FILMAI_PT_studio_sheet_image"
    bl_parent_id = "FILMAI_PT_studio_image"
    bl_space_type = "IMAGE_EDITOR"


class FILMAI_PT_studio_between_image(_BetweenPanel, bpy.types.Panel):
    """The mix of two materials in the Image Editor."""

    bl_idname = "FILMAI_PT_studio_between_image"
    bl_parent_id = "FILMAI_PT_studio_image"
    bl_space_type = "IMAGE_EDITOR"
