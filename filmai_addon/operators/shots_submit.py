"""The jobs of shots: strips as clips, their lists of files, the request and its target."""

import time
from pathlib import Path

import bpy

from .. import paths
from ..contract import MAX_CLIPS, Clip, DescribeShots, DetectCuts, DeviceChoice
from ..core.clips import FixedShot, clips_of
from ..core.errors import FilmAIError, SettingsError
from ..core.jobs import Job
from ..core.shot_entries import fixed_shot_or_none
from ..core.shot_settings import CaptionSettings
from ..core.strip_sources import CaptionTarget, CutsTarget, StripPlan
from ..scene.compat import sequencer_scene
from ..scene.shot_list import read_entries
from ..scene.strips import plan_strips
from .job_operator import ShotsWish
from .render_submit import prepare_render, rendered_files, with_rendered_strips

__all__ = ["shots_job"]


def shots_job(context: bpy.types.Context, wish: ShotsWish, folder: Path, device: DeviceChoice) -> Job:
    """The job, and its files in its folder. Raises FilmAIError when there is no strip that could be looked at."""
    scene = sequencer_scene(context)
    if scene is None:
        raise SettingsError("The sequencer shows no scene.", "Choose one at the top of the sequencer.")
    plan = plan_strips(scene, wish.strips_channel)
    looks_for_cuts = not isinstance(wish.settings, CaptionSettings) or wish.settings.divide
    plan = with_rendered_strips(plan, looks_for_cuts)
    edited = _edited_shots(scene) if isinstance(wish.settings, CaptionSettings) else {}
    return _job(plan, wish, edited, folder, device)


def _job(
    plan: StripPlan,
    wish: ShotsWish,
    edited: dict[str, list[FixedShot]],
    folder: Path,
    device: DeviceChoice,
) -> Job:
    clips = _clips(plan, edited, folder)
    places = tuple((clip.id, int(clip.id.partition(".")[0])) for clip in clips)
    settings = wish.settings
    if isinstance(settings, CaptionSettings):
        request: DescribeShots | DetectCuts = DescribeShots(
            folder.name, clips, settings.divide, device, str(folder)
        )
        target: CaptionTarget | CutsTarget = CaptionTarget(
            plan, places, settings, str(paths.pictures_folder())
        )
    else:
        request = DetectCuts(folder.name, clips, settings.sensitivity, device, str(folder))
        target = CutsTarget(plan, places, settings)
    first = plan.sources[0].ref.name
    title = f"Caption {first}" if isinstance(settings, CaptionSettings) else f"Cuts of {first}"
    if len(plan.sources) > 1:
        title = f"{title} and {len(plan.sources) - 1} more"
    preparation = prepare_render(plan, folder)
    return Job(folder.name, title, request, time.monotonic(), target, preparation)


def _clips(plan: StripPlan, edited: dict[str, list[FixedShot]], folder: Path) -> tuple[Clip, ...]:
    clips: list[Clip] = []
    for place, source in enumerate(plan.sources):
        list_path = ""
        files = rendered_files(source, place, folder) or source.files
        if files:
            list_path = str(folder / f"frames_{place}.txt")
            _write_list(Path(list_path), files)
        try:
            clips.extend(clips_of(source, place, list_path, edited.get(source.ref.name, ())))
        except ValueError as error:
            raise SettingsError(
                f"{source.ref.name} cannot be looked at: {error}.", "Trim it first."
            ) from error
    if len(clips) > MAX_CLIPS:
        raise SettingsError(
            f"These are {len(clips)} clips; {MAX_CLIPS} can be looked at in one job.", "Select fewer strips."
        )
    return tuple(clips)


def _write_list(path: Path, files: tuple[str, ...]) -> None:
    try:
        path.write_text("\n".join(files) + "\n", encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise FilmAIError(f"The list of frames cannot be written: {error}.", "Free some space.") from error


def _edited_shots(scene: bpy.types.Scene) -> dict[str, list[FixedShot]]:
    """What was set by hand, by the names of strips."""
    edited: dict[str, list[FixedShot]] = {}
    for entry in read_entries(scene):
        fixed = fixed_shot_or_none(entry)
        if fixed is not None:
            edited.setdefault(entry.strip, []).append(fixed)
    return edited
