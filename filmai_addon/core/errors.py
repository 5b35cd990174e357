"""The add-on's errors: everything that is expected to go wrong, said to the user in two sentences.

    FilmAIError             the root: ``message`` says what happened, ``hint`` what to do next
    ├── SettingsError       the user asked for something that cannot be done
    ├── WorkerError         the worker cannot be started, or does not follow the contract
    ├── StripError          one strip cannot be looked at; the others go on without it
    └── DeliveryError       a result is there but cannot be written into the scene

Raised anywhere, caught in two places only: the operators' context manager and the pump. Any other exception
is a bug and is logged with its traceback.
"""

__all__ = ["DeliveryError", "FilmAIError", "SettingsError", "StripError", "WorkerError"]


class FilmAIError(Exception):
    """Root of the errors that are meant for the user's eyes.

    ``message`` is one sentence about what happened, ``hint`` one about what to do next (may be empty),
    ``detail`` is for a bug report (log lines, exit codes; may be empty).
    """

    def __init__(self, message: str, hint: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class SettingsError(FilmAIError):
    """The user asked for something that cannot be done."""


class WorkerError(FilmAIError):
    """The worker cannot be started, or does not follow the contract."""


class StripError(FilmAIError):
    """One strip of several cannot be looked at. The message has its name."""


class DeliveryError(FilmAIError):
    """A result is there but cannot be written into the scene."""
