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
            ("CHARACTER_BODY", "Body", "The character's body"),
            ("CHARACTER_LOOK", "Character's Look", "The character's colours and details"),
        ),
        translation_context="FilmAI",
        options={"SKIP_SAVE", "HIDDEN"},
    )

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Set the scene's seed."""
        seed = random.randint(0, HIGHEST_SEED)
        scene = context.scene
        form, name = {
            "TEXTURE": (scene.filmai, "seed"),
            "LAYOUT": (scene.filmai_studio, "layout_seed"),
            "LOOK": (scene.filmai_studio, "look_seed"),
            "CHARACTER_BODY": (scene.filmai_character, "body_seed"),
            "CHARACTER_LOOK": (scene.filmai_character, "look_seed"),
        }[self.seed]
        setattr(form, name, seed)
        return {"FINISHED"}
