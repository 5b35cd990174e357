"""What the operators that look at strips have in common: which strips, and why the button is grey."""

from collections.abc import Callable
from typing import ClassVar

import bpy

from ..translations.speaking import said
from .job_operator import JobOperator

__all__ = ["StripsOperator"]


class StripsOperator(JobOperator):
    """Mixin for captions and cuts."""

    poll_message_set: ClassVar[Callable[[str], None]]

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be strips to look at."""
        # not at the top: enabling the add-on is part of every start of Blender
        from ..scene.compat import sequencer_scene
        from ..scene.strips import why_no_strips

        scene = sequencer_scene(context)
        if scene is None:
            cls.poll_message_set(said("The sequencer shows no scene: choose one at its top"))
            return False
        # a script may name a channel, of which nothing is known here
        in_sequencer = context.space_data is not None and context.space_data.type == "SEQUENCE_EDITOR"
        if in_sequencer and (reason := why_no_strips(scene)):
            cls.poll_message_set(said(reason))
            return False
        return True
