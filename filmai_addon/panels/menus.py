"""Entries in Blender's own menus. Blender's search (F3) finds what is in a menu."""

import bpy

__all__ = ["MENUS", "draw_menu_entries"]

MENUS = ("VIEW3D_MT_object", "IMAGE_MT_image")


def draw_menu_entries(self: bpy.types.Menu, _context: bpy.types.Context) -> None:
    """At the end of the menu."""
    self.layout.separator()
    self.layout.operator("filmai.generate_texture", icon="TEXTURE")
    self.layout.operator("filmai.redo_job", text="Redo Concept Texture with the Same Seed", icon="LOOP_BACK")
