"""Cancel at every point, and a worker that dies again and again. What else may go wrong is in tests/faults."""

from collections.abc import Callable
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI, content

LONG: dict[str, Any] = {"size": 2048, "variations": 16}
"""A job that takes the real worker long enough to interfere with."""


def start_long_job(filmai: FilmAI) -> str:
    job = filmai.press(**LONG)
    filmai.wait_for(job, "RUNNING")
    return job


def test_a_script_gets_an_exception_when_its_worker_dies(
    fake: Callable[[str], FilmAI],
) -> None:
    filmai = fake("die_midjob")
    before = content()
    with pytest.raises(RuntimeError, match="exit code 9"):
        bpy.ops.filmai.generate_texture(size=64)
    assert content() == before
    assert "the fake worker dies now" in filmai.failure(filmai.rows[-1].job_id).detail


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


def test_a_worker_that_keeps_dying_is_not_started_for_ever(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("die_at_start")
    for _time in range(3):
        filmai.wait_for(filmai.press(size=64))
    with pytest.raises(RuntimeError, match="several times within a minute"):
        filmai.press(size=64)
    assert len(filmai.workers) == 3
    assert filmai.job_folders() == []
