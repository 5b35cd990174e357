"""The small pictures of described shots, kept for the contact sheet: one JPEG a shot in a folder of the user's.

They are no part of the .blend file, which they would make larger with every shot; a list without them can be
exported all the same.
"""

import contextlib
import logging
from collections.abc import Iterable
from pathlib import Path

__all__ = ["MAX_PICTURES", "keep_picture", "kept_pictures", "remove_old_pictures"]

MAX_PICTURES = 6000
"""Some 90 MB: several long films."""

_MAX_ID_CHARS = 60
"""Of a file name; FilmAI's own ids are shorter."""

_log = logging.getLogger("filmai.shots")


def keep_picture(picture: str, folder: str, shot_id: str) -> None:
    """Move a picture out of a job's folder. What cannot be kept is logged: the shot goes without."""
    try:
        Path(picture).replace(_path(folder, shot_id))
    except OSError as error:
        _log.warning("the picture of shot %s was not kept: %s", shot_id, error)


def kept_pictures(folder: str, shot_ids: Iterable[str]) -> dict[str, str]:
    """Absolute paths by the ids of shots; without those that are not there."""
    paths = {shot_id: _path(folder, shot_id) for shot_id in shot_ids}
    return {shot_id: str(path) for shot_id, path in paths.items() if path.is_file()}


def remove_old_pictures(folder: Path) -> int:
    """Remove the oldest beyond MAX_PICTURES; returns how many."""
    with_ages = sorted(((_modified(path), path) for path in folder.glob("*.jpg")), reverse=True)
    for _age, path in with_ages[MAX_PICTURES:]:
        # another Blender may have been faster
        with contextlib.suppress(OSError):
            path.unlink()
    return len(with_ages[MAX_PICTURES:])


def _path(folder: str, shot_id: str) -> Path:
    # an id out of a .blend file from elsewhere must not lead out of the folder
    word = "".join(filter(str.isalnum, shot_id[:_MAX_ID_CHARS]))
    return Path(folder) / f"{word}.jpg"


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
