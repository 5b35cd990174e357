"""Runs the demo's scripts with a Blender's Python; they write where build.py writes."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from .console import Console
from .envs import clean_variables
from .errors import BuildError
from .paths import REPOSITORY

__all__ = ["require_done", "run_script", "start_script"]


def run_script(
    python: Path, script: str, words: Sequence[object], console: Console, **variables: str
) -> None:
    """Run a script of tooling/ to its end. Raises BuildError when it fails."""
    with start_script(python, script, words, console, **variables) as running:
        try:
            status = running.wait()
        except BaseException:
            running.kill()
            raise
    require_done(status)


def start_script(
    python: Path, script: str, words: Sequence[object], console: Console, **variables: str
) -> "subprocess.Popen[bytes]":
    """Start a script of tooling/ and return at once. variables: of its environment."""
    return subprocess.Popen(
        [str(python), str(REPOSITORY / "tooling" / script), *map(str, words)],
        env=clean_variables(PYTHONUNBUFFERED="1", **variables),
        stdin=subprocess.DEVNULL,
        stdout=console.stream,
        stderr=subprocess.STDOUT,
    )


def require_done(status: int) -> None:
    """Raise BuildError unless that exit status is 0."""
    if status != 0:
        raise BuildError(
            f"The demo failed inside Blender (exit code {status}).",
            "The lines above say why. 'python build.py test --only blender' checks the parts one by one.",
        )
