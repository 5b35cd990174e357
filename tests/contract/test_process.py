"""Workers that misbehave in every way the fake one knows: Blender hears of it and is never held up."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from filmai_addon.contract import Cancel, Cancelled, Event, Finished, GenerateTexture, Progress, Ready
from filmai_addon.core.errors import WorkerError
from filmai_addon.worker_client import WorkerDied, WorkerProcess
from tests.fakes.conversation import PATIENCE_SECONDS, Conversation, texture

FAKE = Path(__file__).parents[1] / "fakes" / "fake_worker.py"

Start = Callable[[str], Conversation]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts a fake worker with that scenario; the test may close it itself."""
    begun: list[Conversation] = []

    def start_fake(scenario: str) -> Conversation:
        monkeypatch.setenv("FILMAI_FAKE_SCENARIO", scenario)
        # -S and -I: nothing of site-packages is needed, and a start costs a third
        begun.append(Conversation((sys.executable, "-I", "-S", str(FAKE), "worker"), tmp_path / "worker.log"))
        return begun[-1]

    yield start_fake
    for conversation in begun:
        conversation.worker.close(0.0)


def is_over(worker: WorkerProcess) -> bool:
    """The process is gone and so are the threads that served it."""
    return worker._process.poll() is not None and not any(thread.is_alive() for thread in worker._threads)


def test_a_job_goes_there_and_its_result_comes_back(start: Start, tmp_path: Path) -> None:
    talk = start("happy")
    talk.send(texture(tmp_path))
    assert isinstance(talk.end_of("a"), Finished)
    assert [type(event) for event in talk.heard] == [Ready, Progress, Finished]


def test_poll_gives_no_more_than_asked_for_and_never_waits(start: Start, tmp_path: Path) -> None:
    assert start("silent").worker.poll(10) == []
    talk = start("happy")
    talk.send(texture(tmp_path, variations=16))
    talk.ready()
    events: list[Event | WorkerDied] = []
    while not any(isinstance(event, Finished) for event in events):
        taken = talk.worker.poll(2)
        assert len(taken) <= 2
        events += taken
        if not taken:
            threading.Event().wait(0.005)
    assert talk.worker.poll(0) == []


def test_a_python_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="could not be started") as caught:
        WorkerProcess((str(tmp_path / "no python"), "worker"), tmp_path / "worker.log")
    assert caught.value.hint


def test_a_file_that_cannot_be_run_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "python").write_text("not a program", encoding="utf-8")
    with pytest.raises(WorkerError, match="could not be started"):
        WorkerProcess((str(tmp_path / "python"),), tmp_path / "worker.log")


def test_a_death_before_ready_comes_with_its_last_words(start: Start) -> None:
    died = start("die_at_start").died()
    assert died.exit_code == 3
    assert "exit code 3" in died.reason
    assert died.last_lines == ("a first line of trouble", "ImportError: nothing works today")


def test_a_death_in_mid_job_comes_after_what_was_said(start: Start, tmp_path: Path) -> None:
    talk = start("die_midjob")
    talk.send(texture(tmp_path))
    died = talk.died()
    assert died.exit_code == 9
    assert died.last_lines[-1] == "the fake worker dies now"
    assert [type(event) for event in talk.heard] == [Ready, Progress, WorkerDied]
    assert talk.worker.poll(10) == []
    with pytest.raises(WorkerError, match="has ended"):
        talk.worker.send(Cancel("a"))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_terminated_and_killed_are_told_apart_from_a_crash(start: Start) -> None:
    for end in (WorkerProcess.terminate, WorkerProcess.kill):
        talk = start("happy")
        talk.ready()
        end(talk.worker)
        died = talk.died()
        assert died.exit_code is not None
        assert died.exit_code < 0
        assert "FilmAI" in died.reason
        # once more does no harm, even to a process that may have its number by now
        end(talk.worker)


