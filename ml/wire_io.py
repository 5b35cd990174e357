"""The worker's end of the pipe: keeps stdout for the protocol, reads requests, writes events.

Standard library only. What a task or a library prints can never reach the wire.
"""

import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable

from .protocol import MAX_LINE_BYTES, Event, LineSplitter, encode

__all__ = ["EventWriter", "job_of", "protect_stdout", "read_lines"]

_CHUNK_BYTES = 64 * 1024


def protect_stdout() -> int:
    """Keep the real stdout as a new descriptor, which is returned, and point fd 1 and sys.stdout at stderr."""
    sys.stdout.flush()
    wire = os.dup(1)
    # below Python's level, so that what C libraries print is turned aside as well
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    if sys.platform == "win32":
        import msvcrt

        # no newline may become two characters on the way
        for descriptor in (0, wire):
            msvcrt.setmode(descriptor, os.O_BINARY)
    return wire


class EventWriter:
    """Writes events as whole lines, from any thread."""

    def __init__(self, wire: int, when_broken: Callable[[], None]) -> None:
        self._wire = wire
        self._when_broken = when_broken
        self._guard = threading.Lock()

    def emit(self, event: Event) -> None:
        """Send ``event``; waits while the other side does not read. Silent once the other side is gone."""
        line = memoryview(encode(event))
        try:
            with self._guard:
                while line:
                    line = line[os.write(self._wire, line) :]
        except OSError:
            self._when_broken()


def read_lines(source: int, take: Callable[[bytes | None], None]) -> None:
    """Call ``take`` with each line of the descriptor ``source`` until it ends; with None for one too long."""
    lines = LineSplitter(MAX_LINE_BYTES)
    with contextlib.suppress(OSError):
        while chunk := os.read(source, _CHUNK_BYTES):
            for line in lines.feed(chunk):
                take(line)


def job_of(line: bytes) -> str:
    """The job that a malformed request seems to belong to; empty when that cannot be told."""
    try:
        plain = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    job = plain.get("job") if isinstance(plain, dict) else None
    return job if isinstance(job, str) else ""
