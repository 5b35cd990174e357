"""One worker process: its pipes, its log, its end.

Nothing here blocks the caller, ``close`` apart, whose wait is bounded. Reading and writing happen on threads
of their own, which never touch Blender; what they read waits in a bounded queue until ``poll`` takes it.
"""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from ..contract import MAX_LINE_BYTES, Event, LineSplitter, Request, WireError, decode_event, encode
from ..core.errors import WorkerError
from .log import WorkerLog

__all__ = ["WorkerDied", "WorkerProcess"]

_MAX_WAITING_EVENTS = 1024
_MAX_WAITING_REQUESTS = 1024
_CHUNK_BYTES = 64 * 1024
_EXIT_SECONDS = 2.0
"""How long a worker that closed its stdout may take to exit before it is killed."""


@dataclass(frozen=True, slots=True)
class WorkerDied:
    """The last thing that ``poll`` says of a worker: it will answer nothing any more."""

    exit_code: int | None
    """None when the process could not be waited for; negative when a signal ended it."""
    reason: str
    """A sentence for people."""
    last_lines: tuple[str, ...]
    """The end of its log, oldest first."""


class WorkerProcess:
    """A running worker. Made by starting it: raises WorkerError when that cannot be done.

    ``argv`` comes from ``worker_command``; what the worker prints goes to ``log_path``. Call ``poll`` and
    ``send`` from one thread.
    """

    def __init__(self, argv: tuple[str, ...], log_path: Path) -> None:
        self._process = _start(argv)
        self._log = WorkerLog(log_path)
        self._events: queue.Queue[Event | WorkerDied] = queue.Queue(_MAX_WAITING_EVENTS)
        self._requests: queue.Queue[bytes | None] = queue.Queue(_MAX_WAITING_REQUESTS)
        self._reason = ""
        self._closing = threading.Event()
        self._died_seen = False
        self._threads = [
            threading.Thread(target=target, name=f"filmai-{target.__name__}", daemon=True)
            for target in (self._read_events, self._read_log, self._write_requests)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The operating system's number of the process."""
        return self._process.pid

    def send(self, request: Request) -> None:
        """Hand ``request`` over for writing; returns at once.

        Raises WorkerError when the worker is known to be gone or has read nothing for very long. If it dies
        later, ``poll`` says so.
        """
        if self._died_seen or self._closing.is_set():
            raise WorkerError("The worker has ended.", "Try again: a new one is started.")
        try:
            self._requests.put_nowait(encode(request))
        except queue.Full:
            raise WorkerError(
                "The worker does not read its requests.", "Cancel the job and try again."
            ) from None

    def poll(self, max_events: int) -> list[Event | WorkerDied]:
        """Up to ``max_events`` of what the worker said since the last call, oldest first; never waits.

        WorkerDied comes once, after everything that the worker said before.
        """
        events: list[Event | WorkerDied] = []
        with contextlib.suppress(queue.Empty):
            while len(events) < max_events:
                events.append(self._events.get_nowait())
        if events and isinstance(events[-1], WorkerDied):
            self._died_seen = True
        return events

    def terminate(self) -> None:
        """Ask the process to end (on Windows: end it)."""
        self._end("FilmAI stopped the worker.", force=False)

    def kill(self) -> None:
        """End the process without its consent."""
        self._end("FilmAI killed the worker.", force=True)

    def close(self, grace_seconds: float) -> None:
        """End the worker: close its input, wait; then terminate, wait; then kill. May be called again.

        Returns after about twice ``grace_seconds`` at most; open jobs get no further event.
        """
        self._closing.set()
        with contextlib.suppress(queue.Full):
            self._requests.put_nowait(None)
        if not self._wait(grace_seconds):
            self.terminate()
        if not self._wait(grace_seconds):
            self.kill()
            self._wait(_EXIT_SECONDS)
        deadline = time.monotonic() + _EXIT_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _wait(self, seconds: float) -> bool:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _end(self, reason: str, *, force: bool) -> None:
        self._reason = self._reason or reason
        # not reaped yet, so the number cannot belong to another process by now
        if self._process.poll() is not None:
            return
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._process.kill() if force else self._process.terminate()
            else:
                os.killpg(self._process.pid, signal.SIGKILL if force else signal.SIGTERM)

    # ---- threads

    def _read_events(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as pipe:
            try:
                self._take_events(pipe.fileno())
            except WireError as error:
                self._end(f"The worker broke the protocol: {error}.", force=True)
        self._events_end()

    def _take_events(self, pipe: int) -> None:
        lines = LineSplitter(MAX_LINE_BYTES)
        while chunk := os.read(pipe, _CHUNK_BYTES):
            for line in lines.feed(chunk):
                if line is None:
                    raise WireError(f"a line was longer than {MAX_LINE_BYTES} bytes")
                if not self._deliver(decode_event(line)):
                    return

    def _events_end(self) -> None:
        if not self._wait(_EXIT_SECONDS):
            self._end("The worker closed its output but went on running.", force=True)
            self._wait(_EXIT_SECONDS)
        with contextlib.suppress(queue.Full):
            self._requests.put_nowait(None)
        self._threads[1].join(_EXIT_SECONDS)
        code = self._process.poll()
        self._deliver(WorkerDied(code, self._reason or _describe_exit(code), self._log.last_lines()))

    def _deliver(self, event: Event | WorkerDied) -> bool:
        """Wait for room in the queue; False when nobody will read it any more."""
        while not self._closing.is_set():
            with contextlib.suppress(queue.Full):
                self._events.put(event, timeout=0.2)
                return True
        return False

    def _read_log(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as pipe:
            while chunk := os.read(pipe.fileno(), _CHUNK_BYTES):
                self._log.feed(chunk)
        self._log.close()

    def _write_requests(self) -> None:
        assert self._process.stdin is not None
        # a broken pipe is no news here: the reading thread finds the process gone and says so
        with contextlib.suppress(OSError), self._process.stdin as pipe:
            while (line := self._requests.get()) is not None:
                _write_all(pipe.fileno(), line)


def _start(argv: tuple[str, ...]) -> subprocess.Popen[bytes]:
    # CREATE_NO_WINDOW; the constant is missing from the module on other systems
    flags = 0x08000000 if sys.platform == "win32" else 0
    try:
        return subprocess.Popen(
            argv,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            creationflags=flags,
            # a Ctrl+C in the terminal that Blender was started from is not meant for the worker
            start_new_session=True,
        )
    except OSError as error:
        raise WorkerError(
            f"The worker's Python could not be started: {argv[0]}: {error.strerror or error}.",
            "Choose another runtime in the preferences of FilmAI.",
        ) from error


def _write_all(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


def _describe_exit(code: int | None) -> str:
    if code is None:
        return "The worker could not be waited for."
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"The worker was ended by {signal.Signals(-code).name}."
    return f"The worker ended with exit code {code}."
