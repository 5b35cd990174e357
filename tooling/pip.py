"""Calls pip, in an environment that holds nothing else, so that the user's own Python stays as it is."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from .console import Console
from .envs import TOOLS, clean_variables, prepare
from .platforms import PLATFORMS, Target

__all__ = ["pip_or_error", "target_options"]


def pip_or_error(arguments: Sequence[str | Path], console: Console) -> str | None:
    """Run pip; None when it worked, else what it wrote."""
    python = prepare(TOOLS, console)
    answer = subprocess.run(
        [python, "-m", "pip", *arguments, "--no-input", "--disable-pip-version-check", "--quiet"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env=clean_variables(),
    )
    return None if answer.returncode == 0 else answer.stdout.strip()


def target_options(target: Target) -> list[str]:
    """The options by which pip chooses wheels for another system and Python than its own."""
    options = ["--only-binary=:all:", "--implementation", "cp", "--python-version", target.python]
    for tag in PLATFORMS[target.platform].wheel_tags:
        options += ["--platform", tag]
    return options
