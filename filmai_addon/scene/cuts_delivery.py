"""Writes cuts into the sequencer: as markers, or by splitting the strips."""

from collections.abc import Iterable
from contextlib import ExitStack

import bpy

from ..contract import CutsResult, Transition
from ..core.cut_places import MARKER_NAMES, MARKER_PREFIX, cut_frame
from ..core.errors import DeliveryError
from ..core.strip_sources import CutsTarget
from ..core.timeline import FrameRange
from .shot_places import FoundStrip, find_strips

__all__ = ["write_cuts"]


def write_cuts(result: CutsResult, target: CutsTarget, undo_on_error: ExitStack) -> list[str]:
    """Write all of it; returns what the user should know. Raises DeliveryError, with the scene unchanged."""
    found = find_strips(target.plan, target.clips, result.failures)
    places = dict(target.clips)
    cuts: dict[int, dict[int, Transition]] = {place: {} for place in found.strips}
    for clip in result.clips:
        one = found.strips.get(places[clip.clip])
        if one is None:
            continue
        for transition in clip.transitions:
            frame = cut_frame(one.timing, transition)
            if frame is not None:
                cuts[one.place].setdefault(frame, transition)
    if target.settings.split:
        _require_unlocked(found.strips.values())
        for place, one in found.strips.items():
            _split(one.strip, sorted(cuts[place]))
    else:
        for place, one in found.strips.items():
            _mark(found.scene, one.timing.visible, cuts[place], undo_on_error)
    count = sum(map(len, cuts.values()))
    outcome = {0: "No cut was found", 1: "1 cut found"}.get(count, f"{count} cuts found")
    return [outcome, *found.notes, *(note.rstrip(".") for note in result.notes)]


def _mark(
    scene: bpy.types.Scene, visible: FrameRange, cuts: dict[int, Transition], undo_on_error: ExitStack
) -> None:
    """Our markers within the strip are replaced; the user's stay."""
    markers = scene.timeline_markers
    ours = [marker for marker in markers if marker.name.startswith(MARKER_PREFIX)]
    for marker in ours:
        if visible.start < marker.frame < visible.end:
            undo_on_error.callback(markers.new, marker.name, frame=marker.frame)
            markers.remove(marker)
    for frame, transition in sorted(cuts.items()):
        marker = markers.new(MARKER_NAMES[transition.kind], frame=frame)
        undo_on_error.callback(markers.remove, marker)


def _split(strip: bpy.types.Strip, frames: list[int]) -> None:
    """From the last cut to the first, so that the strip itself is what remains at its beginning."""
    for frame in reversed(frames):
        strip.split(frame=frame, split_method="SOFT")


def _require_unlocked(strips: Iterable[FoundStrip]) -> None:
    locked = [one.strip.name for one in strips if one.strip.lock]
    if locked:
        raise DeliveryError(
            f"{', '.join(locked)}: locked, so it cannot be split.", "Unlock it, or choose markers."
        )
