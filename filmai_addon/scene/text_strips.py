"""Text strips that are captions: made, styled, tagged, found again. Never touches a strip without the tag."""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass

import bpy

from ..contract import MAX_LINE_UNITS, Card
from ..core.caption_places import StripPlace, free_channel, is_replaced
from ..core.errors import DeliveryError
from ..core.shot_settings import MAX_CHANNEL, TextStyle
from ..core.timeline import FrameRange
from .compat import new_text_strip, visible_range

__all__ = ["CAPTION_TAG", "Caption", "choose_channel", "new_caption", "place_of_strip", "replaced_captions"]

CAPTION_TAG = "filmai_caption"
"""Custom property of our text strips: the name of the strip that they describe."""
_LETTER_EMS = 0.6
"""Width of a letter of Blender's own font, which has one width for all, by the font's size."""
_FULL_LINE = 0.9
"""How much of the frame's width a full line may take."""
_BOX_MARGIN = 0.008


@dataclass(frozen=True, slots=True)
class Caption:
    """One text strip that is to be."""

    name: str
    card: Card
    notes: dict[str, str | int | float]
    """Custom properties: the tag, and how it was made."""


def place_of_strip(strip: bpy.types.Strip) -> StripPlace:
    """Where a strip lies."""
    return StripPlace(strip.name, strip.channel, visible_range(strip))


def replaced_captions(
    strips: bpy.types.bpy_prop_collection, described: Iterable[StripPlace]
) -> list[bpy.types.Strip]:
    """The captions of ours that go when these strips are captioned again."""
    described = tuple(described)
    places = [place_of_strip(strip) for strip in strips if CAPTION_TAG not in strip]
    return [
        strip
        for strip in strips
        if strip.type == "TEXT"
        and CAPTION_TAG in strip
        and any(is_replaced(visible_range(strip), strip[CAPTION_TAG], place, places) for place in described)
    ]


def choose_channel(
    strips: bpy.types.bpy_prop_collection,
    channels: bpy.types.bpy_prop_collection,
    leaving: Iterable[bpy.types.Strip],
    span: FrameRange,
    lowest: int,
) -> int:
    """The first channel from ``lowest`` on that is free over the whole range, once ``leaving`` have left.

    Raises DeliveryError when there is none.
    """
    names = {strip.name for strip in leaving}
    others = [place_of_strip(strip) for strip in strips if strip.name not in names]
    # the first of Blender's list is channel 0, which strips cannot be in
    closed = [number for number, channel in enumerate(channels) if channel.lock or channel.mute]
    channel = free_channel(others, closed, span, lowest)
    if channel is None:
        raise DeliveryError(
            f"No channel from {lowest} to {MAX_CHANNEL} is free from frame {span.start} to {span.end}.",
            "Move some strips, or choose a lower channel for captions.",
        )
    return channel


def new_caption(
    strips: bpy.types.bpy_prop_collection,
    caption: Caption,
    channel: int,
    style: TextStyle,
    frame_px: tuple[int, int],
    undo_on_error: ExitStack,
) -> bpy.types.TextStrip:
    """A new text strip. ``frame_px``: width and height of the film's frame."""
    strip = new_text_strip(strips, caption.name, channel, FrameRange(caption.card.start, caption.card.end))
    undo_on_error.callback(strips.remove, strip)
    # what is new may have been pushed aside by what it takes the place of; setting it takes time in a long timeline
    if strip.channel != channel:
        strip.channel = channel
    strip.select = False
    strip.text = caption.card.text
    _set_style(strip, style, *frame_px)
    for name, value in caption.notes.items():
        strip[name] = value
    return strip


def _set_style(strip: bpy.types.TextStrip, style: TextStyle, width_px: int, height_px: int) -> None:
    widest_px = _FULL_LINE * width_px / (MAX_LINE_UNITS * _LETTER_EMS)
    strip.font_size = max(1.0, min(style.size_percent / 100 * height_px, widest_px))
    strip.color = style.color
    margin = style.margin_percent / 100
    strip.alignment_x = strip.anchor_x = "CENTER"
    strip.anchor_y = style.position
    strip.location = (0.5, {"BOTTOM": margin, "CENTER": 0.5, "TOP": 1 - margin}[style.position])
    strip.wrap_width = 0.95
    strip.use_box = style.use_box
    strip.box_color = (0.0, 0.0, 0.0, style.box_opacity)
    strip.box_margin = _BOX_MARGIN
    strip.use_shadow = not style.use_box
