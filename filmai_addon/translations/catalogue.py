"""Reads the catalogue, a gettext file with each text on one line. No bpy."""

import re
from functools import cache
from pathlib import Path

__all__ = ["ANYWHERE", "BUTTON", "LOCALE", "OWN", "Texts", "read_catalogue", "templates"]

LOCALE = "zh_HANS"
"""As Blender has called Simplified Chinese since 4.0."""
ANYWHERE, BUTTON, OWN = "*", "Operator", "FilmAI"
"""Contexts: Blender's own for labels and tooltips, the one for operators, and that of FilmAI's sentences."""

Texts = dict[tuple[str, str], str]
"""Context and English text -> translation."""

_FILE = Path(__file__).with_name(f"{LOCALE}.po")
_ENTRY = re.compile(r'^(?:msgctxt "(.*)"\n)?msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)
_GAP = re.compile(r"\{\d\}")


def read_catalogue(path: Path = _FILE) -> Texts:
    """Every translation of the file. An entry without a context is one for anywhere."""
    found = _ENTRY.findall(path.read_text(encoding="utf-8"))
    return {(context or ANYWHERE, _plain(text)): _plain(translated) for context, text, translated in found}


@cache
def templates() -> tuple[str, ...]:
    """The sentences with gaps, ``{0}``, which a text is compared with."""
    return tuple(text for context, text in read_catalogue() if context == OWN and _GAP.search(text))


def _plain(text: str) -> str:
    return text.replace('\\"', '"')
