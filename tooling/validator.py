"""Asks Blender itself whether a zip is a valid extension. Accepts what Blender accepts, adds no rules."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .console import Console
from .envs import BLENDERS, blender_python_or_none, clean_variables, prepare
from .errors import BuildError
from .paths import ENVS

__all__ = ["validate"]


def validate(archive: Path, console: Console) -> str:
    """Check that zip with Blender's own validator, and say whose it was.

    A Blender environment is made when there is none and no ``blender`` on PATH either. Raises BuildError when
    the zip is refused, or when no Blender can be had.
    """
    (owner, command) = _validator(console)
    answer = subprocess.run(
        [*command, str(archive)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env=clean_variables(),
    )
    if answer.returncode != 0:
        raise BuildError(
            f"{owner} refuses {archive.name}:\n{answer.stdout.strip()}",
            "Put right what it names; the manifest is filmai_addon/blender_manifest.toml.",
        )
    return owner


def _validator(console: Console) -> tuple[str, list[str]]:
    for found in _in_environments():
        return found
    if (blender := shutil.which("blender")) is not None:
        return f"Blender ({blender})", [blender, "--command", "extension", "validate"]
    for version in BLENDERS:
        if blender_python_or_none(version) is not None:
            prepare(BLENDERS[version], console)
            for found in _in_environments():
                return found
    wanted = " or ".join(environment.pythons[0] for environment in BLENDERS.values())
    raise BuildError(
        f"No Blender to validate the package with: no 'blender' on PATH, no Python {wanted} to get one for.",
        f"Install one of them, for example: uv python install {BLENDERS['5.2'].pythons[0]}",
    )


def _in_environments() -> Iterator[tuple[str, list[str]]]:
    for version, environment in BLENDERS.items():
        # lib/pythonX.Y/site-packages, or Lib/site-packages on Windows
        pattern = f"**/site-packages/bpy/{version}/scripts/addons_core/bl_pkg/cli/blender_ext.py"
        for program in (ENVS / environment.name).glob(pattern):
            yield f"Blender {version}", [sys.executable, str(program), "validate"]
