"""The worker: reads requests, does one job at a time, sends events, ends with its input.

``main`` protects the wire before any package is imported or anything printed. A thread of its own reads, so that a
Cancel or the end of the input is seen in mid-job; the main thread computes. Exceptions become Failed in one
place, ``_run``.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import JobCancelled, TaskError, failure_of
from .job_queue import MAX_JOB_ID_CHARS, Job, JobQueue
from .parent_watch import watch_parent
from .protocol import (
    Cancel,
    Cancelled,
    Failed,
    Finished,
    ModelUsed,
    Progress,
    Ready,
    WireError,
    decode_request,
)
from .tasks import NEEDED_MODELS, TaskContext, job_folder, leave_no_folder, make_networks, run_task
from .version import filmai_version
from .wire_io import EventWriter, job_of, protect_stdout, read_lines

if TYPE_CHECKING:
    from .infer.session import SessionCache

__all__ = ["WorkerOptions", "main"]

_LAST_WORDS_SECONDS = 5.0
"""How long a job may take to notice that the input ended, before the process leaves without it."""


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """The worker's command line."""

    models_dir: Path
    idle_seconds: float
    parent_pid: int | None
    own_models_dir: Path | None = None
    """Models that the user trained."""


def main(options: WorkerOptions) -> int:
    """Work until stdin ends; returns the exit code."""
    wire = protect_stdout()
    queue = JobQueue()
    writer = EventWriter(wire, when_broken=queue.close)
    ready, networks = _get_ready(options)
    writer.emit(ready)
    worker = _Worker(options, queue, writer, networks)
    if options.parent_pid is not None:
        watch_parent(options.parent_pid, worker.leave)
    threading.Thread(target=worker.read, name="reader", daemon=True).start()
    worker.work()
    return 0


class _Worker:
    def __init__(
        self, options: WorkerOptions, queue: JobQueue, writer: EventWriter, networks: "SessionCache | None"
    ) -> None:
        self._options = options
        self._queue = queue
        self._writer = writer
        self._networks = networks
        self._emit = writer.emit

    # ---- the reading thread

    def read(self) -> None:
        """Take requests until the input ends, then see to it that the process ends too."""
        try:
            read_lines(sys.stdin.fileno(), self._accept)
        finally:
            self.leave()

    def leave(self) -> None:
        """Stop the running job; if it does not notice in time, leave without it."""
        self._queue.close()
        time.sleep(_LAST_WORDS_SECONDS)
        os._exit(0)

    def _accept(self, line: bytes | None) -> None:
        if line is None:
            _note("a request was longer than the limit and was left out")
            return
        try:
            request = decode_request(line)
        except WireError as error:
            self._refuse(job_of(line), str(error))
            return
        if isinstance(request, Cancel):
            if self._queue.cancel(request.job) == "queued":
                self._emit(Cancelled(request.job))
        elif reason := self._queue.submit(request):
            self._refuse(request.job, reason)

    def _refuse(self, job_id: str, reason: str) -> None:
        _note(f"a request was refused: {reason}")
        # an open job keeps its one terminal event for its own end
        if 0 < len(job_id) <= MAX_JOB_ID_CHARS and not self._queue.is_open(job_id):
            message = (
                "FilmAI's two halves do not understand each other. Restart Blender, or install FilmAI again."
            )
            self._emit(Failed(job_id, "BAD_REQUEST", message, reason))

    # ---- the main thread

    def work(self) -> None:
        """Do the jobs in order until the input has ended; let go of the networks when idle."""
        idle_seconds: float | None = None
        while not self._queue.closed:
            job = self._queue.take(idle_seconds)
            if job is not None:
                self._run(job)
                idle_seconds = self._options.idle_seconds
            elif self._networks is not None and not self._queue.closed:
                if count := self._networks.unload():
                    _note(f"{count} models were dropped after {self._options.idle_seconds:g} idle seconds")
                idle_seconds = None
        for job in self._queue.drop_waiting():
            self._emit(Cancelled(job.job))
            leave_no_folder(job_folder(job))

    def _run(self, job: Job) -> None:
        try:
            if self._networks is None:
                # says what is missing, in the user's words
                self._networks = make_networks()
            context = TaskContext(
                self._options.models_dir,
                self._networks,
                self._progress_of(job),
                self._options.own_models_dir,
            )
            end: Finished | Failed | Cancelled = Finished(job.job, run_task(job, context))
        except JobCancelled:
            end = Cancelled(job.job)
        except Exception as error:  # noqa: BLE001  (the one place where they all end)
            failure = failure_of(error)
            _note(f"job {job.job} failed: {failure.code}: {failure.message}\n{failure.detail}")
            end = Failed(job.job, failure.code, failure.message, failure.detail)
        self._queue.finish()
        self._emit(end)
        if self._queue.closed:
            # Blender may have crashed, and would look after it in a week
            leave_no_folder(job_folder(job))

    def _progress_of(self, job: Job) -> Callable[[str, int, int], None]:
        def progress(phase: str, step: int, total: int) -> None:
            if self._queue.should_stop():
                raise JobCancelled
            self._emit(Progress(job.job, phase, step, total))

        return progress


def _get_ready(options: WorkerOptions) -> tuple[Ready, "SessionCache | None"]:
    """Ready, with everything in it that would make jobs fail; and the cache, if numpy is there to make it."""
    problems: list[str] = []
    models: tuple[ModelUsed, ...] = ()
    version = ""
    providers: tuple[str, ...] = ()
    networks = None
    try:
        networks = make_networks()
        version, providers = _runtime_facts()
        models, model_problems = _models_found(options)
        problems += model_problems
    except TaskError as error:
        problems.append(f"{error.message} ({error.detail})")
    python = sys.version.split()[0]
    return Ready("", filmai_version(), python, version, providers, models, tuple(problems)), networks


def _runtime_facts() -> tuple[str, tuple[str, ...]]:
    from .infer.devices import import_runtime

    runtime = import_runtime()
    return str(runtime.__version__), tuple(runtime.get_available_providers())


def _models_found(options: WorkerOptions) -> tuple[tuple[ModelUsed, ...], tuple[str, ...]]:
    from .infer.models import OWN_REMEDY, list_models

    models, problems = list_models(options.models_dir)
    folders = {model.card.name for model in models}
    if not problems:
        problems = tuple(f"The model {name} is missing." for name in NEEDED_MODELS if name not in folders)
    if options.own_models_dir is not None:
        own, own_problems = list_models(options.own_models_dir, OWN_REMEDY)
        models, problems = (*models, *own), (*problems, *own_problems)
    return tuple(model.used for model in models), problems


def _note(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
