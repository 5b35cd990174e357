"""Writes descriptions into the sequencer: the shot list and the text strips over the shots."""

import uuid
from contextlib import ExitStack

import bpy

from ..contract import ShotsResult, cards_in_time
from ..core.caption_text import caption_text
from ..core.errors import DeliveryError
from ..core.shot_entries import ShotEntry, fields_to_json, numbered
from ..core.shot_pictures import keep_picture
from ..core.strip_sources import CaptionTarget
from ..core.timeline import FrameRange, MediaSpan, shown_range
from ..core.version import filmai_version
from .shot_list import read_entries, write_entries
from .shot_places import FoundStrips, find_strips
from .strip_sources import scene_rate
from .strips import strips_around
from .text_strips import (
    CAPTION_TAG,
    Caption,
    choose_channel,
    new_caption,
    place_of_strip,
    replaced_captions,
)

__all__ = ["write_captions"]


def write_captions(result: ShotsResult, target: CaptionTarget, undo_on_error: ExitStack) -> list[str]:
    """Write all of it; returns what the user should know. Raises DeliveryError, with the scene unchanged."""
    found = find_strips(target.plan, target.clips, result.failures)
    described, pictures = _described(result, target, found)
    if not described:
        raise DeliveryError(". ".join((*found.notes, "No shot was found")) + ".", "Look at the strips again.")
    before = read_entries(found.scene)
    names = {one.strip.name for one in found.strips.values()} | {
        one.source.ref.name for one in found.strips.values()
    }
    entries = numbered([*(entry for entry in before if entry.strip not in names), *described])
    new = [entry for entry in entries if entry.id in {one.id for one in described}]
    captions = _captions_of(new, result, target, scene_rate(found.scene))
    # strips are chosen in what the sequencer shows, so all are in the same collection
    strips = strips_around(found.scene, next(iter(found.strips.values())).strip)
    leaving = replaced_captions(strips, [place_of_strip(one.strip) for one in found.strips.values()])
    channel = _channel(found, strips, leaving, new, target.settings.channel)
    render = found.scene.render
    frame_px = (render.resolution_x, render.resolution_y)
    made = [
        new_caption(strips, caption, channel, target.settings.style, frame_px, undo_on_error)
        for caption in captions
    ]
    undo_on_error.callback(write_entries, found.scene, before)
    write_entries(found.scene, entries)
    # last, since what was removed cannot be brought back
    for strip in leaving:
        strips.remove(strip)
    for strip, caption in zip(made, captions, strict=True):
        # free only by now
        strip.name = caption.name
    if target.pictures_folder:
        for shot_id, picture in pictures.items():
            keep_picture(picture, target.pictures_folder, shot_id)
    hidden = len(result.shots) - len(described)
    if hidden == 1:
        found.notes.append("1 shot is not seen on the timeline any more")
    elif hidden:
        found.notes.append(f"{hidden} shots are not seen on the timeline any more")
    return [*found.notes, *(note.rstrip(".") for note in result.notes)]


def _described(
    result: ShotsResult, target: CaptionTarget, found: FoundStrips
) -> tuple[list[ShotEntry], dict[str, str]]:
    """The shots that can be seen, in the list's form; their numbers come later. And their pictures by their ids."""
    places = dict(target.clips)
    model = f"{result.model.name} {result.model.version} {result.model.sha256}"
    entries: list[ShotEntry] = []
    pictures: dict[str, str] = {}
    for shot in result.shots:
        one = found.strips.get(places[shot.clip])
        media = MediaSpan(shot.start_seconds, shot.end_seconds)
        span = shown_range(one.timing, media) if one is not None else None
        if one is not None and span is not None:
            shot_id = uuid.uuid4().hex[:12]
            pictures[shot_id] = shot.thumbnail
            entries.append(
                ShotEntry(shot_id, one.strip.name, span, media, shot.fields, shot.en, shot.zh, model)
            )
    return entries, pictures


def _captions_of(
    entries: list[ShotEntry], result: ShotsResult, target: CaptionTarget, rate: float
) -> list[Caption]:
    return [caption for entry in entries for caption in _captions(entry, result, target, rate)]


def _channel(
    found: FoundStrips,
    strips: bpy.types.bpy_prop_collection,
    leaving: list[bpy.types.Strip],
    entries: list[ShotEntry],
    chosen: int,
) -> int:
    places = [place_of_strip(one.strip) for one in found.strips.values()]
    span = FrameRange(min(entry.span.start for entry in entries), max(entry.span.end for entry in entries))
    meta = next(iter(found.strips.values())).strip.parent_meta()
    channels = (meta or found.scene.sequence_editor).channels
    return choose_channel(
        strips, channels, leaving, span, chosen or max(place.channel for place in places) + 1
    )


def _captions(entry: ShotEntry, result: ShotsResult, target: CaptionTarget, rate: float) -> list[Caption]:
    sentence = entry.zh if target.settings.language == "zh" else entry.en
    text = caption_text(sentence, entry.fields, entry.number, target.settings)
    cards = cards_in_time(text, entry.span.start, entry.span.end, rate, target.settings.style.wrap)
    name = f"FilmAI Shot {entry.number:03d}"
    return [Caption(name, card, _notes(entry, text, result, target)) for card in cards]


def _notes(
    entry: ShotEntry, text: str, result: ShotsResult, target: CaptionTarget
) -> dict[str, str | int | float]:
    """How the caption was made, as custom properties of its strip."""
    return {
        CAPTION_TAG: entry.strip,
        "filmai_shot": entry.id,
        "filmai_shot_number": entry.number,
        "filmai_text": text,
        "filmai_language": target.settings.language,
        "filmai_fields": fields_to_json(entry.fields),
        "filmai_media_start": entry.media.start_seconds,
        "filmai_media_end": entry.media.end_seconds,
        "filmai_model": result.model.name,
        "filmai_model_version": result.model.version,
        "filmai_model_sha256": result.model.sha256,
        "filmai_device": result.device.kind,
        "filmai_version": filmai_version(),
    }
