"""The demo's second half inside Blender: find the film's cuts, caption its shots, export the list.

Run by tooling.demo with the Python of a Blender environment and a profile of its own; uses of FilmAI only what a
user's script would: its operators. Standard library and bpy alone.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tooling.demo_scene import Stopwatch, quiet
from tooling.film_recipe import FILM_PX, FILM_RATE, film_frames

EXPORTS = ("srt", "html")


def main() -> None:
    """Everything, in order; an error ends the program with its message and a non-zero code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--zip", type=Path, required=True)
    parser.add_argument("--film", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--times", type=Path, required=True, help="JSON file to write the steps' times to")
    options = parser.parse_args()
    watch = Stopwatch()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.extensions.package_install_files(
        filepath=str(options.zip), repo="user_default", enable_on_install=True
    )
    scene = scene_of_film(options.film)
    with watch.step("Finding the film's cuts"):
        call(bpy.ops.filmai.detect_cuts)
        for marker in sorted(scene.timeline_markers, key=lambda marker: marker.frame):
            print(f"  frame {marker.frame}: {marker.name}", flush=True)
    with watch.step("Captioning its shots"):
        call(bpy.ops.filmai.caption_strips)
        for shot in scene.filmai_shots.shots:
            print(f"  {shot.in_text} to {shot.out_text}  {shot.en}", flush=True)
    with watch.step("Writing subtitles and contact sheet"):
        for ending in EXPORTS:
            path = options.out / f"{options.film.stem}.{ending}"
            call(bpy.ops.filmai.export_shot_list, filepath=str(path), check_existing=False)
    with watch.step("Saving the timeline"), quiet():
        save(options.out / "filmai_film.blend")
    options.times.write_text(json.dumps(watch.seconds), encoding="utf-8")


def scene_of_film(film: Path) -> bpy.types.Scene:
    """The open scene with the film as its only strip, selected."""
    scene = bpy.context.scene
    scene.render.fps = FILM_RATE
    (scene.render.resolution_x, scene.render.resolution_y) = FILM_PX
    scene.frame_start, scene.frame_end = 1, film_frames()
    strip = scene.sequence_editor_create().strips.new_movie(film.stem, str(film), channel=1, frame_start=1)
    strip.select = True
    if hasattr(bpy.context.workspace, "sequencer_scene"):
        # from Blender 5.0 on the sequencer shows a scene of its own choice
        bpy.context.workspace.sequencer_scene = scene
    return scene


def call(operator: Callable[..., set[str]], **settings: Any) -> None:
    """Call an operator, and end the demo with its message when it did not do its work."""
    try:
        answer = operator(**settings)
    except RuntimeError as error:
        sys.exit(str(error))
    if answer != {"FINISHED"}:
        sys.exit(f"FilmAI's operator answered {answer}; see the lines above.")


def save(path: Path) -> None:
    """Save the open file so that folder and film can be moved together."""
    bpy.ops.wm.save_as_mainfile(filepath=str(path), compress=True)
    # a path can only be relative to a file that is there
    bpy.ops.file.make_paths_relative()
    bpy.ops.wm.save_mainfile(compress=True)


if __name__ == "__main__":
    main()
