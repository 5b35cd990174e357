"""Characters, in the sidebars of the 3D View and of the Image Editor; not shown where the network is missing."""

import bpy

from .. import character_view, job_view, sheet_view
from ..contract import BODY_NUMBERS
from .job_boxes import draw_open_job
from .preview_sheet import draw_grid
from .studio import StudioPart, draw_optional

__all__ = [
    "FILMAI_PT_character_body_image",
    "FILMAI_PT_character_body_view3d",
    "FILMAI_PT_character_image",
    "FILMAI_PT_character_mix_image",
    "FILMAI_PT_character_mix_view3d",
    "FILMAI_PT_character_sheet_image",
    "FILMAI_PT_character_sheet_view3d",
    "FILMAI_PT_character_view3d",
]


class _CharacterPart(StudioPart):
    @classmethod
    def poll(cls, _context: bpy.types.Context) -> bool:
        """Only with the network."""
        return character_view.has_network()


class _CharacterPanel(_CharacterPart):
    bl_label = "Character"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Who it is to be, where it goes, the button, and what is under way."""
        layout, form = self.layout, context.scene.filmai_character
        column = self.split_column()
        # also where the file says so and the network is missing: it has to be turned off then
        if character_view.has_portraits() or form.portrait:
            column.prop(form, "portrait")
        column.prop(form, "portrait_of" if form.portrait else "archetype")
        for name, which in (("body_seed", "CHARACTER_BODY"), ("look_seed", "CHARACTER_LOOK")):
            seed = column.row(align=True)
            seed.prop(form, name)
            seed.operator("filmai.randomize_seed", text="", icon="FILE_REFRESH").seed = which
        column.prop(form, "build")
        draw_optional(column, form, "main")
        draw_optional(column, form, "second")
        column.prop(form, "truncation")
        _draw_output(self.split_column(), form)
        button = layout.row()
        button.scale_y = 1.6
        button.operator("filmai.generate_character", icon="OUTLINER_OB_ARMATURE")
        for row in job_view.open_rows():
            if row.kind in ("CHARACTER", "CHARACTER_SHEET"):
                draw_open_job(layout, row)
        layout.operator("filmai.edit_character", text="Edit This Character", icon="GREASEPENCIL")


class _BodyPanel(_CharacterPart):
    bl_label = "Body and Variations"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Measures; what is not chosen is the body's seed's."""
        column, form = self.split_column(), context.scene.filmai_character
        draw_optional(column, form, "height")
        for number in BODY_NUMBERS:
            draw_optional(column, form, number.id)
        column.prop(form, "look_archetype")
        column.prop(form, "variations")
        if form.variations > 1:
            column.prop(form, "vary")


class _SheetPanel(_CharacterPart):
    bl_label = "Character Previews"

    def draw(self, context: bpy.types.Context) -> None:
        """The button, and the sheet of the last press."""
        layout, form = self.layout, context.scene.filmai_character
        column = self.split_column()
        column.row().prop(form, "count", expand=True)
        column.prop(form, "vary")
        layout.operator("filmai.preview_characters", icon="LIGHTPROBE_VOLUME")
        icons = [cell.icon_id for cell in sheet_view.CHARACTERS.cells()]
        if icons:
            draw_grid(layout, context, icons, "filmai.choose_character", "filmai.show_character_menu")
            layout.operator("filmai.preview_characters", text="Next Previews", icon="FORWARD").further = True


class _MixPanel(_CharacterPart):
    bl_label = "Mix Two"
    bl_options = {"DEFAULT_CLOSED"}

    def draw(self, context: bpy.types.Context) -> None:
        """Whose body, whose look, and the button."""
        layout, form = self.layout, context.scene.filmai_character
        for end in ("body", "look"):
            row = layout.row(align=True)
            title = getattr(form, f"{end}_title") or "pick one"
            row.label(text=f"{end.title()}: {title}", icon="ARMATURE_DATA" if end == "body" else "COLOR")
            row.operator("filmai.pick_character", text="", icon="EYEDROPPER").end = end.upper()
        button = layout.row()
        button.enabled = bool(form.body and form.look)
        button.operator("filmai.mix_characters", icon="ARROW_LEFTRIGHT")


def _draw_output(column: bpy.types.UILayout, form: bpy.types.PropertyGroup) -> None:
    column.prop(form, "size")
    if form.size == "CUSTOM":
        column.prop(form, "custom_size")
    larger = column.row()
    larger.enabled = character_view.has_enlarger()
    larger.prop(form, "enlarge")
    column.prop(form, "placing")
    if form.placing != "IMAGES":
        column.prop(form, "location")
    if form.placing == "REFERENCES":
        column.prop(form, "opacity")


class FILMAI_PT_character_view3d(_CharacterPanel, bpy.types.Panel):
    """Characters in the 3D View."""

    bl_idname = "FILMAI_PT_character_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_character_sheet_view3d(_SheetPanel, bpy.types.Panel):
    """Previews of characters in the 3D View."""

    bl_idname = "FILMAI_PT_character_sheet_view3d"
    bl_parent_id = "FILMAI_PT_character_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_character_mix_view3d(_MixPanel, bpy.types.Panel):
    """The mix of two characters in the 3D View."""

    bl_idname = "FILMAI_PT_character_mix_view3d"
    bl_parent_id = "FILMAI_PT_character_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_character_body_view3d(_BodyPanel, bpy.types.Panel):
    """Measures of the body in the 3D View."""

    bl_idname = "FILMAI_PT_character_body_view3d"
    bl_parent_id = "FILMAI_PT_character_view3d"
    bl_space_type = "VIEW_3D"


class FILMAI_PT_character_image(_CharacterPanel, bpy.types.Panel):
    """Characters in the Image Editor."""

    bl_idname = "FILMAI_PT_character_image"
    bl_space_type = "IMAGE_EDITOR"


class FILMAI_PT_character_sheet_image(_SheetPanel, bpy.types.Panel):
    """Previews of characters in the Image Editor."""

    bl_idname = "FILMAI_PT_character_sheet_image"
    bl_parent_id = "FILMAI_PT_character_image"
    bl_space_type = "IMAGE_EDITOR"


class FILMAI_PT_character_mix_image(_MixPanel, bpy.types.Panel):
    """The mix of two characters in the Image Editor."""

    bl_idname = "FILMAI_PT_character_mix_image"
    bl_parent_id = "FILMAI_PT_character_image"
    bl_space_type = "IMAGE_EDITOR"


class FILMAI_PT_character_body_image(_BodyPanel, bpy.types.Panel):
    """Measures of the body in the Image Editor."""

    bl_idname = "FILMAI_PT_character_body_image"
    bl_parent_id = "FILMAI_PT_character_image"
    bl_space_type = "IMAGE_EDITOR"
