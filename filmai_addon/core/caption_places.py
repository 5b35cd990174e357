"""Where captions go: which channel, and which captions of ours they take the place of."""

from collections.abc import Iterable
from dataclasses import dataclass

from .shot_settings import MAX_CHANNEL
from .timeline import FrameRange

__all__ = ["StripPlace", "free_channel", "is_replaced"]


@dataclass(frozen=True, slots=True)
class StripPlace:
    """Where a strip lies."""

    name: str
    channel: int
    span: FrameRange


def free_channel(
    others: Iterable[StripPlace], closed: Iterable[int], span: FrameRange, lowest: int
) -> int | None:
    """The first channel from ``lowest`` on that is free over the whole range; None when there is none.

    ``closed`` are channels that the user has locked or muted.
    """
    taken = {place.channel for place in others if place.span.overlaps(span)} | set(closed)
    return next((channel for channel in range(lowest, MAX_CHANNEL + 1) if channel not in taken), None)


def is_replaced(caption: FrameRange, described: str, strip: StripPlace, places: Iterable[StripPlace]) -> bool:
    """Whether one of our captions goes when ``strip`` is captioned again.

    ``described`` is the name of the strip that the caption was made for. Those of the same name go, and those
    that lie over this strip although theirs is not below any more: it was renamed, cut in two or removed.
    """
    if described == strip.name:
        return True
    theirs = next((place for place in places if place.name == described), None)
    return caption.overlaps(strip.span) and (theirs is None or not theirs.span.overlaps(caption))
