"""FilmAI's version, read from the one place that holds it."""

import tomllib
from functools import cache
from pathlib import Path

__all__ = ["filmai_version"]


@cache
def filmai_version() -> str:
    """The version in the extension's manifest, for example ``0.1.0``."""
    manifest = Path(__file__).resolve().parents[1] / "blender_manifest.toml"
    return str(tomllib.loads(manifest.read_text(encoding="utf-8"))["version"])
