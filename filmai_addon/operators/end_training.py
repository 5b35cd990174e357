"""Ends the training on a folder: for now, for good, or early with a result."""

import bpy

from .. import training_view
from ..translations.speaking import said
from .error_report import reported_errors

__all__ = ["FILMAI_OT_end_training"]


class FILMAI_OT_end_training(bpy.types.Operator):
    """End the training on a folder: for now, early with a result, or for good"""

    bl_idname = "filmai.end_training"
    bl_label = "End Training"
    bl_options = {"INTERNAL"}

    how: bpy.props.EnumProperty(
        name="How",
        items=(
            ("PAUSE", "Pause", "End with a checkpoint, from which Resume goes on"),
            ("FINISH", "Finish Now", "End, and make the material of what was learned so far"),
            ("STOP", "Stop", "End, and throw away what was learned"),
        ),
        options={"SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, _context: bpy.types.Context) -> bool:
        """There must be a training."""
        if training_view.report() is None:
            cls.poll_message_set(said("No training is running"))
            return False
        return True

    @classmethod
    def description(cls, _context: bpy.types.Context, properties: bpy.types.OperatorProperties) -> str:
        """The button's own tooltip."""
        how = properties.bl_rna.properties["how"].enum_items[properties.how]
        return said(str(how.description))

    def execute(self, _context: bpy.types.Context) -> set[str]:
        """Ask for it, or do it."""
        from .. import training_session

        with reported_errors(self):
            if self.how == "STOP":
                training_session.stop()
            else:
                training_session.ask(self.how.lower())
            return {"FINISHED"}
        return {"CANCELLED"}
