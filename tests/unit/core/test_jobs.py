"""The state table: every pair of a state and an event is walked."""

import pytest

from filmai_addon.contract import Cancelled, Failed, Finished, Preview, Progress
from filmai_addon.core import jobs
from filmai_addon.core.eta import fraction_done
from filmai_addon.core.jobs import (
    CancelRequested,
    Delivered,
    DeliveryFailed,
    Failure,
    JobState,
    Prepared,
    Requeued,
    WorkerLost,
    Written,
    apply,
    is_open,
)
from tests.unit.core.examples import release_job, released, texture_job, texture_result

FAILURE = Failure("WORKER_DIED", "The worker is gone.", "Try again.", "exit code: -9")
EVENTS = {
    "progress": Progress("one", "draw", 1, 4),
    "preview": Preview("one", "/jobs/one/preview.png"),
    "finished": Finished("one", texture_result()),
    "failed": Failed("one", "MODEL_CORRUPT", "The model is damaged.", "traceback"),
    "cancelled": Cancelled("one"),
    "cancel_requested": CancelRequested(),
    "prepared": Prepared(),
    "requeued": Requeued(),
    "worker_lost": WorkerLost(FAILURE),
    "written": Written(1, 4),
    "delivered": Delivered("one object was left out"),
    "delivery_failed": DeliveryFailed(FAILURE),
}
IN_WORKER = {
    "progress": JobState.RUNNING,
    "finished": JobState.DELIVERING,
    "failed": JobState.FAILED,
    "cancelled": JobState.CANCELLED,
    "cancel_requested": JobState.CANCELLING,
    "requeued": JobState.QUEUED,
    "worker_lost": JobState.FAILED,
}
# the states that follow; what is not named here leaves the job as it was
TABLE = {
    JobState.PREPARING: {
        "progress": JobState.PREPARING,
        "prepared": JobState.QUEUED,
        "failed": JobState.FAILED,
        "cancel_requested": JobState.CANCELLED,
    },
    JobState.QUEUED: IN_WORKER,
    JobState.RUNNING: IN_WORKER,
    JobState.CANCELLING: {
        "cancelled": JobState.CANCELLED,
        "finished": JobState.CANCELLED,
        "worker_lost": JobState.CANCELLED,
        "failed": JobState.FAILED,
    },
    JobState.DELIVERING: {
        "cancel_requested": JobState.CANCELLED,
        "written": JobState.DELIVERING,
        "delivered": JobState.COMPLETED,
        "delivery_failed": JobState.FAILED,
    },
    JobState.COMPLETED: {},
    JobState.FAILED: {},
    JobState.CANCELLED: {},
}


@pytest.mark.parametrize("event_name", EVENTS)
@pytest.mark.parametrize("state", JobState)
def test_every_pair_of_state_and_event(state: JobState, event_name: str) -> None:
    job = texture_job(state=state)
    after = apply(job, EVENTS[event_name], 20.0)
    assert after.state is TABLE[state].get(event_name, state)
    if event_name not in TABLE[state] and not (
        event_name == "preview" and state in (JobState.QUEUED, JobState.RUNNING)
    ):
        assert after is job
    assert (after.ended_seconds == 20.0) == (is_open(state) and not is_open(after.state))


def test_the_tables_here_name_every_event() -> None:
    assert {type(event) for event in EVENTS.values()} == set(jobs.JobEvent.__args__)


def test_progress_is_noted_and_starts_the_clock_once() -> None:
    job = apply(texture_job(), Progress("one", "load", 1, 4), 20.0)
    job = apply(job, Progress("one", "draw", 3, 4), 22.0)
    assert (job.phase, job.step, job.total, job.first_step, job.started_seconds) == ("draw", 3, 4, 1, 20.0)


def test_a_requeued_job_starts_afresh() -> None:
    job = apply(texture_job(), Progress("one", "draw", 3, 4), 20.0)
    job = apply(job, Requeued(), 21.0)
    assert (job.phase, job.step, job.total, job.started_seconds) == ("", 0, 0, None)
    assert apply(job, Progress("one", "draw", 1, 4), 30.0).started_seconds == 30.0


def test_a_texture_is_not_completed_before_it_is_delivered() -> None:
    job = apply(texture_job(), Finished("one", texture_result()), 20.0)
    assert job.state is JobState.DELIVERING
    assert job.device is not None
    assert job.device.kind == "cpu"
    job = apply(job, Delivered("note"), 21.0)
    assert (job.state, job.note, job.ended_seconds) == (JobState.COMPLETED, "note", 21.0)


def test_how_much_is_written_is_noted() -> None:
    job = apply(texture_job(), Finished("one", texture_result()), 20.0)
    assert fraction_done(job) == 1.0, "most results are written at once"
    job = apply(job, Written(1, 4), 21.0)
    assert (job.state, job.step, job.total, fraction_done(job)) == (JobState.DELIVERING, 1, 4, 0.25)


def test_released_memory_needs_no_delivery() -> None:
    assert apply(release_job(), Finished("release", released()), 20.0).state is JobState.COMPLETED


def test_a_failure_keeps_what_is_known() -> None:
    job = apply(texture_job(), EVENTS["failed"], 20.0)
    assert job.failure == Failure("MODEL_CORRUPT", "The model is damaged.", "", "traceback")
    assert apply(texture_job(), WorkerLost(FAILURE), 20.0).failure == FAILURE


def test_a_worker_that_dies_during_delivery_takes_nothing_away() -> None:
    job = apply(texture_job(), Finished("one", texture_result()), 20.0)
    assert apply(job, WorkerLost(FAILURE), 21.0) is job
