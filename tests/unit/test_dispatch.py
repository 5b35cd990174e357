"""The worker's life as the jobs see it, with a worker that is a list and a clock that is set by hand."""

from dataclasses import replace

import pytest

from filmai_addon.contract import Cancel, Cancelled, Event, Finished, Progress, Ready, Request
from filmai_addon.core.errors import WorkerError
from filmai_addon.core.jobs import JobState
from filmai_addon.dispatch import CANCEL_GRACE_SECONDS, KILL_GRACE_SECONDS, START_SECONDS, Dispatcher
from filmai_addon.worker_client import WorkerDied
from tests.unit.core.examples import texture_job, texture_result

READY = Ready("", "0.1.0", "3.11", "1.32", ("CPUExecutionProvider",), (), ())
DIED = WorkerDied(-9, "The worker was ended by SIGKILL.", ("last words",))


class ScriptedWorker:
    """Says what the test puts into ``says``, and remembers what it was told."""

    def __init__(self, argv: tuple[str, ...]) -> None:
        self.argv = argv
        self.says: list[Event | WorkerDied] = [READY]
        self.sent: list[Request] = []
        self.ends: list[str] = []

    def send(self, request: Request) -> None:
        self.sent.append(request)

    def poll(self, max_events: int) -> list[Event | WorkerDied]:
        said, self.says = self.says[:max_events], self.says[max_events:]
        return said

    def terminate(self) -> None:
        self.ends.append("terminate")

    def kill(self) -> None:
        self.ends.append("kill")

    def close(self, grace_seconds: float) -> None:
        self.ends.append(f"close {grace_seconds:g}")


class Stage:
    """A dispatcher with everything around it in the test's hands."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.workers: list[ScriptedWorker] = []
        self.dispatcher = Dispatcher(self.start, lambda: self.now)

    def start(self, argv: tuple[str, ...]) -> ScriptedWorker:
        self.workers.append(ScriptedWorker(argv))
        return self.workers[-1]

    def submit(self, job_id: str, argv: tuple[str, ...] = ("python",)) -> None:
        self.dispatcher.submit(texture_job(job_id), argv)

    def hear(self, *events: Event | WorkerDied) -> None:
        self.workers[-1].says += events
        self.dispatcher.poll(1.0)

    def wait(self, seconds: float) -> None:
        """Poll as the pump does for so long."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + 0.1)
            self.dispatcher.poll(1.0)

    def state(self, job_id: str) -> JobState:
        job = self.dispatcher.table.get(job_id)
        assert job is not None
        return job.state


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_the_worker_starts_with_the_first_job_and_serves_the_next(stage: Stage) -> None:
    assert stage.workers == []
    stage.submit("a")
    stage.submit("b")
    assert len(stage.workers) == 1
    assert [request.job for request in stage.workers[0].sent] == ["a", "b"]
    stage.hear(Progress("a", "draw", 1, 2))
    assert stage.dispatcher.ready == READY
    assert (stage.state("a"), stage.state("b")) == (JobState.RUNNING, JobState.QUEUED)


def test_a_dead_worker_takes_along_what_it_did_and_the_others_get_a_new_one(stage: Stage) -> None:
    for job_id in ("done", "begun", "waiting", "last"):
        stage.submit(job_id)
    stage.hear(Finished("done", texture_result()), Progress("begun", "draw", 1, 2), DIED)
    assert stage.state("done") is JobState.DELIVERING
    failed = stage.dispatcher.table.get("begun")
    assert failed is not None
    assert failed.failure is not None
    assert (failed.state, failed.failure.code) == (JobState.FAILED, "WORKER_DIED")
    assert failed.failure.detail == "exit code: -9\nlast words"
    assert [request.job for request in stage.workers[1].sent] == ["waiting", "last"]
    assert stage.state("waiting") is stage.state("last") is JobState.QUEUED
    stage.submit("next")
    assert len(stage.workers) == 2
    assert stage.state("next") is JobState.QUEUED


