"""Runs the backend's ``probe`` beside Blender and collects its answer. No bpy; nothing here waits."""

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from .core.errors import WorkerError
from .core.probe_report import probe_report

__all__ = ["RuntimeTest"]

LIMIT_SECONDS = 120.0
"""The first load of a CUDA runtime from a cold disk takes long."""


class RuntimeTest:
    """One test of a runtime, started by making it. Raises WorkerError when the Python cannot be started."""

    def __init__(self, argv: tuple[str, ...], clock: Callable[[], float] = time.monotonic) -> None:
        # files, not pipes: nobody reads while it runs, and a full pipe would stop it
        self._output = tempfile.TemporaryFile()  # noqa: SIM115
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self._clock = clock
        self._deadline = clock() + LIMIT_SECONDS
        try:
            self._process = subprocess.Popen(
                argv,
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=self._log,
                creationflags=0x08000000 if sys.platform == "win32" else 0,  # CREATE_NO_WINDOW
            )
        except OSError as error:
            self._close_files()
            raise WorkerError(
                f"This Python could not be started: {argv[0]}: {error.strerror or error}.",
                "Choose another one.",
            ) from error

    def report_or_none(self) -> tuple[str, ...] | None:
        """What was found, one sentence per line; None as long as the test runs. Not to be called again."""
        exit_code = self._process.poll()
        if exit_code is None:
            if self._clock() < self._deadline:
                return None
            self.close()
            return (f"This Python did not answer within {LIMIT_SECONDS:.0f} s.",)
        texts = []
        for file in (self._output, self._log):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
        self._close_files()
        return probe_report(exit_code, *texts)

    def close(self) -> None:
        """End the test, if it still runs. May be called again."""
        if self._process.poll() is None:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2.0)
        self._close_files()

    def _close_files(self) -> None:
        self._output.close()
        self._log.close()
