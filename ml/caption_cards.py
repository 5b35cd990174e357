"""Sentences as subtitles: lines that can be read, and cards that follow each other.

Subtitle practice: at most two lines, of 42 Latin letters or of 20 Chinese characters; a card stays for five
sixths of a second at least; the two lines are of about the same length and break where the sense does.
Chinese has no spaces: a line may break between any two characters, but never before a mark that closes.
Text strips and subtitle files are wrapped by the same rules, here. Standard library only.
"""

import re
from dataclasses import dataclass

__all__ = [
    "MAX_LINES",
    "MAX_LINE_UNITS",
    "MIN_CARD_SECONDS",
    "Card",
    "cards_in_time",
    "line_units",
    "wrapped",
]

MAX_LINES = 2
MAX_LINE_UNITS = 42.0
"""A Latin letter is one unit wide, a Chinese character a bit over two: 20 fill a line."""
MIN_CARD_SECONDS = 5 / 6
_WIDE_UNITS = 2.1
_BREAK_AFTER_MARK_UNITS = 8.0
"""How much less even two lines may be for a break that follows a comma or a full stop."""
_ELLIPSIS = "…"

_WIDE = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
_CLOSING = re.escape("，。、；：！？）》」』”’…,.;:!?)")  # noqa: RUF001 - Chinese marks
# a single wide character, or a word with the space before it; closing marks stay with either
_PIECE = re.compile(rf"\s*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_CLOSING}]*")
_WIDE_CHARACTER = re.compile(rf"[{_WIDE}]")
_ENDS_WITH_MARK = re.compile(rf"[{_CLOSING}]$")


@dataclass(frozen=True, slots=True)
class Card:
    """A text of one or two lines, and when it is shown."""

    text: str
    start: int
    """In what the caller counts in: frames of a timeline."""
    end: int
    """Exclusive."""


def line_units(line: str) -> float:
    """How wide a line is, in Latin letters."""
    wide = len(_WIDE_CHARACTER.findall(line))
    return len(line) - wide + wide * _WIDE_UNITS


def wrapped(text: str) -> tuple[str, ...]:
    """The text as cards of at most two lines, in order; none for an empty text."""
    lines = _filled_lines(_pieces(text))
    pairs = (lines[first : first + MAX_LINES] for first in range(0, len(lines), MAX_LINES))
    return tuple("\n".join(map(_joined, _evened(pair))) for pair in pairs)


def cards_in_time(
    text: str, start: int, end: int, frames_per_second: float, wrap: bool = True
) -> tuple[Card, ...]:
    """The cards of a shot, one after the other, together exactly as long as it; none for an empty text.

    ``start`` and ``end`` (exclusive) are the shot's frames. Without ``wrap`` there is one card of one long line.

    Each gets time by its length. A shot that is too short for all its cards shows the first of them, and dots
    for the rest.
    """
    texts = list(wrapped(text)) if wrap else [" ".join(text.split())]
    length = end - start
    most = max(1, int(length / (MIN_CARD_SECONDS * frames_per_second)))
    if len(texts) > most:
        texts = [*texts[: most - 1], _cut_short(texts[most - 1])]
    units = [line_units(part) for part in texts]
    cards: list[Card] = []
    at = start
    for place, part in enumerate(texts if texts and texts[0] else []):
        until = start + round(length * sum(units[: place + 1]) / sum(units))
        cards.append(Card(part, at, until))
        at = until
    return tuple(cards)


def _pieces(text: str) -> list[str]:
    """What may not be broken: words and wide characters, each with the space before it."""
    return [
        part for piece in _PIECE.findall(" ".join(text.split())) for part in _not_longer_than_a_line(piece)
    ]


def _not_longer_than_a_line(piece: str) -> list[str]:
    size = int(MAX_LINE_UNITS)
    return [piece[at : at + size] for at in range(0, len(piece), size)]


def _filled_lines(pieces: list[str]) -> list[list[str]]:
    """As many pieces to a line as fit."""
    lines: list[list[str]] = []
    for piece in pieces:
        if lines and line_units(_joined([*lines[-1], piece])) <= MAX_LINE_UNITS:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _evened(pair: list[list[str]]) -> list[list[str]]:
    """The same pieces, broken where the two lines are nearest in length."""
    if len(pair) < MAX_LINES:
        return pair
    pieces = pair[0] + pair[1]
    breaks = [[pieces[:at], pieces[at:]] for at in range(1, len(pieces))]
    fitting = [lines for lines in breaks if max(map(_units, lines)) <= MAX_LINE_UNITS]
    return min(fitting, key=_cost, default=pair)


def _cost(lines: list[list[str]]) -> float:
    bonus = _BREAK_AFTER_MARK_UNITS if _ENDS_WITH_MARK.search(lines[0][-1]) else 0.0
    return abs(_units(lines[0]) - _units(lines[1])) - bonus


def _units(line: list[str]) -> float:
    return line_units(_joined(line))


def _joined(line: list[str]) -> str:
    return "".join(line).strip()


def _cut_short(card: str) -> str:
    """With dots at its end, in the place of its last letters where the line is full."""
    lines = card.split("\n")
    last = re.sub(rf"[{_CLOSING}\s]+$", "", lines[-1])
    while line_units(last + _ELLIPSIS) > MAX_LINE_UNITS:
        last = last[:-1]
    return "\n".join([*lines[:-1], last.rstrip() + _ELLIPSIS])
