"""The worker is killed or frozen, wherever it is in its work."""

import signal
import sys
import time
from typing import Any

import pytest

from tests.faults.stage import LONG, PATIENCE_SECONDS, Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
KILLED = ("WORKER_DIED", "SIGKILL", "next job starts a new worker")


@pytest.mark.fault("worker killed while it starts")
def test_killed_while_it_starts(stage: Stage) -> None:
    job = stage.filmai.press(size=64)
    stage.signal_worker(signal.SIGKILL)
    assert stage.filmai.state(job) == "QUEUED"
    stage.ends(job, "FAILED", *KILLED)
    stage.unharmed()


@pytest.mark.fault("worker killed while it loads the network")
def test_killed_while_it_loads(stage: Stage) -> None:
    job = stage.filmai.press(**LONG)
    stage.wait_for_phase(job, "load")
    stage.signal_worker(signal.SIGKILL)
    stage.ends(job, "FAILED", *KILLED)
    stage.unharmed()


@pytest.mark.fault("worker killed while it runs, another job waiting")
def test_killed_while_it_runs(stage: Stage) -> None:
    job = stage.start_long_job()
    waiting = stage.filmai.press(size=64)
    stage.wait_for_phase(job, "draw", "enlarge")
    stage.signal_worker(signal.SIGKILL)
    stage.ends(job, "FAILED", *KILLED)
    assert "exit code: -9" in stage.filmai.failure(job).detail
    # which another worker does
    stage.delivered(waiting)


@pytest.mark.fault("worker killed while it writes a file")
def test_killed_while_it_writes(stage: Stage) -> None:
    job = stage.filmai.press(**LONG)
    folder, end = stage.job_folder(job), time.monotonic() + PATIENCE_SECONDS
    while not list(folder.glob("*.partial")):
        assert time.monotonic() < end
        time.sleep(0.0005)
    stage.signal_worker(signal.SIGKILL)
    stage.ends(job, "FAILED", *KILLED)
    stage.unharmed()


@pytest.mark.fault("worker killed while its result is delivered")
def test_killed_while_its_result_is_delivered(stage: Stage) -> None:
    job = stage.filmai.press(size=64)
    stage.wait_for_result(job)
    stage.signal_worker(signal.SIGKILL)
    # its files are complete
    stage.delivered(job)


@pytest.mark.fault("worker of a material killed while it runs")
def test_killed_while_it_makes_a_material(stage: Stage) -> None:
    job = stage.filmai.press_material(width=4096, height=4096)
    stage.filmai.wait_for(job, "RUNNING")
    stage.signal_worker(signal.SIGKILL)
    stage.ends(job, "FAILED", *KILLED)
    stage.unharmed()


@pytest.mark.fault("worker frozen, then Cancel")
def test_frozen_and_cancelled(stage: Stage) -> None:
    job = stage.start_long_job()
    waiting = stage.filmai.press(family="SAND", seed=4, size=64)
    stage.signal_worker(signal.SIGSTOP)
    stage.filmai.pump.cancel(job)
    assert stage.filmai.state(job) == "CANCELLING"
    stage.ends(job, "CANCELLED")
    # what waited behind it is done by a new worker
    assert stage.filmai.wait_for(waiting) == "COMPLETED"
    assert len(stage.filmai.workers) == 2
    stage.taken_back()
    stage.unharmed()


@pytest.mark.fault("worker frozen for a while, then goes on")
def test_frozen_for_a_while(stage: Stage) -> None:
    job = stage.filmai.press(size=2048)
    stage.filmai.wait_for(job, "RUNNING")
    stage.signal_worker(signal.SIGSTOP)
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        assert stage.filmai.pump.tick(), "Blender goes on"
        time.sleep(0.02)
    stage.signal_worker(signal.SIGCONT)
    stage.delivered(job)
    assert len(stage.filmai.workers) == 1


@pytest.mark.fault("worker ignores Cancel and the request to end")
def test_it_ignores_everything(acting: Any) -> None:
    stage = acting("frozen")
    job = stage.filmai.press(size=64)
    stage.filmai.wait_for(job, "RUNNING")
    stage.filmai.pump.cancel(job)
    stage.ends(job, "CANCELLED")
    stage.unharmed()


@pytest.mark.fault("worker never says a word (the minute that it has is cut to a second)")
def test_it_never_says_a_word(acting: Any) -> None:
    stage = acting("silent")
    with stage.monkeypatch.context() as patch:
        patch.setattr(stage.filmai.module("dispatch"), "START_SECONDS", 1.0)
        job = stage.filmai.press(size=64)
        stage.ends(job, "FAILED", "WORKER_DIED", "said nothing")
    stage.unharmed()
