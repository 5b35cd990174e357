"""The shot list of a scene: frozen entries out of it and into it, and the words that it shows."""

import textwrap
from collections.abc import Iterable

import bpy

from ..contract import FIELDS, FieldGuess, timecode
from ..core.shot_entries import (
    ShotEntry,
    by_hand,
    column_texts,
    fields_from_json,
    fields_to_json,
    is_asked_for,
    mean_confidence,
    search_text,
    summary_text,
)
from ..core.timeline import FrameRange, MediaSpan
from .strip_sources import exact_rate

__all__ = ["filter_shots", "read_entries", "show_all", "take_edit", "write_entries"]

_UNCERTAIN = "UNCERTAIN"
_showing: list[str] = []
"""The shots whose choices are being set by this module, not by the user."""
_LINE_CHARACTERS = {"en": 60, "zh": 30}
"""Of the sentence below the list; a sidebar is narrow."""


def read_entries(scene: bpy.types.Scene) -> tuple[ShotEntry, ...]:
    """All shots of the list, as they are now."""
    return tuple(map(_entry, scene.filmai_shots.shots))


def write_entries(scene: bpy.types.Scene, entries: Iterable[ShotEntry], after: int = 0) -> None:
    """Replace what the list shows after so many shots."""
    settings = scene.filmai_shots
    if not after:
        settings.shots.clear()
    while len(settings.shots) > after:
        settings.shots.remove(len(settings.shots) - 1)
    for entry in entries:
        shot = settings.shots.add()
        shot.number, shot.shot_id, shot.strip = entry.number, entry.id, entry.strip
        shot.start_frame, shot.end_frame = entry.span.start, entry.span.end
        shot.media_start, shot.media_end = entry.media.start_seconds, entry.media.end_seconds
        shot.en, shot.zh, shot.model = entry.en, entry.zh, entry.model
        _show(shot, entry, settings)
    settings.active_index = min(settings.active_index, len(settings.shots) - 1)


def show_all(settings: bpy.types.PropertyGroup) -> None:
    """Work out again what the list shows, after the language was changed."""
    for shot in settings.shots:
        _show(shot, _entry(shot), settings)


def filter_shots(settings: bpy.types.PropertyGroup) -> None:
    """Show the shots that the filter asks for."""
    for shot in settings.shots:
        shot.shown = is_asked_for(shot.search, settings.filter)


def take_edit(shot: bpy.types.PropertyGroup, field: str) -> None:
    """Note that the user has set this field; nothing when it shows what is known anyway."""
    if _showing:
        return
    entry = _entry(shot)
    chosen = getattr(shot, field)
    if chosen == _choices(entry.fields).get(field, _UNCERTAIN):
        return
    fields = by_hand(entry.fields, field, "" if chosen == _UNCERTAIN else chosen.lower())
    settings = shot.id_data.filmai_shots
    shot.fields_json = fields_to_json(fields)
    _show(shot, _entry(shot), settings)


def _entry(shot: bpy.types.PropertyGroup) -> ShotEntry:
    return ShotEntry(
        id=shot.shot_id,
        strip=shot.strip,
        span=FrameRange(shot.start_frame, shot.end_frame),
        media=MediaSpan(shot.media_start, shot.media_end),
        fields=fields_from_json(shot.fields_json),
        en=shot.en,
        zh=shot.zh,
        model=shot.model,
        number=shot.number,
    )


def _show(shot: bpy.types.PropertyGroup, entry: ShotEntry, settings: bpy.types.PropertyGroup) -> None:
    rate = exact_rate(settings.id_data)
    shot.fields_json = fields_to_json(entry.fields)
    shot.in_text, shot.out_text = timecode(entry.span.start, rate), timecode(entry.span.end, rate)
    shot.confidence_text = f"{mean_confidence(entry.fields):.0%}"
    sentence = entry.zh if settings.language == "zh" else entry.en
    shot.sentence_lines = "\n".join(textwrap.wrap(sentence, _LINE_CHARACTERS[settings.language]))
    shot.search = search_text(entry)
    shot.shown = is_asked_for(shot.search, settings.filter)
    shot.summary_text = summary_text(entry.fields, settings.language)
    for field, text in column_texts(entry.fields, settings.language).items():
        setattr(shot, f"{field}_text", text)
    for guess in entry.fields:
        setattr(shot, f"{guess.field}_note", "by hand" if guess.fixed else f"{guess.confidence:.0%}")
    _show_choices(shot, entry)


def _show_choices(shot: bpy.types.PropertyGroup, entry: ShotEntry) -> None:
    # setting a choice calls take_edit, which would read the whole shot again for each field of a long list
    _showing.append(entry.id)
    try:
        for field, choice in _choices(entry.fields).items():
            setattr(shot, field, choice)
    finally:
        _showing.pop()


def _choices(fields: Iterable[FieldGuess]) -> dict[str, str]:
    """What each field's list of choices shows."""
    known = {guess.field: guess.value.upper() for guess in fields if guess.certain}
    return {field.id: known.get(field.id, _UNCERTAIN) for field in FIELDS}
