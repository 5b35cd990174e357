"""Writes the shot list into a file: subtitles, tables, edit lists, a contact sheet."""

from pathlib import Path

import bpy

from ..contract import EXPORT_SUFFIXES
from ..core.errors import SettingsError
from ..shot_properties import LANGUAGE_ITEMS
from ..translations.speaking import said
from .file_operator import FileOperator
from .job_operator import ExportWish

__all__ = ["FILMAI_OT_export_shot_list"]

FORMAT_ITEMS = (
    ("SRT", "SubRip (.srt)", "Subtitles that every player reads"),
    ("VTT", "WebVTT (.vtt)", "Subtitles for the web"),
    ("ASS", "Advanced SubStation (.ass)", "Subtitles that can be styled"),
    ("CSV", "Table (.csv)", "Every field of every shot, for a spreadsheet"),
    ("JSON", "JSON (.json)", "All that is known, for programs"),
    ("EDL", "Edit List (.edl)", "CMX 3600 with a marker for each shot, 999 shots at most"),
    ("OTIO", "OpenTimelineIO (.otio)", "A timeline with markers, for other editors"),
    ("HTML", "Contact Sheet (.html)", "A page with pictures, timeline and statistics, to look at and print"),
)


class FILMAI_OT_export_shot_list(FileOperator, bpy.types.Operator):
    """The button, the menu entry and the script call."""

    bl_idname = "filmai.export_shot_list"
    bl_label = "Export Shot List"
    bl_description = (
        "Write the shots of the list into a file: subtitles, a table, an edit list or a contact sheet. "
        "What was set by hand is in it"
    )

    filepath: bpy.props.StringProperty(
        name="File",
        description="Where the list goes; its ending says in which format",
        subtype="FILE_PATH",
        options={"SKIP_SAVE", "PATH_SUPPORTS_BLEND_RELATIVE"},
    )
    list_format: bpy.props.EnumProperty(
        name="Format", description="What the file is for", items=FORMAT_ITEMS, default="SRT"
    )
    only_shown: bpy.props.BoolProperty(
        name="Only What the Filter Shows",
        description="Leave out the shots that the list's filter hides",
        default=True,
    )
    language: bpy.props.EnumProperty(
        name="Language",
        description="Of sentences and fields; at first the list's own",
        items=LANGUAGE_ITEMS,
        options={"SKIP_SAVE"},
    )
    start_timecode: bpy.props.StringProperty(
        name="Start Timecode",
        description="Timecode of the scene's first frame in tables, edit lists and contact sheets: 01:00:00:00",
        default="00:00:00:00",
    )
    check_existing: bpy.props.BoolProperty(
        name="Ask Before Replacing",
        description="Never replace a file without being asked to",
        default=True,
        options={"HIDDEN", "SKIP_SAVE"},
    )
    filter_glob: bpy.props.StringProperty(
        name="Shown Files",
        description="Which files Blender's dialog shows",
        default=";".join(f"*{suffix}" for suffix in EXPORT_SUFFIXES),
        options={"HIDDEN", "SKIP_SAVE"},
    )
    from_dialog: bpy.props.BoolProperty(
        name="From the File Dialog",
        description="Set by the button: the file was chosen in Blender's dialog, and nobody waits for the job",
        options={"HIDDEN", "SKIP_SAVE"},
    )
    format_before: bpy.props.StringProperty(
        name="Format Before",
        description="What the menu said when the dialog was last looked at",
        options={"HIDDEN", "SKIP_SAVE"},
    )

    @classmethod
    def poll(cls, context: bpy.types.Context) -> bool:
        """There must be a list."""
        from ..scene.compat import sequencer_scene

        scene = sequencer_scene(context)
        if scene is None:
            cls.poll_message_set(said("The sequencer shows no scene: choose one at its top"))
            return False
        if not len(scene.filmai_shots.shots):
            cls.poll_message_set(said("The shot list is empty: caption some strips first"))
            return False
        return True

    def invoke(self, context: bpy.types.Context, event: bpy.types.Event) -> set[str]:
        """Ask for the file, beside the .blend file at first."""
        from ..core.list_files import named_for
        from ..scene.compat import sequencer_scene

        scene = sequencer_scene(context)
        if scene is not None and not self.properties.is_property_set("language"):
            self.language = scene.filmai_shots.language
        if not self.filepath:
            self.filepath = named_for(_stem(), self.list_format)
        self.format_before = self.list_format
        return FileOperator.invoke(self, context, event)

    def check(self, _context: bpy.types.Context) -> bool:
        """Keep menu and name together in the dialog: what was changed last counts."""
        from ..core.list_files import format_of, named_for

        before = (self.filepath, self.list_format)
        typed = format_of(self.filepath)
        if typed and self.list_format == self.format_before:
            self.list_format = typed
        else:
            self.filepath = named_for(self.filepath, self.list_format)
        self.format_before = self.list_format
        return before != (self.filepath, self.list_format)

    def wish(self, _context: bpy.types.Context) -> ExportWish:
        """What was given. Raises SettingsError when the file cannot be written."""
        path = self.chosen_path(self._named())
        # Blender has asked about the very name that was chosen in its dialog
        asked = path == self.chosen_path(self.filepath) if self.from_dialog else not self.check_existing
        _require_place(path, asked)
        given = self.properties.is_property_set("language")
        return ExportWish(path, self.only_shown, self.language if given else None, self.start_timecode)

    def _named(self) -> str:
        from ..core.list_files import format_of, named_for

        if not self.filepath:
            return ""
        if self.from_dialog or self.properties.is_property_set("list_format"):
            return named_for(self.filepath, self.list_format)
        if not format_of(self.filepath):
            raise SettingsError(
                f"{Path(self.filepath).name} names no format.",
                f"End it in one of {', '.join(EXPORT_SUFFIXES)}, or say which format.",
            )
        return str(self.filepath)


def _require_place(path: Path, may_replace: bool) -> None:
    try:
        has_folder, taken = path.parent.is_dir(), path.exists()
        may_replace = may_replace and not path.is_dir()
    except OSError as error:
        # a name that is too long, a drive that does not answer
        raise SettingsError(
            f"{path.name[:80]} cannot be written: {error.strerror or error}.",
            "Choose another name or folder.",
        ) from error
    if not has_folder:
        raise SettingsError(f"There is no folder {path.parent}.", "Choose another one.")
    if taken and not may_replace:
        raise SettingsError(
            f"{path} exists already.", "Choose another name, or say check_existing=False in a script."
        )


def _stem() -> str:
    return str(Path(bpy.data.filepath).with_suffix("")) if bpy.data.filepath else "shots"
