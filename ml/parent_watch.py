"""Ends this process when the one that started it is gone, should the end of the input not have done so.

That happens when another program inherited the pipe, for example. Standard library only.
"""

import os
import sys
import threading
import time
from collections.abc import Callable

__all__ = ["watch_parent"]

_LOOK_EVERY_SECONDS = 2.0


def watch_parent(parent_pid: int, when_gone: Callable[[], None]) -> None:
    """Call ``when_gone`` once, on a thread of its own, after the process ``parent_pid`` ended."""
    is_alive = _windows_check(parent_pid) if sys.platform == "win32" else _posix_check(parent_pid)

    def watch() -> None:
        while is_alive():
            time.sleep(_LOOK_EVERY_SECONDS)
        when_gone()

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _posix_check(parent_pid: int) -> Callable[[], bool]:
    if os.getppid() == parent_pid:
        # an orphan gets another parent at once, while the number of a dead process may be given out again
        return lambda: os.getppid() == parent_pid

    def exists() -> bool:
        try:
            os.kill(parent_pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True

    return exists


def _windows_check(parent_pid: int) -> Callable[[], bool]:
    import ctypes

    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.OpenProcess.restype = ctypes.c_void_p
    kernel.WaitForSingleObject.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
    synchronize, timed_out = 0x00100000, 0x102
    handle = kernel.OpenProcess(synchronize, False, parent_pid)
    # an open handle keeps the number from being given to another process
    return lambda: bool(handle) and kernel.WaitForSingleObject(handle, 0) == timed_out
