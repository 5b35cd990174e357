"""What the user is told about an exception."""

import errno

import pytest

from ml.errors import TaskError, failure_of


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (TaskError("MODEL_MISSING", "The model is missing. Install FilmAI again."), "MODEL_MISSING"),
        (MemoryError(), "OUT_OF_MEMORY"),
        (OSError(errno.ENOSPC, "No space left on device"), "DISK_FULL"),
        (OSError(errno.EFBIG, "File too large"), "DISK_FULL"),
        (OSError(errno.EIO, "Input/output error"), "INTERNAL"),
        (ZeroDivisionError("division by zero"), "INTERNAL"),
    ],
)
def test_every_exception_has_a_code_a_message_and_a_trace(error: Exception, code: str) -> None:
    try:
        raise error
    except Exception as raised:  # noqa: BLE001  (as the worker does)
        failure = failure_of(raised)
    assert failure.code == code
    assert failure.message.count(".") >= 2, "what happened, and what to do"
    assert "Traceback" in failure.detail
    assert "test_errors.py" in failure.detail


def test_a_detail_of_its_own_is_kept() -> None:
    assert failure_of(TaskError("MODEL_CORRUPT", "Damaged.", "SHA-256 is wrong")).detail == "SHA-256 is wrong"


@pytest.mark.parametrize("error", [TaskError("INTERNAL", "m", "x" * 10**6), ValueError("y" * 10**6)])
def test_a_huge_detail_is_cut_to_fit_a_line(error: Exception) -> None:
    assert len(failure_of(error).detail) < 100_000
