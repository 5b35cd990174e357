"""The worker's log file: bounded in size, and never a reason for a job to fail."""

import contextlib
import threading
from collections import deque
from pathlib import Path
from typing import BinaryIO

from ..contract import LineSplitter

__all__ = ["WorkerLog"]

_MAX_LINE_BYTES = 8 * 1024
_KEPT_LINES = 40


class WorkerLog:
    """Takes what the worker says on stderr: appends it to a file and keeps the last lines.

    When the file would pass ``max_bytes`` it becomes ``<name>.1`` (replacing the one before) and a new one is
    begun. If it cannot be written (full disk, read-only folder) that is noted once among the last lines, and
    the log goes on in memory alone. One thread feeds it, any may read the last lines.
    """

    def __init__(self, path: Path, max_bytes: int = 1 << 20) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._lines = LineSplitter(_MAX_LINE_BYTES)
        self._last: deque[str] = deque(maxlen=_KEPT_LINES)
        self._last_guard = threading.Lock()
        self._file: BinaryIO | None = None
        self._size = 0
        self._writable = True

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes as they were read."""
        for line in self._lines.feed(chunk):
            self._add(line if line is not None else b"(a very long line was left out)\n")

    def close(self) -> None:
        """Take an unfinished last line and close the file."""
        if rest := self._lines.rest():
            self._add(rest + b"\n")
        self._close_file()

    def last_lines(self) -> tuple[str, ...]:
        """The most recent lines, oldest first."""
        with self._last_guard:
            return tuple(self._last)

    def _add(self, line: bytes) -> None:
        self._remember(line.decode("utf-8", "replace").rstrip("\r\n"))
        if not self._writable:
            return
        try:
            self._write(line)
        except OSError as error:
            self._writable = False
            self._close_file()
            self._remember(f"(the log {self._path} cannot be written: {error.strerror or error})")

    def _remember(self, text: str) -> None:
        with self._last_guard:
            self._last.append(text)

    def _write(self, line: bytes) -> None:
        if self._file is None:
            self._file = self._open()
        if self._size and self._size + len(line) > self._max_bytes:
            self._close_file()
            self._path.replace(self._path.with_name(self._path.name + ".1"))
            self._file = self._open()
        # unbuffered: what the worker said last must be in the file when Blender itself goes down
        self._size += self._file.write(line)

    def _open(self) -> BinaryIO:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("ab", buffering=0)
        self._size = file.tell()
        return file

    def _close_file(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
