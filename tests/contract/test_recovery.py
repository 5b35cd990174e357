"""Jobs, dispatcher and a real process together: a worker that is killed costs its job and nothing else."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from filmai_addon.contract import GenerateTexture
from filmai_addon.core.jobs import Job, JobState
from filmai_addon.dispatch import Dispatcher
from filmai_addon.worker_client import WorkerProcess
from tests.contract.conftest import argv_of
from tests.fakes.conversation import PATIENCE_SECONDS, texture


class Studio:
    """A dispatcher whose workers are processes."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.workers: list[WorkerProcess] = []
        self.folder = folder
        self.argv = argv_of(kind)
        self.dispatcher = Dispatcher(self.start)

    def start(self, argv: tuple[str, ...]) -> WorkerProcess:
        self.workers.append(WorkerProcess(argv, self.folder / "worker.log"))
        return self.workers[-1]

    def submit(self, request: GenerateTexture) -> None:
        self.dispatcher.submit(Job(request.job, request.job, request, time.monotonic()), self.argv)

    def job(self, job_id: str) -> Job:
        job = self.dispatcher.table.get(job_id)
        assert job is not None
        return job

    def poll_until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not done():
            assert time.monotonic() < deadline, self.dispatcher.table.all()
            self.dispatcher.poll(0.01)
            time.sleep(0.005)


@pytest.fixture
def studio(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    monkeypatch.setenv("FILMAI_FAKE_SCENARIO", "slow")
    studio = Studio(kind, tmp_path)
    yield studio
    studio.dispatcher.close(0.5)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_after_a_kill_what_ran_fails_and_what_waited_is_done_by_the_next_worker(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.submit(texture(tmp_path, "running", size=2048, variations=16))
    studio.submit(texture(tmp_path, "waiting"))
    studio.poll_until(lambda: studio.job("running").state is JobState.RUNNING)
    monkeypatch.setenv("FILMAI_FAKE_SCENARIO", "happy")
    os.kill(studio.workers[0].pid, signal.SIGKILL)
    studio.poll_until(lambda: studio.job("running").state is JobState.FAILED)
    failure = studio.job("running").failure
    assert failure is not None
    assert failure.code == "WORKER_DIED"
    assert "exit code: -9" in failure.detail
    # a texture is delivered by Blender's side, which is not here
    studio.poll_until(lambda: studio.job("waiting").state is JobState.DELIVERING)
    assert len(studio.workers) == 2


def test_a_cancelled_job_ends_and_the_worker_stays(studio: Studio, tmp_path: Path) -> None:
    studio.submit(texture(tmp_path, "unwanted", size=2048, variations=16))
    studio.poll_until(lambda: studio.job("unwanted").state is JobState.RUNNING)
    studio.dispatcher.cancel("unwanted")
    studio.poll_until(lambda: studio.job("unwanted").state is JobState.CANCELLED)
    assert studio.dispatcher.has_worker
