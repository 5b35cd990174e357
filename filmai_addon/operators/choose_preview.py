"""Makes one of the previews in full."""

import bpy

from ..translations.speaking import said
from .job_operator import JobOperator, MaterialWish
from .preview_sheet import cell_at

__all__ = ["FILMAI_OT_choose_preview"]


class FILMAI_OT_choose_preview(JobOperator, bpy.types.Operator):
    """That very material: the settings of the sheet with the preview's own seeds."""

    bl_idname = "filmai.choose_preview"
    bl_label = "Make This Material"
    bl_description = "Make this preview in full, with all its maps, and put it onto the selected objects"

    index: bpy.props.IntProperty(
        name="Preview", description="Number of the preview, from 0", min=0, options={"SKIP_SAVE"}
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a scene for the result to go to."""
        if context.scene is None or context.view_layer is None:
            cls.poll_message_set(said("There is no scene to put the material into"))
            return False
        return True

    def wish(self, _context: bpy.types.Context) -> MaterialWish:
        """The preview's settings."""
        return MaterialWish(cell_at(self.index).settings)
