"""The demo's second half inside Blender: put the film together, find its cuts, caption its shots, export the list.

Run by tooling.demo with the Python of a Blender environment and a profile of its own; uses of FilmAI only what a
user's script would: its operators. Standard library and bpy alone.
"""

import argparse
import json
import sys
from pathlib import Path

import bpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tooling.demo_scene import Stopwatch, quiet

FILM_RATE = 24
EXPORTS = ("srt", "html")


def main() -> None:
    """Everything, in order; an error ends the program with its message and a non-zero code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--zip", type=Path, required=True)
    parser.add_argument("--frames", type=Path, required=True, help="folder of the shots' frames")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--times", type=Path, required=True, help="JSON file to write the steps' times to")
    options = parser.parse_args()
    watch = Stopwatch()
    film = options.out / "film.mp4"
    bpy.ops.wm.read_factory_settings(use_empty=True)
    with watch.step("Putting the film together"), quiet():
        write_film(options.frames, film)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.extensions.package_install_files(
        filepath=str(options.zip), repo="user_default", enable_on_install=True
    )
    scene = bpy.context.scene
    scene.render.fps = FILM_RATE
    strip = scene.sequence_editor_create().strips.new_movie("film", str(film), channel=1, frame_start=1)
    scene.frame_start, scene.frame_end = 1, strip.frame_final_duration
    strip.select = True
    if hasattr(bpy.context.workspace, "sequencer_scene"):
        bpy.context.workspace.sequencer_scene = scene
    with watch.step("Finding the cuts"):
        require(bpy.ops.filmai.detect_cuts())
        for marker in scene.timeline_markers:
            print(f"  frame {marker.frame}: {marker.name}", flush=True)
    with watch.step("Captioning the shots"):
        require(bpy.ops.filmai.caption_strips())
        for shot in scene.filmai_shots.shots:
            print(f"  {shot.in_text}  {shot.en}", flush=True)
    with watch.step("Exporting subtitles and contact sheet"):
        for ending in EXPORTS:
            path = options.out / f"film.{ending}"
            require(bpy.ops.filmai.export_shot_list(filepath=str(path), check_existing=False))
    with watch.step("Saving the timeline"), quiet():
        path = str(options.out / "filmai_film.blend")
        bpy.ops.wm.save_as_mainfile(filepath=path, compress=True, relative_remap=True)
        bpy.ops.file.make_paths_relative()
        bpy.ops.wm.save_mainfile()
    options.times.write_text(json.dumps(watch.seconds), encoding="utf-8")


def require(answer: set[str]) -> None:
    """End the demo when an operator did not do its work."""
    if answer != {"FINISHED"}:
        sys.exit(f"FilmAI's operator answered {answer}; see the lines above.")


def write_film(frames: Path, path: Path) -> None:
    """All shots' frames one after the other, as H.264."""
    scene = bpy.context.scene
    strips = scene.sequence_editor_create().strips
    start = 1
    for folder in sorted(folder for folder in frames.iterdir() if folder.is_dir()):
        pictures = sorted(folder.glob("*.png"))
        strip = strips.new_image(folder.name, str(pictures[0]), channel=1, frame_start=start)
        for picture in pictures[1:]:
            strip.elements.append(picture.name)
        start += len(pictures)
        first = bpy.data.images.load(str(pictures[0]))
    scene.frame_start, scene.frame_end = 1, start - 1
    render = scene.render
    (render.resolution_x, render.resolution_y), render.resolution_percentage = first.size, 100
    render.fps, render.filepath = FILM_RATE, str(path)
    render.use_file_extension = False
    # the frames are pictures for a screen already
    scene.view_settings.view_transform = "Standard"
    settings = render.image_settings
    if hasattr(settings, "media_type"):  # from Blender 5.0 on
        settings.media_type = "VIDEO"
    settings.file_format = "FFMPEG"
    render.ffmpeg.format, render.ffmpeg.codec = "MPEG4", "H264"
    render.ffmpeg.constant_rate_factor = "HIGH"
    bpy.ops.render.render(animation=True)


if __name__ == "__main__":
    main()
