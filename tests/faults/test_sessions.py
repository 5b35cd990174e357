"""More than one job, more than one Blender, and Blender's own end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import bpy
import pytest

from tests.blender.conftest import PACKAGE, is_running
from tests.faults.stage import PATIENCE_SECONDS, Stage

OTHER = Path(__file__).with_name("other_blender.py")


@contextmanager
def other_blender(*words: object, **variables: str) -> Iterator["subprocess.Popen[str]"]:
    """Another Blender, in the same profile unless ``variables`` name another."""
    with subprocess.Popen(
        [sys.executable, str(OTHER), *map(str, words)],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as blender:
        try:
            yield blender
        finally:
            blender.kill()


def line_of(blender: "subprocess.Popen[str]", word: str) -> list[str]:
    """The words after that one, as soon as the other Blender says them."""
    assert blender.stdout is not None
    said = []
    for line in blender.stdout:
        said.append(line)
        if line.startswith(word):
            return line.split()[1:]
    raise AssertionError("".join(said))


def wait_until_gone(pid: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while is_running(pid):
        assert time.monotonic() < end, "the worker outlives Blender"
        time.sleep(0.05)


def leftovers(folder: Path) -> list[str]:
    """Of FilmAI's in a folder for temporary files; what Blender leaves there when it is killed is its own."""
    return [path.name for path in folder.rglob("*") if "filmai" in path.name.lower() or path.suffix == ".png"]


@pytest.mark.fault("Blender quits in mid-job")
def test_blender_quits(stage: Stage) -> None:
    with other_blender("leave", TMPDIR=str(stage.folder)) as blender:
        worker, _job, _waiting = line_of(blender, "WORKER")
        assert blender.wait(PATIENCE_SECONDS) == 0
    wait_until_gone(int(worker))
    stage.saw("Blender and the worker have ended")
    assert leftovers(stage.folder) == []
    stage.unharmed()


@pytest.mark.fault("Blender is killed in mid-job")
def test_blender_is_killed(stage: Stage) -> None:
    with other_blender("wait", TMPDIR=str(stage.folder)) as blender:
        worker, _job, _waiting = line_of(blender, "WORKER")
        blender.kill()
    wait_until_gone(int(worker))
    stage.saw("Blender and the worker have ended")
    assert leftovers(stage.folder) == []
    stage.unharmed()


@pytest.mark.fault("two Blenders at once, one of which is killed")
def test_two_blenders(stage: Stage) -> None:
    ours = stage.filmai.press(size=2048, variations=2)
    with other_blender("wait") as other:
        worker, *_jobs = line_of(other, "WORKER")
        assert int(worker) != stage.filmai.workers[0].pid
        stage.filmai.pump.tick()
        other.kill()
    wait_until_gone(int(worker))
    stage.delivered(ours)


@pytest.mark.fault("two Blenders at once, both at work")
def test_two_blenders_at_work(stage: Stage) -> None:
    ours = stage.filmai.press(size=2048, variations=2)
    with other_blender("work", 41, stage.folder) as other:
        stage.filmai.wait_for(ours)
        assert line_of(other, "MADE")[:3] == ["FilmAI", "Brick", "41"]
        assert other.wait(PATIENCE_SECONDS) == 0
    stage.delivered(ours)


@pytest.mark.fault("the add-on is disabled and enabled again in mid-job")
def test_disabled_and_enabled(stage: Stage) -> None:
    stage.start_long_job()
    stage.filmai.press(size=64)
    worker = stage.filmai.workers[0].pid
    bpy.ops.preferences.addon_disable(module=PACKAGE)
    assert not is_running(worker)
    assert not hasattr(bpy.types.Scene, "filmai")
    bpy.ops.preferences.addon_enable(module=PACKAGE)
    assert stage.filmai.rows == ()
    stage.saw("the job is gone, as is the worker")
    stage.unharmed()


