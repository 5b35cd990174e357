"""The process that trains on a folder: started, asked to end, and looked at. No bpy; nothing here waits long.

It is not the worker: it runs in the Python that the user points to, for as long as it takes. It ends with Blender;
what it has learned lies in its checkpoint, from which Resume goes on.
"""

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

from .core.errors import WorkerError
from .core.training_report import TrainingReport, read_report, report_of_exit

__all__ = ["TrainingProcess"]

_PROGRESS_FILE, _ASK_FILE = "progress.json", "ask"
_LOG_CHARS = 4000
_GRACE_SECONDS = 3.0


class TrainingProcess:
    """One training, started by making it. Raises WorkerError when its Python cannot be started."""

    def __init__(self, argv: tuple[str, ...], folder: Path, log_path: Path) -> None:
        self._folder = folder
        self._log_path = log_path
        # what an earlier run said would be taken for this one's
        with contextlib.suppress(OSError):
            (folder / _PROGRESS_FILE).unlink()
        self._last = TrainingReport("preparing")
        try:
            with log_path.open("wb") as log:
                self._process = subprocess.Popen(
                    argv,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    # CREATE_NO_WINDOW, and below normal: Blender comes first
                    creationflags=0x08000000 | 0x00004000 if sys.platform == "win32" else 0,
                    # a Ctrl+C in the terminal that Blender was started from is not meant for it
                    start_new_session=True,
                )
        except OSError as error:
            raise WorkerError(
                f"This Python could not be started: {argv[0]}: {error.strerror or error}.",
                "Choose the interpreter of an environment that has torch, numpy and pillow.",
            ) from error

    @property
    def pid(self) -> int:
        """The operating system's number of the process."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """True as long as the process is there."""
        return self._process.poll() is None

    def report(self) -> TrainingReport:
        """Where it is now; reads one small file."""
        exit_code = self._process.poll()
        with contextlib.suppress(OSError, UnicodeDecodeError):
            found = read_report((self._folder / _PROGRESS_FILE).read_text(encoding="utf-8"))
            # on some systems a file that is just being replaced reads as nothing
            self._last = found or self._last
        if exit_code is not None:
            self._last = report_of_exit(self._last, exit_code, self._log_end())
        return self._last

    def ask(self, word: str) -> None:
        """``pause``: end with a checkpoint; ``finish``: end and make the family of what was learned so far."""
        path = self._folder / _ASK_FILE
        partial = path.with_suffix(".partial")
        try:
            partial.write_text(word, encoding="utf-8")
            partial.replace(path)
        except OSError as error:
            raise WorkerError(
                f"The training cannot be told: {error.strerror or error}.", "Free some space, or stop it."
            ) from error

    def stop(self) -> None:
        """End it, and throw away what it has learned. Waits for a few seconds at most."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        """End it as Blender ends: its last checkpoint stays. May be called again."""
        if not self.is_running:
            return
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE_SECONDS)
            return
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE_SECONDS)

    def _log_end(self) -> str:
        with contextlib.suppress(OSError):
            return self._log_path.read_bytes()[-_LOG_CHARS:].decode("utf-8", "replace")
        return ""
