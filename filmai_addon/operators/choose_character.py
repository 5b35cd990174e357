"""Makes one of the previewed characters in full."""

from dataclasses import replace

import bpy

from .generate_character import CharacterOperator
from .job_operator import CharacterWish
from .preview_characters import character_at

__all__ = ["FILMAI_OT_choose_character"]


class FILMAI_OT_choose_character(CharacterOperator, bpy.types.Operator):
    """That very character: the settings of the sheet with the preview's own seeds, placed as the panel says now."""

    bl_idname = "filmai.choose_character"
    bl_label = "Make This Character"
    bl_description = "Make this preview in full, from all sides, and put it into the scene"

    index: bpy.props.IntProperty(
        name="Preview", description="Number of the preview, from 0", min=0, options={"SKIP_SAVE"}
    )

    def wish(self, context: bpy.types.Context) -> CharacterWish:
        """The preview's settings; what a preview does not show is the panel's."""
        from ..character_form import read_character

        now = read_character(context.scene.filmai_character)
        return CharacterWish(
            replace(
                character_at(self.index).settings,
                height_px=now.height_px,
                enlarge=now.enlarge,
                placing=now.placing,
                location=now.location,
                opacity=now.opacity,
            )
        )
