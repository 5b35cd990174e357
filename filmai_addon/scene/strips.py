"""Takes down which strips are meant at the click, and finds them again when the result is there."""

from collections.abc import Container
from dataclasses import replace

import bpy

from ..core.errors import SettingsError, StripError
from ..core.strip_sources import StripPlan, StripRef, StripSource
from .compat import visible_range
from .snapshot import ref_of
from .strip_sources import source_of, strip_ref
from .text_strips import CAPTION_TAG

__all__ = ["find_strip", "plan_strips", "shown_strips", "strips_around", "why_no_strips"]


def plan_strips(scene: bpy.types.Scene, channel: int = 0) -> StripPlan:
    """The selected strips, or with ``channel`` all of that one, from left to right.

    Raises SettingsError when there are none, or none that could be described.
    """
    chosen = [strip for strip in shown_strips(scene) if _is_meant(strip, channel)]
    if not chosen:
        message = f"No strip is in channel {channel}." if channel else "No strip is selected."
        raise SettingsError(message, "Select the strips that FilmAI is to look at.")
    # several strips may begin at the same frame: the names settle it
    chosen.sort(key=lambda strip: (visible_range(strip).start, strip.channel, strip.name))
    sources: list[StripSource] = []
    problems: list[str] = []
    for strip in chosen:
        try:
            sources.append(source_of(strip, scene))
        except StripError as problem:
            problems.append(str(problem))
    if not sources:
        raise SettingsError(" ".join(problems))
    names = frozenset(strip.name for strip in scene.sequence_editor.strips_all)
    return StripPlan(ref_of(scene), tuple(sources), tuple(problems), names)


def shown_strips(scene: bpy.types.Scene) -> list[bpy.types.Strip]:
    """The strips that the sequencer shows: those of the meta strip that is open, or all on the timeline."""
    editor = scene.sequence_editor
    if editor is None:
        return []
    return list(editor.meta_stack[-1].strips if len(editor.meta_stack) else editor.strips)


def why_no_strips(scene: bpy.types.Scene) -> str:
    """Why there is nothing to look at, for people; empty when there is."""
    form = scene.filmai_shots
    channel = form.strips_channel if form.strips == "CHANNEL" else 0
    if any(_is_meant(strip, channel) for strip in shown_strips(scene)):
        return ""
    return f"Channel {channel} has no strip" if channel else "Select the strips to look at"


def find_strip(scene: bpy.types.Scene, ref: StripRef, names_before: Container[str]) -> bpy.types.Strip | None:
    """The strip of that snapshot; None when it was deleted.

    By its name, if what has that name still shows the same, else the only one that shows the same and had
    another name before.
    """
    editor = scene.sequence_editor
    if editor is None:
        return None
    named = editor.strips_all.get(ref.name)
    if named is not None and replace(strip_ref(named), content_start=ref.content_start) == ref:
        return named
    same = [
        strip
        for strip in editor.strips_all
        if strip.name not in names_before and replace(strip_ref(strip), name=ref.name) == ref
    ]
    return same[0] if len(same) == 1 else None


def strips_around(scene: bpy.types.Scene, strip: bpy.types.Strip) -> bpy.types.bpy_prop_collection:
    """The collection that the strip is in: a meta strip's, or the timeline's."""
    meta = strip.parent_meta()
    return meta.strips if meta is not None else scene.sequence_editor.strips


def _is_meant(strip: bpy.types.Strip, channel: int) -> bool:
    if CAPTION_TAG in strip:
        return False
    return bool(strip.channel == channel if channel else strip.select)
