"""Transitions to shots: which stretch each shot covers, and in which part of it nothing else is mixed in.

Standard library only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..protocol import Transition

__all__ = ["ShotRange", "shots_between"]

_BLACK_SECONDS = 2.0
"""Between a fade out and a fade in; what is longer than that is a shot of its own."""
_SHORTEST_SECONDS = 0.02
_PURE_SECONDS = 0.25
"""When less of a shot is unmixed, it is looked at as a whole."""


@dataclass(frozen=True, slots=True)
class ShotRange:
    """One shot, in the medium's time."""

    start_seconds: float
    end_seconds: float
    """Exclusive."""
    pure_start_seconds: float
    pure_end_seconds: float
    """Where the shot alone is seen."""


@dataclass(frozen=True, slots=True)
class _Border:
    seconds: float
    mixed_from: float
    mixed_to: float


def shots_between(
    transitions: Sequence[Transition], start_seconds: float, end_seconds: float
) -> tuple[ShotRange, ...]:
    """The shots of a stretch, without gaps: dissolves and wipes are parted in their middle, fades to black stay
    with the shot that fades, and black between two fades is parted in its middle too.
    """
    edge = [_Border(start_seconds, start_seconds, start_seconds)]
    last = [_Border(end_seconds, end_seconds, end_seconds)]
    borders = [one for one in _borders(transitions) if start_seconds < one.seconds < end_seconds]
    shots = []
    for before, after in pairwise(_apart([*edge, *borders, *last])):
        pure = before.mixed_to, after.mixed_from
        if pure[1] - pure[0] < _PURE_SECONDS:
            pure = before.seconds, after.seconds
        shots.append(ShotRange(before.seconds, after.seconds, *pure))
    return tuple(shots)


def _borders(transitions: Sequence[Transition]) -> list[_Border]:
    borders: list[_Border] = []
    faded: Transition | None = None
    for one in transitions:
        from_black = one.kind == "fade_in" and faded is not None
        if from_black and faded is not None and one.start_seconds - faded.end_seconds < _BLACK_SECONDS:
            middle = (faded.end_seconds + one.start_seconds) / 2
            borders[-1] = _Border(middle, faded.start_seconds, one.end_seconds)
        elif one.kind == "fade_out":
            borders.append(_Border(one.end_seconds, one.start_seconds, one.end_seconds))
        elif one.kind in ("cut", "fade_in"):
            borders.append(_Border(one.start_seconds, one.start_seconds, one.end_seconds))
        else:
            middle = (one.start_seconds + one.end_seconds) / 2
            borders.append(_Border(middle, one.start_seconds, one.end_seconds))
        faded = one if one.kind == "fade_out" else None
    return borders


def _apart(borders: list[_Border]) -> list[_Border]:
    """Without those that would leave a shot shorter than a frame; the first and the last stay."""
    kept = borders[:1]
    for one in borders[1:-1]:
        if one.seconds - kept[-1].seconds >= _SHORTEST_SECONDS:
            kept.append(one)
    while len(kept) > 1 and borders[-1].seconds - kept[-1].seconds < _SHORTEST_SECONDS:
        kept.pop()
    return [*kept, borders[-1]]
