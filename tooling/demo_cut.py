"""The demo's short film inside Blender: joins the rendered shots in a sequencer and writes the movie.

Run by tooling.film with the Python of a Blender environment. Standard library and bpy alone.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tooling.demo_scene import quiet
from tooling.film_recipe import FILM_PX, FILM_RATE, SHOTS, FilmShot, film_frames, starts


def main() -> None:
    """Write the movie."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--frames", type=Path, required=True, help="folder of the shots' folders")
    parser.add_argument("--movie", type=Path, required=True)
    options = parser.parse_args()
    bpy.ops.wm.read_factory_settings(use_empty=True)
    with quiet():
        write_movie(SHOTS, options.frames, options.movie)


def write_movie(shots: Sequence[FilmShot], frames: Path, movie: Path) -> None:
    """The shots' frames as H.264, with a cut or a dissolve between each two."""
    scene = bpy.context.scene
    strips = scene.sequence_editor_create().strips
    before: Any = None
    for place, (shot, start) in enumerate(zip(shots, starts(shots), strict=True)):
        pictures = sorted((frames / f"{place:02d}").glob("*.png"))
        # the two shots of a dissolve overlap, so each lies on a channel of its own
        strip = strips.new_image(
            f"Shot {place + 1}", str(pictures[0]), channel=1 + place % 2, frame_start=1 + start
        )
        for picture in pictures[1:]:
            strip.elements.append(picture.name)
        if shot.dissolve:
            _add_dissolve(strips, before, strip, 1 + start, shot.dissolve)
        before = strip
    scene.frame_start, scene.frame_end = 1, film_frames(shots)
    _set_up(scene, movie)
    bpy.ops.render.render(animation=True)


def _add_dissolve(strips: Any, before: Any, strip: Any, start: int, frames: int) -> None:
    # Blender 5.0 takes a length, its forerunners an end
    takes_length = "length" in bpy.types.StripsTopLevel.bl_rna.functions["new_effect"].parameters
    until = {"length": frames} if takes_length else {"frame_end": start + frames}
    strips.new_effect("Dissolve", "CROSS", channel=3, frame_start=start, **until, input1=before, input2=strip)


def _set_up(scene: Any, movie: Path) -> None:
    render, settings = scene.render, scene.render.image_settings
    (render.resolution_x, render.resolution_y), render.resolution_percentage = FILM_PX, 100
    render.fps, render.filepath, render.use_file_extension = FILM_RATE, str(movie), False
    # the frames are pictures for a screen already
    scene.view_settings.view_transform = "Standard"
    if hasattr(settings, "media_type"):
        # from Blender 5.0 on movies are a kind of media of their own
        settings.media_type = "VIDEO"
    settings.file_format = "FFMPEG"
    render.ffmpeg.format, render.ffmpeg.codec = "MPEG4", "H264"
    render.ffmpeg.constant_rate_factor = "HIGH"


if __name__ == "__main__":
    main()
