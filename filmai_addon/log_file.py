"""The add-on's log file. Attached at the first job, so that enabling the add-on touches no disk."""

import logging
import logging.handlers
from pathlib import Path

__all__ = ["attach_log_file", "detach_log_file"]

_MAX_BYTES = 1 << 20
_logger = logging.getLogger("filmai")


def attach_log_file(path: Path) -> None:
    """Write everything below the logger ``filmai`` to ``path``; once attached, further calls change nothing.

    A log that cannot be written is no reason for a job to fail: then the console alone gets the messages.
    """
    if any(isinstance(handler, logging.FileHandler) for handler in _logger.handlers):
        return
    try:
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=_MAX_BYTES, backupCount=1, encoding="utf-8"
        )
    except OSError as error:
        _logger.warning("the log file cannot be written: %s", error)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    _logger.addHandler(handler)
    _logger.setLevel(logging.INFO)


def detach_log_file() -> None:
    """Close the log file, if it was attached."""
    for handler in list(_logger.handlers):
        _logger.removeHandler(handler)
        handler.close()
