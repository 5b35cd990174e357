"""What else can be done with a previewed character, as a menu beside it."""

import bpy

__all__ = ["FILMAI_OT_show_character_menu"]


class FILMAI_OT_show_character_menu(bpy.types.Operator):
    """More like this one, or one part of a mix"""

    bl_idname = "filmai.show_character_menu"
    bl_label = "More Like This"
    bl_options = {"INTERNAL"}

    index: bpy.props.IntProperty(
        name="Preview", description="Number of the preview, from 0", min=0, options={"SKIP_SAVE"}
    )

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Show it."""
        index = self.index

        def draw(menu: bpy.types.Menu, _context: bpy.types.Context) -> None:
            draw_character_menu(menu.layout, index)

        context.window_manager.popup_menu(draw, title=self.bl_label)
        return {"FINISHED"}


def draw_character_menu(layout: bpy.types.UILayout, index: int) -> None:
    """Its entries, for the preview of that number."""
    for vary, text, icon in (("BODY", "New Bodies", "ARMATURE_DATA"), ("LOOK", "New Looks", "COLOR")):
        entry = layout.operator("filmai.preview_characters", text=text, icon=icon)
        entry.like, entry.vary = index, vary
    layout.separator()
    for end, text in (("BODY", "Use Its Body"), ("LOOK", "Use Its Look")):
        pick = layout.operator("filmai.pick_character", text=text, icon="ARROW_LEFTRIGHT")
        pick.end, pick.preview = end, index
