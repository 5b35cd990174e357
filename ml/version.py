"""FilmAI's version, read from the extension's manifest: the only place that holds it. Standard library only."""

import tomllib
from pathlib import Path

__all__ = ["filmai_version"]


def filmai_version() -> str:
    """For example ``0.1.0``; ``unknown`` when ``ml`` was copied somewhere without the manifest."""
    root = Path(__file__).resolve().parent.parent
    # in the extension the manifest lies beside ml, in the repository in the add-on's folder
    for manifest in (root / "blender_manifest.toml", root / "filmai_addon" / "blender_manifest.toml"):
        if manifest.is_file():
            return str(tomllib.loads(manifest.read_text(encoding="utf-8"))["version"])
    return "unknown"
