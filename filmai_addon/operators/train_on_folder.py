"""Trains a material of the user's own on a folder of pictures, in the background."""

import os

import bpy

from .. import paths, preferences
from ..contract import family_word, own_family_id
from ..core.errors import SettingsError
from ..translations.speaking import said
from .error_report import reported_errors

__all__ = ["FILMAI_OT_train_on_folder"]


class FILMAI_OT_train_on_folder(bpy.types.Operator):
    """Train a material of your own on a folder of pictures, in a process beside Blender"""

    bl_idname = "filmai.train_on_folder"
    bl_label = "Train on a Folder"
    bl_options = {"INTERNAL"}

    resume: bpy.props.BoolProperty(
        name="Resume", description="Go on where the last training of this name ended", options={"SKIP_SAVE"}
    )

    def execute(self, context: bpy.types.Context) -> set[str]:
        """Check what was chosen, and start."""
        from .. import training_session

        with reported_errors(self):
            wish = preferences.training_wish(context)
            try:
                word = family_word(own_family_id(wish.name))
            except ValueError as error:
                raise SettingsError(f"That name cannot be used: {error}.", "Choose another one.") from None
            if not wish.folder:
                raise SettingsError(
                    "No folder is chosen.", "Choose one that holds pictures of your material."
                )
            models = str(paths.own_models_folder())
            training_session.start(wish.python, wish.options(models, os.getpid(), resume=self.resume), word)
            self.report({"INFO"}, said(f"Training {wish.name}"))
            return {"FINISHED"}
        return {"CANCELLED"}
