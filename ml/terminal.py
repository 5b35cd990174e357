"""A progress bar for people: phase, bar, time left. Standard library only."""

import time
from types import TracebackType
from typing import TextIO

__all__ = ["ProgressBar"]

_WIDTH = 24


class ProgressBar:
    """Draws over one line of ``stream``; says nothing where that is a file or a pipe."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self._started = time.monotonic()
        self._shown = ""

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._stream.write("\n")

    def show(self, phase: str, step: int, total: int) -> None:
        """``step`` of ``total`` steps are done, and ``phase`` begins."""
        if not self._is_terminal:
            return
        text = f"{phase:8} {_bar(step, total)} {step}/{total}  {self._time_left(step, total)}"
        # the old line may have been longer
        self._stream.write("\r" + text.ljust(len(self._shown)))
        self._stream.flush()
        self._shown = text

    def _time_left(self, step: int, total: int) -> str:
        elapsed = time.monotonic() - self._started
        if step == total:
            return f"{elapsed:.1f} s"
        return f"{elapsed / step * (total - step):.0f} s left" if step else ""


def _bar(step: int, total: int) -> str:
    filled = _WIDTH * step // total
    return "[" + "#" * filled + "." * (_WIDTH - filled) + "]"
