"""What the commands that make something have in common."""

import argparse
import contextlib
import difflib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from .errors import TaskError
from .own_families import is_own_family
from .protocol import FAMILIES, Colour, DeviceUsed, JobRequest
from .terminal import ProgressBar

__all__ = [
    "DONE",
    "FAILED",
    "WRONG_COMMAND",
    "colour_argument",
    "device_words",
    "family_id",
    "make_folder",
    "print_json",
    "run_job",
    "say",
]

DONE, FAILED, WRONG_COMMAND = 0, 1, 2

R = TypeVar("R")
Q = TypeVar("Q", bound=JobRequest)


def run_job(
    task: Callable[[Q, Any], R], request: Q, models_dir: Path, own_models_dir: Path | None = None
) -> R:
    """Do the job as the worker does, with a progress bar."""
    from .tasks.context import TaskContext, make_networks

    # stdout is for the result; a library that prints while it looks for a GPU must not get there
    with contextlib.redirect_stdout(sys.stderr), ProgressBar(sys.stderr) as bar:
        own = own_models_dir.resolve() if own_models_dir else None
        return task(request, TaskContext(models_dir.resolve(), make_networks(), bar.show, own))


def make_folder(folder: Path) -> None:
    """Make the folder for --out. Raises TaskError FOLDER_NOT_WRITABLE."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"The folder {folder} cannot be made. Choose another one for --out."
        raise TaskError("FOLDER_NOT_WRITABLE", message, str(error)) from error


def family_id(name: str) -> str:
    """The id for an id or a label, however it is written; a user's own by its id alone.

    Raises ValueError with the nearest names.
    """
    if is_own_family(name):
        return name
    known = {family.id: family.id for family in FAMILIES}
    known |= {family.label.lower().replace(" ", "_").replace("-", "_"): family.id for family in FAMILIES}
    wanted = name.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted in known:
        return known[wanted]
    near = difflib.get_close_matches(wanted, known, n=3)
    advice = f"did you mean {' or '.join(near)}?" if near else "python -m ml families lists them"
    raise ValueError(f"unknown family {name!r}; {advice}")


def colour_argument(text: str) -> Colour:
    """A colour such as ``#8a3b2a``, for argparse."""
    digits = text.removeprefix("#")
    try:
        if len(digits) != 6:
            raise ValueError
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no colour such as #8a3b2a") from None
    return Colour(red / 255, green / 255, blue / 255)


def device_words(device: DeviceUsed) -> str:
    """``cpu``, or ``cpu (cuDNN 9 not found)``."""
    return f"{device.kind} ({device.reason})" if device.reason else device.kind


def print_json(plain: Any) -> None:
    """One JSON object on stdout."""
    print(json.dumps(plain, indent=2))


def say(text: str) -> None:
    """One line for people, on stderr."""
    print(text, file=sys.stderr)