@pytest.mark.parametrize(
    ("scenario", "reason"),
    [("garbage", "not a line of JSON"), ("wrong_version", "version 99"), ("long_line", "longer than")],
)
def test_who_breaks_the_protocol_is_ended(start: Start, tmp_path: Path, scenario: str, reason: str) -> None:
    talk = start(scenario)
    talk.send(texture(tmp_path))
    died = talk.died()
    assert reason in died.reason
    assert died.exit_code not in (0, None)


def test_a_flood_waits_outside_and_cancel_still_gets_through(start: Start, tmp_path: Path) -> None:
    talk = start("flood")
    talk.send(texture(tmp_path))
    talk.running("a")
    # nobody polls: the queue fills up, then the pipe, and the worker has to wait
    while not talk.worker._events.full():
        threading.Event().wait(0.005)
    talk.send(Cancel("a"))
    assert isinstance(talk.end_of("a"), Cancelled)


def test_a_flood_that_nobody_reads_does_not_hold_up_the_end(start: Start, tmp_path: Path) -> None:
    talk = start("flood")
    talk.send(texture(tmp_path))
    while not talk.worker._events.full():
        threading.Event().wait(0.005)
    talk.worker.close(0.5)
    assert is_over(talk.worker)


def test_chatter_on_stderr_holds_up_nothing_and_is_bounded(start: Start, tmp_path: Path) -> None:
    talk = start("chatter")
    talk.send(texture(tmp_path))
    talk.end_of("a")
    talk.worker.close(5.0)
    sizes = [path.stat().st_size for path in tmp_path.glob("worker.log*")]
    assert len(sizes) == 2
    assert max(sizes) <= 1 << 20


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_a_worker_that_reads_nothing_does_not_block_the_sender(start: Start, tmp_path: Path) -> None:
    talk = start("silent")
    # stopped, it reads nothing: the pipe fills up, then the queue
    os.kill(talk.worker.pid, signal.SIGSTOP)
    requests = [GenerateTexture(f"{index}", "brick", 1, 64, 1, "cpu", "/jobs") for index in range(5000)]
    with pytest.raises(WorkerError, match="does not read"):
        talk.send(*requests)
    talk.worker.close(0.1)
    assert is_over(talk.worker)


@pytest.mark.parametrize("scenario", ["happy", "silent", "slow"])
def test_close_ends_a_willing_worker_by_its_input_alone(start: Start, tmp_path: Path, scenario: str) -> None:
    talk = start(scenario)
    if scenario == "slow":
        talk.send(texture(tmp_path))
        talk.running("a")
    talk.worker.close(PATIENCE_SECONDS)
    assert talk.worker._process.returncode == 0
    assert is_over(talk.worker)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_close_ends_a_frozen_worker_too_and_may_be_called_again(start: Start, tmp_path: Path) -> None:
    talk = start("frozen")
    talk.send(texture(tmp_path))
    talk.running("a")
    talk.worker.close(0.1)
    assert talk.worker._process.returncode == -9
    assert is_over(talk.worker)
    talk.worker.close(PATIENCE_SECONDS)
    talk.worker.terminate()
    with pytest.raises(WorkerError, match="has ended"):
        talk.send(Cancel("a"))


def test_close_of_a_dead_worker_is_quick_and_quiet(start: Start) -> None:
    talk = start("die_at_start")
    talk.died()
    talk.worker.close(PATIENCE_SECONDS)
    assert is_over(talk.worker)


def test_a_log_that_cannot_be_written_stops_no_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMAI_FAKE_SCENARIO", "stray_print")
    (tmp_path / "file").write_bytes(b"")
    talk = Conversation((sys.executable, "-I", "-S", str(FAKE), "worker"), tmp_path / "file" / "worker.log")
    try:
        talk.send(texture(tmp_path))
        assert isinstance(talk.end_of("a"), Finished)
    finally:
        talk.worker.close(5.0)
