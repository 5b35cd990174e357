"""The one error of the tooling: what happened, and what to do next. Caught in tooling.cli alone."""

__all__ = ["BuildError"]


class BuildError(Exception):
    """Something a person has to put right; ``remedy`` says how, in words or as a command."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n  {self.remedy}"
