"""Paints a sheet of small characters to choose from, around the panel's settings or around one of the last sheet."""

from dataclasses import replace
from typing import TYPE_CHECKING

import bpy

from .. import sheet_view
from ..character_choices import VARY_ITEMS
from ..core.errors import SettingsError
from ..studio_choices import SHEET_ITEMS
from .generate_character import CharacterOperator
from .job_operator import CharacterSheetWish

if TYPE_CHECKING:
    from ..core.character_settings import CharacterSettings
    from ..core.preview_cells import PreviewCell

__all__ = ["FILMAI_OT_preview_characters", "character_at"]


class FILMAI_OT_preview_characters(CharacterOperator, bpy.types.Operator):
    """The button and the script call. Whatever the call leaves out is taken from the scene's settings."""

    bl_idname = "filmai.preview_characters"
    bl_label = "Character Sheet"
    bl_description = (
        "Paint small previews of characters like the one that the Character panel says, to choose from. "
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
    def description(cls, _context: bpy.types.Context, properties: bpy.types.OperatorProperties) -> str:
        """The button's own tooltip."""
        if properties.further:
            return "Paint the previews that follow these: the same settings, the next seeds"
        if properties.like < 0:
            return cls.bl_description
        if properties.vary == "BODY":
            return "Paint a sheet around this one: the same colours and details on other bodies"
        return "Paint a sheet around this one: other colours and details on the same body"

    def wish(self, context: bpy.types.Context) -> CharacterSheetWish:
        """The panel's settings, those of a preview, or those of the last sheet; this one's number and variation."""
        from ..character_form import read_character
        from ..core.character_settings import character_after

        form, given = context.scene.filmai_character, self.properties.is_property_set
        if self.further:
            last = sheet_view.CHARACTERS.settings()
            if last is None:
                raise SettingsError("There is no sheet yet to go on from.", "Press Character Sheet first.")
            return CharacterSheetWish(character_after(last))
        vary = self.vary if given("vary") else form.vary
        count = int(self.count if given("count") else form.count)
        around = character_at(self.like).settings if self.like >= 0 else read_character(form)
        return CharacterSheetWish(replace(around, variations=count, vary=vary.lower()))


def character_at(index: int) -> "PreviewCell[CharacterSettings]":
    """The preview of that number. Raises SettingsError when the sheet has none."""
    cells = sheet_view.CHARACTERS.cells()
    if not 0 <= index < len(cells):
        raise SettingsError(
            f"There is no preview {index} in the sheet: it has {len(cells)}.", "Press Character Sheet first."
        )
    return cells[index]
