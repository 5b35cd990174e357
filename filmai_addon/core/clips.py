"""Strips as the clips that the worker is asked about.

A strip is one clip, unless the user has set fields of one of its shots by hand: these hold for that shot
alone, so it becomes a clip of its own, and so does what lies before and after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..contract import Clip, FixedField
from .strip_sources import StripSource
from .timeline import MediaSpan, media_span

__all__ = ["FixedShot", "clips_of"]

MIN_SPEED, MAX_SPEED = 0.01, 100.0
_SAME_SECONDS = 0.004
"""Closer than the frames of the fastest film that anybody cuts: times are kept in single precision."""


@dataclass(frozen=True, slots=True)
class FixedShot:
    """A shot of which fields were set by hand."""

    span: MediaSpan
    fields: tuple[FixedField, ...]


def clips_of(
    source: StripSource, place: int, list_path: str, edited: Iterable[FixedShot]
) -> tuple[Clip, ...]:
    """The clips of one strip; their ids begin with ``place``, the strip's place in the job.

    ``list_path`` names the file with a sequence's frames.
    """
    return tuple(
        Clip(
            id=f"{place}.{number}",
            name=source.ref.name,
            kind="sequence" if source.kind == "render" else source.kind,
            path=list_path or source.path,
            rate=source.timing.media_rate,
            start_seconds=piece.span.start_seconds,
            end_seconds=piece.span.end_seconds,
            mirror_x=source.mirror_x,
            mirror_y=source.mirror_y,
            backwards=source.timing.backwards,
            speed=min(max(source.speed, MIN_SPEED), MAX_SPEED),
            fixed=piece.fields,
        )
        for number, piece in enumerate(_pieces(media_span(source.timing), edited))
    )


def _pieces(whole: MediaSpan, edited: Iterable[FixedShot]) -> list[FixedShot]:
    """The whole span in pieces, in order of the medium's time."""
    pieces: list[FixedShot] = []
    at = whole.start_seconds
    for shot in sorted(edited, key=lambda shot: shot.span.start_seconds):
        start = _near(shot.span.start_seconds, at)
        end = _near(min(shot.span.end_seconds, whole.end_seconds), whole.end_seconds)
        start = max(start, at)
        if end - start < _SAME_SECONDS:
            continue
        if start > at:
            pieces.append(FixedShot(MediaSpan(at, start), ()))
        pieces.append(FixedShot(MediaSpan(start, end), shot.fields))
        at = end
    if at < whole.end_seconds:
        pieces.append(FixedShot(MediaSpan(at, whole.end_seconds), ()))
    return pieces


def _near(seconds: float, edge: float) -> float:
    """The edge itself where the time means it."""
    return edge if abs(seconds - edge) < _SAME_SECONDS else seconds
