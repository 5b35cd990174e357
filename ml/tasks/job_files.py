"""Writing a job's pictures: whole or not at all, inside the job's own folder, nothing left of a failed job."""

import contextlib
import errno
import hashlib
import io
import zlib
from pathlib import Path
from types import ModuleType, TracebackType

import numpy as np
from numpy.typing import NDArray

from ..errors import TaskError

__all__ = ["JobFiles", "encode_png", "pillow"]

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

    def write(self, name: str, data: bytes) -> tuple[Path, str]:
        """Put ``data`` into the file ``name``; returns its path and its SHA-256.

        Raises TaskError FOLDER_NOT_WRITABLE, or OSError (a full disk among them).
        """
        path = self._folder / name
        partial = self._folder / f"{name}.partial"
        try:
            partial.write_bytes(data)
            partial.replace(path)
        except OSError as error:
            _remove(partial)
            if error.errno in _NOT_WRITABLE:
                raise _not_writable(self._folder, str(error)) from error
            raise
        self._written.append(path)
        return path, hashlib.sha256(data).hexdigest()


def encode_png(pixels: NDArray[np.uint8] | NDArray[np.uint16]) -> bytes:
    """A PNG without any metadata, so that equal pixels give equal bytes.

    (height, width, 3) uint8 becomes RGB, (height, width) uint8 or uint16 grey of 8 or 16 bits.
    """
    buffer = io.BytesIO()
    # for pictures without hard edges run lengths alone give the smallest files, in a third of the time
    pillow().fromarray(pixels).save(buffer, "PNG", compress_level=1, compress_type=zlib.Z_RLE)
    return buffer.getvalue()


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
