"""The worker's life as the jobs see it: started for the first job, asked, replaced, ended.

No bpy: the pump calls ``poll`` from Blender's timer, tests call it from a loop. Nothing here waits, ``close``
apart.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from .contract import Cancel, Cancelled, Event, Ready, Request
from .core.errors import WorkerError
from .core.eta import format_seconds
from .core.job_table import JobTable
from .core.jobs import CancelRequested, Failure, Job, JobState, Prepared, Requeued, WorkerLost
from .core.restart_limit import RestartLimit
from .worker_client import WorkerDied

__all__ = ["Dispatcher", "Worker"]

CANCEL_GRACE_SECONDS = 3.0
"""How long a worker may take to answer Cancel before it is terminated."""
KILL_GRACE_SECONDS = 1.0
"""How long a terminated worker may take to end before it is killed."""
START_SECONDS = 60.0
"""How long a worker may take to say Ready; a cold disk and a virus scanner need some."""
_MOST_BETWEEN_POLLS_SECONDS = 0.5
"""Of a longer time between two polls no more counts against the worker: Blender was busy, or the machine asleep."""
_EVENTS_PER_POLL = 32
_UNDONE = (JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING)
_IN_WORKER = (*_UNDONE, JobState.DELIVERING)

_log = logging.getLogger("filmai.dispatch")


class Worker(Protocol):
    """What is needed of ``worker_client.WorkerProcess``."""

    def send(self, request: Request) -> None: ...
    def poll(self, max_events: int) -> list[Event | WorkerDied]: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...
    def close(self, grace_seconds: float) -> None: ...


class Dispatcher:
    """Sends jobs to one worker and applies its answers to the job table.

    ``start_worker`` turns a command line into a running worker; ``clock`` gives monotonic seconds.
    """

    def __init__(
        self,
        start_worker: Callable[[tuple[str, ...]], Worker],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.table = JobTable()
        self.ready: Ready | None = None
        """What the running worker said of itself; None as long as it said nothing."""
        self._start_worker = start_worker
        self._clock = clock
        self._worker: Worker | None = None
        self._argv: tuple[str, ...] = ()
        # how long was listened to workers altogether: the clock by which their patience is measured
        self._listened_seconds = 0.0
        self._polled_seconds = clock()
        self._started_seconds = 0.0
        self._restart_limit = RestartLimit()
        self._cancel_deadlines: dict[str, float] = {}
        # the job that stood first when a worker died without having begun anything
        self._suspect = ""
        self._retired: list[tuple[Worker, float]] = []

    @property
    def has_worker(self) -> bool:
        """True while a worker is thought to be running."""
        return self._worker is not None

    @property
    def is_idle(self) -> bool:
        """True when nothing is to be expected: no open job, no worker on its way out."""
        return not self.table.open() and not self._retired

    def submit(self, job: Job, argv: tuple[str, ...]) -> None:
        """Send a new job, starting the worker with ``argv`` when there is none.

        A worker that runs with another command line is replaced once it has no open job. Raises WorkerError
        when no worker can be had; the job is not taken then.
        """
        self._send(job, argv)
        self.table.add(job)

    def submit_prepared(self, job: Job, argv: tuple[str, ...]) -> None:
        """The same for a job that is in the table since its preparation began, and has ended it."""
        self._send(job, argv)
        self.table.apply(job.id, Prepared(), self._clock())

    def cancel(self, job_id: str) -> None:
        """Ask for the end of a job. Jobs that have ended, and unknown ones, stay as they are."""
        job = self.table.apply(job_id, CancelRequested(), self._clock())
        if job is None or job.state is not JobState.CANCELLING or job_id in self._cancel_deadlines:
            return
        self._cancel_deadlines[job_id] = self._listened_seconds + CANCEL_GRACE_SECONDS
        if self._worker is not None:
            try:
                self._worker.send(Cancel(job_id))
            except WorkerError as error:
                _log.warning("Cancel was not sent, the worker will be replaced: %s", error)

    def poll(self, budget_seconds: float) -> None:
        """Take what the worker said, until there is no more or the time is up; then see to what is overdue."""
        now = self._clock()
        self._listened_seconds += min(now - self._polled_seconds, _MOST_BETWEEN_POLLS_SECONDS)
        self._polled_seconds = now
        stop = now + budget_seconds
        while self._worker is not None:
            events = self._worker.poll(_EVENTS_PER_POLL)
            for event in events:
                self._take(event)
            if not events or self._clock() >= stop:
                break
        self._replace_deaf_worker()
        self._give_up_silent_worker()
        self._bury_retired()

    def close(self, grace_seconds: float) -> None:
        """End every worker; waits for them within ``grace_seconds`` each. May be called again."""
        retired, self._retired = self._retired, []
        for worker, _deadline in retired:
            worker.close(0.0)
        worker_now, self._worker = self._worker, None
        if worker_now is not None:
            worker_now.close(grace_seconds)

    # ---- private

    def _send(self, job: Job, argv: tuple[str, ...]) -> None:
        # while no job is open nobody polls, so a death in that time is noticed here
        self.poll(0.0)
        if self._worker is not None and argv != self._argv and not self.table.in_state(*_IN_WORKER):
            self._retire()
        worker = self._worker or self._start(argv)
        worker.send(job.request)

    def _start(self, argv: tuple[str, ...]) -> Worker:
        wait_seconds = self._restart_limit.wait_seconds(self._clock())
        if wait_seconds > 0:
            raise WorkerError(
                "The worker ended unexpectedly several times within a minute.",
                f"Open the log to see why; a new one can be started in {format_seconds(wait_seconds)}.",
            )
        self._worker = self._start_worker(argv)
        self._argv = argv
        self._started_seconds = self._listened_seconds
        self.ready = None
        return self._worker

    def _take(self, event: Event | WorkerDied) -> None:
        match event:
            case WorkerDied():
                self._lose_worker(event.reason, event.exit_code, event.last_lines)
            case Ready():
                self.ready = event
                _log.info("worker ready: onnxruntime %s, %s", event.onnxruntime, ", ".join(event.providers))
                for problem in event.problems:
                    _log.warning("the worker reports: %s", problem)
            case _:
                self.table.apply(event.job, event, self._clock())

    def _lose_worker(self, reason: str, exit_code: int | None, last_lines: tuple[str, ...]) -> None:
        if self._worker is not None:
            self._worker.close(0.0)
        self._worker = None
        now = self._clock()
        self._restart_limit.record_death(now)
        detail = "\n".join((f"exit code: {exit_code}", *last_lines))
        _log.error("worker lost: %s\n%s", reason, detail)
        failure = Failure("WORKER_DIED", reason, "The next job starts a new worker.", detail)
        self._fail(self._gone_with_worker(), failure)
        self._send_waiting_again()

    def _gone_with_worker(self) -> tuple[Job, ...]:
        """The jobs that a dead worker takes along: what it did, and not what it had not begun."""
        if self.ready is None:
            # one that could not even start would not start for these either
            return self.table.in_state(*_UNDONE)
        begun = self.table.in_state(JobState.RUNNING, JobState.CANCELLING)
        waiting = self.table.in_state(JobState.QUEUED)
        if begun or not waiting:
            return begun
        # it may have died of the next in line before it could say so: twice is no chance
        was_suspect, self._suspect = self._suspect, waiting[0].id
        return waiting[:1] if was_suspect == waiting[0].id else ()

    def _fail(self, jobs: Iterable[Job], failure: Failure) -> None:
        for job in jobs:
            self.table.apply(job.id, WorkerLost(failure), self._clock())
        self._cancel_deadlines.clear()

    def _retire(self) -> None:
        """Tell the worker to end without waiting for it; what it still says is not heard."""
        if self._worker is not None:
            self._worker.terminate()
            self._retired.append((self._worker, self._listened_seconds + KILL_GRACE_SECONDS))
        self._worker = None

    def _replace_deaf_worker(self) -> None:
        cancelling = {job.id for job in self.table.in_state(JobState.CANCELLING)}
        self._cancel_deadlines = {
            job_id: deadline for job_id, deadline in self._cancel_deadlines.items() if job_id in cancelling
        }
        if all(self._listened_seconds < deadline for deadline in self._cancel_deadlines.values()):
            return
        _log.warning("the worker did not answer Cancel; it is replaced")
        self._retire()
        self._cancel_deadlines.clear()
        for job_id in cancelling:
            self.table.apply(job_id, Cancelled(job_id), self._clock())
        self._send_waiting_again()

    def _send_waiting_again(self) -> None:
        waiting = self.table.in_state(JobState.QUEUED, JobState.RUNNING)
        if not waiting:
            return
        for job in waiting:
            self.table.apply(job.id, Requeued(), self._clock())
        try:
            worker = self._start(self._argv)
            for job in waiting:
                worker.send(job.request)
        except WorkerError as error:
            failure = Failure("WORKER_DIED", error.message, error.hint, error.detail)
            self._fail(self.table.in_state(*_UNDONE), failure)

    def _give_up_silent_worker(self) -> None:
        if self._worker is None or self.ready is not None:
            return
        if self._listened_seconds - self._started_seconds < START_SECONDS:
            return
        self._lose_worker(f"The worker said nothing for {START_SECONDS:.0f} s after its start.", None, ())

    def _bury_retired(self) -> None:
        now = self._listened_seconds
        still_there: list[tuple[Worker, float]] = []
        for worker, kill_seconds in self._retired:
            if any(isinstance(event, WorkerDied) for event in worker.poll(_EVENTS_PER_POLL)):
                worker.close(0.0)
            elif now >= kill_seconds:
                worker.kill()
                still_there.append((worker, now + KILL_GRACE_SECONDS))
            else:
                still_there.append((worker, kill_seconds))
        self._retired = still_there
