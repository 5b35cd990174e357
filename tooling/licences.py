"""Collects the licence texts of all that a package bundles, so that they go along with it in ``licences/``.

A wheel's own texts are taken as they are. What a wheel forgets lies in requirements/licences/<project>/.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from .errors import BuildError
from .paths import REQUIREMENTS
from .wheel_lock import LockedWheel

__all__ = ["licence_files", "texts_in"]

TEXTS = REQUIREMENTS / "licences"
_TEXT = re.compile(
    r"[^/]+\.dist-info/(licenses/.+|(LICEN[CS]E|COPYING|NOTICE)[^/]*)"
    r"|[^/]+/(LICEN[CS]E|COPYING|NOTICE|ThirdPartyNotices)(\.txt|\.md|\.rst)?"
)


def licence_files(wheels: Iterable[LockedWheel], paths: Mapping[str, Path]) -> dict[str, bytes]:
    """Name in the zip -> text, for those wheels and for the models. ``paths``: file name of a wheel -> where it lies.

    Raises BuildError when a wheel comes without a licence and none is kept here either.
    """
    files = {f"licences/{path.name}": path.read_bytes() for path in sorted(TEXTS.glob("*.txt"))}
    for wheel in wheels:
        texts = texts_in(paths[wheel.file]) or _kept(wheel.name)
        if not texts:
            raise BuildError(
                f"{wheel.file} holds no text of its licence.",
                f"Put its project's licence into {TEXTS / wheel.name}.",
            )
        folder = f"licences/{wheel.name}-{wheel.version}"
        for name, text in texts.items():
            # wheels for several Pythons nearly always bring the same text
            if files.setdefault(f"{folder}/{name}", text) != text:
                files[f"{folder}/{wheel.file.removesuffix('.whl')}/{name}"] = text
    return files


def texts_in(wheel: Path) -> dict[str, bytes]:
    """The licences and notices inside a wheel, by file name."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if _TEXT.fullmatch(name) and not name.endswith("/")]
        return {name.rsplit("/", 1)[-1]: archive.read(name) for name in sorted(names)}


def _kept(project: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((TEXTS / project).glob("*")) if path.is_file()}
