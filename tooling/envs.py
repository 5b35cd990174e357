"""The environments in .envs/: made once from pinned requirements, made anew when those change.

Each ends in a stamp that is written last, so that an interrupted installation is never taken for a whole one.
Nothing outside .envs/ is touched.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .console import Console
from .errors import BuildError
from .paths import ENVS, REQUIREMENTS
from .pythons import find_python_or_none, require_python

__all__ = [
    "BLENDERS",
    "DEV",
    "Environment",
    "blender_python_or_none",
    "clean_variables",
    "env_python",
    "prepare",
]

STAMP_NAME = "filmai-stamp.json"


@dataclass(frozen=True, slots=True)
class Environment:
    """What one environment is made of."""

    name: str
    pythons: tuple[str, ...]
    """Versions that will do, the preferred one first."""
    requirements: str | None
    """A file in requirements/, or None for an environment with nothing but pip."""
    proof: str
    """A statement that works when the installation does."""
    proof_remedy: str
    venv_options: tuple[str, ...] = ()


_BPY_REMEDY = (
    "Blender needs a few libraries of the system even without a window; on Debian and Ubuntu: "
    "apt install libx11-6 libxi6 libxxf86vm1 libxfixes3 libxrender1 libsm6 libgl1 libegl1 libxkbcommon0"
)
DEV = Environment(
    "dev",
    ("3.11", "3.13", "3.12", "3.14"),
    "dev.txt",
    "import mypy, numpy, onnxruntime, pytest, torch",
    "Delete .envs/dev and run the command again; if it fails again, the message above names the package.",
)
TOOLS = Environment(
    "tools", ("3.13", "3.11", "3.12", "3.14"), None, "import pip", "Delete .envs/tools and try again."
)
BLENDERS: dict[str, Environment] = {
    "5.2": Environment("bpy-5.2", ("3.13",), "bpy-5.2.txt", "import bpy", _BPY_REMEDY),
    "4.5": Environment("bpy-4.5", ("3.11",), "bpy-4.5.txt", "import bpy", _BPY_REMEDY),
}


def env_python(environment: Environment) -> Path:
    """Where the interpreter of that environment is, made or not."""
    inside = Path("Scripts", "python.exe") if sys.platform == "win32" else Path("bin", "python")
    return ENVS / environment.name / inside


def blender_python_or_none(version: str) -> Path | None:
    """A Python on which that Blender (``4.5``, ``5.2``) runs, or None; makes nothing."""
    return find_python_or_none(BLENDERS[version].pythons[0])


def clean_variables(**changes: str) -> dict[str, str]:
    """This process's environment variables without those that lead a child's imports astray."""
    astray = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    return {name: value for name, value in os.environ.items() if name not in astray} | changes


def prepare(environment: Environment, console: Console) -> Path:
    """The interpreter of that environment, which is made first when it is missing, half made or outdated.

    Raises BuildError when its Python is missing or the installation fails.
    """
    folder = ENVS / environment.name
    python = env_python(environment)
    if _stamp_or_none(folder) == _fingerprint(environment) and python.exists():
        return python
    base = require_python(environment.pythons, f"The environment '{environment.name}'")
    with console.step(f"Environment {environment.name} in {folder} with {base}"):
        if folder.exists():
            shutil.rmtree(folder)
        _create(environment, base, folder, console)
        if environment.requirements is not None:
            _install(environment, python, console)
        _prove(environment, python, console)
        stamp = json.dumps({"fingerprint": _fingerprint(environment), "python": str(base)}, indent=2)
        (folder / STAMP_NAME).write_text(stamp + "\n", encoding="utf-8")
    return python


def _fingerprint(environment: Environment) -> str:
    digest = hashlib.sha256(json.dumps(environment.pythons).encode())
    if environment.requirements is not None:
        for name in (environment.requirements, "constraints.txt"):
            # newlines as read: a checkout with CRLF must not look like other requirements
            digest.update((REQUIREMENTS / name).read_text(encoding="utf-8").encode())
    return digest.hexdigest()


def _stamp_or_none(folder: Path) -> str | None:
    try:
        stamp = json.loads((folder / STAMP_NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    fingerprint = stamp.get("fingerprint")
    return fingerprint if isinstance(fingerprint, str) else None


def _create(environment: Environment, base: Path, folder: Path, console: Console) -> None:
    console.run(
        [base, "-m", "venv", *environment.venv_options, folder],
        BuildError(
            f"Could not make the environment {environment.name} with {base}.",
            "On Debian and Ubuntu the package pythonX.Y-venv is needed; else see the message above.",
        ),
        environment=clean_variables(),
    )


def _install(environment: Environment, python: Path, console: Console) -> None:
    command: list[str | Path] = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    if not console.live:
        command += ["--quiet", "--progress-bar", "off"]
    console.run(
        [*command, "-r", REQUIREMENTS / str(environment.requirements)],
        BuildError(
            f"Could not install requirements/{environment.requirements}.",
            "If the network broke off, run the command again: what was fetched is kept. Behind a proxy set "
            "HTTPS_PROXY. A mirror or a folder of wheels is set for pip as usual (PIP_FIND_LINKS, pip.conf).",
        ),
        environment=clean_variables(),
    )


def _prove(environment: Environment, python: Path, console: Console) -> None:
    answer = subprocess.run(
        [python, "-I", "-c", environment.proof],
        capture_output=True,
        text=True,
        check=False,
        env=clean_variables(),
    )
    if answer.returncode != 0:
        console.say(answer.stderr.strip())
        raise BuildError(
            f"The environment {environment.name} is installed but does not work.", environment.proof_remedy
        )
