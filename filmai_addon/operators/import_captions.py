"""Reads a subtitle file into text strips of the sequencer."""

import bpy

from ..contract import IMPORT_SUFFIXES
from ..core.shot_settings import MAX_CHANNEL
from ..translations.speaking import said
from .file_operator import FileOperator
from .job_operator import ImportWish

__all__ = ["FILMAI_OT_import_captions"]


class FILMAI_OT_import_captions(FileOperator, bpy.types.Operator):
    """The button, the menu entry and the script call."""

    bl_idname = "filmai.import_captions"
    bl_label = "Import Captions"
    bl_description = (
        "Make text strips of a subtitle file (SubRip, WebVTT, Advanced SubStation), in the text style that is "
        "chosen here. They are yours: captioning strips again does not touch them"
    )

    filepath: bpy.props.StringProperty(
        name="File",
        description="The subtitle file",
        subtype="FILE_PATH",
        options={"SKIP_SAVE", "PATH_SUPPORTS_BLEND_RELATIVE"},
    )
    channel: bpy.props.IntProperty(
        name="Channel",
        description="Captions go to the first free channel from this one on; 0: above the strips",
        min=0,
        max=MAX_CHANNEL,
        options={"SKIP_SAVE"},
    )
    filter_glob: bpy.props.StringProperty(
        name="Shown Files",
        description="Which files Blender's dialog shows",
        default=";".join(f"*{suffix}" for suffix in IMPORT_SUFFIXES),
        options={"HIDDEN", "SKIP_SAVE"},
    )
    from_dialog: bpy.props.BoolProperty(
        name="From the File Dialog",
        description="Set by the button: the file was chosen in Blender's dialog, and nobody waits for the job",
        options={"HIDDEN", "SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a timeline."""
        from ..scene.compat import sequencer_scene

        if sequencer_scene(context) is None:
            cls.poll_message_set(said("The sequencer shows no scene: choose one at its top"))
            return False
        return True

    def wish(self, _context: bpy.types.Context) -> ImportWish:
        """What was given."""
        return ImportWish(self.chosen_path(self.filepath), self.channel)
