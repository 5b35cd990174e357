"""Says what this Python offers: versions, and for each device choice where a real session ends up."""

import importlib
import platform
from dataclasses import dataclass
from typing import get_args

from ..errors import TaskError
from ..protocol import DeviceChoice, DeviceUsed
from .devices import import_runtime
from .protobuf import bytes_field, int_field

__all__ = ["DeviceProbe", "Probe", "probe"]

_FLOAT32 = 1


@dataclass(frozen=True, slots=True)
class DeviceProbe:
    """Where a session goes that was asked to run on ``choice``."""

    choice: DeviceChoice
    used: DeviceUsed


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found; a version is empty when the package is missing."""

    python: str
    numpy: str
    pillow: str
    onnxruntime: str
    providers: tuple[str, ...]
    devices: tuple[DeviceProbe, ...]
    problems: tuple[str, ...]
    """Why jobs would fail with this Python; empty when they would not."""


def probe() -> Probe:
    """Look at the packages and run a one-node network for each device choice."""
    numpy, pillow = _version("numpy"), _version("PIL")
    problems = [
        f"{name} is not installed" for name, version in (("numpy", numpy), ("pillow", pillow)) if not version
    ]
    python = platform.python_version()
    try:
        runtime = import_runtime()
    except TaskError as error:
        problems.append(f"onnxruntime cannot be loaded: {error.detail}")
        return Probe(python, numpy, pillow, "", (), (), tuple(problems))
    devices = tuple(DeviceProbe(choice, _try_device(choice)) for choice in get_args(DeviceChoice))
    providers = tuple(runtime.get_available_providers())
    return Probe(python, numpy, pillow, runtime.__version__, providers, devices, tuple(problems))


def _try_device(choice: DeviceChoice) -> DeviceUsed:
    import numpy as np

    from .session import make_session

    session, used = make_session(_one_node_model(), choice)
    session.run(None, {"x": np.zeros(1, np.float32)})
    return used


def _one_node_model() -> bytes:
    """ONNX: y = x for one float32 (field numbers from onnx.proto3)."""
    shape = bytes_field(2, bytes_field(1, int_field(1, 1)))
    tensor_type = bytes_field(2, bytes_field(1, int_field(1, _FLOAT32) + shape))
    node = bytes_field(1, "x") + bytes_field(2, "y") + bytes_field(4, "Identity")
    graph = (
        bytes_field(1, node)
        + bytes_field(2, "probe")
        + bytes_field(11, bytes_field(1, "x") + tensor_type)
        + bytes_field(12, bytes_field(1, "y") + tensor_type)
    )
    opset = bytes_field(1, "") + int_field(2, 17)
    return int_field(1, 8) + bytes_field(7, graph) + bytes_field(8, opset)


def _version(module: str) -> str:
    try:
        return str(importlib.import_module(module).__version__)
    except (ImportError, OSError):
        return ""
