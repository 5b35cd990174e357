"""The table of jobs: order, filters, what is kept and what is said about late events."""

import logging

import pytest

from filmai_addon.contract import Cancelled, Progress
from filmai_addon.core.job_table import JobTable
from filmai_addon.core.jobs import JobState
from tests.unit.core.examples import texture_job


def table_of(count: int, keep_ended: int = 20) -> JobTable:
    table = JobTable(keep_ended)
    for index in range(count):
        table.add(texture_job(str(index)))
    return table


def test_keeps_order_and_filters_by_state() -> None:
    table = table_of(3)
    table.apply("1", Progress("1", "draw", 0, 4), 20.0)
    table.apply("0", Cancelled("0"), 21.0)
    assert [job.id for job in table.all()] == ["0", "1", "2"]
    assert [job.id for job in table.open()] == ["1", "2"]
    assert [job.id for job in table.in_state(JobState.RUNNING)] == ["1"]


def test_refuses_an_id_twice() -> None:
    table = table_of(1)
    with pytest.raises(ValueError, match="already"):
        table.add(texture_job("0"))


def test_forgets_the_oldest_that_ended_and_never_an_open_one() -> None:
    table = table_of(6, keep_ended=2)
    for index in (1, 2, 3, 4):
        table.apply(str(index), Cancelled(str(index)), 20.0)
    assert [job.id for job in table.all()] == ["0", "3", "4", "5"]


def test_every_end_is_told_once_even_of_a_job_that_is_forgotten() -> None:
    table = table_of(6, keep_ended=2)
    for index in (1, 2, 3, 4):
        table.apply(str(index), Cancelled(str(index)), 20.0)
    table.apply("1", Cancelled("1"), 21.0)
    assert [job.id for job in table.take_ended()] == ["1", "2", "3", "4"]
    assert table.take_ended() == ()


def test_late_and_unknown_events_are_ignored_visibly(caplog: pytest.LogCaptureFixture) -> None:
    table = table_of(1)
    table.apply("0", Cancelled("0"), 20.0)
    with caplog.at_level(logging.INFO, "filmai.jobs"):
        after = table.apply("0", Progress("0", "draw", 1, 4), 21.0)
        assert table.apply("nobody", Cancelled("nobody"), 22.0) is None
    assert after is not None
    assert after.state is JobState.CANCELLED
    assert "Progress for job 0 ignored: it is CANCELLED" in caplog.text
    assert "Cancelled for the unknown job 'nobody' ignored" in caplog.text
