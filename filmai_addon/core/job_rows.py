"""Jobs as the lines that a panel shows: everything is worked out here, so that drawing reads and no more."""

from dataclasses import dataclass
from typing import Literal

from ..contract import (
    DescribeShots,
    DetectCuts,
    DeviceUsed,
    ExportShots,
    GenerateCharacter,
    GenerateMaterial,
    GenerateTexture,
    PreviewCharacters,
    PreviewMaterials,
    ReadCaptions,
)
from .eta import eta_seconds, format_seconds, fraction_done
from .jobs import Job, JobState, is_open

__all__ = ["JobKind", "JobRow", "job_rows"]

JobKind = Literal["TEXTURE", "MATERIAL", "SHEET", "CHARACTER", "CHARACTER_SHEET", "SHOTS", "OTHER"]


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job, ready to draw."""

    job_id: str
    kind: JobKind
    title: str
    state: str
    """The state's name as in ``JobState``: ``COMPLETED``."""
    state_label: str
    """The same for people."""
    status: str
    """While open: phase and remaining time. Afterwards: time taken and device, or what went wrong."""
    fraction: float
    """0 to 1."""
    is_open: bool
    can_cancel: bool
    can_redo: bool
    note: str
    """A second line, or empty: why it ran on another device, which object was left out."""


def job_rows(jobs: tuple[Job, ...], now_seconds: float, waiting_for: str = "") -> tuple[JobRow, ...]:
    """The rows, in the order of the jobs; ``waiting_for`` says why results cannot be written now, if so."""
    return tuple(_row(job, now_seconds, waiting_for) for job in jobs)


def _row(job: Job, now_seconds: float, waiting_for: str) -> JobRow:
    return JobRow(
        job_id=job.id,
        kind=_kind(job),
        title=job.title,
        state=job.state.name,
        state_label=job.state.value,
        status=_status(job, now_seconds, waiting_for),
        fraction=fraction_done(job),
        is_open=is_open(job.state),
        can_cancel=is_open(job.state) and job.state is not JobState.CANCELLING,
        can_redo=_kind(job) in ("TEXTURE", "MATERIAL", "CHARACTER") and not is_open(job.state),
        note=_note(job),
    )


def _kind(job: Job) -> JobKind:
    match job.request:
        case GenerateTexture():
            return "TEXTURE"
        case GenerateMaterial():
            return "MATERIAL"
        case PreviewMaterials():
            return "SHEET"
        case GenerateCharacter():
            return "CHARACTER"
        case PreviewCharacters():
            return "CHARACTER_SHEET"
        case DescribeShots() | DetectCuts() | ExportShots() | ReadCaptions():
            return "SHOTS"
        case _:
            return "OTHER"


def _status(job: Job, now_seconds: float, waiting_for: str) -> str:
    match job.state:
        case JobState.QUEUED:
            return "Waiting for its turn"
        case JobState.PREPARING if not job.phase:
            return "Waiting for its turn"
        case JobState.PREPARING | JobState.RUNNING:
            remaining = eta_seconds(job, now_seconds)
            return job.phase if remaining is None else f"{job.phase}, {format_seconds(remaining)} left"
        case JobState.DELIVERING:
            return waiting_for or "Writing into the scene"
        case JobState.CANCELLING:
            return "Cancelling"
        case JobState.FAILED:
            # one line of the panel; the details say what to do
            return job.failure.message if job.failure else ""
        case JobState.CANCELLED:
            return "Cancelled"
        case JobState.COMPLETED:
            return ", ".join(part for part in (_taken(job), _device_name(job.device)) if part)


def _taken(job: Job) -> str:
    if job.ended_seconds is None:
        return ""
    return format_seconds(max(0.0, job.ended_seconds - job.submitted_seconds))


def _device_name(device: DeviceUsed | None) -> str:
    return device.kind.upper() if device else ""


def _note(job: Job) -> str:
    fallback = f"{job.device.kind.upper()}: {job.device.reason}" if job.device and job.device.reason else ""
    return ". ".join(part for part in (job.note, fallback) if part)
