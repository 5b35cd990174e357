"""Writing a job's pictures: whole or not at all, inside the job's own folder, nothing left of a failed job."""

import contextlib
import errno
import hashlib
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType, TracebackType

from ..errors import TaskError

__all__ = ["JobFiles", "leave_no_folder", "pillow"]

_NOT_WRITABLE = {
    *(errno.EACCES, errno.EPERM, errno.EROFS),
    *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG),
}


class JobFiles:
    """The files that one job writes into ``folder``; left with an exception, it takes them away again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: list[Path] = []

    def __enter__(self) -> "JobFiles":
        """Raises TaskError FOLDER_NOT_WRITABLE when the folder is not there, before any time is spent."""
        try:
            usable = self._folder.is_absolute() and self._folder.is_dir()
        except OSError as error:
            raise _not_writable(self._folder, str(error)) from error
        if not usable:
            raise _not_writable(self._folder, "it is not a folder, or its path is not absolute")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            for path in self._written:
                _remove(path)

    def write(self, name: str, pieces: Iterable[bytes]) -> tuple[Path, str]:
        """Put these pieces into the file ``name``; returns its path and its SHA-256. May be called by any thread.

        Raises TaskError FOLDER_NOT_WRITABLE, or OSError (a full disk among them), or what ``pieces`` raises.
        """
        path = self._folder / name
        partial = self._folder / f"{name}.partial"
        digest = hashlib.sha256()
        try:
            with partial.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
                    digest.update(piece)
            partial.replace(path)
        except BaseException as error:
            _remove(partial)
            if isinstance(error, OSError) and error.errno in _NOT_WRITABLE:
                raise _not_writable(self._folder, str(error)) from error
            raise
        self._written.append(path)
        return path, digest.hexdigest()


def leave_no_folder(folder: str) -> None:
    """Remove a job's folder that nothing is left in: for whoever made it and is gone."""
    if folder:
        with contextlib.suppress(OSError):
            Path(folder).rmdir()


def pillow() -> ModuleType:
    """The module ``PIL.Image``. Raises TaskError RUNTIME_MISSING when it cannot be loaded."""
    try:
        from PIL import Image
    except ImportError as error:
        message = "The package pillow is missing. Install FilmAI again, or choose a Python that has it."
        raise TaskError("RUNTIME_MISSING", message, str(error)) from error
    return Image


def _not_writable(folder: Path, detail: str) -> TaskError:
    message = f"FilmAI cannot write into {str(folder)[:300]}. Choose another folder in the preferences."
    return TaskError("FOLDER_NOT_WRITABLE", message, detail)


def _remove(path: Path) -> None:
    # best effort: what made the job fail may also keep the file from being removed
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
