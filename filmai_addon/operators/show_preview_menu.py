"""What else can be done with a preview, as a menu beside it."""

import bpy

from ..translations.speaking import said

__all__ = ["FILMAI_OT_show_preview_menu"]


class FILMAI_OT_show_preview_menu(bpy.types.Operator):
    """More like this one, or one end of a mix"""

    bl_idname = "filmai.show_preview_menu"
    bl_label = "More Like This"
    bl_options = {"INTERNAL"}

    index: bpy.props.IntProperty(
        name="Preview", description="Number of the preview, from 0", min=0, options={"SKIP_SAVE"}
    )

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Show it."""
        index = self.index

        def draw(menu: bpy.types.Menu, _context: bpy.types.Context) -> None:
            draw_preview_menu(menu.layout, index)

        context.window_manager.popup_menu(draw, title=said(self.bl_label))
        return {"FINISHED"}


def draw_preview_menu(layout: bpy.types.UILayout, index: int) -> None:
    """Its entries, for the preview of that number."""
    for vary, text, icon in (("LAYOUT", "New Layouts", "MOD_ARRAY"), ("LOOK", "New Looks", "COLOR")):
        entry = layout.operator("filmai.preview_sheet", text=said(text), icon=icon)
        entry.like, entry.vary = index, vary
    layout.separator()
    for end, text in (("FIRST", "Use as First of Two"), ("SECOND", "Use as Second of Two")):
        pick = layout.operator("filmai.pick_end", text=said(text), icon="ARROW_LEFTRIGHT")
        pick.end, pick.preview = end, index
