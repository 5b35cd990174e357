"""A zip whose bytes depend on its content alone: sorted names, one date, one set of permissions.

Nothing is compressed, since two builds of zlib may make different bytes of the same text, and since nearly
all of the package (wheels, weights) is compressed already.
"""

import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

__all__ = ["write_archive"]

_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PERMISSIONS = 0o100644


def write_archive(path: Path, content: Mapping[str, Path | bytes]) -> None:
    """Write a zip of those names (``/``-separated, relative) with the files' or the given bytes.

    It is written beside its place and then renamed. Raises ValueError for a name that leaves the archive.
    """
    partial = path.with_name(path.name + ".part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(content):
            _write(archive, name, content[name])
    partial.replace(path)


def _write(archive: zipfile.ZipFile, name: str, source: Path | bytes) -> None:
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise ValueError(f"{name!r} is no name for an archive")
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system = _UNIX
    entry.external_attr = _PERMISSIONS << 16
    if isinstance(source, bytes):
        archive.writestr(entry, source)
        return
    entry.file_size = source.stat().st_size
    with source.open("rb") as file, archive.open(entry, "w") as inside:
        shutil.copyfileobj(file, inside, 1 << 20)
