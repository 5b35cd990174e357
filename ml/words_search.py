"""Finds the words of the lists in a text, however it was typed: letters, mistakes, the longest match.

Standard library only, since Blender's process reads prompts too.
"""

import difflib
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from .word_lists import BREAK, UNKNOWN, Meaning, english_words, hex_rgb, vocabulary, word_key
from .word_lists_en import NO_MISTAKES

__all__ = ["Found", "find_words"]

_AND = Meaning("and")
_SHORTEST_MISTAKE = 5
"""Shorter words are too close to each other to be taken for one another."""
_LONGEST_MISTAKE = 20
_MOST_MISTAKES = 40
"""So many different unknown words are compared with the list: each costs a hundred times a look-up."""
_LIKENESS, _LIKENESS_SWAPPED = 0.85, 0.8
"""As difflib measures it, and where all letters are there but not in order ("marbel")."""
_TOKEN = re.compile(r"Xx*|d+(?![dw])|[wd](?:[wd]|'(?=w))*|h|s+|b|l")
_HEX = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-z])")
_MOST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the text, or several that mean one thing."""

    meaning: Meaning
    start: int
    """In the text as it was typed, as is ``end``."""
    end: int
    mended: str = ""
    """The mistake in typing and what it was taken for: "cobblestne -> cobblestone"."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """A letter of ``_TOKEN``: a word begins with w, or with d for a digit."""
    key: str
    start: int
    end: int
    mended: str = ""


def find_words(text: str) -> list[Found]:
    """Every word of ``text`` in its order, and the marks that part clauses; the longest match counts."""
    tokens = _mend(_tokens(text), text)
    known = vocabulary()
    longest = max(map(len, known))
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        keys = tuple(token.key for token in tokens[at : at + longest])
        length = next((size for size in range(len(keys), 0, -1) if keys[:size] in known), 0)
        group = tokens[at : at + max(length, 1)]
        meaning = known[keys[:length]] if length else _other_meaning(group[0])
        at += len(group)
        start = group[0].start
        if meaning is UNKNOWN and group[0].kind == "h" and _goes_on(found, group[0], text):
            # Chinese is written without spaces: what nobody knows is one word until something is known
            start = found.pop().start
        found.append(
            Found(meaning, start, group[-1].end, ", ".join(token.mended for token in group if token.mended))
        )
    return found


def _tokens(text: str) -> list[_Token]:
    plain, origin = _normalised(text)
    kinds = [_kind(char) for char in plain]
    for code in _HEX.finditer(plain):
        kinds[code.start() : code.end()] = "X".ljust(len(code[0]), "x")
    tokens = []
    for match in _TOKEN.finditer("".join(kinds)):
        start, end = match.span()
        kind = "w" if "w" in match[0] else match[0][0]
        key = word_key(plain[start:end]) if kind == "w" else plain[start:end]
        tokens.append(_Token(kind, key, origin[start][0], origin[end - 1][1]))
    return tokens


def _normalised(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text in plain letters (NFKC, lower case), and for each of its characters where that was typed."""
    starts = [at for at, char in enumerate(text) if at == 0 or not unicodedata.category(char).startswith("M")]
    plain: list[str] = []
    origin: list[tuple[int, int]] = []
    for start, end in pairwise([*starts, len(text)]):
        letters = unicodedata.normalize("NFKC", text[start:end]).casefold()
        plain.append(letters)
        origin += [(start, end)] * len(letters)
    return "".join(plain), origin


def _kind(char: str) -> str:
    if char in "'\u2019":
        return "'"
    if char in ",;.!?\n\u3002":
        return "b"
    if char in "/&+|\u3001":
        return "l"
    if char.isascii() and char.isdigit():
        return "d"
    category = unicodedata.category(char)
    if category == "Lo" and unicodedata.name(char, "").startswith("CJK "):
        return "h"
    return "w" if char.isalnum() or category[0] == "M" else "s" if category == "So" else " "


def _mend(tokens: list[_Token], text: str) -> list[_Token]:
    """The same, with mistakes in typing mended where one word of ours is close."""
    known = _single_words()
    close: dict[str, str] = {}
    result = []
    for token in tokens:
        key = token.key
        if key not in known and key not in close and token.kind == "w" and len(close) < _MOST_MISTAKES:
            close[key] = _near_word(key)
        if meant := close.get(key):
            spelling = f"{text[token.start : token.end]} -> {_spellings()[key[0]][meant]}"
            token = replace(token, key=meant, mended=spelling)
        result.append(token)
    return result


def _near_word(key: str) -> str:
    """The key of the one word that was meant, or nothing."""
    if not _SHORTEST_MISTAKE <= len(key) <= _LONGEST_MISTAKE:
        return ""
    near = _spellings().get(key[0], {})
    swapped = [word for word in near if sorted(word) == sorted(key)]
    close = difflib.get_close_matches(key, near, 1, _LIKENESS)
    return next(iter(close or difflib.get_close_matches(key, swapped, 1, _LIKENESS_SWAPPED)), "")


def _other_meaning(token: _Token) -> Meaning:
    """Of what no list holds."""
    if token.kind == "X":
        return Meaning(colour="colour", rgb=hex_rgb(token.key[1:]))
    if token.kind == "d" and len(token.key) <= _MOST_DIGITS and int(token.key):
        return Meaning("number", value=int(token.key))
    return {"b": BREAK, "l": _AND}.get(token.kind, UNKNOWN)


def _goes_on(found: list[Found], token: _Token, text: str) -> bool:
    """Whether ``token`` is one more character of the unknown Chinese word before it."""
    if not found or found[-1].meaning is not UNKNOWN or found[-1].end != token.start:
        return False
    return _kind(text[token.start - 1]) == "h"


@cache
def _single_words() -> frozenset[str]:
    """What no mistake is looked for in."""
    return frozenset(map(word_key, NO_MISTAKES.split())).union(*vocabulary())


@cache
def _spellings() -> dict[str, dict[str, str]]:
    """By first letter: what the longer English words are found by, and how they are written."""
    result: dict[str, dict[str, str]] = {}
    for word in english_words():
        if len(word_key(word)) >= _SHORTEST_MISTAKE:
            result.setdefault(word[0], {}).setdefault(word_key(word), word)
    return result
