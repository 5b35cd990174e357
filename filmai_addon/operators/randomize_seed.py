"""Throws the dice for a new seed."""

import random

import bpy

__all__ = ["HIGHEST_SEED", "FILMAI_OT_randomize_seed"]

HIGHEST_SEED = 999_999
"""Enough to never meet one twice, and short enough to be written on a note."""


class FILMAI_OT_randomize_seed(bpy.types.Operator):
    """Choose another seed at random"""

    bl_idname = "filmai.randomize_seed"
    bl_label = "Random Seed"
    bl_options = {"UNDO", "INTERNAL"}

    seed: bpy.props.EnumProperty(
        name="Seed",
        description="Which seed",
        items=(
            ("TEXTURE", "Texture", "The concept texture's"),
            ("LAYOUT", "Layout", "The material's layout"),
            ("LOOK", "Look", "The material's look"),
        ),
        translation_context="FilmAI",
        options={"SKIP_SAVE", "HIDDEN"},
    )

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Set the scene's seed."""
        seed = random.randint(0, HIGHEST_SEED)
        if self.seed == "TEXTURE":
            context.scene.filmai.seed = seed
        elif self.seed == "LAYOUT":
            context.scene.filmai_studio.layout_seed = seed
        else:
            context.scene.filmai_studio.look_seed = seed
        return {"FINISHED"}
