"""What can go wrong in the backend, with one stable code per kind: the table is in docs/protocol.md.

Standard library only. A TaskError is raised anywhere and turned into a ``Failed`` event (or a line on the
terminal) in one place; so is every other exception, as INTERNAL, OUT_OF_MEMORY or DISK_FULL.
"""

import errno
import traceback
from dataclasses import dataclass
from typing import Literal

__all__ = ["ErrorCode", "Failure", "JobCancelled", "TaskError", "failure_of"]

ErrorCode = Literal[
    "MODEL_MISSING",
    "MODEL_CORRUPT",
    "RUNTIME_MISSING",
    "DISK_FULL",
    "FOLDER_NOT_WRITABLE",
    "OUT_OF_MEMORY",
    "NOT_EXPORTED",
    "NOT_IMPORTED",
    "BAD_REQUEST",
    "INTERNAL",
]

# EFBIG is a file-size limit, EDQUOT a quota: for the user the same thing as a full disk
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
# so that a failure always fits a line of the protocol
_MAX_MESSAGE_CHARS = 2_000
_MAX_DETAIL_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception as the user is told about it; the fields are those of ``protocol.Failed``."""

    code: ErrorCode
    message: str
    detail: str


class TaskError(Exception):
    """An expected failure. ``message`` says what happened and what to do next; ``detail`` may be empty."""

    def __init__(self, code: ErrorCode, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.code: ErrorCode = code
        self.message = message
        self.detail = detail


class JobCancelled(Exception):  # noqa: N818  (it is no error)
    """Raised inside a task once its job was cancelled."""


def failure_of(error: BaseException) -> Failure:
    """What to tell the user about ``error``, of whatever type."""
    trace = "".join(traceback.format_exception(error))[-_MAX_DETAIL_CHARS:]
    if isinstance(error, TaskError):
        return Failure(
            error.code, error.message[:_MAX_MESSAGE_CHARS], error.detail[:_MAX_DETAIL_CHARS] or trace
        )
    if isinstance(error, MemoryError):
        message = "There is not enough memory. Choose a smaller size or close other programs, and try again."
        return Failure("OUT_OF_MEMORY", message, trace)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return Failure("DISK_FULL", "The disk is full. Free some space, and try again.", trace)
    message = f"FilmAI hit a bug ({type(error).__name__}). Please report it with the details below."
    return Failure("INTERNAL", message, trace)
