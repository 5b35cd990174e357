"""What goes wrong in the worker: whatever it is, Blender goes on, the next job works, and nothing of the
user's is lost."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI, content, is_running

try:
    import resource
except ModuleNotFoundError:
    resource = None  # Windows

LONG: dict[str, Any] = {"size": 2048, "variations": 16}
"""A job that takes the real worker long enough to interfere with."""


def start_long_job(filmai: FilmAI) -> str:
    job = filmai.press(**LONG)
    filmai.wait_for(job, "RUNNING")
    return job


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_worker_that_is_killed_in_mid_job(filmai: FilmAI) -> None:
    before = content()
    job = start_long_job(filmai)
    waiting = filmai.press(size=64)
    os.kill(filmai.workers[0].pid, signal.SIGKILL)
    assert (filmai.wait_for(job), filmai.wait_for(waiting)) == ("FAILED", "FAILED")
    assert filmai.failure(job).code == "WORKER_DIED"
    assert "SIGKILL" in filmai.failure(job).message
    assert "exit code: -9" in filmai.failure(job).detail
    assert content() == before
    assert filmai.job_folders() == []
    filmai.assert_works()
    assert len(filmai.workers) == 2


def test_a_script_gets_an_exception_when_its_worker_dies(
    fake: Callable[[str], FilmAI],
) -> None:
    filmai = fake("die_midjob")
    before = content()
    with pytest.raises(RuntimeError, match="exit code 9"):
        bpy.ops.filmai.generate_texture(size=64)
    assert content() == before
    assert "the fake worker dies now" in filmai.failure(filmai.rows[-1].job_id).detail


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot freeze a process like that")
def test_a_frozen_worker_is_replaced_on_cancel_and_the_queue_goes_on(filmai: FilmAI) -> None:
    before = content()
    job = start_long_job(filmai)
    waiting = filmai.press(family="SAND", seed=4, size=64)
    os.kill(filmai.workers[0].pid, signal.SIGSTOP)
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.state(job) == "CANCELLING"
    assert filmai.wait_for(job) == "CANCELLED"
    assert content() == before
    assert filmai.wait_for(waiting) == "COMPLETED"
    filmai.tick_until(lambda: filmai.pump.dispatcher.is_idle)
    assert len(filmai.workers) == 2
    assert not is_running(filmai.workers[0].pid)


def test_cancel_while_running(filmai: FilmAI) -> None:
    before = content()
    job = start_long_job(filmai)
    bpy.ops.filmai.cancel_job()
    assert filmai.wait_for(job) == "CANCELLED"
    assert content() == before
    filmai.assert_works()
    assert len(filmai.workers) == 1, "a worker that listens is kept"


def test_cancel_while_queued(filmai: FilmAI) -> None:
    running, queued = start_long_job(filmai), filmai.press(family="SAND", seed=4, size=64)
    bpy.ops.filmai.cancel_job(job=queued)
    assert filmai.wait_for(queued) == "CANCELLED"
    assert filmai.state(running) == "RUNNING"
    bpy.ops.filmai.cancel_job(job=running)
    assert filmai.wait_for(running) == "CANCELLED"
    assert "FilmAI Sand 4" not in bpy.data.images


def test_cancel_before_the_worker_is_ready(filmai: FilmAI) -> None:
    before = content()
    job = filmai.press(size=64)
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.wait_for(job) == "CANCELLED"
    assert content() == before
    filmai.assert_works()


def test_cancel_while_the_result_waits_for_a_render(filmai: FilmAI, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content()
    monkeypatch.setattr(filmai.module("pump"), "busy_reason", lambda: "Waiting for the render to end")
    job = filmai.press(size=64)
    filmai.wait_for(job, "DELIVERING")
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.state(job) == "CANCELLED"
    filmai.pump.tick()
    assert content() == before
    assert filmai.job_folders() == []


def test_cancel_after_the_end_changes_nothing(filmai: FilmAI) -> None:
    job = filmai.press(size=64)
    filmai.wait_for(job)
    after = content()
    filmai.pump.cancel(job)
    assert filmai.state(job) == "COMPLETED"
    assert content() == after


def test_a_model_file_that_is_cut_short(
    filmai: FilmAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content()
    paths = filmai.module("paths")
    models = tmp_path / "models"
    shutil.copytree(paths.models_folder(), models)
    network = models / "dcgan_texture" / "1" / "model.onnx"
    network.write_bytes(network.read_bytes()[:1000])
    with monkeypatch.context() as patch:
        patch.setattr(paths, "models_folder", lambda: models)
        job = filmai.press(size=64)
        assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "MODEL_CORRUPT"
    assert content() == before
    assert filmai.job_folders() == []
    filmai.assert_works()


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")
def test_a_full_disk(filmai: FilmAI) -> None:
    filmai.assert_works()
    before = content()
    worker = filmai.workers[0].pid
    _soft, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (4096, hard))
    job = filmai.press(size=1024)
    assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "DISK_FULL"
    assert content() == before
    assert filmai.job_folders() == []
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (hard, hard))
    assert filmai.wait_for(filmai.press(size=1024)) == "COMPLETED"
    assert len(filmai.workers) == 1


def test_a_stray_print_breaks_nothing(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("stray_print")
    assert filmai.wait_for(filmai.press(size=64)) == "COMPLETED"


@pytest.mark.parametrize("scenario", ["garbage", "long_line", "wrong_version", "die_at_start"])
def test_a_worker_that_breaks_the_rules_fails_its_jobs_at_once(
    fake: Callable[[str], FilmAI], monkeypatch: pytest.MonkeyPatch, scenario: str
) -> None:
    filmai = fake(scenario)
    before = content()
    jobs = [filmai.press(size=64), filmai.press(size=64, seed=8)]
    assert [filmai.wait_for(job) for job in jobs] == ["FAILED", "FAILED"]
    assert {filmai.failure(job).code for job in jobs} == {"WORKER_DIED"}
    assert content() == before
    monkeypatch.setenv("FILMAI_FAKE_SCENARIO", "happy")
    filmai.assert_works()


def test_a_worker_that_keeps_dying_is_not_started_for_ever(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("die_at_start")
    for _time in range(3):
        filmai.wait_for(filmai.press(size=64))
    with pytest.raises(RuntimeError, match="several times within a minute"):
        filmai.press(size=64)
    assert len(filmai.workers) == 3
    assert filmai.job_folders() == []


def test_a_flood_of_progress_leaves_blender_usable(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("flood")
    job = filmai.press(size=64)
    filmai.wait_for(job, "RUNNING")
    for _turn in range(30):
        # each turn ends although there is always more to hear; its budget is held by a test with a set clock
        assert filmai.pump.tick()
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.wait_for(job) == "CANCELLED"


def test_a_worker_that_ignores_cancel_and_sigterm_is_killed(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("frozen")
    job = filmai.press(size=64)
    filmai.wait_for(job, "RUNNING")
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.wait_for(job) == "CANCELLED"
    filmai.tick_until(lambda: filmai.pump.dispatcher.is_idle)
    assert not is_running(filmai.workers[0].pid)
