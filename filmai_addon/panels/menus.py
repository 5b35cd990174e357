"""Entries in Blender's own menus. Blender's search (F3) finds what is in a menu."""

import bpy

__all__ = ["MENUS", "FILMAI_MT_main", "draw_menu_entries"]

MENUS = ("VIEW3D_MT_object", "IMAGE_MT_image")


class FILMAI_MT_main(bpy.types.Menu):
    """What FilmAI can do with the selected objects or with the image that is shown."""

    bl_idname = "FILMAI_MT_main"
    bl_label = "FilmAI"

    def draw(self, _context: bpy.types.Context) -> None:
        """All of it."""
        layout = self.layout
        layout.operator("filmai.generate_material", icon="MATERIAL")
        layout.operator("filmai.preview_sheet", icon="LIGHTPROBE_VOLUME")
        for change, label in (("LAYOUT", "New Layout"), ("LOOK", "New Look")):
            layout.operator("filmai.vary_material", text=f"More Like This: {label}").change = change
        layout.operator("filmai.blend_materials", icon="ARROW_LEFTRIGHT")
        layout.operator("filmai.edit_material", icon="GREASEPENCIL")
        layout.operator("filmai.save_material_maps", icon="EXPORT")
        layout.operator("filmai.mark_material_asset", icon="ASSET_MANAGER")
        layout.separator()
        layout.operator("filmai.generate_texture", icon="TEXTURE")
        layout.separator()
        layout.operator(
            "filmai.redo_job", text="Redo Material or Texture with the Same Seed", icon="LOOP_BACK"
        )


def draw_menu_entries(self: bpy.types.Menu, _context: bpy.types.Context) -> None:
    """At the end of the menu."""
    self.layout.separator()
    self.layout.menu("FILMAI_MT_main", icon="MATERIAL")
