"""A real ONNX network of one layer with a real card: what the worker does with models, in a fraction of the time.

Writes protobuf by hand, so that tests of the worker need no onnx package. The network is the last layer of a
generator alone: a transposed convolution of the latent, and tanh. Its pictures are coloured noise.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from ml.families import FAMILIES
from ml.infer.protobuf import bytes_field, int_field

NOISE_CHANNELS = 68
CODE_CHANNELS = 32
NETWORK_PX = 16

_FLOAT32 = 1


def write_tiny_model(models_dir: Path, version: str = "1", **changes: Any) -> Path:
    """Write the model dcgan_texture of that version; ``changes`` overwrite keys of its card. Returns its folder."""
    folder = models_dir / "dcgan_texture" / version
    folder.mkdir(parents=True)
    onnx = tiny_onnx()
    (folder / "model.onnx").write_bytes(onnx)
    card = {
        "name": "dcgan_texture",
        "version": version,
        "task": "texture",
        "file": "model.onnx",
        "sha256": hashlib.sha256(onnx).hexdigest(),
        "opset": 18,
        "inputs": [
            {"name": "latent", "dtype": "float32", "axes": ["batch", NOISE_CHANNELS + CODE_CHANNELS, 1, 1]}
        ],
        "outputs": [{"name": "image", "dtype": "float32", "axes": ["batch", 3, NETWORK_PX, NETWORK_PX]}],
        "latent": {"noise_channels": NOISE_CHANNELS, "code_channels": CODE_CHANNELS, "truncation": 1.0},
        "families": [family.id for family in FAMILIES],
        "network_px": NETWORK_PX,
        "licence": "CC0-1.0",
        "training": {"steps": 0},
        "parity": {},
        "metrics": {},
        "limits": [],
    }
    (folder / "card.json").write_text(json.dumps(card | changes), encoding="utf-8")
    return folder


def tiny_onnx() -> bytes:
    """image (batch, 3, 16, 16) = tanh(transposed convolution of latent (batch, 100, 1, 1))."""
    shape = (NOISE_CHANNELS + CODE_CHANNELS, 3, NETWORK_PX, NETWORK_PX)
    weights = np.random.default_rng(0).normal(0, 0.1, shape).astype("<f4")
    # field numbers from onnx.proto3
    tensor = (
        b"".join(int_field(1, size) for size in shape)
        + int_field(2, _FLOAT32)
        + bytes_field(8, "weights")
        + bytes_field(9, weights.tobytes())
    )
    convolution = _node("ConvTranspose", ("latent", "weights"), "drawn")
    graph = (
        bytes_field(1, convolution)
        + bytes_field(1, _node("Tanh", ("drawn",), "image"))
        + bytes_field(2, "tiny")
        + bytes_field(5, tensor)
        + bytes_field(11, _picture("latent", shape[0], 1))
        + bytes_field(12, _picture("image", 3, NETWORK_PX))
    )
    return int_field(1, 8) + bytes_field(7, graph) + bytes_field(8, bytes_field(1, "") + int_field(2, 18))


def _node(operator: str, inputs: tuple[str, ...], output: str) -> bytes:
    return (
        b"".join(bytes_field(1, name) for name in inputs) + bytes_field(2, output) + bytes_field(4, operator)
    )


def _picture(name: str, channels: int, side: int) -> bytes:
    axes = [bytes_field(2, "batch"), *(int_field(1, size) for size in (channels, side, side))]
    shape = b"".join(bytes_field(1, axis) for axis in axes)
    return bytes_field(1, name) + bytes_field(
        2, bytes_field(1, int_field(1, _FLOAT32) + bytes_field(2, shape))
    )
