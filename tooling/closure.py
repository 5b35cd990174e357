"""Checks that the bundled wheels need nothing beyond each other and what Blender itself brings.

Reads the wheels' own metadata; installs nothing.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from email.parser import HeaderParser
from pathlib import Path

from .errors import BuildError
from .platforms import Target
from .wheel_lock import LockedWheel

__all__ = ["BLENDERS_OWN", "check_closure", "normalised_name", "requirements_of"]

BLENDERS_OWN = ("numpy",)
"""What the worker may take from Blender's Python; Blender brings more, but nothing that onnxruntime needs."""


def check_closure(
    wheels: Iterable[LockedWheel], paths: Mapping[str, Path], targets: Iterable[Target]
) -> None:
    """Raises BuildError when a wheel of a target needs a package that would not be there."""
    wheels = tuple(wheels)
    for target in targets:
        bundled = {wheel.name for wheel in wheels if target in wheel.targets}
        for wheel in wheels:
            if target not in wheel.targets:
                continue
            if missing := sorted(set(requirements_of(paths[wheel.file])) - bundled - set(BLENDERS_OWN)):
                raise BuildError(
                    f"{wheel.file} needs {', '.join(missing)}, which the package for {target} lacks.",
                    "Refresh the lock file: python build.py lock",
                )


def requirements_of(wheel: Path) -> Iterator[str]:
    """The normalised names of what a wheel requires without any extra."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    for requirement in metadata.get_all("Requires-Dist", []):
        (wanted, _semicolon, marker) = requirement.partition(";")
        if "extra" not in marker:
            yield normalised_name(re.split(r"[^A-Za-z0-9._-]", wanted.strip(), maxsplit=1)[0])


def normalised_name(name: str) -> str:
    """A project's name as indexes compare it: ``ml_dtypes`` is ``ml-dtypes``."""
    return re.sub(r"[-_.]+", "-", name).lower()
