"""What the panel says about a job, and the remaining time it promises."""

from dataclasses import replace

import pytest

from filmai_addon.contract import Cancelled, DeviceUsed, Failed, Finished, Progress
from filmai_addon.core.eta import eta_seconds, format_seconds, fraction_done
from filmai_addon.core.job_rows import JobRow, job_rows
from filmai_addon.core.jobs import CancelRequested, Delivered, Failure, Job, JobState, apply
from tests.unit.core.examples import material_job, material_result, release_job, texture_job, texture_result


def row_of(job: Job, now_seconds: float = 30.0, waiting_for: str = "") -> JobRow:
    return job_rows((job,), now_seconds, waiting_for)[0]


def running(step: int, total: int = 10) -> Job:
    return apply(texture_job(), Progress("one", "Drawing", step, total), 20.0)


def test_eta_is_the_mean_pace_of_the_steps_that_were_timed() -> None:
    job = apply(running(2), Progress("one", "Drawing", 6, 10), 28.0)
    assert eta_seconds(job, 28.0) == pytest.approx(8.0)
    assert fraction_done(job) == pytest.approx(0.6)


def test_no_eta_before_a_step_was_timed_and_none_when_not_running() -> None:
    assert eta_seconds(running(2), 25.0) is None
    assert eta_seconds(texture_job(), 25.0) is None
    assert fraction_done(texture_job()) == 0.0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (200, "3 min 20 s"),
    ],
)
def test_seconds_for_people(seconds: float, text: str) -> None:
    assert format_seconds(seconds) == text


def test_rows_of_open_jobs() -> None:
    assert row_of(texture_job()).status == "Waiting for its turn"
    assert row_of(running(2)).status == "Drawing"
    timed = apply(running(2), Progress("one", "Drawing", 6, 10), 28.0)
    assert row_of(timed, 28.0).status == "Drawing, 8.0 s left"
    assert row_of(timed).can_cancel
    assert not row_of(timed).can_redo


def test_a_job_that_is_being_cancelled_says_so_and_cannot_be_cancelled_again() -> None:
    row = row_of(apply(running(2), CancelRequested(), 25.0))
    assert (row.state, row.is_open, row.can_cancel) == ("CANCELLING", True, False)


def test_a_result_that_has_to_wait_says_for_what() -> None:
    job = apply(running(2), Finished("one", texture_result()), 25.0)
    assert row_of(job).status == "Writing into the scene"
    assert row_of(job, waiting_for="Waiting for the render to end").status == "Waiting for the render to end"


def test_a_completed_job_shows_time_device_and_why_it_fell_back() -> None:
    fallback = texture_result(DeviceUsed("cpu", "cuDNN 9 not found"))
    job = apply(
        apply(running(2), Finished("one", fallback), 25.0), Delivered("1 of 2 objects are gone"), 26.0
    )
    row = row_of(job)
    assert row.status == "16 s, CPU"
    assert row.note == "1 of 2 objects are gone. CPU: cuDNN 9 not found"
    assert row.can_redo


def test_a_failed_job_shows_its_message_and_a_cancelled_one_its_state() -> None:
    failed = apply(running(2), Failed("one", "DISK_FULL", "The disk is full.", "traceback"), 25.0)
    assert row_of(failed).status == "The disk is full."
    job = running(2)
    lost = replace(
        job, state=JobState.FAILED, failure=Failure("X", "It is gone.", "Its files are in /a/b.", "")
    )
    assert row_of(lost).status == "It is gone.", "what to do next is among the details"
    cancelled = row_of(apply(running(2), Cancelled("one"), 25.0))
    assert (cancelled.state, cancelled.state_label) == (JobState.CANCELLED.name, "Cancelled")


def test_rows_change_only_when_something_visible_changes() -> None:
    job = running(2)
    assert row_of(job, 30.0) == row_of(replace(job, preview_path="/x.png"), 31.0)


def test_a_material_goes_the_way_of_a_texture() -> None:
    job = apply(material_job(), Finished("one", material_result()), 25.0)
    assert job.state is JobState.DELIVERING
    row = row_of(apply(job, Delivered("The picture does not tile"), 26.0))
    assert (row.kind, row.status, row.note) == ("MATERIAL", "16 s, CPU", "The picture does not tile")
    assert row.can_redo


def test_rows_say_whose_they_are() -> None:
    kinds = [row_of(job).kind for job in (texture_job(), material_job(), release_job())]
    assert kinds == ["TEXTURE", "MATERIAL", "OTHER"]
