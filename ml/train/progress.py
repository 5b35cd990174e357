"""What a long run shows and how it ends early: a progress line, and a stop that waits for the step's end."""

import signal
import sys
import time
from types import FrameType, TracebackType
from typing import Any, Self

__all__ = ["ProgressLine", "StopRequest"]


class StopRequest:
    """Context manager: SIGINT and SIGTERM set ``asked`` instead of ending the process; a second one ends it.

    Works in the main thread only, as Python allows it there alone.
    """

    def __init__(self) -> None:
        self.asked = False
        self._previous: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._previous[number] = signal.signal(number, self._ask)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        signal.signal(number, self._previous[number])


class ProgressLine:
    """One line on stderr, rewritten in a terminal, appended every half minute elsewhere."""

    def __init__(self, total: int, start: int) -> None:
        """``total`` steps in the whole run, ``start`` of them done before."""
        self._total = total
        self._started_at = start
        self._clock = time.monotonic()
        self._shown = float("-inf")
        self._terminal = sys.stderr.isatty()

    def show(self, step: int, images: int, minutes_left: float | None, words: str) -> None:
        """``step`` steps are done, ``images`` pictures were seen since the start; ``words`` are the losses.

        ``minutes_left`` is what a time limit leaves, None without one.
        """
        now = time.monotonic()
        if now - self._shown < (0.5 if self._terminal else 30.0):
            return
        self._shown = now
        elapsed = max(now - self._clock, 1e-6)
        by_steps = elapsed / max(step - self._started_at, 1) * (self._total - step) / 60
        eta = by_steps if minutes_left is None else min(by_steps, minutes_left)
        bar = ("#" * (20 * step // self._total)).ljust(20, ".")
        line = f"[{bar}] {step}/{self._total}  {words}  {images / elapsed:.1f} images/s  {eta:.1f} min left"
        sys.stderr.write(f"\r{line}\x1b[K" if self._terminal else f"{line}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """End the line."""
        if self._terminal:
            sys.stderr.write("\n")
