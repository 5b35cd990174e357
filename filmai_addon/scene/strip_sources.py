"""Reads strips: what they show, when, and what stands in the way. Changes nothing."""

from fractions import Fraction
from pathlib import Path

import bpy

from ..core.errors import StripError
from ..core.strip_sources import SourceKind, StripRef, StripSource
from ..core.timeline import FrameRange, StripTiming, media_step
from .compat import content_frames, content_start, retimed_step, trims, visible_range
from .movie_length import movie_frames

__all__ = ["exact_rate", "scene_rate", "source_of", "strip_ref", "timing_now"]

_RENDERED: SourceKind = "render"
_FILE_KINDS = frozenset({"MOVIE", "IMAGE"})
_NOT_SEEN = frozenset({"SOUND", "TEXT"})


def scene_rate(scene: bpy.types.Scene) -> float:
    """Frames per second of the timeline."""
    return float(scene.render.fps / scene.render.fps_base)


def exact_rate(scene: bpy.types.Scene) -> Fraction:
    """The same without the rounding of Blender's single precision: 30000 / 1001."""
    return Fraction(scene.render.fps) / Fraction(scene.render.fps_base).limit_denominator(1000)


def strip_ref(strip: bpy.types.Strip) -> StripRef:
    """What a strip is known by."""
    return StripRef(strip.name, strip.type, _medium(strip), content_start(strip))


def source_of(strip: bpy.types.Strip, scene: bpy.types.Scene) -> StripSource:
    """What that strip shows and how. Raises StripError."""
    if strip.type in _NOT_SEEN:
        raise StripError(f"{strip.name} shows nothing that could be described: it is left out.")
    if visible_range(strip).end <= visible_range(strip).start:
        raise StripError(f"{strip.name} has no length.")
    if strip.type not in _FILE_KINDS or len(getattr(strip, "retiming_keys", ())) > 2:
        # Blender does not say how the speed runs between the keys
        return _rendered(strip, scene)
    return _movie(strip, scene) if strip.type == "MOVIE" else _images(strip, scene)


def timing_now(strip: bpy.types.Strip, source: StripSource, scene: bpy.types.Scene) -> StripTiming:
    """The timing of that strip as it is by now, may it have been moved or trimmed since the click.

    Raises StripError when it shows nothing of its medium any more.
    """
    if source.kind == _RENDERED:
        return _rendered_timing(strip, source)
    before = source.timing
    return _timing(strip, before.media_rate, before.media_frames, scene_rate(scene))


def _movie(strip: bpy.types.Strip, scene: bpy.types.Scene) -> StripSource:
    path = _existing(strip, bpy.path.abspath(strip.filepath, library=scene.library))
    rate = float(strip.fps)
    if rate <= 0:
        raise StripError(f"{strip.name} has no picture that could be read: {path}.")
    frames = content_frames(strip) + sum(trims(strip))
    if strip.retiming_keys or abs(rate - scene_rate(scene)) > 1e-3:
        frames = movie_frames(path) or frames
    return StripSource(
        strip_ref(strip),
        "movie",
        path,
        (),
        _timing(strip, rate, frames, scene_rate(scene)),
        scene_rate(scene),
        strip.use_flip_x,
        strip.use_flip_y,
    )


def _images(strip: bpy.types.Strip, scene: bpy.types.Scene) -> StripSource:
    folder = bpy.path.abspath(strip.directory, library=scene.library)
    files = tuple(str(Path(folder) / element.filename) for element in strip.elements)
    if not files:
        raise StripError(f"{strip.name} has no picture.")
    single = len(files) == 1
    _existing(strip, files[0])
    if missing := sum(not Path(file).is_file() for file in files):
        raise StripError(f"{strip.name}: {missing} of its {len(files)} pictures are missing, in {folder}.")
    rate = scene_rate(scene)
    return StripSource(
        strip_ref(strip),
        "image" if single else "sequence",
        files[0] if single else "",
        () if single else files,
        _timing(strip, rate, len(files), rate),
        rate,
        strip.use_flip_x,
        strip.use_flip_y,
    )


def _timing(
    strip: bpy.types.Strip, media_rate: float, media_frames: int, timeline_rate: float
) -> StripTiming:
    trim_start, trim_end = trims(strip)
    left = media_frames - trim_start - trim_end
    frames = content_frames(strip)
    retimed = retimed_step(strip, left) if strip.retiming_keys else None
    try:
        return StripTiming(
            visible=visible_range(strip),
            content_start=content_start(strip),
            content_frames=frames,
            media_rate=media_rate,
            media_frames=media_frames,
            trim_start=trim_start,
            trim_end=trim_end,
            step=media_step(frames, left, media_rate, timeline_rate, retimed),
            backwards=strip.use_reverse_frames,
        )
    except ValueError as error:
        raise StripError(f"{strip.name}: {error}.") from error


def _rendered(strip: bpy.types.Strip, scene: bpy.types.Scene) -> StripSource:
    if strip.type == "SCENE" and strip.scene is None:
        raise StripError(f"{strip.name} shows a scene that is not there any more.")
    visible, rate = visible_range(strip), scene_rate(scene)
    frames = visible.end - visible.start
    timing = StripTiming(visible, float(visible.start), frames, rate, frames)
    return StripSource(strip_ref(strip), _RENDERED, "", (), timing, rate)


def _rendered_timing(strip: bpy.types.Strip, source: StripSource) -> StripTiming:
    """The frames were rendered from the strip's visible range at the click, and move with its content."""
    before, visible = source.timing, visible_range(strip)
    moved = content_start(strip) - source.ref.content_start
    start = before.content_start + moved
    seen = FrameRange(
        max(visible.start, round(start)), min(visible.end, round(start) + before.content_frames)
    )
    if seen.end <= seen.start:
        raise StripError(f"{strip.name}: nothing of what was described is seen any more.")
    return StripTiming(
        seen, start, before.content_frames, before.media_rate, before.media_frames, step=before.step
    )


def _existing(strip: bpy.types.Strip, path: str) -> str:
    if not Path(path).is_file():
        raise StripError(f"{strip.name}: its file is missing, {path}. Relink it in the strip's settings.")
    return path


def _medium(strip: bpy.types.Strip) -> str:
    """Which medium or scene, in words that two strips of the same share."""
    match strip.type:
        case "MOVIE":
            return str(strip.filepath)
        case "IMAGE":
            first = strip.elements[0].filename if len(strip.elements) else ""
            return f"{strip.directory}{first}"
        case "SCENE":
            return strip.scene.name if strip.scene is not None else ""
        case _:
            return ""
