"""Finds the strips of a finished job again, and where on the timeline its answers belong."""

from collections.abc import Iterable
from dataclasses import dataclass

import bpy

from ..contract import ClipFailure
from ..core.errors import DeliveryError, StripError
from ..core.strip_sources import StripPlan, StripSource
from ..core.timeline import StripTiming
from .snapshot import find_scene
from .strip_sources import timing_now
from .strips import find_strip

__all__ = ["FoundStrip", "FoundStrips", "find_strips"]


@dataclass(frozen=True, slots=True)
class FoundStrip:
    """A strip that is still there."""

    place: int
    """Which of the plan's strips it is."""
    strip: bpy.types.Strip
    source: StripSource
    timing: StripTiming


@dataclass(frozen=True, slots=True)
class FoundStrips:
    """All that are still there, and what to say of the others."""

    scene: bpy.types.Scene
    strips: dict[int, FoundStrip]
    notes: list[str]


def find_strips(
    plan: StripPlan, clips: Iterable[tuple[str, int]], failures: Iterable[ClipFailure]
) -> FoundStrips:
    """The strips of that plan that were looked at with success and are still there.

    Raises DeliveryError when the scene or every strip is gone, or none could be looked at.
    """
    scene = find_scene(plan.scene)
    if scene is None:
        raise DeliveryError(
            f"The scene {plan.scene.name!r} is not there any more.", "Open it and caption its strips again."
        )
    notes = [problem.rstrip(".") for problem in plan.problems]
    places = dict(clips)
    messages: dict[int, str] = {}
    for failure in failures:
        # pieces of one strip fail for one reason
        messages.setdefault(places[failure.clip], failure.message.rstrip("."))
    notes.extend(messages.values())
    strips: dict[int, FoundStrip] = {}
    for place, source in enumerate(plan.sources):
        if place in messages:
            continue
        strip = find_strip(scene, source.ref, plan.names)
        if strip is None:
            notes.append(f"{source.ref.name} is not there any more")
            continue
        try:
            strips[place] = FoundStrip(place, strip, source, timing_now(strip, source, scene))
        except StripError as problem:
            notes.append(str(problem).rstrip("."))
    if not strips:
        raise DeliveryError(". ".join(notes) + ".", "Select the strips and try again.")
    return FoundStrips(scene, strips, notes)
