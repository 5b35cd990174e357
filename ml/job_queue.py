"""The worker's jobs: which wait, which one runs, which are to stop. Pure bookkeeping, safe between threads.

Every job that ``submit`` accepted leaves exactly once: through ``finish`` when it was taken, or through
``cancel`` answering ``"queued"``.
"""

import threading
from collections import OrderedDict
from typing import Literal

from .protocol import JobRequest as Job

__all__ = ["MAX_JOB_ID_CHARS", "Job", "JobQueue"]


_MAX_WAITING = 256
MAX_JOB_ID_CHARS = 200


class JobQueue:
    """First come, first served; one job at a time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: OrderedDict[str, Job] = OrderedDict()
        self._running: str | None = None
        self._stop_running = False
        self._closed = False

    def submit(self, job: Job) -> str:
        """Queue ``job``; returns an empty string, or why it is refused."""
        with self._changed:
            if not 0 < len(job.job) <= MAX_JOB_ID_CHARS:
                return f"the job's id has not 1 to {MAX_JOB_ID_CHARS} characters"
            if self._is_open(job.job):
                return "a job of that id is open already"
            if len(self._waiting) >= _MAX_WAITING:
                return f"{_MAX_WAITING} jobs are waiting already"
            self._waiting[job.job] = job
            self._changed.notify()
            return ""

    def cancel(self, job_id: str) -> Literal["queued", "running", "unknown"]:
        """What the job was doing. A queued one is gone at once, a running one is asked to stop."""
        with self._changed:
            if self._waiting.pop(job_id, None) is not None:
                return "queued"
            if job_id == self._running:
                self._stop_running = True
                return "running"
            return "unknown"

    def is_open(self, job_id: str) -> bool:
        """True while the job waits or runs."""
        with self._changed:
            return self._is_open(job_id)

    def take(self, timeout_seconds: float | None) -> Job | None:
        """The next job, which then runs; None after the timeout (if any) or once the queue is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed, timeout_seconds)
            if self._closed or not self._waiting:
                return None
            self._running, job = self._waiting.popitem(last=False)
            self._stop_running = False
            return job

    def finish(self) -> None:
        """The running job has ended, however it ended."""
        with self._changed:
            self._running = None

    def should_stop(self) -> bool:
        """True when the running job was cancelled or nobody waits for it any more."""
        with self._changed:
            return self._stop_running or self._closed

    def close(self) -> None:
        """Nothing more will come: the running job is to stop, waiting ones are not begun."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def closed(self) -> bool:
        """True after ``close``."""
        with self._changed:
            return self._closed

    def drop_waiting(self) -> tuple[Job, ...]:
        """Take every waiting job away; returns them."""
        with self._changed:
            jobs = tuple(self._waiting.values())
            self._waiting.clear()
            return jobs

    def _is_open(self, job_id: str) -> bool:
        return job_id == self._running or job_id in self._waiting
