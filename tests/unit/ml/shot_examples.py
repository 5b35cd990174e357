"""A shot list to test with."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from ml.protocol import FieldGuess
from ml.shot_terms import FIELDS
from ml.shotlist.entries import ListedShot, ShotList


def fields(**values: str) -> tuple[FieldGuess, ...]:
    """All fields: those named certain, the others an uncertain first value."""
    guesses = []
    for field in FIELDS:
        value = values.get(field.id)
        known = value is not None
        guesses.append(FieldGuess(field.id, value or field.values[0].id, 0.9 if known else 0.3, known, False))
    return tuple(guesses)


FIRST = ListedShot(
    number=1,
    name="city.mp4",
    media="/films/city street.mp4",
    start_frame=1,
    end_frame=49,
    media_start_seconds=2.0,
    fields=fields(size="wide", movement="pan_left"),
    en="Wide shot. Slow pan left.",
    zh="远景。缓慢左摇。",
    thumbnail="",
)
SECOND = replace(
    FIRST,
    number=2,
    name='=HYPERLINK(1) <b>"x"</b>',
    media="",
    start_frame=61,
    end_frame=85,
    media_start_seconds=0.0,
    fields=fields(size="close_up"),
    en="Close-up.",
    zh="特写。",
)


def shot_list(**changes: Any) -> ShotList:
    """Two shots with a gap of twelve frames between them, at 24 frames a second, frame 1 being zero."""
    listed = ShotList("Reel <1>", Fraction(24), 1, "en", (FIRST, SECOND))
    return replace(listed, **changes)
