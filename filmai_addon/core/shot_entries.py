"""One shot as the shot list keeps it, and the words in which the list shows it.

Everything that a panel shows is worked out here, so that drawing reads and no more.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..contract import FIELDS, FieldGuess, FixedField, WireError, from_plain, to_plain
from .caption_text import UNCERTAIN, value_label
from .clips import FixedShot
from .shot_settings import COLUMNS, Language
from .timeline import FrameRange, MediaSpan

__all__ = [
    "ShotEntry",
    "by_hand",
    "column_texts",
    "fields_from_json",
    "fields_to_json",
    "fixed_shot_or_none",
    "is_asked_for",
    "mean_confidence",
    "numbered",
    "search_text",
    "summary_text",
]

_ALL = frozenset({"all", "every", "the", "shot", "shots", "所有", "全部"})
_BETWEEN_WORDS = re.compile(r"[\s,;，；、]+")  # noqa: RUF001 - Chinese marks
_MAX_JSON_CHARS = 20_000
_BETWEEN: dict[Language, str] = {"en": ", ", "zh": "、"}


@dataclass(frozen=True, slots=True)
class ShotEntry:
    """A shot that was described."""

    id: str
    """Made up when it was described; its captions carry it too."""
    strip: str
    """The name of the strip that shows it."""
    span: FrameRange
    """On the timeline."""
    media: MediaSpan
    """In the medium's own time."""
    fields: tuple[FieldGuess, ...]
    en: str
    zh: str
    model: str
    """Name, version and SHA-256 of the weights, as captions carry them."""
    number: int = 0
    """From 1 on, in order of time."""


def numbered(entries: Iterable[ShotEntry]) -> tuple[ShotEntry, ...]:
    """In order of time, with their numbers."""
    ordered = sorted(entries, key=lambda entry: (entry.span.start, entry.span.end, entry.strip))
    return tuple(replace(entry, number=number) for number, entry in enumerate(ordered, 1))


def column_texts(fields: Iterable[FieldGuess], language: Language) -> dict[str, str]:
    """What the list shows of every field: its value, or ``uncertain``."""
    known = {guess.field: guess for guess in fields}
    texts: dict[str, str] = {}
    for field in FIELDS:
        guess = known.get(field.id)
        certain = guess is not None and guess.certain
        texts[field.id] = (
            value_label(field.id, guess.value, language) if guess and certain else UNCERTAIN[language]
        )
    return texts


def summary_text(fields: Iterable[FieldGuess], language: Language) -> str:
    """What is certain of the list's columns, in one line for a narrow sidebar; ``uncertain`` where nothing is."""
    texts = column_texts(fields, language)
    certain = [texts[name] for name in COLUMNS if texts[name] != UNCERTAIN[language]]
    return _BETWEEN[language].join(certain) or UNCERTAIN[language]


def mean_confidence(fields: Iterable[FieldGuess]) -> float:
    """Of all fields, 0 to 1."""
    values = [guess.confidence for guess in fields]
    return sum(values) / len(values) if values else 0.0


def search_text(entry: ShotEntry) -> str:
    """All words by which a shot is found, in both languages; what is uncertain is not found."""
    words = [
        value_label(guess.field, guess.value, language)
        for guess in entry.fields
        if guess.certain
        for language in ("en", "zh")
    ]
    if any(not guess.certain for guess in entry.fields):
        words.extend(UNCERTAIN.values())
    return " | ".join((*words, entry.strip, entry.en, entry.zh)).lower().replace("-", " ")


def is_asked_for(searched: str, wish: str) -> bool:
    """Whether a shot with that search text is among ``all close-ups``, ``pan left, dusk`` or ``特写``.

    All words must be there, in any order; plurals and ``all`` do not count, hyphens are spaces.
    """
    words = [word for word in _BETWEEN_WORDS.split(wish.lower().replace("-", " ")) if word not in _ALL]
    # words begin where a space is before them, or are Chinese, which has none
    places = [word if not word.isascii() else f" {word.removesuffix('s')}" for word in words if word]
    return all(place in f" {searched}" for place in places)


def by_hand(fields: Iterable[FieldGuess], field: str, value: str) -> tuple[FieldGuess, ...]:
    """The fields with one of them set by the user; an empty value gives it back to the network."""
    return tuple(_set(guess, value) if guess.field == field else guess for guess in fields)


def fixed_shot_or_none(entry: ShotEntry) -> FixedShot | None:
    """What the user has set by hand of a shot; None when nothing was."""
    fixed = tuple(FixedField(guess.field, guess.value) for guess in entry.fields if guess.fixed)
    return FixedShot(entry.media, fixed) if fixed else None


def fields_to_json(fields: Iterable[FieldGuess]) -> str:
    """As captions and the shot list keep them."""
    return json.dumps([to_plain(guess) for guess in fields], ensure_ascii=False, separators=(",", ":"))


def fields_from_json(text: str) -> tuple[FieldGuess, ...]:
    """The same back; nothing where the text was tampered with."""
    try:
        plain = json.loads(text[:_MAX_JSON_CHARS])
        return tuple(from_plain(FieldGuess, guess, "field") for guess in plain)
    except (ValueError, TypeError, RecursionError, WireError):
        return ()


def _set(guess: FieldGuess, value: str) -> FieldGuess:
    if not value:
        return replace(guess, fixed=False, certain=False, confidence=0.0)
    return replace(guess, value=value, fixed=True, certain=True, confidence=1.0)
