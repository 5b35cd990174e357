"""What build.py says: plain lines, steps with their times, tables, and child processes that show life.

A terminal gets the child's own progress; a log (CI, a pipe) gets a line now and then instead.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from .errors import BuildError

__all__ = ["Console", "readable_size", "table"]

HEARTBEAT_SECONDS = 30.0
TAIL_LINES = 25


@dataclass(frozen=True, slots=True)
class Console:
    """Where lines go. ``live`` is true on a terminal, where a child may draw progress bars."""

    stream: TextIO
    live: bool

    def say(self, text: str = "") -> None:
        """One line, shown at once."""
        self.stream.write(text + "\n")
        self.stream.flush()

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Announce a step, and say how long it took when it ends well."""
        self.say(f"{title} ...")
        started = time.monotonic()
        yield
        self.say(f"{title}: {time.monotonic() - started:.1f} s")

    def run(
        self,
        command: Sequence[str | Path],
        failure: BuildError,
        *,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Run a child to its end; raises ``failure``, with the child's last lines, when it exits non-zero.

        On a terminal the child writes there itself. Elsewhere its output is kept, and a sign of life is
        written every HEARTBEAT_SECONDS.
        """
        words = [str(word) for word in command]
        if self.live:
            code = subprocess.run(words, cwd=cwd, env=environment, stdout=self.stream, check=False).returncode
            output = ""
        else:
            code, output = self._run_quietly(words, cwd, environment)
        if code != 0:
            tail = "\n".join(output.splitlines()[-TAIL_LINES:])
            shown = f"{failure.message} (exit code {code})" + (f"\n{tail}" if tail else "")
            raise BuildError(shown, failure.remedy)

    def _run_quietly(
        self, words: list[str], cwd: Path | None, environment: Mapping[str, str] | None
    ) -> tuple[int, str]:
        started = time.monotonic()
        # a file, not a pipe: a child that writes much never waits for us
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            child = subprocess.Popen(
                words, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
            try:
                while True:
                    try:
                        code = child.wait(HEARTBEAT_SECONDS)
                        break
                    except subprocess.TimeoutExpired:
                        self.say(f"  ... still at it after {time.monotonic() - started:.0f} s")
            finally:
                if child.poll() is None:
                    child.kill()
                    child.wait()
            output.seek(0)
            return code, output.read()

    @staticmethod
    def on(stream: TextIO, *, plain: bool) -> "Console":
        """A console on that stream; ``plain`` (CI) asks for no progress bars even on a terminal."""
        # a Windows console may be on a code page that lacks what a path or a pip message holds
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
        return Console(stream, live=stream.isatty() and not plain and stream is sys.stdout)


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in plain text: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in [headers, *rows]) for column in range(len(headers))]

    def line(cells: Sequence[str]) -> str:
        rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True))
        return "  ".join([cells[0].ljust(widths[0]), *rest]).rstrip()

    return "\n".join([line(headers), line(["-" * width for width in widths]), *map(line, rows)])


def readable_size(size_bytes: int) -> str:
    """A size for people, in decimal units: ``14.2 MB``."""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    size = size_bytes / 1000
    for unit in ("kB", "MB"):
        if size < 1000:
            return f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.2f} GB"
