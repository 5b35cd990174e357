"""The heartbeat: a timer of Blender's that drains the worker's events and writes results into the scene.

Knows no model by name. Everything happens on Blender's main thread, in short turns; the timer runs while
something is to be expected and rests otherwise. One of the two places where errors are caught.
"""

import logging
import time
import uuid
from dataclasses import replace

import bpy

from . import job_view, paths, runtime
from .contract import ReleaseMemory
from .core.errors import FilmAIError
from .core.job_folders import remove_job_folder, remove_old_job_folders
from .core.job_rows import JobRow, job_rows
from .core.jobs import Delivered, DeliveryFailed, Failure, Job, JobState, Written, is_open
from .core.settings import AddonSettings
from .core.shot_pictures import remove_old_pictures
from .dispatch import Dispatcher
from .log_file import attach_log_file, detach_log_file
from .progress_display import ProgressDisplay
from .runtime_test import RuntimeTest
from .scene.busy import busy_reason
from .scene.delivery import Delivery
from .scene.preview_sheet import clear_sheets
from .strip_render import StripRenders
from .translations.speaking import said
from .worker_client import WorkerProcess

__all__ = ["Pump"]

_TICK_SECONDS = 0.02
_TICK_AFTER_ERROR_SECONDS = 1.0
_POLL_BUDGET_SECONDS = 0.003
_WRITE_BUDGET_SECONDS = 0.008
_BLOCKING_WRITE_BUDGET_SECONDS = 0.25
"""While a script waits, nobody waits for Blender."""
_BLOCKING_TICK_SECONDS = 0.005
_EXIT_GRACE_SECONDS = 1.0

_log = logging.getLogger("filmai.pump")


