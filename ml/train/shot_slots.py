"""Reads the fields back from a sentence: which values it names, word by word, the longest phrase first.

The check of the grammar, and the measure of the describer's own sentences: a slot is right when the sentence names
the value that it was told, and nothing that it was not told.
"""

from collections.abc import Sequence
from functools import cache

from . import shot_words_en as en
from . import shot_words_zh as zh

__all__ = ["named_values"]

Slot = tuple[str, str]


def named_values(words: Sequence[str], language: str) -> list[Slot]:
    """(field id, value id) in the order of the sentence; what is named twice is there twice."""
    table, longest = _phrases(language)
    found: list[Slot] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            slot = table.get(tuple(words[place : place + length]))
            if slot is not None:
                found.append(slot)
                place += length
                break
        else:
            place += 1
    return found


@cache
def _phrases(language: str) -> tuple[dict[tuple[str, ...], Slot], int]:
    table: dict[tuple[str, ...], Slot] = {}
    for field, value, phrase in _english() if language == "en" else _chinese():
        words = tuple(phrase.split())
        slot = (field, value)
        if table.setdefault(words, slot) != slot:
            raise ValueError(f"{phrase!r} means both {table[words]} and {slot}")
    return table, max(len(words) for words in table)


def _english() -> list[tuple[str, str, str]]:
    by_field: list[tuple[str, dict[str, tuple[str, ...]]]] = [
        ("size", en.SIZES),
        ("angle", en.ANGLES),
        ("angle", en.ANGLE_ADJECTIVES),
        ("horizon", en.HORIZONS),
        ("movement", en.MOVEMENTS),
        ("movement", en.CAMERA_VERBS),
        ("speed", en.SPEED_ADJECTIVES),
        ("speed", en.SPEED_ADVERBS),
        ("speed", en.SPEEDS),
        ("steadiness", en.STEADINESS),
        ("light", en.LIGHTS),
        ("tone", en.TONES),
        ("time", en.TIMES),
        ("setting", en.SETTINGS),
        ("setting", en.SETTING_NOUNS),
        ("count", en.COUNTS),
        ("colour", en.COLOURS),
        ("direction", en.DIRECTIONS),
        ("place", en.PLACES),
    ]
    table = _listed(by_field)
    table += [("subject", subject, noun) for subject, nouns in en.NOUNS.items() for noun in nouns]
    table += [("subject", "place", phrase) for phrase in en.SCENERY]
    table += [
        ("action", action, form) for action, verbs in en.ACTIONS.items() for forms in verbs for form in forms
    ]
    return table


def _chinese() -> list[tuple[str, str, str]]:
    by_field = [
        ("size", zh.SIZES),
        ("angle", zh.ANGLES),
        ("horizon", zh.HORIZONS),
        ("movement", zh.MOVEMENTS),
        ("speed", zh.SPEEDS),
        ("steadiness", zh.STEADINESS),
        ("light", zh.LIGHTS),
        ("tone", zh.TONES),
        ("time", zh.TIMES),
        ("setting", zh.SETTINGS),
        ("count", zh.COUNTS),
        ("colour", zh.COLOURS),
        ("action", zh.ACTIONS),
        ("direction", zh.DIRECTIONS),
        ("place", zh.PLACES),
    ]
    table = _listed(by_field)
    table += [("subject", subject, noun) for subject, noun in zh.NOUNS.items()]
    table += [("subject", "place", phrase) for phrase in zh.SCENERY]
    return table


def _listed(by_field: list[tuple[str, dict[str, tuple[str, ...]]]]) -> list[tuple[str, str, str]]:
    return [
        (field, value, phrase)
        for field, phrases in by_field
        for value, texts in phrases.items()
        for phrase in texts
    ]
