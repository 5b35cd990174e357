"""Writes descriptions into the sequencer: the shot list and the text strips over the shots."""

import uuid
from collections.abc import Generator
from contextlib import ExitStack
from dataclasses import dataclass

import bpy

from ..contract import ShotsResult, cards_in_time
from ..core.caption_text import caption_text
from ..core.errors import DeliveryError
from ..core.shot_entries import ShotEntry, fields_to_json, numbered
from ..core.shot_pictures import keep_picture
from ..core.strip_sources import CaptionTarget
from ..core.timeline import FrameRange, MediaSpan, shown_range
from ..core.version import filmai_version
from .caption_writing import AT_ONCE, CaptionsToWrite, written_a_few_at_a_time
from .shot_list import read_entries, write_entries
from .shot_places import FoundStrips, find_strips
from .snapshot import find_scene
from .strip_sources import scene_rate
from .strips import strips_around
from .text_strips import (
    CAPTION_TAG,
    Caption,
    choose_channel,
    place_of_strip,
    replaced_captions,
)

__all__ = ["write_captions"]


@dataclass(frozen=True, slots=True)
class _Plan:
    captions: CaptionsToWrite
    described: tuple[ShotEntry, ...]
    """Without their numbers, which come with the others'."""
    again: frozenset[str]
    """Names of strips whose shots leave the list."""
    pictures: dict[str, str]
    """Of the shots, by their ids."""
    leaving: tuple[str, ...]
    """Names of captions that these take the place of."""
    notes: tuple[str, ...]


def write_captions(
    result: ShotsResult, target: CaptionTarget, undo_on_error: ExitStack
) -> Generator[tuple[int, int], None, list[str]]:
    """Write all of it, in pieces; yields how much there is and is to be, returns what the user should know.

    Raises DeliveryError, with the scene unchanged.
    """
    plan = _plan(result, target)
    captions = plan.captions
    total = len(captions.captions) + len(plan.described)
    made: list[str] = []
    for done in written_a_few_at_a_time(captions, made, undo_on_error):
        yield done, total
    # read only now: the user may have set fields of other shots meanwhile
    before = read_entries(captions.find_scene())
    entries = numbered([*(entry for entry in before if entry.strip not in plan.again), *plan.described])
    undo_on_error.callback(_list_again, captions, before)
    for first in range(0, len(entries), AT_ONCE):
        captions.find_strips(made)
        scene = captions.find_scene()
        if len(scene.filmai_shots.shots) < first:
            raise DeliveryError("The shot list was changed while shots were written into it.", captions.again)
        write_entries(scene, entries[first : first + AT_ONCE], after=first)
        yield len(made) + min(first, len(plan.described)), total
    if target.pictures_folder:
        for number, (shot_id, picture) in enumerate(plan.pictures.items()):
            keep_picture(picture, target.pictures_folder, shot_id)
            if number % AT_ONCE == 0:
                yield total, total
    _swap(captions.find_strips(made), plan, made)
    return list(plan.notes)


def _plan(result: ShotsResult, target: CaptionTarget) -> _Plan:
    found = find_strips(target.plan, target.clips, result.failures)
    described, pictures = _described(result, target, found)
    if not described:
        raise DeliveryError(". ".join((*found.notes, "No shot was found")) + ".", "Look at the strips again.")
    again = {one.strip.name for one in found.strips.values()} | {
        one.source.ref.name for one in found.strips.values()
    }
    ids = {one.id for one in described}
    others = (entry for entry in read_entries(found.scene) if entry.strip not in again)
    new = [entry for entry in numbered([*others, *described]) if entry.id in ids]
    # strips are chosen in what the sequencer shows, so all are in the same collection
    first = next(iter(found.strips.values())).strip
    strips = strips_around(found.scene, first)
    leaving = replaced_captions(strips, [place_of_strip(one.strip) for one in found.strips.values()])
    channel = _channel(found, strips, leaving, new, target.settings.channel)
    captions = CaptionsToWrite(
        scene=target.plan.scene,
        metas=_metas_around(first),
        captions=tuple(
            (channel, caption) for caption in _captions_of(new, result, target, scene_rate(found.scene))
        ),
        style=target.settings.style,
        tag=CAPTION_TAG,
        again="Caption the strips again.",
    )
    hidden = len(result.shots) - len(described)
    if hidden == 1:
        found.notes.append("1 shot is not seen on the timeline any more")
    elif hidden:
        found.notes.append(f"{hidden} shots are not seen on the timeline any more")
    return _Plan(
        captions=captions,
        described=tuple(described),
        again=frozenset(again),
        pictures=pictures,
        leaving=tuple(strip.name for strip in leaving),
        notes=(*found.notes, *(note.rstrip(".") for note in result.notes)),
    )


def _swap(strips: bpy.types.bpy_prop_collection, plan: _Plan, made: list[str]) -> None:
    """The captions of before go, and their names are free. At once: what was removed cannot be brought back."""
    for name in plan.leaving:
        strip = strips.get(name)
        if strip is not None and CAPTION_TAG in strip:
            strips.remove(strip)
    for name, (_channel, caption) in zip(made, plan.captions.captions, strict=True):
        if name != caption.name and name in strips:
            strips[name].name = caption.name


def _list_again(captions: CaptionsToWrite, entries: tuple[ShotEntry, ...]) -> None:
    scene = find_scene(captions.scene)
    if scene is not None:
        write_entries(scene, entries)


def _metas_around(strip: bpy.types.Strip) -> tuple[str, ...]:
    names: list[str] = []
    meta = strip.parent_meta()
    while meta is not None:
        names.insert(0, meta.name)
        meta = meta.parent_meta()
    return tuple(names)


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
