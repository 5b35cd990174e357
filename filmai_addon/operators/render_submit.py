"""Prepares the rendering of strips that only Blender can show: a copy of the file, a plan, a command line."""

import os
import sys
from dataclasses import replace
from pathlib import Path

import bpy

from .. import paths
from ..core.errors import FilmAIError, SettingsError
from ..core.render_plan import Preparation, RenderedStrip, every_nth, plan_text, rendered_strip, with_pictures
from ..core.strip_sources import StripPlan, StripSource
from ..scene.snapshot import find_scene

__all__ = ["prepare_render", "rendered_files", "with_rendered_strips"]

_SCRIPT = "render_strips.py"
MAX_PICTURES = 50_000
"""Of one job: more take days, and fill a disk."""


def with_rendered_strips(plan: StripPlan, looks_for_cuts: bool) -> StripPlan:
    """The plan with the rate at which its strips are rendered. Raises SettingsError when that is too much."""
    sources = tuple(
        with_pictures(source, every_nth(source.scene_rate, looks_for_cuts))
        if source.kind == "render"
        else source
        for source in plan.sources
    )
    pictures = sum(source.timing.media_frames for source in sources if source.kind == "render")
    if pictures > MAX_PICTURES:
        raise SettingsError(
            f"{pictures} frames of these strips would have to be rendered.", "Select fewer or shorter strips."
        )
    return replace(plan, sources=sources)


def rendered_files(source: StripSource, place: int, folder: Path) -> tuple[str, ...]:
    """The pictures that will be made of that strip, in order; none of one that needs no rendering."""
    return _rendered(source, place, folder).files if source.kind == "render" else ()


def prepare_render(plan: StripPlan, folder: Path) -> Preparation | None:
    """Save a copy of the file and the plan for it; None when nothing has to be rendered.

    Raises FilmAIError when they cannot be written.
    """
    strips = [
        _rendered(source, place, folder)
        for place, source in enumerate(plan.sources)
        if source.kind == "render"
    ]
    scene = find_scene(plan.scene)
    if not strips or scene is None:
        return None
    blend, plan_path = folder / "copy.blend", folder / "render.json"
    use_scripts = bpy.context.preferences.filepaths.use_scripts_auto_execute
    try:
        bpy.ops.wm.save_as_mainfile(filepath=str(blend), copy=True, check_existing=False)
        text = plan_text(blend, scene.name, strips, use_scripts, os.getpid())
        plan_path.write_text(text, encoding="utf-8")
        for strip in strips:
            Path(strip.files[0]).parent.mkdir()
    except (OSError, RuntimeError) as error:
        raise FilmAIError(
            "The copy of the file that is rendered cannot be saved.", "Free some space.", str(error)
        ) from error
    files = tuple(file for strip in strips for file in strip.files)
    return Preparation((*_blender(), str(plan_path)), files, str(folder / "render.log"))


def _rendered(source: StripSource, place: int, folder: Path) -> RenderedStrip:
    timing = source.timing
    every = round(1 / timing.step)
    return rendered_strip(source.ref.name, timing.visible, every, folder / f"strip_{place}")


def _blender() -> tuple[str, ...]:
    """Runs the script in a Blender without window; the arguments follow."""
    script = str(paths.addon_folder() / _SCRIPT)
    if bpy.app.binary_path:
        options = ("--background", "--factory-startup", "--python-exit-code", "3", "--python")
        return (bpy.app.binary_path, *options, script, "--")
    # Blender as a module of Python has no program of its own
    return (sys.executable, script, "--")
