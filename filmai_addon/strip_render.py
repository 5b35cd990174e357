"""Background Blenders that render strips for jobs. No bpy; nothing here waits, ``close`` apart."""

import contextlib
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from .contract import Failed, Progress
from .core.errors import WorkerError
from .core.jobs import Job, JobState
from .core.render_plan import Preparation
from .dispatch import Dispatcher

__all__ = ["StripRender", "StripRenders"]

_PHASE = "Rendering in the background"
_LAST_CHARACTERS = 4000
_EXIT_SECONDS = 5.0


class StripRender:
    """One job's preparation; the process is started with the first ``poll``."""

    def __init__(self, job: Job, preparation: Preparation, worker_argv: tuple[str, ...]) -> None:
        self.job = job
        self.worker_argv = worker_argv
        """For the job, once it is prepared."""
        self.is_done = False
        self._preparation = preparation
        self._process: subprocess.Popen[bytes] | None = None
        self._written = 0

    def poll(self) -> Progress | Failed | None:
        """What has changed since the last call; None when nothing has. ``is_done`` says when all is there."""
        if self._process is None:
            return self._start()
        exit_code = self._process.poll()
        before = self._written
        self._count()
        files = len(self._preparation.files)
        if exit_code is not None:
            if exit_code != 0 or self._written < files:
                return self._failed(f"exit code: {exit_code}")
            self.is_done = True
        return Progress(self.job.id, _PHASE, self._written, files) if self._written > before else None

    def close(self) -> None:
        """End the process, if it still runs. May be called again."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_EXIT_SECONDS)

    def _start(self) -> Progress | Failed:
        try:
            # a file, not a pipe: nobody reads while it runs, and a full pipe would stop it
            with Path(self._preparation.log).open("wb") as log:
                self._process = subprocess.Popen(
                    self._preparation.argv,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    creationflags=0x08000000 if sys.platform == "win32" else 0,  # CREATE_NO_WINDOW
                )
        except OSError as error:
            return self._failed(str(error))
        return Progress(self.job.id, _PHASE, 0, len(self._preparation.files))

    def _count(self) -> None:
        files = self._preparation.files
        while self._written < len(files) and Path(files[self._written]).is_file():
            self._written += 1

    def _failed(self, reason: str) -> Failed:
        said = ""
        with contextlib.suppress(OSError):
            said = Path(self._preparation.log).read_text(encoding="utf-8", errors="replace")
        return Failed(
            self.job.id,
            "RENDER_FAILED",
            "The strips could not be rendered in the background. Render them yourself, and caption the film.",
            f"{reason}\n{said[-_LAST_CHARACTERS:]}",
        )


class StripRenders:
    """The jobs that wait for their pictures. One Blender renders at a time."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._renders: list[StripRender] = []

    def add(self, job: Job, preparation: Preparation, worker_argv: tuple[str, ...]) -> None:
        """Take a job whose pictures have to be rendered first."""
        self._dispatcher.table.add(replace(job, state=JobState.PREPARING))
        self._renders.append(StripRender(job, preparation, worker_argv))

    def poll(self) -> None:
        """Note how far they are, end those that are not wanted any more, and send what is prepared."""
        for render in tuple(self._renders):
            job = self._dispatcher.table.get(render.job.id)
            if job is None or job.state is not JobState.PREPARING:
                render.close()
                self._renders.remove(render)
        if not self._renders:
            return
        first = self._renders[0]
        event = first.poll()
        if event is not None:
            self._dispatcher.table.apply(first.job.id, event, time.monotonic())
        if first.is_done:
            self._send(first)

    def close(self) -> None:
        """End them all."""
        for render in self._renders:
            render.close()
        self._renders.clear()

    def _send(self, render: StripRender) -> None:
        try:
            self._dispatcher.submit_prepared(render.job, render.worker_argv)
        except WorkerError as error:
            failed = Failed(render.job.id, "WORKER_DIED", str(error), error.detail)
            self._dispatcher.table.apply(render.job.id, failed, time.monotonic())
