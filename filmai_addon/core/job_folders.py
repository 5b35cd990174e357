"""The folders that the worker writes into, one per job: made, removed, and tidied after a crash."""

import logging
import shutil
import uuid
from pathlib import Path

from .errors import FilmAIError

__all__ = ["make_job_folder", "remove_job_folder", "remove_old_job_folders"]

MAX_AGE_SECONDS = 7 * 24 * 3600
"""Folders of jobs whose result could not be delivered are kept that long."""

_log = logging.getLogger("filmai.jobs")


def make_job_folder(root: Path) -> Path:
    """A new empty folder below ``root``, named by a fresh job id. Raises FilmAIError when it cannot be made."""
    folder = root / uuid.uuid4().hex[:12]
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise FilmAIError(
            f"The working folder {root} cannot be written: {error.strerror or error}.",
            "Free some space or check its permissions.",
        ) from error
    return folder


def remove_job_folder(folder: Path) -> None:
    """Remove a job's folder with all in it. What cannot be removed is logged and left for later."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        _log.warning("%s was not removed: %s", folder, error)


def remove_old_job_folders(root: Path, now_seconds: float) -> int:
    """Remove what jobs of earlier sessions left below ``root`` over a week ago; returns how many folders.

    ``now_seconds`` is the time since the epoch. Newer folders may belong to another running Blender.
    """
    removed = 0
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.is_dir() and not folder.is_symlink() and _age(folder, now_seconds) > MAX_AGE_SECONDS:
            remove_job_folder(folder)
            removed += 1
    return removed


def _age(folder: Path, now_seconds: float) -> float:
    try:
        return now_seconds - folder.stat().st_mtime
    except FileNotFoundError:
        return 0.0
