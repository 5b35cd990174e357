"""Sentences as the captions of a subtitle file: two lines at most, longer ones one after the other in time.

Standard library only.
"""

import re
import unicodedata
from collections.abc import Iterable

from .entries import Caption

__all__ = ["captions_of"]

_LINES = 2
_LINE_CELLS = 42
"""A Latin letter takes one cell, a Chinese character two: subtitle practice for both scripts."""
# a word and its space, or one character of a script without spaces; closing marks stay with what they close
_PIECE = re.compile(r"(?:[⺀-鿿＀-￯]|[^\s⺀-鿿＀-￯]+)[，。、；：！？）,.;:!?)]*\s*")  # noqa: RUF001


def captions_of(sentences: Iterable[tuple[float, float, str]]) -> tuple[Caption, ...]:
    """Captions for sentences with their start and end in seconds; an empty sentence has none.

    A sentence that needs more than two lines is shown in parts, each for its share of the time.
    """
    captions: list[Caption] = []
    for start, end, text in sentences:
        lines = _lines(text)
        parts = ["\n".join(lines[first : first + _LINES]) for first in range(0, len(lines), _LINES)]
        total = sum(map(_cells, parts))
        shown = 0
        for part in parts:
            begin = start + (end - start) * shown / total
            shown += _cells(part)
            captions.append(Caption(begin, start + (end - start) * shown / total, part))
    return tuple(captions)


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        if line and _cells(line + piece.rstrip()) > _LINE_CELLS:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
