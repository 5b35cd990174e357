"""The lock file: which wheels go into the extension, for which target, with their SHA-256.

Reads and writes requirements/wheels.lock.json; resolves and fetches nothing.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import BuildError
from .platforms import PLATFORMS, PYTHONS, Platform, Target

__all__ = ["FORBIDDEN", "REFRESH", "LockedWheel", "read_lock", "wheels_for", "write_lock"]

FORMAT = 1
FORBIDDEN = ("numpy",)
"""Blender's own; a second copy in its process would clash with it."""
REFRESH = "Refresh it: python build.py lock"


@dataclass(frozen=True, slots=True)
class LockedWheel:
    """One wheel file, the same for everybody."""

    name: str
    """Normalised project name: lower case, runs of ``-_.`` as one ``-``."""
    version: str
    file: str
    sha256: str
    targets: tuple[Target, ...]

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise ValueError(f"{self.file}: {self.sha256!r} is no SHA-256")
        if self.name in FORBIDDEN:
            raise ValueError(f"{self.name} is Blender's own and may not be bundled")
        if "/" in self.file or "\\" in self.file or not self.file.endswith(".whl"):
            raise ValueError(f"{self.file!r} is no name of a wheel")
        for target in self.targets:
            if not runs_on(self.file, PLATFORMS[target.platform]):
                raise ValueError(f"{self.file} does not run on {target}")

    @property
    def platform_tag(self) -> str:
        """The last part of the file name, for example ``win_amd64``."""
        return platform_tag(self.file)


def platform_tag(file: str) -> str:
    """The platform tag of a wheel's file name."""
    return file.removesuffix(".whl").rsplit("-", 1)[-1]


def runs_on(file: str, platform: Platform) -> bool:
    """True when a wheel of that name may be installed on that platform."""
    return any(tag == "any" or tag in platform.wheel_tags for tag in platform_tag(file).split("."))


def wheels_for(lock: Iterable[LockedWheel], targets: Iterable[Target]) -> tuple[LockedWheel, ...]:
    """The wheels of all those targets, each once, ordered by file name.

    Raises BuildError for a target that is not locked.
    """
    lock = tuple(lock)
    chosen: dict[str, LockedWheel] = {}
    for target in targets:
        found = [wheel for wheel in lock if target in wheel.targets]
        if not found:
            raise BuildError(f"The lock file has no wheels for {target}.", REFRESH)
        chosen.update((wheel.file, wheel) for wheel in found)
    return tuple(chosen[file] for file in sorted(chosen))


def read_lock(path: Path) -> tuple[LockedWheel, ...]:
    """What the lock file says. Raises BuildError when it is missing or malformed."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise ValueError(f"format {plain['format']!r} is not {FORMAT}")
        return tuple(_wheel(entry) for entry in plain["wheels"])
    except FileNotFoundError:
        raise BuildError(f"There is no lock file {path}.", REFRESH) from None
    except (ValueError, KeyError, TypeError) as error:
        raise BuildError(f"The lock file {path} is damaged: {error!r}", REFRESH) from error


def write_lock(path: Path, wheels: Iterable[LockedWheel]) -> None:
    """Write the lock file, ordered so that a refresh shows as a small difference."""
    plain = {
        "format": FORMAT,
        "about": "Wheels bundled with the extension; made by 'python build.py lock', not edited by hand.",
        "pythons": list(PYTHONS),
        "wheels": [
            {
                "name": wheel.name,
                "version": wheel.version,
                "file": wheel.file,
                "sha256": wheel.sha256,
                "targets": [str(target) for target in sorted(wheel.targets)],
            }
            for wheel in sorted(wheels, key=lambda wheel: (wheel.name, wheel.file))
        ],
    }
    path.write_text(json.dumps(plain, indent=2) + "\n", encoding="utf-8", newline="\n")


def _wheel(entry: dict[str, Any]) -> LockedWheel:
    return LockedWheel(
        name=entry["name"],
        version=entry["version"],
        file=entry["file"],
        sha256=entry["sha256"],
        targets=tuple(Target.parse(target) for target in entry["targets"]),
    )
