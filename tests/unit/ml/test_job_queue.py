"""Which job waits, runs, stops: each is given out once."""

from ml.job_queue import JobQueue
from ml.protocol import ReleaseMemory


def queue_of(*jobs: str) -> JobQueue:
    queue = JobQueue()
    for job in jobs:
        assert queue.submit(ReleaseMemory(job)) == ""
    return queue


def taken(queue: JobQueue) -> str | None:
    job = queue.take(0)
    return None if job is None else job.job


def test_first_come_first_served() -> None:
    queue = queue_of("a", "b")
    assert [taken(queue), taken(queue), taken(queue)] == ["a", "b", None]


def test_an_open_job_is_not_taken_twice_and_an_ended_one_may_come_again() -> None:
    queue = queue_of("a")
    assert queue.submit(ReleaseMemory("a")) != ""
    assert taken(queue) == "a"
    assert queue.submit(ReleaseMemory("a")) != ""
    queue.finish()
    assert queue.submit(ReleaseMemory("a")) == ""


def test_cancel_says_what_the_job_was_doing() -> None:
    queue = queue_of("a", "b")
    assert taken(queue) == "a"
    assert queue.cancel("b") == "queued"
    assert queue.cancel("b") == "unknown"
    assert not queue.should_stop()
    assert queue.cancel("a") == "running"
    assert queue.should_stop()
    queue.finish()
    assert queue.cancel("a") == "unknown"


def test_a_cancel_is_meant_for_one_job_only() -> None:
    queue = queue_of("a", "b")
    taken(queue)
    queue.cancel("a")
    queue.finish()
    assert taken(queue) == "b"
    assert not queue.should_stop()


def test_after_the_end_nothing_is_begun() -> None:
    queue = queue_of("a", "b", "c")
    assert taken(queue) == "a"
    queue.close()
    assert queue.closed
    assert queue.should_stop()
    assert taken(queue) is None
    assert [job.job for job in queue.drop_waiting()] == ["b", "c"]
    assert queue.drop_waiting() == ()


def test_a_flood_of_jobs_is_bounded() -> None:
    queue = JobQueue()
    answers = [queue.submit(ReleaseMemory(str(index))) for index in range(10_000)]
    assert answers[0] == ""
    assert answers[-1] != ""
    assert answers.count("") < 1000
