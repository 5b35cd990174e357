"""Where things lie: the repository's own folders, and the user's cache. Makes no folder by itself."""

import os
import sys
from pathlib import Path

__all__ = ["DEMO", "DIST", "ENVS", "LOCK_FILE", "REPOSITORY", "REQUIREMENTS", "cache_folder"]

REPOSITORY = Path(__file__).resolve().parents[1]
REQUIREMENTS = REPOSITORY / "requirements"
LOCK_FILE = REQUIREMENTS / "wheels.lock.json"
ENVS = REPOSITORY / ".envs"
DIST = REPOSITORY / "dist"
DEMO = REPOSITORY / "demo"


def cache_folder() -> Path:
    """The folder for fetched wheels: ``FILMAI_CACHE``, or the place that this system keeps for caches."""
    if chosen := os.environ.get("FILMAI_CACHE"):
        return Path(chosen).expanduser().resolve()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "filmai"
