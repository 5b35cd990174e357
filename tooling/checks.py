"""Lint, formatting and types, in the development environment: the same for people, hooks and CI."""

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .console import Console
from .envs import DEV, clean_variables, prepare
from .paths import REPOSITORY

__all__ = ["LINT", "TYPES", "CheckResult", "run_check", "run_checks"]


@dataclass(frozen=True, slots=True)
class Check:
    """One command of the development environment that must exit with 0."""

    name: str
    arguments: tuple[str, ...]
    """What follows ``python -m``."""


LINT = (Check("ruff check", ("ruff", "check", ".")), Check("ruff format", ("ruff", "format", "--check", ".")))
# what to check stands in pyproject.toml
TYPES = (Check("mypy --strict", ("mypy",)),)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check ended."""

    name: str
    passed: bool
    seconds: float


def run_check(check: Check, python: Path, console: Console) -> CheckResult:
    """Run one check, showing what it says."""
    console.say(f"\n== {check.name}")
    started = time.monotonic()
    code = stream([python, "-m", *check.arguments], console, clean_variables())
    return CheckResult(check.name, code == 0, time.monotonic() - started)


def stream(command: Sequence[str | Path], console: Console, environment: dict[str, str]) -> int:
    """Run a child in the repository with its output shown as it comes; its exit code."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=REPOSITORY,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=console.stream,
        stderr=subprocess.STDOUT,
        check=False,
    ).returncode


def run_checks(console: Console) -> int:
    """All checks, one after another; 0 when every one passed."""
    python = prepare(DEV, console)
    results = [run_check(check, python, console) for check in (*LINT, *TYPES)]
    failed = [result.name for result in results if not result.passed]
    console.say(f"\n{'failed: ' + ', '.join(failed) if failed else 'all checks passed'}")
    return 1 if failed else 0