def test_a_job_that_two_workers_died_of_is_not_sent_to_a_third(stage: Stage) -> None:
    for job_id in ("deadly", "harmless"):
        stage.submit(job_id)
    stage.hear(DIED)
    assert [request.job for request in stage.workers[1].sent] == ["deadly", "harmless"]
    stage.hear(DIED)
    assert stage.state("deadly") is JobState.FAILED
    assert [request.job for request in stage.workers[2].sent] == ["harmless"]
    stage.hear(Finished("harmless", texture_result()))
    assert stage.state("harmless") is JobState.DELIVERING


def test_jobs_wait_for_no_worker_that_cannot_even_start(stage: Stage) -> None:
    stage.submit("a")
    stage.workers[0].says.clear()
    stage.submit("b")
    stage.hear(DIED)
    assert stage.state("a") is stage.state("b") is JobState.FAILED
    assert len(stage.workers) == 1


def test_when_no_worker_can_be_had_any_more_the_waiting_jobs_fail_too(stage: Stage) -> None:
    for job_id in ("one", "two", "three", "four"):
        stage.submit(job_id)
    for job_id in ("one", "two", "three"):
        stage.hear(Progress(job_id, "draw", 1, 2), DIED)
    failed = stage.dispatcher.table.get("four")
    assert failed is not None
    assert failed.failure is not None
    assert "several times" in failed.failure.message
    assert len(stage.workers) == 3


def test_a_death_while_idle_is_noticed_before_the_next_job_is_sent(stage: Stage) -> None:
    stage.submit("a")
    stage.hear(Cancelled("a"))
    stage.workers[0].says.append(DIED)
    stage.submit("b")
    assert len(stage.workers) == 2
    assert stage.state("b") is JobState.QUEUED


def test_a_worker_that_keeps_dying_is_not_started_for_ever(stage: Stage) -> None:
    for job_id in "abc":
        stage.submit(job_id)
        stage.hear(Progress(job_id, "draw", 1, 2), DIED)
    with pytest.raises(WorkerError, match="several times"):
        stage.submit("d")
    assert stage.dispatcher.table.get("d") is None
    stage.now += 61
    stage.submit("d")
    assert stage.state("d") is JobState.QUEUED


def test_a_job_that_cannot_be_started_is_not_taken(stage: Stage) -> None:
    def refuse(_argv: tuple[str, ...]) -> ScriptedWorker:
        raise WorkerError("There is no such Python.")

    dispatcher = Dispatcher(refuse, lambda: 0.0)
    with pytest.raises(WorkerError):
        dispatcher.submit(texture_job("a"), ("python",))
    assert dispatcher.table.all() == ()


def test_cancel_is_sent_once_and_answered(stage: Stage) -> None:
    stage.submit("a")
    stage.dispatcher.cancel("a")
    stage.dispatcher.cancel("a")
    assert stage.workers[0].sent[1:] == [Cancel("a")]
    assert stage.state("a") is JobState.CANCELLING
    stage.hear(Cancelled("a"))
    stage.wait(2 * CANCEL_GRACE_SECONDS)
    assert stage.state("a") is JobState.CANCELLED
    assert stage.workers[0].ends == []


def test_a_deaf_worker_is_replaced_and_the_waiting_jobs_are_sent_again(stage: Stage) -> None:
    for job_id in "abc":
        stage.submit(job_id)
    stage.hear(Progress("a", "draw", 1, 2))
    stage.dispatcher.cancel("a")
    stage.wait(CANCEL_GRACE_SECONDS - 0.1)
    assert stage.state("a") is JobState.CANCELLING
    stage.wait(0.2)
    first, second = stage.workers
    assert first.ends == ["terminate"]
    assert stage.state("a") is JobState.CANCELLED
    assert [request.job for request in second.sent] == ["b", "c"]
    first.says.append(Progress("b", "draw", 1, 2))
    stage.dispatcher.poll(1.0)
    assert stage.state("b") is JobState.QUEUED, "the old worker is not heard any more"


def test_time_in_which_blender_did_not_listen_is_not_held_against_the_worker(stage: Stage) -> None:
    for job_id in "ab":
        stage.submit(job_id)
        stage.dispatcher.cancel(job_id)
    # a long render, a laptop that was shut
    stage.now += 3600
    stage.hear(Cancelled("a"))
    assert stage.state("b") is JobState.CANCELLING
    assert stage.workers[0].ends == []
    stage.wait(CANCEL_GRACE_SECONDS)
    assert stage.state("b") is JobState.CANCELLED
    assert stage.workers[0].ends == ["terminate"]


