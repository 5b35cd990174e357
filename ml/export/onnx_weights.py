"""Reads the weights back out of an exported network, and writes others in their place.

The shipped repository holds ONNX files and no checkpoints, so this is how a training starts from what ships: the
exporter keeps torch's names. The graph around the weights stays as it is, byte for byte, and with it what was proven
of it. numpy only; needs no onnx package. Field numbers are those of onnx.proto3.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..infer.protobuf import bytes_field, fields_of, int_field

__all__ = ["WeightsError", "read_tensors", "with_families", "with_tensors"]

Floats = NDArray[np.float32]

_MODEL_GRAPH = 7
_GRAPH_TENSOR, _GRAPH_INPUT, _GRAPH_NOTE = 5, 11, 13
_TENSOR_DIMS, _TENSOR_TYPE, _TENSOR_FLOATS, _TENSOR_NAME, _TENSOR_RAW = 1, 2, 4, 8, 9
_KINDS: dict[int, np.dtype[Any]] = {1: np.dtype("<f4"), 10: np.dtype("<f2")}
"""ONNX's numbers of the types that weights are stored in: 32 and 16 bits."""


class WeightsError(RuntimeError):
    """The file is no ONNX file whose weights can be read; the text says what is wrong."""


def read_tensors(onnx: bytes) -> dict[str, Floats]:
    """Every weight of an ONNX file by its name, as 32-bit numbers, whether stored with 32 or 16 bits.

    Raises WeightsError when that is no ONNX file.
    """
    try:
        tensors = [
            _tensor(bytes(part)) for number, part in fields_of(_graph(onnx)) if number == _GRAPH_TENSOR
        ]
    except (ValueError, TypeError, UnicodeDecodeError) as error:
        raise WeightsError(f"no readable ONNX file: {error}") from None
    return {name: values.astype(np.float32) for name, values in tensors if values is not None}


def with_tensors(onnx: bytes, weights: Mapping[str, Floats]) -> bytes:
    """The same network with other weights, each stored with as many bits as the one it replaces.

    Raises WeightsError when a name is missing in the file.
    """
    left = set(weights)

    def changed(number: int, part: bytes) -> bytes | None:
        if number == _GRAPH_NOTE:
            # says the shape of a weight once more, which may be another now
            return None if _text(part, 1) in weights else part
        name, old = _tensor(part) if number == _GRAPH_TENSOR else ("", None)
        if name not in weights or old is None:
            return part
        left.discard(name)
        return _encoded(name, weights[name].astype(old.dtype))

    made = _with_graph_parts(onnx, changed)
    if left:
        raise WeightsError(f"the network has no {', '.join(sorted(left))}")
    return made


def with_families(onnx: bytes, count: int) -> bytes:
    """The same network whose input ``family`` has ``count`` numbers; its first weight must have as many columns."""

    def changed(number: int, part: bytes) -> bytes:
        if number != _GRAPH_INPUT or _text(part, 1) != "family":
            return part
        shape = b"".join(bytes_field(1, int_field(1, size)) for size in (1, count))
        kind = bytes_field(1, int_field(1, 1) + bytes_field(2, shape))
        return bytes_field(1, "family") + bytes_field(2, kind)

    return _with_graph_parts(onnx, changed)


def _graph(onnx: bytes) -> bytes:
    graph = next((part for number, part in fields_of(onnx) if number == _MODEL_GRAPH), None)
    if not isinstance(graph, bytes):
        raise ValueError("it holds no graph")
    return graph


def _with_graph_parts(onnx: bytes, changed: Callable[[int, bytes], bytes | None]) -> bytes:
    """``changed`` gets number and content of each part of the graph; None leaves it out."""
    made = []
    for number, part in fields_of(onnx):
        if number == _MODEL_GRAPH and isinstance(part, bytes):
            inner = []
            for field, value in fields_of(part):
                now = changed(field, value) if isinstance(value, bytes) else value
                if now is not None:
                    inner.append(_field(field, now))
            part = b"".join(inner)
        made.append(_field(number, part))
    return b"".join(made)


def _field(number: int, value: int | bytes) -> bytes:
    return int_field(number, value) if isinstance(value, int) else bytes_field(number, value)


def _tensor(part: bytes) -> tuple[str, NDArray[Any] | None]:
    """Name and values; None for what is no weight (whole numbers that shapes are made of)."""
    dims: list[int] = []
    kind, name, raw = 0, "", b""
    for number, value in fields_of(part):
        if number == _TENSOR_DIMS and isinstance(value, int):
            dims.append(value)
        elif number == _TENSOR_TYPE and isinstance(value, int):
            kind = value
        elif number == _TENSOR_NAME and isinstance(value, bytes):
            name = value.decode()
        elif number in (_TENSOR_RAW, _TENSOR_FLOATS) and isinstance(value, bytes):
            raw += value
    if kind not in _KINDS or not dims:
        return name, None
    values = np.frombuffer(raw, _KINDS[kind])
    if values.size != np.prod(dims):
        raise ValueError(f"{name:.60} has {values.size} numbers, not {'x'.join(map(str, dims))}")
    return name, values.reshape(dims)


def _encoded(name: str, values: NDArray[Any]) -> bytes:
    kind = next(number for number, dtype in _KINDS.items() if dtype == values.dtype)
    dims = b"".join(int_field(_TENSOR_DIMS, size) for size in values.shape)
    return (
        dims
        + int_field(_TENSOR_TYPE, kind)
        + bytes_field(_TENSOR_NAME, name)
        + bytes_field(_TENSOR_RAW, np.ascontiguousarray(values).tobytes())
    )


def _text(part: bytes, wanted: int) -> str:
    return next((bytes(v).decode() for n, v in fields_of(part) if n == wanted and isinstance(v, bytes)), "")
