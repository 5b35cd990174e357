"""The process that trains, seen from Blender's side, with a script in its place; and what is said of it."""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from filmai_addon.core.errors import WorkerError
from filmai_addon.core.training_report import TrainingReport, read_report, report_lines, report_of_exit
from filmai_addon.core.training_wish import TrainingWish
from filmai_addon.training_process import TrainingProcess

FAKE = Path(__file__).parents[1] / "fakes" / "fake_trainer.py"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path / "run"


class Trainings:
    """Started trainings, ended with the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.all: list[TrainingProcess] = []

    def start(self, *words: str) -> TrainingProcess:
        argv = (sys.executable, "-I", str(FAKE), *words, "--run", str(self.folder))
        self.all.append(TrainingProcess(argv, self.folder, self.folder.parent / "training.log"))
        return self.all[-1]


@pytest.fixture
def trainings(folder: Path) -> Iterator[Trainings]:
    started = Trainings(folder)
    yield started
    for process in started.all:
        process.close()


def wait_for(process: TrainingProcess, *states: str, seconds: float = 30.0) -> TrainingReport:
    end = time.monotonic() + seconds
    while (report := process.report()).state not in states:
        assert time.monotonic() < end, report
        time.sleep(0.02)
    return report


def test_it_reports_pauses_and_goes_on(trainings: Trainings) -> None:
    process = trainings.start()
    report = wait_for(process, "training")
    assert report.steps == 1000
    assert report.is_running
    process.ask("pause")
    assert wait_for(process, "paused").step > 0
    while process.is_running:
        time.sleep(0.02)
    resumed = trainings.start("--resume")
    assert wait_for(resumed, "training").step >= 500
    resumed.ask("finish")
    assert wait_for(resumed, "done").message == "/models/x/1"


def test_an_earlier_runs_end_is_not_taken_for_this_ones(trainings: Trainings, folder: Path) -> None:
    (folder / "progress.json").write_text(json.dumps({"state": "done"}))
    assert trainings.start().report().state in ("preparing", "training")


def test_stop_ends_it_and_leaves_nothing(trainings: Trainings, folder: Path) -> None:
    process = trainings.start()
    wait_for(process, "training")
    process.stop()
    assert not process.is_running
    assert not folder.exists()


def test_closing_ends_it_and_keeps_what_it_learned(trainings: Trainings, folder: Path) -> None:
    process = trainings.start("--deaf")
    wait_for(process, "training")
    process.close()
    process.close()
    assert not process.is_running
    assert folder.is_dir()


def test_a_process_that_dies_is_a_failure_with_its_last_words(trainings: Trainings) -> None:
    report = wait_for(trainings.start("--die"), "failed")
    assert "exit code 3" in report.message
    assert "out of luck" in report.message


def test_no_such_python_says_what_to_choose(folder: Path) -> None:
    with pytest.raises(WorkerError, match="could not be started") as caught:
        TrainingProcess((str(folder / "python"),), folder, folder.parent / "log")
    assert "torch" in caught.value.hint


def test_the_report_is_read_as_written() -> None:
    text = '{"state": "training", "family": "user:x", "step": 3, "steps": 12, "minutes_left": 4.2, "notes": ["a"]}'
    report = read_report(text)
    assert report == TrainingReport("training", 3, 12, 4.2, notes=("a",))
    assert report.fraction == 0.25
    assert report_lines(report) == ("Step 3 of 12, about 4 min left", "a")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"state": "x"}', '{"state": "done", "step": "y"}'])
def test_what_is_no_report_is_none(text: str) -> None:
    assert read_report(text) is None


def test_lines_say_what_failed_and_keep_within_the_page() -> None:
    failed = TrainingReport("failed", message="word " * 60, notes=tuple(f"note {n}" for n in range(9)))
    lines = report_lines(failed)
    assert max(map(len, lines)) <= 90
    assert lines[-1] == "and 3 notes more, in the log"
    assert "Paused" in report_lines(TrainingReport("paused"))[0]
    assert "30 s left" in report_lines(TrainingReport("training", 1, 2, 0.5))[0]


def test_what_was_said_last_stays_unless_it_was_in_the_middle() -> None:
    paused = TrainingReport("paused", 5, 10)
    assert report_of_exit(paused, 3, "") is paused
    dead = report_of_exit(TrainingReport("training", 5, 10), -9, "")
    assert (dead.state, dead.step, dead.steps) == ("failed", 5, 10)
    assert "it said nothing" in dead.message


def test_the_wish_becomes_options_that_no_name_can_break() -> None:
    wish = TrainingWish("/python", "/pictures", "--out", "brick", True)
    assert wish.options("/models", 7, resume=True) == (
        *("--images=/pictures", "--name=--out", "--out=/models", "--layout=brick", "--parent-pid=7"),
        *("--turn", "--resume"),
    )
