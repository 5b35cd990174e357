"""Finds the Pythons of this machine, wherever they came from. Runs candidates, installs nothing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from .errors import BuildError

__all__ = ["find_python_or_none", "require_python"]

# ensurepip is what a venv takes its pip from; Debian keeps it in a package of its own
_PROBE = (
    "import json, sys, importlib.util as u; "
    "print(json.dumps(['%d.%d' % sys.version_info[:2], sys.executable, "
    "bool(u.find_spec('venv') and u.find_spec('ensurepip'))]))"
)


def require_python(versions: Sequence[str], purpose: str) -> Path:
    """The first of those versions (``3.11``) that is there. Raises BuildError that says how to get one."""
    for version in versions:
        if (found := find_python_or_none(version)) is not None:
            return found
    newest = versions[0]
    raise BuildError(
        f"{purpose} needs Python {' or '.join(versions)} with venv and pip, and none was found.",
        f"Install it, for example: uv python install {newest}   |   pyenv install {newest}   |   "
        f"apt install python{newest} python{newest}-venv   |   winget install Python.Python.{newest}   |   "
        f"brew install python@{newest}. Anything on PATH as python{newest} is found.",
    )


@cache
def find_python_or_none(version: str) -> Path | None:
    """The interpreter of that version (``3.11``) that can make environments, or None."""
    for command in _candidates(version):
        if (answer := _probe_or_none(command)) is not None:
            (found_version, executable, can_make_environments) = answer
            if found_version == version and can_make_environments:
                return Path(executable)
    return None


def _candidates(version: str) -> Iterator[list[str]]:
    # the base interpreter, since an environment made from within another one inherits its faults
    yield [getattr(sys, "_base_executable", None) or sys.executable]
    yield [f"python{version}"]
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for folder in sorted((root / "versions").glob(f"{version}*"), reverse=True):
        yield [str(folder / "bin" / f"python{version}")]
    if sys.platform == "win32":
        yield ["py", f"-{version}"]
        for folder in sorted((root / "pyenv-win" / "versions").glob(f"{version}.*"), reverse=True):
            yield [str(folder / "python.exe")]
    if sys.platform == "darwin":
        yield [f"/opt/homebrew/bin/python{version}"]
        yield [f"/Library/Frameworks/Python.framework/Versions/{version}/bin/python{version}"]
    yield [f"/usr/local/bin/python{version}"]
    yield [f"/usr/bin/python{version}"]
    yield from _uv_candidates(version)


def _uv_candidates(version: str) -> Iterator[list[str]]:
    if shutil.which("uv") is None:
        return
    command = ["uv", "python", "find", "--no-project", version]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode == 0 and answer.stdout.strip():
        yield [answer.stdout.strip()]


def _probe_or_none(command: list[str]) -> tuple[str, str, bool] | None:
    program = shutil.which(command[0])
    if program is None:
        return None
    try:
        # a pyenv shim or the Windows Store's stand-in exists without a Python behind it
        answer = subprocess.run(
            [program, *command[1:], "-I", "-c", _PROBE],
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if answer.returncode != 0:
        return None
    (version, executable, can_make_environments) = json.loads(answer.stdout)
    return version, executable, can_make_environments
