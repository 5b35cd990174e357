"""Writes captions of a file into the sequencer: text strips that are the user's own from then on.

A film has thousands of captions, and Blender takes the longer for each new strip the more there are. So they are
written a few at a time, and the user goes on working: whatever is kept from one time to the next is a name.
"""

from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass

import bpy

from ..contract import CaptionsRead
from ..core.errors import DeliveryError
from ..core.list_import import ImportTarget, cards_of, lanes_of
from ..core.timeline import FrameRange
from .compat import visible_range
from .snapshot import find_scene
from .strip_sources import exact_rate
from .text_strips import Caption, choose_channel, new_caption

__all__ = ["IMPORT_TAG", "write_imported"]

IMPORT_TAG = "filmai_import"
"""Custom property of these text strips: the file's name. It is not the tag of our captions, so captioning again
leaves them alone."""
_AT_ONCE = 4
"""Captions: with 3,000 in the timeline, Blender takes about a millisecond for each."""
_NOT_SEEN = frozenset({"SOUND"})


@dataclass(frozen=True, slots=True)
class _Plan:
    metas: tuple[str, ...]
    """Names of the meta strips that lead to where the captions go, outermost first."""
    captions: tuple[tuple[int, Caption], ...]
    """Each with its channel."""
    channels: tuple[int, ...]


def write_imported(
    result: CaptionsRead, target: ImportTarget, undo_on_error: ExitStack
) -> Generator[tuple[int, int], None, list[str]]:
    """Write all of it, in pieces; yields how many captions there are and are to be, returns what the user should know.

    Raises DeliveryError.
    """
    plan = _plan(result, target)
    made: list[str] = []
    undo_on_error.callback(_take_back, target, plan, made)
    for first in range(0, len(plan.captions), _AT_ONCE):
        yield len(made), len(plan.captions)
        _write(plan, slice(first, first + _AT_ONCE), target, made)
    if len(plan.channels) == 1:
        return [f"{len(made)} captions are in channel {plan.channels[0]}"]
    return [f"{len(made)} captions are in channels {', '.join(map(str, plan.channels))}"]


def _plan(result: CaptionsRead, target: ImportTarget) -> _Plan:
    scene = _scene(target)
    editor = scene.sequence_editor or scene.sequence_editor_create()
    metas = tuple(meta.name for meta in editor.meta_stack)
    around = editor.meta_stack[-1] if metas else editor
    cards = cards_of(result.captions, exact_rate(scene), scene.frame_start)
    lowest = target.channel or _above(around.strips, FrameRange(cards[0].start, cards[-1].end))
    captions: list[tuple[int, Caption]] = []
    channels: list[int] = []
    for lane in lanes_of(cards):
        span = FrameRange(lane[0].start, lane[-1].end)
        # those of the lanes before are not written yet
        lowest = choose_channel(around.strips, around.channels, (), span, lowest)
        channels.append(lowest)
        for card in lane:
            # at most 15 letters: Blender copies all names at each new strip, short ones in half the time
            name = f"Caption {len(captions) + 1:04d}"
            captions.append((lowest, Caption(name, card, {IMPORT_TAG: target.file_name})))
        lowest += 1
    return _Plan(metas, tuple(captions), tuple(channels))


def _write(plan: _Plan, which: slice, target: ImportTarget, made: list[str]) -> None:
    scene = _scene(target)
    strips = _strips(scene, plan)
    if strips is None or (made and made[-1] not in strips):
        raise DeliveryError(
            "The timeline was changed while the captions were written into it, so they were taken back.",
            "Import the file again.",
        )
    frame_px = (scene.render.resolution_x, scene.render.resolution_y)
    for channel, caption in plan.captions[which]:
        with ExitStack() as undo_on_error:
            strip = new_caption(strips, caption, channel, target.style, frame_px, undo_on_error)
            made.append(strip.name)
            undo_on_error.pop_all()


def _take_back(target: ImportTarget, plan: _Plan, made: list[str]) -> None:
    """What is gone already is left alone, and so is what the user has given another name."""
    scene = find_scene(target.scene)
    strips = _strips(scene, plan) if scene is not None else None
    if strips is None:
        return
    names = set(made)
    for strip in [strip for strip in strips if strip.name in names and IMPORT_TAG in strip]:
        strips.remove(strip)


def _scene(target: ImportTarget) -> bpy.types.Scene:
    scene = find_scene(target.scene)
    if scene is None:
        raise DeliveryError(
            f"The scene {target.scene.name!r} is not there any more.", "Open it and import the file again."
        )
    return scene


def _strips(scene: bpy.types.Scene, plan: _Plan) -> bpy.types.bpy_prop_collection | None:
    """The collection that the captions go into; None when it is gone."""
    if scene.sequence_editor is None:
        return None
    strips = scene.sequence_editor.strips
    for name in plan.metas:
        meta = strips.get(name)
        if meta is None or meta.type != "META":
            return None
        strips = meta.strips
    return strips


def _above(strips: bpy.types.bpy_prop_collection, span: FrameRange) -> int:
    """Over what is seen, or nobody would see them."""
    below = [strip for strip in strips if strip.type not in _NOT_SEEN]
    return 1 + max((strip.channel for strip in below if visible_range(strip).overlaps(span)), default=0)
