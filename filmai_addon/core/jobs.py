"""The job, its states, and the one table that says what an event does to it.

Pure functions on frozen data: no clock, no Blender, no process. ``apply`` is total, so every pair of a state
and an event has an answer; events that come too late are ignored in plain sight.

    PREPARING ──Prepared──> QUEUED, ──CancelRequested──> CANCELLED, ──Failed──> FAILED
    QUEUED ──Progress──> RUNNING ──Finished──> DELIVERING ──Delivered──> COMPLETED
       └───────┬───────────┘                       └──DeliveryFailed──> FAILED
               ├──CancelRequested──> CANCELLING ──Cancelled──> CANCELLED
               ├──Failed, WorkerLost──> FAILED
               └──Requeued──> QUEUED
"""

from dataclasses import dataclass, replace
from enum import Enum

from ..contract import (
    Cancelled,
    CharacterResult,
    CharacterSheet,
    CutsResult,
    DeviceUsed,
    ExportedShots,
    Failed,
    Finished,
    JobRequest,
    JobResult,
    MaterialResult,
    Preview,
    PreviewSheet,
    Progress,
    Released,
    ShotsResult,
    TextureResult,
)
from .render_plan import Preparation
from .targets import Target

__all__ = [
    "CancelRequested",
    "Delivered",
    "DeliveryFailed",
    "Failure",
    "Job",
    "JobEvent",
    "JobState",
    "Prepared",
    "Requeued",
    "WorkerLost",
    "Written",
    "apply",
    "is_open",
]


class JobState(Enum):
    """Where a job is. PREPARING: the worker does not know of it yet. COMPLETED: the result is in the scene."""

    PREPARING = "Preparing"
    QUEUED = "Queued"
    RUNNING = "Running"
    DELIVERING = "Delivering"
    CANCELLING = "Cancelling"
    COMPLETED = "Completed"
    FAILED = "Failed"
    CANCELLED = "Cancelled"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job ended without a result: ``message`` and ``hint`` for the user, ``detail`` for a report."""

    code: str
    message: str
    hint: str
    detail: str


@dataclass(frozen=True, slots=True)
class Job:
    """One thing the user asked for. Times are monotonic seconds."""

    id: str
    title: str
    """What is being made, for people: ``Brick 7``."""
    request: JobRequest
    submitted_seconds: float
    target: Target | None = None
    """Where the result goes; None when there is nothing to write."""
    preparation: Preparation | None = None
    """What Blender has to render before the worker can begin."""
    state: JobState = JobState.QUEUED
    phase: str = ""
    step: int = 0
    total: int = 0
    first_step: int = 0
    """The first step that was reported, from which the remaining time is reckoned."""
    started_seconds: float | None = None
    ended_seconds: float | None = None
    preview_path: str = ""
    result: JobResult | None = None
    failure: Failure | None = None
    note: str = ""
    """What the user should know about a completed job, for example which object was left out."""

    @property
    def device(self) -> DeviceUsed | None:
        """Where the job really ran; None as long as that is unknown."""
        match self.result:
            case TextureResult() | MaterialResult() | PreviewSheet() | ShotsResult() | CutsResult():
                return self.result.device
            case CharacterResult() | CharacterSheet():
                return self.result.device
            case _:
                return None


# ---- events that do not come over the wire


@dataclass(frozen=True, slots=True)
class CancelRequested:
    """The user pressed Cancel."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the worker needs is there; the job is sent."""


