"""What a task is given to work with: models, loaded networks, and a way to report progress."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TaskError

if TYPE_CHECKING:
    from ..infer.session import SessionCache

__all__ = ["TaskContext", "make_networks"]


@dataclass(frozen=True, slots=True)
class TaskContext:
    """Made anew for each job; the networks outlive it."""

    models_dir: Path
    networks: "SessionCache"
    progress: Callable[[str, int, int], None]
    """Called as ``progress(phase, step, total)`` before each step. Raises JobCancelled once the job is to stop,
    so it is also the place where a task can be interrupted: call it often."""
    own_models_dir: Path | None = None
    """Models that the user trained; None when there is no such folder."""


def make_networks() -> "SessionCache":
    """An empty cache. Raises TaskError RUNTIME_MISSING when numpy cannot be loaded."""
    try:
        from ..infer.session import SessionCache
    except ImportError as error:
        message = (
            "A package that FilmAI needs cannot be loaded. Install FilmAI again, or choose another Python."
        )
        raise TaskError("RUNTIME_MISSING", message, str(error)) from error
    return SessionCache()
