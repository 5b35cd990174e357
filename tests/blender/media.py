"""Films and pictures to put onto a timeline, made by Blender itself, and the strips that show them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy

__all__ = [
    "Media",
    "add_effect",
    "add_images",
    "add_movie",
    "captions",
    "make_media",
    "set_span",
    "span",
    "texts",
]

COLOURS = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


@dataclass(frozen=True)
class Media:
    """What was made."""

    movie: Path
    """Three seconds at 25 frames a second: red, green, blue."""
    pictures: tuple[Path, ...]
    """Thirty frames."""


def make_media(folder: Path) -> Media:
    scene = bpy.data.scenes.new("Media")
    render = scene.render
    render.resolution_x, render.resolution_y, render.fps = 64, 36, 25
    editor = scene.sequence_editor_create()
    for place, colour in enumerate(COLOURS):
        add_effect(editor.strips, "COLOR", 1, 1 + 25 * place, 26 + 25 * place).color = colour
    scene.frame_start, scene.frame_end = 1, 75
    if hasattr(render.image_settings, "media_type"):
        render.image_settings.media_type = "VIDEO"
    render.image_settings.file_format = "FFMPEG"
    render.ffmpeg.format, render.ffmpeg.codec = "MPEG4", "H264"
    render.filepath = str(folder / "three colours.mp4")
    bpy.ops.render.render(animation=True, scene=scene.name)
    if hasattr(render.image_settings, "media_type"):
        render.image_settings.media_type = "IMAGE"
    render.image_settings.file_format = "PNG"
    scene.frame_end = 30
    render.filepath = str(folder / "frames" / "f_")
    bpy.ops.render.render(animation=True, scene=scene.name)
    bpy.data.scenes.remove(scene)
    return Media(folder / "three colours.mp4", tuple(sorted((folder / "frames").iterdir())))


def add_effect(strips: Any, kind: str, channel: int, start: int, end: int, **options: Any) -> Any:
    named = {"name": kind.title(), "type": kind, "channel": channel, "frame_start": start, **options}
    if "length" in bpy.types.StripsTopLevel.bl_rna.functions["new_effect"].parameters:
        return strips.new_effect(**named, length=end - start)
    return strips.new_effect(**named, frame_end=end)


def add_movie(media: Media, name: str = "Film", channel: int = 1, start: int = 1) -> Any:
    strip = editor().strips.new_movie(
        name=name, filepath=str(media.movie), channel=channel, frame_start=start
    )
    strip.select = True
    return strip


def add_images(paths: tuple[Path, ...], name: str = "Frames", channel: int = 1, start: int = 1) -> Any:
    strip = editor().strips.new_image(name=name, filepath=str(paths[0]), channel=channel, frame_start=start)
    for path in paths[1:]:
        strip.elements.append(path.name)
    set_span(strip, start, start + len(paths))
    strip.select = True
    return strip


def editor() -> Any:
    scene = bpy.context.scene
    # the films have 25 frames a second
    scene.render.fps = 25
    return scene.sequence_editor or scene.sequence_editor_create()


def set_span(strip: Any, start: int, end: int) -> None:
    """Move the handles."""
    if hasattr(strip, "left_handle"):
        strip.left_handle, strip.right_handle = start, end
    else:
        strip.frame_final_start, strip.frame_final_end = start, end


def span(strip: Any) -> tuple[int, int]:
    """The visible range."""
    if hasattr(strip, "left_handle"):
        return strip.left_handle, strip.right_handle
    return strip.frame_final_start, strip.frame_final_end


def captions(scene: Any = None) -> list[Any]:
    """Our text strips from left to right."""
    strips = (scene or bpy.context.scene).sequence_editor.strips_all
    return sorted((strip for strip in strips if "filmai_caption" in strip), key=lambda strip: span(strip))


def texts() -> list[str]:
    return [strip.text for strip in captions()]