def test_a_job_that_ran_while_another_was_cancelled_in_vain_starts_again(stage: Stage) -> None:
    stage.submit("a")
    stage.submit("b")
    stage.hear(Progress("a", "draw", 1, 2))
    stage.dispatcher.cancel("b")
    stage.wait(CANCEL_GRACE_SECONDS + 0.1)
    assert (stage.state("a"), stage.state("b")) == (JobState.QUEUED, JobState.CANCELLED)
    assert [request.job for request in stage.workers[1].sent] == ["a"]


def test_a_replaced_worker_that_does_not_end_is_killed(stage: Stage) -> None:
    stage.submit("a")
    stage.dispatcher.cancel("a")
    stage.wait(CANCEL_GRACE_SECONDS + 0.1)
    assert len(stage.workers) == 1, "nothing waits, so no new worker is needed"
    assert not stage.dispatcher.is_idle
    stage.wait(KILL_GRACE_SECONDS + 0.1)
    assert stage.workers[0].ends == ["terminate", "kill"]
    stage.workers[0].says.append(DIED)
    stage.dispatcher.poll(1.0)
    assert stage.workers[0].ends[-1] == "close 0"
    assert stage.dispatcher.is_idle


def test_a_replacement_that_was_wanted_does_not_count_as_a_death(stage: Stage) -> None:
    for index in range(5):
        stage.submit(str(index))
        stage.dispatcher.cancel(str(index))
        stage.wait(CANCEL_GRACE_SECONDS + 0.1)
    assert len(stage.workers) == 5


def test_a_worker_that_never_says_ready_is_given_up(stage: Stage) -> None:
    stage.submit("a")
    stage.workers[0].says.clear()
    stage.wait(START_SECONDS + 1)
    job = stage.dispatcher.table.get("a")
    assert job is not None
    assert job.failure is not None
    assert "said nothing" in job.failure.message
    assert stage.workers[0].ends == ["close 0"]


def test_other_preferences_replace_the_worker_once_it_is_idle(stage: Stage) -> None:
    stage.submit("a", ("python", "one"))
    stage.submit("b", ("python", "two"))
    assert len(stage.workers) == 1, "a is still open"
    stage.hear(Cancelled("a"), Cancelled("b"))
    stage.submit("c", ("python", "two"))
    assert stage.workers[0].ends == ["terminate"]
    assert stage.workers[1].argv == ("python", "two")


def test_polling_stops_when_its_time_is_up(stage: Stage) -> None:
    stage.submit("a")

    class Flood(ScriptedWorker):
        def poll(self, max_events: int) -> list[Event | WorkerDied]:
            stage.now += 0.001
            return [Progress("a", "draw", 1, 2)] * max_events

    stage.workers[0].__class__ = Flood
    before = stage.now
    stage.dispatcher.poll(0.003)
    assert stage.now - before == pytest.approx(0.003, abs=0.0011)


def test_close_ends_every_worker(stage: Stage) -> None:
    stage.submit("a")
    stage.dispatcher.cancel("a")
    stage.wait(CANCEL_GRACE_SECONDS + 0.1)
    stage.submit("b")
    stage.dispatcher.close(1.0)
    stage.dispatcher.close(1.0)
    assert [worker.ends for worker in stage.workers] == [["terminate", "close 0"], ["close 1"]]


def test_a_job_that_is_prepared_is_sent_when_it_is_ready() -> None:
    stage = Stage()
    preparing = replace(texture_job("slow"), state=JobState.PREPARING)
    stage.dispatcher.table.add(preparing)
    stage.submit("quick")
    assert [request.job for request in stage.workers[0].sent] == ["quick"]
    stage.hear(READY, Progress("quick", "draw", 1, 2), DIED)
    assert stage.dispatcher.table.in_state(JobState.PREPARING) == (preparing,), (
        "the worker's death is none of its"
    )
    stage.dispatcher.submit_prepared(preparing, ("python",))
    assert [request.job for request in stage.workers[1].sent] == ["slow"]
    stage.hear(Finished("slow", texture_result()))
    assert stage.dispatcher.table.get("slow").state is JobState.DELIVERING  # type: ignore[union-attr]