@pytest.mark.fault("200 jobs queued, half of them cancelled")
def test_many_jobs(stage: Stage) -> None:
    jobs = [stage.filmai.press(family="SAND", seed=number, size=64) for number in range(200)]
    for job in jobs[1::2]:
        stage.filmai.pump.cancel(job)
    # the list shows the last that ended and no more
    stage.filmai.tick_until(lambda: not stage.filmai.pump.dispatcher.table.open())
    made = {image.name for image in bpy.data.images if "filmai_family" in image}
    assert made == {f"FilmAI Sand {number}" for number in range(0, 200, 2)}
    stage.saw("100 completed, 100 cancelled")
    stage.nothing_lost()
    assert len(stage.filmai.workers) == 1


@pytest.mark.fault("200 jobs queued, then the worker is killed")
def test_many_jobs_and_no_worker(stage: Stage) -> None:
    jobs = [stage.start_long_job(), *(stage.filmai.press(seed=number, size=64) for number in range(199))]
    stage.signal_worker(signal.SIGKILL)
    stage.ends(jobs[0], "FAILED", "WORKER_DIED", "SIGKILL")
    # the others took no harm: a second worker does them
    stage.filmai.tick_until(lambda: not stage.filmai.pump.dispatcher.table.open())
    made = {image.name for image in bpy.data.images if "filmai_family" in image}
    assert len(made) == 199
    stage.saw("1 failed, 199 completed")
    stage.nothing_lost()
    assert len(stage.filmai.workers) == 2


@pytest.mark.parametrize(
    "years",
    [
        pytest.param(10, marks=pytest.mark.fault("the clock leaps ten years ahead")),
        pytest.param(-10, marks=pytest.mark.fault("the clock leaps ten years back")),
    ],
)
def test_the_clock_leaps(stage: Stage, years: int) -> None:
    job = stage.filmai.press(size=1024, variations=4)
    stage.filmai.wait_for(job, "RUNNING")
    real = time.time
    stage.monkeypatch.setattr(time, "time", lambda: real() + years * 365 * 86400)
    leap = real() + years * 365 * 86400
    # what was written before the leap looks as old, or as new, as it does then
    os.utime(stage.job_folder(job), (leap, leap))
    stage.delivered(job)


@pytest.mark.fault("the machine sleeps for an hour in mid-job")
def test_the_machine_sleeps(stage: Stage) -> None:
    job = stage.filmai.press(size=1024, variations=4)
    stage.filmai.wait_for(job, "RUNNING")
    real = time.monotonic
    # on some systems the steady clock goes on meanwhile
    stage.monkeypatch.setattr(stage.filmai.pump.dispatcher, "_clock", lambda: real() + 3600)
    stage.delivered(job)


@pytest.mark.parametrize(
    "language",
    [
        pytest.param(
            "C.UTF-8", marks=pytest.mark.fault("user name, profile and paths with letters of all kinds")
        ),
        pytest.param("C", marks=pytest.mark.fault("the same on a system whose language is none")),
    ],
)
def test_letters_of_all_kinds(stage: Stage, language: str) -> None:
    home = stage.folder / "J\u00fcrgen \u7528\u6237 \u044e\u0437\u0435\u0440 it's 100%"
    profile, temporary = home / "Blender \u00e9", home / "tmp \U0001f3ac"
    for folder in (profile, temporary):
        folder.mkdir(parents=True)
    variables = {"BLENDER_USER_RESOURCES": str(profile), "TMPDIR": str(temporary), "HOME": str(home)}
    variables |= {"USER": home.name, "LOGNAME": home.name, "LC_ALL": language}
    with other_blender("install", os.environ["FILMAI_ZIP"], **variables) as other:
        line_of(other, "INSTALLED")
    with other_blender("work", 7, home, **variables) as other:
        assert line_of(other, "MADE") == ["FilmAI", "Brick", "7", "True"]
        assert other.wait(PATIENCE_SECONDS) == 0
    assert (home / "scene.blend").exists()
    stage.saw("Completed")
    stage.unharmed()
