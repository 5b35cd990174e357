"""Writes captions of a file into the sequencer: text strips that are the user's own from then on."""

from collections.abc import Generator
from contextlib import ExitStack

import bpy

from ..contract import CaptionsRead
from ..core.errors import DeliveryError
from ..core.list_import import ImportTarget, cards_of, lanes_of
from ..core.timeline import FrameRange
from .caption_writing import CaptionsToWrite, written_a_few_at_a_time
from .compat import visible_range
from .snapshot import find_scene
from .strip_sources import exact_rate
from .text_strips import Caption, choose_channel

__all__ = ["IMPORT_TAG", "write_imported"]

IMPORT_TAG = "filmai_import"
"""Custom property of these text strips: the file's name. It is not the tag of our captions, so captioning again
leaves them alone."""
_AGAIN = "Import the file again."
_NOT_SEEN = frozenset({"SOUND"})


def write_imported(
    result: CaptionsRead, target: ImportTarget, undo_on_error: ExitStack
) -> Generator[tuple[int, int], None, list[str]]:
    """Write all of it, in pieces; yields how many captions there are and are to be, returns what the user should know.

    Raises DeliveryError.
    """
    plan = _plan(result, target)
    made: list[str] = []
    for done in written_a_few_at_a_time(plan, made, undo_on_error):
        yield done, len(plan.captions)
    channels = sorted({channel for channel, _caption in plan.captions})
    if len(channels) == 1:
        return [f"{len(made)} captions are in channel {channels[0]}"]
    return [f"{len(made)} captions are in channels {', '.join(map(str, channels))}"]


def _plan(result: CaptionsRead, target: ImportTarget) -> CaptionsToWrite:
    scene = find_scene(target.scene)
    if scene is None:
        raise DeliveryError(
            f"The scene {target.scene.name!r} is not there any more.", "Open it and import the file again."
        )
    editor = scene.sequence_editor or scene.sequence_editor_create()
    metas = tuple(meta.name for meta in editor.meta_stack)
    around = editor.meta_stack[-1] if metas else editor
    cards = cards_of(result.captions, exact_rate(scene), scene.frame_start)
    lowest = target.channel or _above(around.strips, FrameRange(cards[0].start, cards[-1].end))
    captions: list[tuple[int, Caption]] = []
    for lane in lanes_of(cards):
        span = FrameRange(lane[0].start, lane[-1].end)
        # those of the lanes before are not written yet
        lowest = choose_channel(around.strips, around.channels, (), span, lowest)
        for card in lane:
            # at most 15 letters: Blender copies all names at each new strip, short ones in half the time
            name = f"Caption {len(captions) + 1:04d}"
            captions.append((lowest, Caption(name, card, {IMPORT_TAG: target.file_name})))
        lowest += 1
    return CaptionsToWrite(target.scene, metas, tuple(captions), target.style, IMPORT_TAG, _AGAIN)


def _above(strips: bpy.types.bpy_prop_collection, span: FrameRange) -> int:
    """Over what is seen, or nobody would see them."""
    below = [strip for strip in strips if strip.type not in _NOT_SEEN]
    return 1 + max((strip.channel for strip in below if visible_range(strip).overlaps(span)), default=0)
