"""The families that the user trained, as they lie in the user's own model folder.

Looked up at the first use and after each training, never while drawing. A folder that cannot be read is left out:
the job that asks for it says what is wrong with it.
"""

import contextlib
import json
import logging
import zlib
from pathlib import Path

from . import paths
from .contract import is_own_family
from .core.errors import FilmAIError
from .properties import FAMILY_ITEMS
from .translations.speaking import said

__all__ = ["family_items", "refresh"]

Item = tuple[str, str, str, str, int]

_MAX_CARD_BYTES = 1 << 20
_log = logging.getLogger("filmai.own_families")
# Blender keeps pointers into these strings, so the tuple must outlive every use of it
_items: tuple[Item | tuple[str, str, str], ...] = ()


def family_items(_settings: object, _context: object) -> "tuple[Item | tuple[str, str, str], ...]":
    """Items of a menu: the shipped families, then the user's own under a heading."""
    if not _items:
        refresh()
    return _items


def refresh() -> None:
    """Look at the user's model folder again."""
    global _items
    shipped = tuple((*item, "", number) for number, item in enumerate(FAMILY_ITEMS))
    own = tuple(
        (family.upper(), label, said(f"Trained on a folder of your pictures: {label}"), "", _number(family))
        for family, label in _found()
    )
    _items = (*shipped, ("", "Your Own", ""), *own) if own else shipped


def _found() -> list[tuple[str, str]]:
    """Id and label of each, by label."""
    try:
        root = paths.own_models_folder()
        folders = [path for path in root.iterdir() if path.is_dir()]
    except (FilmAIError, OSError):
        return []
    found: dict[str, str] = {}
    for folder in folders:
        with contextlib.suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
            family, label = _read_card(folder)
            found[family] = label
    return sorted(found.items(), key=lambda entry: entry[1].lower())


def _read_card(folder: Path) -> tuple[str, str]:
    versions = [path for path in folder.iterdir() if path.name.isdecimal()]
    card_path = max(versions, key=lambda path: int(path.name)) / "card.json"
    if not card_path.is_file():
        raise FileNotFoundError(card_path)
    with card_path.open("rb") as file:
        content = file.read(_MAX_CARD_BYTES + 1)
    if len(content) > _MAX_CARD_BYTES:
        raise ValueError("too large for a card")
    card = json.loads(content)
    family, label = str(card["families"][0]), str(card["label"])[:80]
    if not is_own_family(family):
        raise ValueError(f"{family:.60} is no family of the user's")
    return family, label


def _number(family: str) -> int:
    """What a .blend file keeps of the choice: must not depend on which other families there are."""
    return 1000 + zlib.crc32(family.encode()) % (1 << 30)
