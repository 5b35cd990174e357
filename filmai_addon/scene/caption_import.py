"""Writes captions of a file into the sequencer: text strips that are the user's own from then on."""

from contextlib import ExitStack

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
_NOT_SEEN = frozenset({"SOUND"})


def write_imported(result: CaptionsRead, target: ImportTarget, undo_on_error: ExitStack) -> list[str]:
    """Write all of it; returns what the user should know. Raises DeliveryError, with the scene unchanged."""
    scene = find_scene(target.scene)
    if scene is None:
        raise DeliveryError(
            f"The scene {target.scene.name!r} is not there any more.", "Open it and import the file again."
        )
    editor = scene.sequence_editor or scene.sequence_editor_create()
    around = editor.meta_stack[-1] if len(editor.meta_stack) else editor
    cards = cards_of(result.captions, exact_rate(scene), scene.frame_start)
    frame_px = (scene.render.resolution_x, scene.render.resolution_y)
    lowest = target.channel or _above(around.strips, FrameRange(cards[0].start, cards[-1].end))
    used: list[int] = []
    number = 0
    for lane in lanes_of(cards):
        span = FrameRange(lane[0].start, lane[-1].end)
        used.append(choose_channel(around.strips, around.channels, (), span, lowest))
        for card in lane:
            number += 1
            caption = Caption(f"Imported Caption {number:03d}", card, {IMPORT_TAG: target.file_name})
            new_caption(around.strips, caption, used[-1], target.style, frame_px, undo_on_error)
    if len(used) == 1:
        return [f"{number} captions are in channel {used[0]}"]
    return [f"{number} captions are in channels {', '.join(map(str, used))}"]


def _above(strips: bpy.types.bpy_prop_collection, span: FrameRange) -> int:
    """Over what is seen, or nobody would see them."""
    below = [strip for strip in strips if strip.type not in _NOT_SEEN]
    return 1 + max((strip.channel for strip in below if visible_range(strip).overlaps(span)), default=0)