class Pump:
    """Jobs, their worker, and the way of their results into the scene."""

    def __init__(self) -> None:
        attach_log_file(paths.log_file())
        self.dispatcher = Dispatcher(lambda argv: WorkerProcess(argv, paths.worker_log_file()))
        self._renders = StripRenders(self.dispatcher)
        self._display = ProgressDisplay()
        self._delivery: Delivery | None = None
        self._runtime_test: RuntimeTest | None = None
        self._tested_python: str | None = None
        # a bound method is a new object each time it is named, and Blender knows a timer by its object
        self._timer = self._on_timer
        remove_old_job_folders(paths.job_root(), time.time())
        remove_old_pictures(paths.pictures_folder())

    def submit(self, job: Job, settings: AddonSettings) -> None:
        """Queue a job. Raises SettingsError or WorkerError when there can be no worker; then nothing is queued."""
        argv = runtime.worker_argv(settings)
        if job.preparation is not None:
            self._renders.add(job, job.preparation, argv)
        else:
            self.dispatcher.submit(job, argv)
        self._publish()
        self._keep_ticking()

    def cancel(self, job_id: str) -> None:
        """Ask for the end of a job."""
        self.dispatcher.cancel(job_id)
        self._take_back_cancelled()
        self._publish()
        self._keep_ticking()

    def job(self, job_id: str) -> Job | None:
        """The job of that id, or None when it is not known (any more)."""
        return self.dispatcher.table.get(job_id)

    def release_memory(self, settings: AddonSettings) -> bool:
        """Queue the release of every loaded model; False when no worker is running, thus nothing loaded."""
        if not self.dispatcher.has_worker:
            return False
        job_id = uuid.uuid4().hex[:12]
        self.submit(Job(job_id, "Release memory", ReleaseMemory(job_id), time.monotonic()), settings)
        return True

    def start_runtime_test(self, settings: AddonSettings) -> None:
        """Test the chosen runtime in the background; ``job_view`` shows what it found.

        Raises SettingsError or WorkerError when its Python is not there or cannot be started.
        """
        if self._runtime_test is not None:
            self._runtime_test.close()
        self._runtime_test = RuntimeTest(runtime.probe_argv(settings))
        self._tested_python = settings.external_python if settings.runtime == "EXTERNAL" else None
        job_view.publish_probe((said("Testing ..."),), self._tested_python)
        self._keep_ticking()

    def run_until_done(self, job_id: str) -> Job:
        """Block until that job has ended; for scripts and background mode, where timers do not run."""
        window_manager = bpy.context.window_manager
        window_manager.progress_begin(0.0, 1.0)
        try:
            while (job := self.job(job_id)) is not None and is_open(job.state):
                self.tick(_BLOCKING_WRITE_BUDGET_SECONDS)
                window_manager.progress_update(self._display.fraction)
                time.sleep(_BLOCKING_TICK_SECONDS)
        finally:
            window_manager.progress_end()
            if job is not None and is_open(job.state):
                # interrupted with Ctrl+C
                self.cancel(job_id)
        assert job is not None, "a job that was just submitted cannot have been forgotten"
        return job

    def tick(self, write_seconds: float = _WRITE_BUDGET_SECONDS) -> bool:
        """One turn; False when nothing more is to be expected."""
        self.dispatcher.poll(_POLL_BUDGET_SECONDS)
        self._renders.poll()
        self._take_back_cancelled()
        waiting_for = self._deliver_one(write_seconds)
        self._clear_up_ended()
        self._collect_runtime_test()
        self._publish(waiting_for)
        is_idle = self.dispatcher.is_idle and self._delivery is None
        return not is_idle or self._runtime_test is not None or self._display.is_lingering

    def close(self) -> None:
        """End the worker and forget everything. May be called again."""
        if bpy.app.timers.is_registered(self._timer):
            bpy.app.timers.unregister(self._timer)
        if self._runtime_test is not None:
            self._runtime_test.close()
        if self._delivery is not None:
            self._delivery.take_back()
        self._renders.close()
        self.dispatcher.close(_EXIT_GRACE_SECONDS)
        self._clear_up_ended()
        for job in self.dispatcher.table.open():
            remove_job_folder(paths.job_root() / job.id)
        self._display.clear()
        job_view.clear()
        clear_sheets()
        detach_log_file()

    # ---- private

    def _deliver_one(self, seconds: float) -> str:
        """Write on at the oldest finished result, if there is one; returns why that has to wait, or nothing."""
        finished = self.dispatcher.table.in_state(JobState.DELIVERING)
        if not finished:
            return ""
        if waiting_for := busy_reason():
            return waiting_for
        # what was begun comes first: a job that was submitted before it may have ended since
        delivery = self._delivery or Delivery(finished[0])
        event: Written | Delivered | DeliveryFailed
        try:
            event = delivery.go_on(seconds)
        except FilmAIError as error:
            event = DeliveryFailed(Failure("NOT_DELIVERED", error.message, error.hint, error.detail))
        except Exception as error:  # noqa: BLE001 - a bug ends this job, not the pump
            _log.exception("job %s could not be delivered", delivery.job_id)
            event = DeliveryFailed(_bug(error))
        self._delivery = delivery if isinstance(event, Written) else None
        self.dispatcher.table.apply(delivery.job_id, event, time.monotonic())
        return ""

    def _take_back_cancelled(self) -> None:
        """Remove what was written of a result that nobody wants any more."""
        if self._delivery is None or busy_reason():
            return
        job = self.job(self._delivery.job_id)
        if job is None or job.state is not JobState.DELIVERING:
            delivery, self._delivery = self._delivery, None
            delivery.take_back()

    def _clear_up_ended(self) -> None:
        """Remove the folders of jobs that have ended; those of results that could not be written are kept."""
        # not looked up by their ids: when many end at once, the table holds the last of them only
        for job in self.dispatcher.table.take_ended():
            _log.info("job %s (%s) is %s", job.id, job.title, job.state.name)
            if job.failure is not None:
                _log.error("%s: %s\n%s", job.failure.code, job.failure, job.failure.detail)
            if job.result is None or job.state is not JobState.FAILED:
                remove_job_folder(paths.job_root() / job.id)

    def _collect_runtime_test(self) -> None:
        if self._runtime_test is None:
            return
        report = self._runtime_test.report_or_none()
        if report is not None:
            self._runtime_test = None
            job_view.publish_probe(tuple(map(said, report)), self._tested_python)
            self._display.redraw()

    def _publish(self, waiting_for: str = "") -> None:
        rows = tuple(map(_translated, job_rows(self.dispatcher.table.all(), time.monotonic(), waiting_for)))
        changed = job_view.publish_jobs(rows)
        if changed:
            self._display.redraw()
        if changed or self._display.is_lingering:
            self._display.show(rows)

    def _keep_ticking(self) -> None:
        if not bpy.app.timers.is_registered(self._timer):
            bpy.app.timers.register(self._timer, first_interval=_TICK_SECONDS, persistent=True)

    def _on_timer(self) -> float | None:
        """Blender's timer: seconds until the next turn, or None to rest."""
        try:
            return _TICK_SECONDS if self.tick() else None
        except Exception:  # noqa: BLE001 - Blender drops a timer that raises
            _log.exception("a turn of the pump failed")
            return _TICK_AFTER_ERROR_SECONDS if self.dispatcher.table.open() else None


def _translated(row: JobRow) -> JobRow:
    return replace(
        row,
        title=said(row.title),
        state_label=said(row.state_label),
        status=said(row.status),
        note=said(row.note),
    )


def _bug(error: Exception) -> Failure:
    return Failure(
        "BUG",
        "FilmAI made a mistake while writing the result.",
        "The details are in the log; please report them.",
        f"{type(error).__name__}: {error}",
    )
