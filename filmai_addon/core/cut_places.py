"""Where on the timeline a transition is, and what its marker is called."""

from ..contract import Transition
from .timeline import MediaSpan, StripTiming, shown_range

__all__ = ["MARKER_NAMES", "MARKER_PREFIX", "cut_frame"]

MARKER_PREFIX = "FilmAI "
"""Markers that begin with it are ours, and are replaced; a marker that the user renames becomes his."""
MARKER_NAMES = {
    "cut": "FilmAI Cut",
    "dissolve": "FilmAI Dissolve",
    "fade_in": "FilmAI Fade In",
    "fade_out": "FilmAI Fade Out",
    "wipe": "FilmAI Wipe",
}


def cut_frame(timing: StripTiming, transition: Transition) -> int | None:
    """The frame of the timeline at which one shot ends and the next begins; None when that is not seen.

    A dissolve and a wipe are cut in their middle, a fade where the picture is black.
    """
    seconds = {
        "fade_in": transition.start_seconds,
        "fade_out": transition.end_seconds,
    }.get(transition.kind, (transition.start_seconds + transition.end_seconds) / 2)
    # everything that comes before it in the medium; reversed, that is what comes after it on the timeline
    before = shown_range(timing, MediaSpan(0.0, seconds))
    if before is None:
        return None
    frame = before.start if timing.backwards else before.end
    return frame if timing.visible.start < frame < timing.visible.end else None
