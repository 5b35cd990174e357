"""Reads the extension's manifest, and adds to its text what only the package knows: wheels and platforms."""

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .errors import BuildError

__all__ = ["MANIFEST_NAME", "inject", "read_version"]

MANIFEST_NAME = "blender_manifest.toml"
_REMEDY = f"Put filmai_addon/{MANIFEST_NAME} right; the package adds wheels and platforms itself."


def read_version(manifest: Path) -> str:
    """The extension's version. Raises BuildError when the manifest is missing or has none."""
    try:
        version = tomllib.loads(manifest.read_text(encoding="utf-8"))["version"]
    except FileNotFoundError:
        raise BuildError(f"There is no {manifest}.", "Is this a whole checkout? Try: git status") from None
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise BuildError(f"{manifest} is damaged: {error!r}", _REMEDY) from None
    if not isinstance(version, str) or not re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?", version):
        raise BuildError(f"{manifest} has the version {version!r}; Blender wants one like 1.2.3.", _REMEDY)
    return version


def inject(text: str, wheels: Sequence[str], platforms: Sequence[str]) -> str:
    """That manifest with ``wheels`` (paths in the zip) and ``platforms`` added; the rest stays as it is.

    Raises BuildError when the manifest already has one of them.
    """
    known = tomllib.loads(text)
    if present := sorted({"wheels", "platforms"} & known.keys()):
        raise BuildError(f"The manifest already has {' and '.join(present)}.", _REMEDY)
    added = f"platforms = {_toml_list(platforms)}\nwheels = {_toml_list(wheels)}\n"
    # a top-level key must come before the first table
    first_table = re.search(r"^\[", text, re.MULTILINE)
    at = first_table.start() if first_table else len(text)
    head = text[:at] if text[:at].endswith("\n") else text[:at] + "\n"
    result = f"{head}{added}\n{text[at:]}" if first_table else head + added
    if _loads_or_none(result) != known | {"platforms": list(platforms), "wheels": list(wheels)}:
        raise BuildError("The manifest is laid out in a way that cannot be added to.", _REMEDY)
    return result


def _loads_or_none(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _toml_list(values: Sequence[str]) -> str:
    # a JSON string is a TOML string
    return "[\n" + "".join(f"  {json.dumps(value)},\n" for value in values) + "]"
