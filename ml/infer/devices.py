"""Which execution provider to ask for, how many threads to take, and why CUDA is not used when it is not.

Imports onnxruntime only inside functions, so that a missing runtime is an answer and not a crash.
"""

import ctypes
import importlib
import os
import platform
from pathlib import Path
from types import ModuleType

from ..errors import TaskError

__all__ = ["CPU", "CUDA", "import_runtime", "physical_cores", "why_no_cuda", "worker_threads"]

CUDA = "CUDAExecutionProvider"
CPU = "CPUExecutionProvider"


def import_runtime() -> ModuleType:
    """The onnxruntime module, quiet and without telemetry. Raises TaskError RUNTIME_MISSING."""
    try:
        onnxruntime = importlib.import_module("onnxruntime")
    except (ImportError, OSError) as error:
        message = (
            "ONNX Runtime cannot be loaded. Install FilmAI again, or choose a Python that has onnxruntime "
            "in the preferences."
        )
        raise TaskError("RUNTIME_MISSING", message, f"{type(error).__name__}: {error}") from error
    onnxruntime.disable_telemetry_events()
    # errors only: what a session falls back to is reported in words of our own
    onnxruntime.set_default_logger_severity(3)
    return onnxruntime


def why_no_cuda(runtime: ModuleType) -> str:
    """A few words on why a session did not get CUDA; to be asked only after it did not."""
    if CUDA not in runtime.get_available_providers():
        return "this ONNX Runtime is built without CUDA"
    library = _provider_library(runtime)
    if not library.is_file():
        return f"{library.name} is missing"
    try:
        ctypes.CDLL(str(library))
    except OSError as error:
        # the loader names the library that it did not find: libcudnn.so.9: cannot open shared object file
        return f"CUDA libraries are missing: {str(error)[:200]}"
    return "no usable NVIDIA GPU was found"


def physical_cores() -> int:
    """Cores that this process may run on, counting both threads of a core once. At least 1."""
    if platform.system() == "Linux":
        return len({_siblings(cpu) for cpu in os.sched_getaffinity(0)}) or 1
    logical = os.cpu_count() or 1
    # Apple's cores have one thread each; elsewhere two is usual, and taking too few is the lesser evil
    return logical if platform.system() == "Darwin" else max(1, logical // 2)


def worker_threads() -> int:
    """Threads for computing: one core is left to Blender."""
    return max(1, physical_cores() - 1)


def _siblings(cpu: int) -> str:
    try:
        return Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text()
    except OSError:
        return str(cpu)


def _provider_library(runtime: ModuleType) -> Path:
    name = (
        "onnxruntime_providers_cuda.dll"
        if platform.system() == "Windows"
        else "libonnxruntime_providers_cuda.so"
    )
    return Path(str(runtime.__file__)).parent / "capi" / name
