"""Captions of a subtitle file as text strips: at which frames, and which of them fit on one channel."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ..contract import Caption, Card
from .shot_settings import TextStyle
from .snapshot import DatablockRef

__all__ = ["ImportTarget", "cards_of", "lanes_of"]


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """Where the captions of a file go."""

    scene: DatablockRef
    file_name: str
    channel: int
    """The lowest channel for them; 0: above the strips."""
    style: TextStyle


def cards_of(captions: Iterable[Caption], rate: Fraction, first_frame: int) -> tuple[Card, ...]:
    """The captions at their frames; a film begins at ``first_frame``. Each is seen for one frame at least."""
    cards: list[Card] = []
    for caption in captions:
        start = first_frame + _frames(caption.start_seconds, rate)
        end = first_frame + _frames(caption.end_seconds, rate)
        cards.append(Card(caption.text, start, max(end, start + 1)))
    return tuple(sorted(cards, key=lambda card: (card.start, card.end)))


def lanes_of(cards: Iterable[Card]) -> tuple[tuple[Card, ...], ...]:
    """The cards, in order of time, divided so that none overlaps another: two people speak at once."""
    lanes: list[list[Card]] = []
    for card in cards:
        lane = next((lane for lane in lanes if lane[-1].end <= card.start), None)
        if lane is None:
            lanes.append([card])
        else:
            lane.append(card)
    return tuple(map(tuple, lanes))


def _frames(seconds: float, rate: Fraction) -> int:
    # halves go up, everywhere alike, so that what touches goes on touching
    return math.floor(Fraction(seconds) * rate + Fraction(1, 2))
