"""Shots as the captions of a subtitle file. Standard library only."""

from collections.abc import Iterable

from ..caption_cards import cards_in_time
from .entries import Caption, ShotList

__all__ = ["captions_of"]


def captions_of(listed: ShotList, texts: Iterable[str]) -> tuple[Caption, ...]:
    """What is said of each shot, wrapped and timed to the frame as the text strips of the sequencer are.

    ``texts``: of the shots, in their order; an empty one has no caption.
    """
    return tuple(
        Caption(listed.seconds(card.start), listed.seconds(card.end), card.text)
        for shot, text in zip(listed.shots, texts, strict=True)
        for card in cards_in_time(text, shot.start_frame, shot.end_frame, float(listed.rate))
    )
