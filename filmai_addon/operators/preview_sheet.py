"""Paints a sheet of small previews to choose from, around the panel's settings or around one of the last sheet."""

from dataclasses import replace
from typing import TYPE_CHECKING

import bpy

from .. import sheet_view
from ..core.errors import SettingsError
from ..studio_choices import SHEET_ITEMS, VARY_ITEMS
from ..translations.speaking import said
from .job_operator import JobOperator, SheetWish

if TYPE_CHECKING:
    from ..core.material_settings import MaterialSettings
    from ..core.preview_cells import PreviewCell

__all__ = ["FILMAI_OT_preview_sheet", "cell_at"]


class FILMAI_OT_preview_sheet(JobOperator, bpy.types.Operator):
    """The button and the script call. Whatever the call leaves out is taken from the scene's settings."""

    bl_idname = "filmai.preview_sheet"
    bl_label = "Preview Sheet"
    bl_description = (
        "Paint small previews of materials like the one that the Texture Studio says, to choose from. "
        "They replace the sheet before"
    )

    like: bpy.props.IntProperty(
        name="Like",
        description="Number of the preview, from 0, that the sheet is to be around; -1: the panel's settings",
        default=-1,
        min=-1,
        options={"SKIP_SAVE"},
    )
    further: bpy.props.BoolProperty(
        name="Further",
        description="Go on where the last sheet ended, with its settings and the next seeds",
        options={"SKIP_SAVE"},
    )
    vary: bpy.props.EnumProperty(
        name="Vary",
        description="What differs from one preview to the next",
        items=VARY_ITEMS,
        translation_context="FilmAI",
        options={"SKIP_SAVE"},
    )
    count: bpy.props.EnumProperty(
        name="Previews", description="How many", items=SHEET_ITEMS, options={"SKIP_SAVE"}
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a scene that has settings."""
        if context.scene is None:
            cls.poll_message_set(said("There is no scene whose settings could be previewed"))
            return False
        return True

    @classmethod
    def description(cls, _context: bpy.types.Context, properties: bpy.types.OperatorProperties) -> str:
        """The button's own tooltip."""
        if properties.further:
            return said("Paint the previews that follow these: the same settings, the next seeds")
        if properties.like < 0:
            return said(cls.bl_description)
        if properties.vary == "LAYOUT":
            return said("Paint a sheet around this one: the same look on other layouts")
        return said("Paint a sheet around this one: other looks on the same layout")

    def wish(self, context: bpy.types.Context) -> SheetWish:
        """The panel's settings, those of a preview, or those of the last sheet; this one's number and variation."""
        from ..core.preview_cells import sheet_after
        from ..studio_form import read_form

        form, given = context.scene.filmai_sheet, self.properties.is_property_set
        if self.further:
            last = sheet_view.MATERIALS.settings()
            if last is None:
                raise SettingsError("There is no sheet yet to go on from.", "Press Preview Sheet first.")
            return SheetWish(sheet_after(last))
        vary = self.vary if given("vary") else form.vary
        count = int(self.count if given("count") else form.count)
        around = cell_at(self.like).settings if self.like >= 0 else read_form(context.scene.filmai_studio)
        return SheetWish(replace(around, variations=count, vary=vary.lower()))


def cell_at(index: int) -> "PreviewCell[MaterialSettings]":
    """The preview of that number. Raises SettingsError when the sheet has none."""
    cells = sheet_view.MATERIALS.cells()
    if not 0 <= index < len(cells):
        raise SettingsError(
            f"There is no preview {index} in the sheet: it has {len(cells)}.", "Press Preview Sheet first."
        )
    return cells[index]
