"""More like this: the same material with another layout, or with another look."""

import random
from dataclasses import replace
from typing import Any

import bpy

from .. import job_view
from ..core.errors import SettingsError
from ..translations.speaking import said
from .in_use import material_in_use
from .job_operator import JobOperator, MaterialWish
from .randomize_seed import HIGHEST_SEED
from .redo_job import last_wish, wish_noted_on

__all__ = ["FILMAI_OT_vary_material"]


class FILMAI_OT_vary_material(JobOperator, bpy.types.Operator):
    """Takes everything but one seed from the material in use, or from the last job."""

    bl_idname = "filmai.vary_material"
    bl_label = "More Materials Like This"
    bl_description = (
        "Make the active object's material once more with one thing changed, "
        "and put it onto the selected objects"
    )

    change: bpy.props.EnumProperty(
        name="Change",
        description="What is to be different",
        items=(
            ("LAYOUT", "New Layout", "The same look on another layout"),
            ("LOOK", "New Look", "Other colours and paint on the same layout"),
        ),
        options={"SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a material to vary."""
        if material_in_use(context) is None and not any(
            row.kind == "MATERIAL" for row in job_view.job_rows()
        ):
            cls.poll_message_set(said("The active object wears no material of FilmAI's Texture Studio"))
            return False
        return True

    @classmethod
    def description(cls, _context: bpy.types.Context, properties: bpy.types.OperatorProperties) -> str:
        """The button's own tooltip."""
        if properties.change == "LAYOUT":
            return said("Make the active object's material once more: the same look on another layout")
        return said("Make the active object's material once more: other colours and paint on the same layout")

    def wish(self, context: bpy.types.Context) -> MaterialWish:
        """The material in use with another seed, else the last job's."""
        material = material_in_use(context)
        like = wish_noted_on(material) if material is not None else last_wish()
        if not isinstance(like, MaterialWish):
            raise SettingsError(
                "There is no material here that could be varied.", "Select an object that wears one."
            )
        seed = "layout_seed" if self.change == "LAYOUT" else "look_seed"
        changes: dict[str, Any] = {seed: random.randint(0, HIGHEST_SEED), "variations": 1}
        return MaterialWish(replace(like.settings, **changes))
