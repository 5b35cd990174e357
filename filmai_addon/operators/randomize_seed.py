"""Throws the dice for a new seed."""

import random

import bpy

__all__ = ["FILMAI_OT_randomize_seed"]

_HIGHEST = 999_999
"""Enough to never meet one twice, and short enough to be written on a note."""


class FILMAI_OT_randomize_seed(bpy.types.Operator):
    """Choose another seed at random"""

    bl_idname = "filmai.randomize_seed"
    bl_label = "Random Seed"
    bl_options = {"UNDO", "INTERNAL"}

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Set the scene's seed."""
        context.scene.filmai.seed = random.randint(0, _HIGHEST)
        return {"FINISHED"}
