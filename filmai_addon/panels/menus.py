"""Entries in Blender's own menus. Blender's search (F3) finds what is in a menu."""

import bpy

from .. import character_view
from ..translations.speaking import said

__all__ = ["MENU_ENTRIES", "FILMAI_MT_main", "FILMAI_MT_shots"]


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
            layout.operator("filmai.vary_material", text=said(f"More Like This: {label}")).change = change
        layout.operator("filmai.blend_materials", icon="ARROW_LEFTRIGHT")
        layout.operator("filmai.edit_material", icon="GREASEPENCIL")
        layout.operator("filmai.save_material_maps", icon="EXPORT")
        layout.operator("filmai.mark_material_asset", icon="ASSET_MANAGER")
        layout.separator()
        layout.operator("filmai.generate_texture", icon="TEXTURE")
        if character_view.has_network():
            layout.operator("filmai.generate_character", icon="OUTLINER_OB_ARMATURE")
            layout.operator("filmai.preview_characters", icon="LIGHTPROBE_VOLUME")
            layout.operator("filmai.mix_characters", icon="ARROW_LEFTRIGHT")
            layout.operator("filmai.edit_character", icon="GREASEPENCIL")
        layout.separator()
        layout.operator(
            "filmai.redo_job", text="Redo Material, Texture or Character with the Same Seed", icon="LOOP_BACK"
        )


class FILMAI_MT_shots(bpy.types.Menu):
    """What FilmAI can do with strips."""

    bl_idname = "FILMAI_MT_shots"
    bl_label = "FilmAI"

    def draw(self, _context: bpy.types.Context) -> None:
        """All of it."""
        layout = self.layout
        layout.operator("filmai.caption_strips", icon="FONT_DATA")
        layout.operator("filmai.detect_cuts", icon="UNLINKED")
        layout.separator()
        layout.operator("filmai.export_shot_list", icon="EXPORT")
        layout.operator("filmai.import_captions", icon="IMPORT")


def _draw_materials(self: bpy.types.Menu, _context: bpy.types.Context) -> None:
    self.layout.separator()
    self.layout.menu("FILMAI_MT_main", icon="MATERIAL")


def _draw_shots(self: bpy.types.Menu, _context: bpy.types.Context) -> None:
    self.layout.separator()
    self.layout.menu("FILMAI_MT_shots", icon="SEQUENCE")


def _draw_export(self: bpy.types.Menu, _context: bpy.types.Context) -> None:
    self.layout.operator(
        "filmai.export_shot_list", text="FilmAI Shot List (.srt, .csv, .edl, .otio, .html ...)"
    )


def _draw_import(self: bpy.types.Menu, _context: bpy.types.Context) -> None:
    self.layout.operator("filmai.import_captions", text="FilmAI Captions (.srt, .vtt, .ass)")


# at the end of each menu
MENU_ENTRIES = (
    ("VIEW3D_MT_object", _draw_materials),
    ("IMAGE_MT_image", _draw_materials),
    ("SEQUENCER_MT_strip", _draw_shots),
    ("TOPBAR_MT_file_export", _draw_export),
    ("TOPBAR_MT_file_import", _draw_import),
)
