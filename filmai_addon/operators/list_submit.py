"""The jobs of shot lists as files. The worker writes and reads them: its packages know the formats, and a full
disk or a slow network folder does not hold Blender up.
"""

import json
import time
from dataclasses import replace
from pathlib import Path

import bpy

from .. import paths
from ..contract import CaptionedShot, ExportShots, ReadCaptions, frames_of, to_plain
from ..core.errors import FilmAIError, SettingsError
from ..core.jobs import Job
from ..core.list_export import captioned_shots
from ..core.list_import import ImportTarget
from ..core.shot_entries import ShotEntry
from ..core.shot_pictures import kept_pictures
from ..scene.compat import sequencer_scene
from ..scene.list_media import strip_media
from ..scene.shot_list import read_entries
from ..scene.snapshot import ref_of
from ..scene.strip_sources import exact_rate
from ..shot_form import read_caption_settings
from .job_operator import ExportWish, ImportWish

__all__ = ["export_job", "import_job"]


def export_job(context: bpy.types.Context, wish: ExportWish, folder: Path) -> Job:
    """The job, and its shots in its folder. Raises FilmAIError when there is nothing that could be written."""
    scene = _scene(context)
    settings = read_caption_settings(context)
    settings = replace(settings, language=wish.language or settings.language)
    rate = exact_rate(scene)
    try:
        start = frames_of(wish.start_timecode, rate) if wish.start_timecode else 0
    except ValueError as error:
        raise SettingsError(f"{error}.", "It is the timecode of the scene's first frame.") from error
    entries = _entries(scene, wish.only_shown)
    shots = captioned_shots(
        entries,
        strip_media(scene, (entry.strip for entry in entries)),
        kept_pictures(str(paths.pictures_folder()), (entry.id for entry in entries)),
        scene.frame_start,
        settings,
    )
    if not shots:
        raise SettingsError(
            "All shots lie before the scene's first frame.", "Set the scene's start to where the film begins."
        )
    shots_path = folder / "shots.json"
    _write_shots(shots_path, shots)
    request = ExportShots(
        job=folder.name,
        title=Path(bpy.data.filepath).stem or scene.name,
        rate_numerator=rate.numerator,
        rate_denominator=rate.denominator,
        first_frame=scene.frame_start,
        start_timecode_frame=start,
        language=settings.language,
        shots_path=str(shots_path),
        path=str(wish.path),
    )
    return Job(folder.name, f"Export {wish.path.name}", request, time.monotonic())


def import_job(context: bpy.types.Context, wish: ImportWish, folder: Path) -> Job:
    """The job. Raises SettingsError when the file is none that could be read."""
    scene = _scene(context)
    try:
        request = ReadCaptions(folder.name, str(wish.path))
    except ValueError as error:
        raise SettingsError(
            f"{wish.path.name} is no subtitle file: {error}.", "Choose another file."
        ) from error
    settings = read_caption_settings(context)
    target = ImportTarget(ref_of(scene), wish.path.name, wish.channel or settings.channel, settings.style)
    return Job(folder.name, f"Import {wish.path.name}", request, time.monotonic(), target)


def _scene(context: bpy.types.Context) -> bpy.types.Scene:
    scene = sequencer_scene(context)
    if scene is None:
        raise SettingsError("The sequencer shows no scene.", "Choose one at the top of the sequencer.")
    return scene


def _entries(scene: bpy.types.Scene, only_shown: bool) -> tuple[ShotEntry, ...]:
    entries = read_entries(scene)
    if not entries:
        raise SettingsError("The shot list is empty.", "Caption some strips first.")
    if only_shown:
        shown = [shot.shown for shot in scene.filmai_shots.shots]
        entries = tuple(entry for entry, is_shown in zip(entries, shown, strict=True) if is_shown)
    if not entries:
        raise SettingsError("The filter shows no shot.", "Clear it, or export all shots.")
    return entries


def _write_shots(path: Path, shots: tuple[CaptionedShot, ...]) -> None:
    try:
        path.write_text(json.dumps(to_plain(shots)), encoding="utf-8")
    except OSError as error:
        raise FilmAIError(f"The list of shots cannot be written: {error}.", "Free some space.") from error
