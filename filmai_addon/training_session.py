"""The one training of this Blender: a timer looks at its process once in a while and publishes what it says."""

import atexit
import logging
from pathlib import Path

import bpy

from . import own_families, paths, training_view
from .core.errors import FilmAIError, SettingsError
from .core.training_report import report_lines
from .training_process import TrainingProcess
from .translations.speaking import said
from .worker_client import training_command

__all__ = ["ask", "close", "is_running", "poll", "start", "stop"]

_SECONDS = 0.5

_log = logging.getLogger("filmai.training")
_process: TrainingProcess | None = None


def start(python: str, options: tuple[str, ...], word: str) -> None:
    """Start, or resume, the training of the family that is called ``word`` in file names.

    Raises SettingsError when there is no such Python or a training runs already, WorkerError when it cannot be
    started.
    """
    global _process
    if is_running():
        raise SettingsError("A training is running already.", "Pause or stop it first.")
    if not python:
        raise SettingsError(
            "No Python is chosen for training.",
            "Choose the interpreter of an environment that has torch, numpy and pillow.",
        )
    if not Path(python).is_file():
        raise SettingsError(f"There is no Python at {python}.", "Choose another one.")
    folder = paths.training_folder(word)
    argv = training_command(Path(python), paths.package_root(), (*options, "--run", str(folder)))
    _process = TrainingProcess(argv, folder, paths.training_log_file())
    atexit.register(close)
    poll()
    if not bpy.app.timers.is_registered(_on_timer):
        bpy.app.timers.register(_on_timer, first_interval=_SECONDS, persistent=True)


def is_running() -> bool:
    """True as long as its process is there."""
    return _process is not None and _process.is_running


def ask(word: str) -> None:
    """``pause`` or ``finish``. Raises SettingsError when nothing runs, WorkerError when it cannot be told."""
    if _process is None or not _process.is_running:
        raise SettingsError("No training is running.", "Start one first.")
    _process.ask(word)


def stop() -> None:
    """End it and throw away what it has learned."""
    global _process
    stopped, _process = _process, None
    if stopped is not None:
        stopped.stop()
    training_view.publish(None, ())


def poll() -> bool:
    """Publish where it is; False when nothing more is to be expected."""
    if _process is None:
        return False
    running = _process.is_running
    report = _process.report()
    if training_view.publish(report, report_lines(report, said)):
        _redraw_preferences()
    if not running and report.state == "done":
        own_families.refresh()
    return running


def close() -> None:
    """End the process, if there is one, and forget it; its checkpoint stays. May be called again."""
    global _process
    ending, _process = _process, None
    if bpy.app.timers.is_registered(_on_timer):
        bpy.app.timers.unregister(_on_timer)
    if ending is not None:
        atexit.unregister(close)
        ending.close()
    training_view.publish(None, ())


def _on_timer() -> float | None:
    try:
        return _SECONDS if poll() else None
    except FilmAIError as error:
        training_view.publish(None, (said(str(error)),))
    except Exception:  # noqa: BLE001 - Blender drops a timer that raises
        _log.exception("the training could not be looked at")
    return None


def _redraw_preferences() -> None:
    for window in bpy.context.window_manager.windows:
        for area in window.screen.areas:
            if area.type == "PREFERENCES":
                area.tag_redraw()
