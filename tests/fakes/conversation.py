"""A test's talk with a worker process: what was said so far, and waiting for what must come."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from filmai_addon.contract import (
    Cancelled,
    Event,
    Failed,
    Finished,
    GenerateTexture,
    Progress,
    Ready,
    Request,
)
from filmai_addon.worker_client import WorkerDied, WorkerProcess

PATIENCE_SECONDS = 120.0
"""Only to end a test that would hang; on a busy machine a start alone can take many seconds."""

Said = TypeVar("Said")


class Conversation:
    """Drives a WorkerProcess; ``heard`` is everything it said, in order."""

    def __init__(self, argv: tuple[str, ...], log_path: Path) -> None:
        self.worker = WorkerProcess(argv, log_path)
        self.log_path = log_path
        self.heard: list[Event | WorkerDied] = []

    def send(self, *requests: Request) -> None:
        for request in requests:
            self.worker.send(request)

    def say(self, line: bytes) -> None:
        """Bytes that no message is made of, in order with what is sent."""
        # past ``send``, which could not be made to send this; through the same queue, so that nothing interleaves
        self.worker._requests.put(line)

    def end_input(self) -> None:
        """What the worker sees when Blender is gone."""
        self.worker._requests.put(None)

    def listen(self) -> None:
        self.heard += self.worker.poll(64)

    def until(self, kind: type[Said], matches: Callable[[Said], bool] = lambda _event: True) -> Said:
        """The first ``kind`` that ``matches`` among all that was said; waits for it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        seen = 0
        while True:
            self.listen()
            for event in self.heard[seen:]:
                if isinstance(event, kind) and matches(event):
                    return event
            seen = len(self.heard)
            gone = bool(self.heard) and isinstance(self.heard[-1], WorkerDied)
            assert not gone, f"the worker died before any {kind.__name__}: {self.heard[-3:]}"
            assert time.monotonic() < deadline, f"no {kind.__name__} came; heard {self.heard[-3:]}"
            time.sleep(0.005)

    def ready(self) -> Ready:
        return self.until(Ready)

    def died(self) -> WorkerDied:
        return self.until(WorkerDied)

    def running(self, job: str) -> Progress:
        """Wait until the job has begun."""
        return self.until(Progress, lambda event: event.job == job)

    def end_of(self, job: str) -> Event:
        """The job's terminal event."""
        end: Event = self.until(object, lambda event: _ends(event, job))  # type: ignore[assignment]
        return end

    def ends_of(self, job: str) -> list[Event]:
        """Every terminal event of the job so far."""
        return [event for event in self.events() if _ends(event, job)]

    def events(self) -> list[Event]:
        return [event for event in self.heard if not isinstance(event, WorkerDied)]

    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace") if self.log_path.exists() else ""

    def wait_for_log(self, text: str) -> None:
        """Wait until the worker's log holds ``text``."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text not in self.log():
            assert time.monotonic() < deadline, f"never in the log: {text}"
            time.sleep(0.005)


def _ends(event: object, job: str) -> bool:
    return isinstance(event, Finished | Failed | Cancelled) and event.job == job


def texture(
    folder: Path, job: str = "a", *, size: int = 64, variations: int = 1, seed: int = 7, family: str = "brick"
) -> GenerateTexture:
    """A request whose folder ``folder/job`` is there."""
    out = folder / job
    out.mkdir(exist_ok=True)
    return GenerateTexture(job, family, seed, size, variations, "cpu", str(out))
