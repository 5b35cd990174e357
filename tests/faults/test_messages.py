"""The worker says what it may not, or in a way that it may not: jobs end with a sentence, and Blender goes on."""

from collections.abc import Callable

import pytest

from tests.faults.stage import Stage

Acting = Callable[[str], Stage]


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        pytest.param(
            "garbage", "not a line of JSON", marks=pytest.mark.fault("worker writes what is no message")
        ),
        pytest.param(
            "long_line", "longer than", marks=pytest.mark.fault("worker writes a line without an end")
        ),
        pytest.param("wrong_version", "version 99", marks=pytest.mark.fault("worker speaks another version")),
        pytest.param(
            "truncate", "exit code 0", marks=pytest.mark.fault("worker ends in the middle of its result")
        ),
        pytest.param(
            "die_at_start", "exit code 3", marks=pytest.mark.fault("worker ends before it is ready")
        ),
        pytest.param(
            "die_midjob", "exit code 9", marks=pytest.mark.fault("worker ends in mid-job by itself")
        ),
    ],
)
def test_a_broken_contract_ends_the_worker(acting: Acting, scenario: str, words: str) -> None:
    stage = acting(scenario)
    jobs = [stage.filmai.press(size=64), stage.filmai.press(size=64, seed=8)]
    for job in jobs:
        stage.ends(job, "FAILED", "WORKER_DIED", words)
    stage.unharmed()


@pytest.mark.parametrize(
    "scenario",
    [
        pytest.param("repeat", marks=pytest.mark.fault("worker says everything three times")),
        pytest.param(
            "reorder", marks=pytest.mark.fault("worker says the end before the rest, and of unknown jobs")
        ),
        pytest.param("stray_print", marks=pytest.mark.fault("worker prints in the middle of the messages")),
    ],
)
def test_what_is_said_twice_or_too_late_changes_nothing(acting: Acting, scenario: str) -> None:
    stage = acting(scenario)
    stage.delivered(stage.filmai.press(size=64))


@pytest.mark.fault("worker floods Blender with messages, then Cancel")
def test_a_flood(acting: Acting) -> None:
    stage = acting("flood")
    job = stage.filmai.press(size=64)
    stage.filmai.wait_for(job, "RUNNING")
    for _turn in range(30):
        # each turn ends although there is always more to hear
        assert stage.filmai.pump.tick()
    stage.filmai.pump.cancel(job)
    stage.ends(job, "CANCELLED")
    stage.unharmed()


@pytest.mark.fault("worker floods its log")
def test_a_flood_of_the_log(acting: Acting) -> None:
    stage = acting("chatter")
    stage.delivered(stage.filmai.press(size=64))
    assert stage.filmai.module("paths").worker_log_file().stat().st_size <= 1 << 20


@pytest.mark.fault("worker's messages fuzzed")
def test_fuzzed_messages(acting: Acting, fault_time: int) -> None:
    stage = acting("fuzz")
    stage.monkeypatch.setenv("FILMAI_FAKE_SEED", str(fault_time))
    job = stage.filmai.press(size=64)
    stage.ends(job, "FAILED", "WORKER_DIED", "broke the protocol")
    stage.unharmed()
