"""Edit lists for other editors: CMX 3600 EDL and OpenTimelineIO, with a marker for each shot.

An .otio file is JSON with one schema for each object (https://opentimelineio.readthedocs.io). It is written here,
not by that library, whose compiled package does not exist for every Python of Blender's; the tests read it back
with it. Standard library only.
"""

import json
import re
from pathlib import Path
from typing import Any

from ..timecode import is_drop_frame, timecode
from .entries import ListedShot, ShotList, ShotListError

__all__ = ["edl_text", "otio_text"]

MAX_EDL_EVENTS = 999
"""The format numbers events with three digits."""


def edl_text(listed: ShotList) -> str:
    """One event a shot on video track 1, with its file, its description and a marker (LOC) at its first frame.

    Raises ShotListError for more than MAX_EDL_EVENTS shots.
    """
    if len(listed.shots) > MAX_EDL_EVENTS:
        raise ShotListError(
            f"An EDL holds {MAX_EDL_EVENTS} shots at most, this list has {len(listed.shots)}. Save it as .otio instead."
        )
    mode = "DROP FRAME" if is_drop_frame(listed.rate) else "NON-DROP FRAME"
    lines = [f"TITLE: {_one_line(listed.title)}", f"FCM: {mode}", ""]
    for event, shot in enumerate(listed.shots, 1):
        lines += _event(listed, shot, event)
    return "\n".join(lines) + "\n"


def _event(listed: ShotList, shot: ListedShot, event: int) -> list[str]:
    length = shot.end_frame - shot.start_frame
    source = max(0, round(shot.media_start_seconds * listed.rate))
    record = listed.timecode_frame(shot.start_frame)
    times = " ".join(
        timecode(frame, listed.rate) for frame in (source, source + length, record, record + length)
    )
    lines = [
        f"{event:03}  {_reel(shot):<8} V     C        {times}",
        f"* FROM CLIP NAME: {_one_line(shot.name)}",
    ]
    if shot.media:
        lines.append(f"* SOURCE FILE: {_one_line(shot.media)}")
    sentence = _one_line(shot.sentence(listed.language))
    return [
        *lines,
        f"* LOC: {timecode(record, listed.rate)} GREEN   {sentence}",
        f"* COMMENT: {sentence}",
        "",
    ]


def _reel(shot: ListedShot) -> str:
    """Eight letters and digits, as the format wants; AX stands for a file without a reel."""
    name = re.sub(r"[^A-Z0-9]", "", Path(shot.media).stem.upper())[:8]
    return name or "AX"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def otio_text(listed: ShotList) -> str:
    """A timeline with a video track: gaps, and a clip a shot with a marker that carries its fields.

    Shots that lie over others are on tracks of their own.
    """
    rate = float(listed.rate)
    tracks: list[list[ListedShot]] = [[]]
    for shot in sorted(listed.shots, key=lambda shot: shot.start_frame):
        free = (track for track in tracks if not track or track[-1].end_frame <= shot.start_frame)
        track = next(free, None)
        if track is None:
            tracks.append([shot])
        else:
            track.append(shot)
    children = [
        _item("Track.1", f"V{number}", None) | {"children": _on_track(listed, track, rate), "kind": "Video"}
        for number, track in enumerate(tracks, 1)
    ]
    stack = _item("Stack.1", "tracks", None) | {"children": children}
    timeline = {
        "OTIO_SCHEMA": "Timeline.1",
        "metadata": {},
        "name": listed.title,
        "global_start_time": _time(listed.start_timecode_frame, rate),
        "tracks": stack,
    }
    return json.dumps(timeline, ensure_ascii=False, indent=1) + "\n"


def _on_track(listed: ShotList, shots: list[ListedShot], rate: float) -> list[dict[str, Any]]:
    children: list[dict[str, Any]] = []
    at = listed.first_frame
    for shot in shots:
        if shot.start_frame > at:
            children.append(_gap(shot.start_frame - at, rate))
        children.append(_clip(listed, shot, rate))
        at = shot.end_frame
    return children


def _clip(listed: ShotList, shot: ListedShot, rate: float) -> dict[str, Any]:
    start = round(shot.media_start_seconds * rate)
    length = shot.end_frame - shot.start_frame
    name = f"{shot.number:03} {shot.name}"
    marker = {
        "OTIO_SCHEMA": "Marker.2",
        "metadata": {"filmai": _fields(shot)},
        "name": shot.sentence(listed.language),
        "color": "GREEN",
        "marked_range": _range(start, 0, rate),
        "comment": shot.zh if listed.language == "zh" else shot.en,
    }
    missing: dict[str, Any] = {
        "OTIO_SCHEMA": "MissingReference.1",
        "metadata": {},
        "name": "",
        "available_range": None,
    }
    external = missing | {"OTIO_SCHEMA": "ExternalReference.1"}
    if shot.media:
        external["target_url"] = Path(shot.media).as_uri()
    return _item("Clip.2", name, _range(start, length, rate)) | {
        "markers": [marker],
        "media_references": {"DEFAULT_MEDIA": external if shot.media else missing},
        "active_media_reference_key": "DEFAULT_MEDIA",
    }


def _fields(shot: ListedShot) -> dict[str, Any]:
    said = {guess.field: guess.value for guess in shot.fields if guess.certain}
    return {"number": shot.number, "fields": said, "en": shot.en, "zh": shot.zh}


def _gap(length: int, rate: float) -> dict[str, Any]:
    return _item("Gap.1", "", _range(0, length, rate))


def _item(schema: str, name: str, source_range: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": schema,
        "metadata": {},
        "name": name,
        "source_range": source_range,
        "effects": [],
        "markers": [],
        "enabled": True,
    }


def _range(start: int, length: int, rate: float) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(start, rate),
        "duration": _time(length, rate),
    }


def _time(value: int, rate: float) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": rate, "value": float(value)}
