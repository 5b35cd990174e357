"""What the panels may see: finished lines, published by the pump, so that drawing only reads."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .core.job_rows import JobRow

__all__ = [
    "clear",
    "job_rows",
    "open_rows",
    "probe_lines",
    "probed_python",
    "publish_jobs",
    "publish_probe",
    "recent_rows",
]

_job_rows: "tuple[JobRow, ...]" = ()
_probe_lines: tuple[str, ...] = ()
_probed_python: str | None = None


def publish_jobs(rows: "tuple[JobRow, ...]") -> bool:
    """Replace the rows, oldest first; True when anything that is shown has changed."""
    global _job_rows
    changed = rows != _job_rows
    _job_rows = rows
    return changed


def publish_probe(lines: tuple[str, ...], python: str | None) -> None:
    """Replace what is known about a runtime: that of the interpreter ``python``, or the bundled one (None)."""
    global _probe_lines, _probed_python
    _probe_lines, _probed_python = lines, python


def clear() -> None:
    """Forget everything."""
    publish_jobs(())
    publish_probe((), None)


def job_rows() -> "tuple[JobRow, ...]":
    """Every job, oldest first."""
    return _job_rows


def open_rows() -> "tuple[JobRow, ...]":
    """The jobs that have not ended, oldest first."""
    return tuple(row for row in _job_rows if row.is_open)


def recent_rows(count: int) -> "tuple[JobRow, ...]":
    """The last ``count`` jobs that ended, newest first."""
    return tuple(row for row in reversed(_job_rows) if not row.is_open)[:count]


def probe_lines() -> tuple[str, ...]:
    """What is known about the runtime that was tested last, one sentence per line."""
    return _probe_lines


def probed_python() -> str | None:
    """Which runtime that is; see ``publish_probe``."""
    return _probed_python
