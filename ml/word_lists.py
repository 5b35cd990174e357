"""What words mean, and how a list of words is written.

Standard library only, since Blender's process reads prompts too. A list is lines of ``words = effects``, both
parted by commas; what a word does stands once, beside all its synonyms. Effects:

- ``noun``, ``generic``, ``adjective``, ``place``, ``kind`` and a family id: it names a material, see ``Rank``
- ``colour NAME``, ``tint NAME``, ``own HEX``: a colour; one that changes the colour after it ("reddish"); the
  colour that a material brings along ("oak"), unless a colour is named
- ``shade NAME LIGHTNESS SATURATION``: changes the colour after it ("dark")
- ``wear``, ``roughness``, ``contrast``, ``across`` and a number; ``pattern`` and an id
- ``joint``: what lies between, which a colour may be meant for; ``thing``: a noun ("without moss and cracks")
- ``degree NUMBER``, ``number NUMBER``, ``count NAME``: how much, how many, and of what
- ``filler``, ``join``, ``and``, ``or``, ``on``, ``not``, ``no``, ``free``: see ``Role``
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from .word_lists_en import COLOURS, ENGLISH
from .word_lists_zh import CHINESE

__all__ = [
    "BREAK",
    "UNKNOWN",
    "Meaning",
    "Rgb",
    "english_words",
    "hex_rgb",
    "palette",
    "phrase_key",
    "read_list",
    "vocabulary",
    "word_key",
]

Rgb = tuple[float, float, float]
"""sRGB-encoded, 0 to 1."""
Rank = Literal["noun", "generic", "adjective", "place", "kind"]
"""How a word names a family. noun: "moss". generic: gives way to what says it more exactly ("metal" to "rust").
adjective: is mixed into another family ("mossy"). place: leads where no noun does, is never mixed in ("roof").
kind: the family where nothing else says it ("oak")."""
Grammar = Literal["degree", "number", "count", "filler", "join", "and", "or", "on", "not", "no", "free"]
Role = Literal["content", "break", "unknown"] | Grammar
"""join: parts what is on both sides ("with"). on: what follows carries what came before ("moss on rock").
not: the next word. no: the next noun, with all before it. free: the word before ("moss-free")."""

_NUMBERS = ("wear", "roughness", "contrast", "across")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word does, or several in a row."""

    role: Role = "content"
    family: str | None = None
    rank: Rank | None = None
    colour: Literal["colour", "tint", "own"] | None = None
    rgb: Rgb = (0.5, 0.5, 0.5)
    name: str = ""
    """English name of the colour or the shade."""
    shade: tuple[float, float] | None = None
    """Added lightness, -1 (black) to 1 (white), and factor of the saturation."""
    wear: float | None = None
    roughness: float | None = None
    contrast: float | None = None
    across: float | None = None
    pattern: str | None = None
    joint: bool = False
    thing: bool = False
    value: float = 1.0
    """Of a degree or a number."""
    count: str = ""
    """What a number before it counts."""


UNKNOWN = Meaning("unknown")
BREAK = Meaning("break")


@cache
def palette() -> dict[str, Rgb]:
    """The colours by their English names."""
    entries = (entry.rsplit(" ", 1) for line in COLOURS.split("\n") for entry in line.split(", ") if entry)
    return {name: hex_rgb(code) for name, code in entries}


def read_list(text: str) -> list[tuple[str, Meaning]]:
    """Every entry of a list, as it is written there, and its meaning. Raises ValueError for an unknown effect."""
    entries: list[tuple[str, Meaning]] = []
    for line in filter(None, text.splitlines()):
        words, effects = line.split(" = ")
        meaning = _meaning(effects)
        entries += [(word.strip(), meaning) for word in words.split(",")]
    return entries


@cache
def vocabulary() -> dict[tuple[str, ...], Meaning]:
    """Both languages: what a word or a phrase is found by, and its meaning."""
    colours = [(name, Meaning(colour="colour", name=name, rgb=rgb)) for name, rgb in palette().items()]
    entries = (*colours, *read_list(ENGLISH), *read_list(CHINESE))
    return {phrase_key(phrase): meaning for phrase, meaning in entries}


def english_words() -> list[str]:
    """Every single word of the English list, in its order."""
    phrases = (*palette(), *(phrase for phrase, _ in read_list(ENGLISH)))
    return [word for phrase in phrases for word in re.findall("[a-z]+", phrase)]


def phrase_key(phrase: str) -> tuple[str, ...]:
    """What a phrase of a list is found by: its words, or its Chinese characters."""
    return tuple(map(word_key, re.findall(r"[a-z0-9']+|[^\sa-z0-9']", phrase)))


def word_key(word: str) -> str:
    """Lower case, without the s of plurals and owners. It need not be a word."""
    word = word.replace("\u2019", "'").removesuffix("'s").replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and re.search("[^siu]s$", word) else word


def hex_rgb(code: str) -> Rgb:
    """The colour of three or six hex digits."""
    digits = code if len(code) == 6 else "".join(digit * 2 for digit in code)
    red, green, blue = (round(int(digits[at : at + 2], 16) / 255, 4) for at in (0, 2, 4))
    return red, green, blue


def _meaning(effects: str) -> Meaning:
    found: dict[str, Any] = {}
    for effect in effects.split(","):
        name, *values = effect.split()
        if name in get_args(Rank):
            found.update(rank=name, family=values[0])
        elif name in _NUMBERS:
            found[name] = float(values[0])
        elif name in get_args(Grammar):
            found["role"] = name
            found.update(
                {"count": values[0]} if name == "count" else {"value": float(values[0] if values else 1)}
            )
        elif name == "own":
            found.update(colour=name, rgb=hex_rgb(values[0]))
        elif name in ("colour", "tint"):
            found.update(colour=name, name=" ".join(values), rgb=palette()[" ".join(values)])
        elif name == "shade":
            found.update(name=values[0], shade=(float(values[1]), float(values[2])))
        elif name == "pattern":
            found[name] = values[0]
        elif name in ("joint", "thing"):
            found[name] = True
        else:
            raise ValueError(f"unknown effect {effect!r} in a list of words")
    return Meaning(**found)
