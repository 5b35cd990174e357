"""All jobs of this session: the open ones and the last that ended, oldest first."""

import logging

from .jobs import Job, JobEvent, JobState, apply, is_open

__all__ = ["JobTable"]

_log = logging.getLogger("filmai.jobs")


class JobTable:
    """Holds jobs by id and applies events to them. Keeps at most ``keep_ended`` jobs that have ended."""

    def __init__(self, keep_ended: int = 20) -> None:
        self._keep_ended = keep_ended
        self._jobs: dict[str, Job] = {}
        self._just_ended: list[Job] = []

    def add(self, job: Job) -> None:
        """Take a new job. Raises ValueError when its id is taken."""
        if job.id in self._jobs:
            raise ValueError(f"there is a job {job.id} already")
        self._jobs[job.id] = job

    def get(self, job_id: str) -> Job | None:
        """The job of that id, or None when there is none (any more)."""
        return self._jobs.get(job_id)

    def apply(self, job_id: str, event: JobEvent, now_seconds: float) -> Job | None:
        """Apply an event; the job afterwards, or None for an unknown job. What is ignored is logged."""
        job = self._jobs.get(job_id)
        if job is None:
            _log.warning("%s for the unknown job %r ignored", type(event).__name__, job_id[:40])
            return None
        after = apply(job, event, now_seconds)
        if after is job:
            _log.info("%s for job %s ignored: it is %s", type(event).__name__, job_id, job.state.name)
            return job
        self._jobs[job_id] = after
        if not is_open(after.state):
            self._just_ended.append(after)
            self._forget_oldest()
        return after

    def take_ended(self) -> tuple[Job, ...]:
        """Every job that ended since the last call, those too that are not held any more."""
        ended, self._just_ended = self._just_ended, []
        return tuple(ended)

    def all(self) -> tuple[Job, ...]:
        """Every job held, oldest first."""
        return tuple(self._jobs.values())

    def open(self) -> tuple[Job, ...]:
        """The jobs that have not ended, oldest first."""
        return tuple(job for job in self._jobs.values() if is_open(job.state))

    def in_state(self, *states: JobState) -> tuple[Job, ...]:
        """The jobs in one of these states, oldest first."""
        return tuple(job for job in self._jobs.values() if job.state in states)

    def _forget_oldest(self) -> None:
        ended = [job.id for job in self._jobs.values() if not is_open(job.state)]
        for job_id in ended[: max(0, len(ended) - self._keep_ended)]:
            del self._jobs[job_id]
