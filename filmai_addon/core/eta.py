"""How long it still takes, from how long it took so far."""

from .jobs import Job, JobState

__all__ = ["eta_seconds", "format_seconds", "fraction_done"]


def eta_seconds(job: Job, now_seconds: float) -> float | None:
    """Remaining seconds of what a job is at, at its mean pace so far; None as long as no step was timed."""
    if job.state not in (JobState.PREPARING, JobState.RUNNING) or job.started_seconds is None:
        return None
    timed_steps = job.step - job.first_step
    if timed_steps <= 0:
        return None
    elapsed = max(0.0, now_seconds - job.started_seconds)
    return elapsed / timed_steps * (job.total - job.step)


def fraction_done(job: Job) -> float:
    """Steps done over all steps, 0 to 1; what is written into the scene at once is as good as done."""
    if job.total:
        return job.step / job.total
    return 1.0 if job.state is JobState.DELIVERING else 0.0


def format_seconds(seconds: float) -> str:
    """A duration for people: ``0.4 s``, ``12 s``, ``3 min 20 s``."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60} min {whole % 60:02d} s"
