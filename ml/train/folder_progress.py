"""What a training on a folder tells whoever watches it, and how it is asked to end early. Standard library only.

Files, since the watcher is another process, perhaps of another Python, and a pipe would end with it:
``progress.json`` in the run's folder says where it is; a file ``ask`` there, with one word in it, asks for the end.
"""

import contextlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

__all__ = ["ASK_FILE", "PROGRESS_FILE", "FolderProgress", "ProgressFile", "State", "take_ask"]

PROGRESS_FILE = "progress.json"
ASK_FILE = "ask"
State = Literal["preparing", "training", "exporting", "paused", "done", "failed"]
_SECONDS = 1.0
_ATTEMPTS = 10
_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class FolderProgress:
    """Where a training is."""

    state: State
    family: str
    """The id of what it makes."""
    step: int = 0
    steps: int = 0
    minutes_left: float | None = None
    figures: str = ""
    """The last step's losses, in words."""
    sheet: str = ""
    """Path of the newest sample sheet."""
    message: str = ""
    """What failed and what to do next, or where the result is."""
    notes: tuple[str, ...] = ()
    """What was guessed of the pictures, and which were left out."""


class ProgressFile:
    """Writes the file: whole or not at all, once a second while nothing but numbers change."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PROGRESS_FILE
        self._written = float("-inf")
        self._state = ""

    def write(self, progress: FolderProgress) -> None:
        """Write it, unless the last one is younger than a second and of the same state."""
        now = time.monotonic()
        if progress.state == self._state and now - self._written < _SECONDS:
            return
        partial = self._path.with_name(f"{PROGRESS_FILE}.partial")
        # Windows replaces no file that is being read just now; a full disk must not end hours of work
        for _ in range(1 if progress.state == self._state else _ATTEMPTS):
            with contextlib.suppress(OSError):
                partial.write_text(json.dumps(asdict(progress)), encoding="utf-8")
                partial.replace(self._path)
                self._written, self._state = now, progress.state
                return
            time.sleep(_PAUSE_SECONDS)


def take_ask(folder: Path) -> str:
    """``pause``, ``finish`` or nothing; the file is gone afterwards."""
    path = folder / ASK_FILE
    try:
        word = path.read_text(encoding="utf-8").strip()
        path.unlink()
    except (OSError, UnicodeDecodeError):
        return ""
    return word if word in ("pause", "finish") else ""
