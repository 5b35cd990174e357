"""The systems and Pythons that FilmAI is packaged for, by Blender's names and by the wheels' tags."""

import platform
import sys
from dataclasses import dataclass
from typing import Literal

from .errors import BuildError

__all__ = [
    "DEFAULT_PYTHONS",
    "PLATFORMS",
    "PYTHONS",
    "RUNTIMES",
    "Platform",
    "Runtime",
    "Target",
    "host_platform",
]

Runtime = Literal["cpu", "cuda"]
RUNTIMES: tuple[Runtime, ...] = ("cpu", "cuda")

PYTHONS = ("3.11", "3.13", "3.14")
"""3.11 is Blender 4.5 and 5.0, 3.13 is 5.1 and 5.2, 3.14 is Debian's own Blender."""
DEFAULT_PYTHONS = ("3.11", "3.13")


@dataclass(frozen=True, slots=True)
class Platform:
    """One system; ``id`` is Blender's name of it, as in ``platforms`` of a manifest."""

    id: str
    wheel_tags: tuple[str, ...]
    """Platform tags of wheels that run there, best first."""
    runtimes: tuple[Runtime, ...]


# glibc 2.28 and macOS 14 are what onnxruntime's own wheels ask for
PLATFORMS: dict[str, Platform] = {
    known.id: known
    for known in (
        Platform(
            "linux-x64",
            (
                *(f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)),
                *("manylinux2014_x86_64", "manylinux_2_12_x86_64", "manylinux2010_x86_64"),
                *("manylinux_2_5_x86_64", "manylinux1_x86_64", "linux_x86_64"),
            ),
            ("cpu", "cuda"),
        ),
        Platform("windows-x64", ("win_amd64",), ("cpu", "cuda")),
        Platform(
            "macos-arm64",
            tuple(
                f"macosx_{version}_{machine}"
                for version in (
                    "14_0",
                    "13_0",
                    "12_0",
                    "11_0",
                    *(f"10_{minor}" for minor in range(16, 8, -1)),
                )
                for machine in ("arm64", "universal2")
            ),
            ("cpu",),
        ),
    )
}


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What one set of wheels is for."""

    runtime: Runtime
    platform: str
    python: str

    def __str__(self) -> str:
        return f"{self.runtime}/{self.platform}/{self.python}"

    @staticmethod
    def parse(text: str) -> "Target":
        """The target of that name. Raises ValueError when it is not of the form ``cpu/linux-x64/3.11``."""
        runtime, platform_id, python = text.split("/")
        for known in RUNTIMES:
            if known == runtime and platform_id in PLATFORMS:
                return Target(known, platform_id, python)
        raise ValueError(f"unknown target {text}")


def host_platform() -> str:
    """The id of the platform that this Python runs on. Raises BuildError for one without wheels."""
    machine = platform.machine().lower()
    system = {"linux": "linux", "win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    architecture = {"x86_64": "x64", "amd64": "x64", "arm64": "arm64", "aarch64": "arm64"}.get(
        machine, machine
    )
    found = f"{system}-{architecture}"
    if found not in PLATFORMS:
        raise BuildError(
            f"This is {found}; FilmAI is packaged for {', '.join(PLATFORMS)}.",
            "Name the system to package for, for example: python build.py --platform linux-x64",
        )
    return found
