"""Families that users trained on pictures of their own: their ids, beside those of ``ml.families``.

Standard library only, since Blender's process reads it too. An id is ``user:`` and a word that is safe as the name
of a folder and of a file on every system.
"""

import re
import unicodedata
import zlib

from .families import FAMILY_INDEX, family_by_id

__all__ = ["family_label", "family_word", "is_family", "is_own_family", "own_family_id"]

_PREFIX = "user:"
_MAX_WORD_CHARS = 40
_ID = re.compile(rf"user:[a-z0-9][a-z0-9_]{{0,{_MAX_WORD_CHARS - 1}}}")
_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10)),
}
"""Names that Windows keeps for devices."""


def is_own_family(family_id: str) -> bool:
    """True for an id of the form that users' families have; whether there is such a family is not asked."""
    return _ID.fullmatch(family_id) is not None and family_id.removeprefix(_PREFIX) not in _RESERVED


def is_family(family_id: str) -> bool:
    """True for a shipped family and for the id of a user's own."""
    return family_id in FAMILY_INDEX or is_own_family(family_id)


def own_family_id(name: str) -> str:
    """``user:my_slate`` for "My slate": the id of a family of that name.

    Letters outside a to z lose their marks or are left out; a name that has none of the others gets a number that
    follows from it. Raises ValueError when the name is empty or too long.
    """
    name = name.strip()
    if not name or len(name) > _MAX_WORD_CHARS:
        raise ValueError(f"a name has 1 to {_MAX_WORD_CHARS} characters, not {len(name)}")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if not word or word in _RESERVED:
        number = zlib.crc32(name.encode(errors="surrogatepass"))
        word = f"{word}_{number}".strip("_")
    return _PREFIX + word


def family_word(family_id: str) -> str:
    """The id as part of a file's name: ``brick``, ``my_slate``."""
    return family_id.removeprefix(_PREFIX)


def family_label(family_id: str) -> str:
    """The name for people: ``Brick``, ``My Slate``. Raises KeyError for an id that is neither."""
    if is_own_family(family_id):
        return family_word(family_id).replace("_", " ").title()
    return family_by_id(family_id).label