@dataclass(frozen=True, slots=True)
class Requeued:
    """The worker was replaced while this job waited for its turn; it is sent again."""


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """The worker ended without having been told to."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Written:
    """So much of the result is in the scene."""

    step: int
    total: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """The result is in the scene."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """The result could not be written into the scene."""

    failure: Failure


JobEvent = (
    Progress
    | Preview
    | Finished
    | Failed
    | Cancelled
    | CancelRequested
    | Prepared
    | Requeued
    | WorkerLost
    | Written
    | Delivered
    | DeliveryFailed
)

_OPEN = frozenset(
    {JobState.PREPARING, JobState.QUEUED, JobState.RUNNING, JobState.DELIVERING, JobState.CANCELLING}
)


def is_open(state: JobState) -> bool:
    """True until the job has ended."""
    return state in _OPEN


def apply(job: Job, event: JobEvent, now_seconds: float) -> Job:
    """The job after the event; the very same object when the event means nothing in this state."""
    match job.state:
        case JobState.PREPARING:
            return _apply_preparing(job, event, now_seconds)
        case JobState.QUEUED | JobState.RUNNING:
            return _apply_in_worker(job, event, now_seconds)
        case JobState.CANCELLING:
            return _apply_cancelling(job, event, now_seconds)
        case JobState.DELIVERING:
            return _apply_delivering(job, event, now_seconds)
        case JobState.COMPLETED | JobState.FAILED | JobState.CANCELLED:
            # too late, for example Progress after Cancelled: nothing changes
            return job


def _apply_preparing(job: Job, event: JobEvent, now_seconds: float) -> Job:
    match event:
        case Progress():
            return replace(_progressed(job, event, now_seconds), state=JobState.PREPARING)
        case Prepared():
            return replace(job, state=JobState.QUEUED, phase="", step=0, total=0, started_seconds=None)
        case Failed():
            return _ended(replace(job, failure=_failure(event)), JobState.FAILED, now_seconds)
        case CancelRequested():
            return _ended(job, JobState.CANCELLED, now_seconds)
        case _:
            # whatever becomes of the worker meanwhile
            return job


def _apply_in_worker(job: Job, event: JobEvent, now_seconds: float) -> Job:
    match event:
        case Progress():
            return _progressed(job, event, now_seconds)
        case Preview(path=path):
            return replace(job, preview_path=path)
        case Finished(result=result):
            return _finished(job, result, now_seconds)
        case Failed() | WorkerLost():
            return _ended(replace(job, failure=_failure(event)), JobState.FAILED, now_seconds)
        case Cancelled():
            return _ended(job, JobState.CANCELLED, now_seconds)
        case CancelRequested():
            return replace(job, state=JobState.CANCELLING)
        case Requeued():
            return replace(job, state=JobState.QUEUED, phase="", step=0, total=0, started_seconds=None)
        case Delivered() | DeliveryFailed() | Prepared() | Written():
            return job


def _apply_cancelling(job: Job, event: JobEvent, now_seconds: float) -> Job:
    match event:
        case Cancelled() | Finished() | WorkerLost():
            # done, or dead, before Cancel reached it: either way the user no longer wants it
            return _ended(job, JobState.CANCELLED, now_seconds)
        case Failed():
            return _ended(replace(job, failure=_failure(event)), JobState.FAILED, now_seconds)
        case _:
            return job


def _apply_delivering(job: Job, event: JobEvent, now_seconds: float) -> Job:
    match event:
        case CancelRequested():
            return _ended(job, JobState.CANCELLED, now_seconds)
        case Written(step=step, total=total):
            return replace(job, step=step, total=total)
        case Delivered(note=note):
            return _ended(replace(job, note=note), JobState.COMPLETED, now_seconds)
        case DeliveryFailed(failure=failure):
            return _ended(replace(job, failure=failure), JobState.FAILED, now_seconds)
        case _:
            # the worker may die or be replaced now: the files of this job are complete
            return job


def _finished(job: Job, result: JobResult, now_seconds: float) -> Job:
    job = replace(job, result=result, phase="", step=0, total=0)
    if isinstance(result, Released):
        return _ended(job, JobState.COMPLETED, now_seconds)
    if isinstance(result, ExportedShots):
        # the file is where the user wanted it: nothing of this belongs into a scene
        return _ended(replace(job, note=". ".join(result.notes)), JobState.COMPLETED, now_seconds)
    return replace(job, state=JobState.DELIVERING)


def _failure(event: Failed | WorkerLost) -> Failure:
    if isinstance(event, WorkerLost):
        return event.failure
    return Failure(event.code, event.message, "", event.detail)


def _progressed(job: Job, event: Progress, now_seconds: float) -> Job:
    started = job.started_seconds is None
    return replace(
        job,
        state=JobState.RUNNING,
        phase=event.phase,
        step=event.step,
        total=event.total,
        first_step=event.step if started else job.first_step,
        started_seconds=now_seconds if started else job.started_seconds,
    )


def _ended(job: Job, state: JobState, now_seconds: float) -> Job:
    return replace(job, state=state, ended_seconds=now_seconds)
