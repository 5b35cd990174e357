"""The only maker of inference sessions; says truly where each one runs, and keeps them until told to let go.

onnxruntime is imported when the first session is made, not before.
"""

import contextlib
import ctypes
import gc
import io
import os
import platform
import sys
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..errors import TaskError
from ..protocol import DeviceChoice, DeviceUsed
from .cards import ModelCard, PartSpec
from .devices import CPU, CUDA, import_runtime, why_no_cuda, worker_threads
from .models import Model, read_weights

__all__ = ["Network", "SessionCache", "make_session"]

C = TypeVar("C", bound=ModelCard)

_CUDA_OPTIONS = {
    # trying every algorithm takes seconds for each new shape and picks differently from run to run
    "cudnn_conv_algo_search": "HEURISTIC",
    # ten bits of mantissa are visible in flat areas
    "use_tf32": "0",
}
_MEMORY_WORDS = ("failed to allocate memory", "out of memory", "bad allocation", "bad_alloc", "alloc_failed")


class Network(Generic[C]):
    """A model, or one part of it, that is loaded and can be run."""

    def __init__(self, model: Model[C], session: Any, device: DeviceUsed) -> None:
        self.model = model
        self.device = device
        self._session = session

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
        """The model's one output. Raises TaskError OUT_OF_MEMORY or INTERNAL."""
        (output,) = self.run_all(inputs)
        return output

    def run_all(self, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """The outputs in the order of the card. Raises TaskError OUT_OF_MEMORY or INTERNAL."""
        try:
            outputs: list[NDArray[np.float32]] = self._session.run(None, dict(inputs))
        except Exception as error:  # the runtime's errors have no other base
            raise _run_error(error) from error
        return outputs


class SessionCache:
    """Loaded networks, one for each file of a model and each device choice."""

    def __init__(self) -> None:
        self._networks: dict[tuple[str, str, DeviceChoice], Network[Any]] = {}

    def load(self, model: Model[C], device: DeviceChoice, part: PartSpec | None = None) -> Network[C]:
        """The network of ``model`` on ``device``, made at the first call; its first file's unless ``part`` is named.

        Raises TaskError MODEL_MISSING, MODEL_CORRUPT or RUNTIME_MISSING. A device that cannot be had is no
        error: the network runs on the CPU and its ``device`` says why.
        """
        wanted = model.card.parts[0] if part is None else part
        key = (str(model.folder / wanted.file), wanted.sha256, device)
        if key not in self._networks:
            self._networks[key] = _load(model, wanted, device)
        return self._networks[key]

    def unload(self) -> int:
        """Drop every network; returns how many there were."""
        count = len(self._networks)
        self._networks.clear()
        gc.collect()
        _return_free_memory()
        return count


def make_session(weights: bytes, device: DeviceChoice) -> tuple[Any, DeviceUsed]:
    """An onnxruntime session of the ONNX file ``weights``, and where it really runs.

    Raises TaskError RUNTIME_MISSING, or the runtime's own exception when the file cannot be used.
    """
    runtime = import_runtime()
    if device == "cpu":
        return _create(runtime, weights, [CPU]), DeviceUsed("cpu", "")
    if CUDA not in runtime.get_available_providers():
        # with "auto" nothing was given up: this runtime is the one for the CPU
        reason = why_no_cuda(runtime) if device == "cuda" else ""
        return _create(runtime, weights, [CPU]), DeviceUsed("cpu", reason)
    _preload(runtime)
    try:
        session = _create(runtime, weights, [(CUDA, _CUDA_OPTIONS), CPU])
    except Exception as error:  # noqa: BLE001  (as above; a broken file fails again on the CPU and is reported)
        reason = f"CUDA failed: {_first_line(error)}"
        return _create(runtime, weights, [CPU]), DeviceUsed("cpu", reason)
    # what was asked for and what runs are two things: the session itself knows
    if session.get_providers()[0] == CUDA:
        return session, DeviceUsed("cuda", "")
    return session, DeviceUsed("cpu", why_no_cuda(runtime))


def _load(model: Model[C], part: PartSpec, device: DeviceChoice) -> Network[C]:
    weights = read_weights(model, part)
    try:
        session, used = make_session(weights, device)
    except TaskError:
        raise
    except Exception as error:
        raise _load_error(model, error) from error
    found = (
        [tensor.name for tensor in session.get_inputs()],
        [tensor.name for tensor in session.get_outputs()],
    )
    if found != (
        [tensor.name for tensor in part.inputs],
        [tensor.name for tensor in part.outputs],
    ):
        raise _load_error(model, f"inputs and outputs {found} are not those of the card")
    return Network(model, session, used)


def _return_free_memory() -> None:
    # glibc keeps what was freed for itself until asked; other systems do not need to be
    with contextlib.suppress(OSError, AttributeError):
        if platform.system() == "Linux":
            ctypes.CDLL(None).malloc_trim(0)


def _create(runtime: Any, weights: bytes, providers: list[Any]) -> Any:
    options = runtime.SessionOptions()
    options.log_severity_level = 3
    options.use_deterministic_compute = True
    options.intra_op_num_threads = worker_threads()
    options.inter_op_num_threads = 1
    # a pattern of all allocations is one block for each new shape, beside what the arena holds already: twice the
    # memory, and slower
    options.enable_mem_pattern = False
    # Blender shares the cores: threads that wait must sleep
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # weights lie in the model's own file, whose hash is on the card: any other file that one names is not to be read
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", os.devnull)
    # the runtime's own fallback prints to stdout and hides the reason
    return runtime.InferenceSession(weights, options, providers=providers, enable_fallback=0)


def _preload(runtime: Any) -> None:
    # finds the CUDA and cuDNN libraries of the nvidia wheels; says on stdout what it does not find
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        runtime.preload_dlls()
    sys.stderr.write(said.getvalue())


def _load_error(model: Model[Any], cause: object) -> TaskError:
    if _is_memory(cause):
        return TaskError("OUT_OF_MEMORY", "There is not enough memory to load the model.", str(cause))
    message = f"The model {model.card.name} cannot be loaded. {model.remedy}"
    return TaskError("MODEL_CORRUPT", message, str(cause))


def _run_error(error: Exception) -> TaskError:
    if _is_memory(error):
        message = "There is not enough memory to run the model. Close other programs, and try again."
        return TaskError("OUT_OF_MEMORY", message, str(error))
    message = "The network could not be run. Choose the device CPU in the preferences, and try again."
    return TaskError("INTERNAL", message, str(error))


def _is_memory(cause: object) -> bool:
    return isinstance(cause, MemoryError) or any(word in str(cause).lower() for word in _MEMORY_WORDS)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
