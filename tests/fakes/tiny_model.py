"""A real ONNX network of one layer with a real card: what the worker does with models, in a fraction of the time.

Writes protobuf by hand, so that tests of the worker need no onnx package. The network is the last layer of a
generator alone: a transposed convolution of the latent, and tanh. Its pictures are coloured noise.
"""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from ml.export.onnx_weights import with_families
from ml.families import FAMILIES
from ml.infer.protobuf import bytes_field, int_field

NOISE_CHANNELS = 68
CODE_CHANNELS = 32
NETWORK_PX = 16

_FLOAT32 = 1
_WEIGHTS_SHAPE = (NOISE_CHANNELS + CODE_CHANNELS, 3, NETWORK_PX, NETWORK_PX)


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
            {
                "name": "latent",
                "dtype": "float32",
                "axes": ["batch", f"{NOISE_CHANNELS + CODE_CHANNELS}", "1", "1"],
            }
        ],
        "outputs": [
            {"name": "image", "dtype": "float32", "axes": ["batch", "3", f"{NETWORK_PX}", f"{NETWORK_PX}"]}
        ],
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


def tiny_weights() -> bytes:
    """Of the transposed convolution."""
    return np.random.default_rng(0).normal(0, 0.1, _WEIGHTS_SHAPE).astype("<f4").tobytes()


def tiny_onnx(weights_file: str = "") -> bytes:
    """image (batch, 3, 16, 16) = tanh(transposed convolution of latent (batch, 100, 1, 1)).

    weights_file: where the weights are said to lie, instead of in the file itself.
    """
    shape = _WEIGHTS_SHAPE
    inside = bytes_field(9, tiny_weights())
    outside = bytes_field(13, bytes_field(1, "location") + bytes_field(2, weights_file)) + int_field(14, 1)
    # field numbers from onnx.proto3
    tensor = (
        b"".join(int_field(1, size) for size in shape)
        + int_field(2, _FLOAT32)
        + bytes_field(8, "weights")
        + (outside if weights_file else inside)
    )
    convolution = node("ConvTranspose", ("latent", "weights"), "drawn")
    graph = (
        bytes_field(1, convolution)
        + bytes_field(1, node("Tanh", ("drawn",), "image"))
        + bytes_field(2, "tiny")
        + bytes_field(5, tensor)
        + bytes_field(11, _picture("latent", shape[0], 1))
        + bytes_field(12, _picture("image", 3, NETWORK_PX))
    )
    return int_field(1, 8) + bytes_field(7, graph) + bytes_field(8, bytes_field(1, "") + int_field(2, 18))


def int_attribute(name: str, value: int) -> bytes:
    """An attribute of a node."""
    return bytes_field(1, name) + int_field(3, value) + int_field(20, 2)


def node(operator: str, inputs: tuple[str, ...], output: str, attribute: bytes = b"") -> bytes:
    """One node of a graph."""
    return (
        b"".join(bytes_field(1, name) for name in inputs)
        + bytes_field(2, output)
        + bytes_field(4, operator)
        + (bytes_field(5, attribute) if attribute else b"")
    )


def _picture(name: str, channels: int, side: int) -> bytes:
    return _tensor(name, ("batch", channels, side, side))


def _tensor(name: str, sizes: tuple[int | str, ...]) -> bytes:
    axes = [bytes_field(2, size) if isinstance(size, str) else int_field(1, size) for size in sizes]
    shape = b"".join(bytes_field(1, axis) for axis in axes)
    return bytes_field(1, name) + bytes_field(
        2, bytes_field(1, int_field(1, _FLOAT32) + bytes_field(2, shape))
    )


def write_tiny_own(models_dir: Path, word: str = "my_slate", version: str = "1", **changes: Any) -> Path:
    """Write a model of the user's family ``user:word``, as the tiny studio but for one family; its folder."""
    studio = write_tiny_studio(models_dir / "studio of")
    card = json.loads((studio / "card.json").read_text(encoding="utf-8"))
    folder = models_dir / word / version
    folder.mkdir(parents=True)
    onnx = with_families((studio / "model.onnx").read_bytes(), 1)
    shutil.rmtree(models_dir / "studio of")
    guides = np.random.default_rng(0).integers(0, 256, (2 * 32, 32, 4), dtype=np.uint8)
    Image.fromarray(guides).save(folder / "layouts.png")
    card["inputs"] = [
        spec | {"axes": ["1", "1"]} if spec["name"] == "family" else spec for spec in card["inputs"]
    ]
    card |= {
        "name": word,
        "version": version,
        "task": "own_material",
        "sha256": hashlib.sha256(onnx).hexdigest(),
        "families": [f"user:{word}"],
        "looks": [{"family": f"user:{word}", "looks": card["looks"][0]["looks"]}],
        "label": "My slate",
        "layout": "pictures",
        "layouts_file": "layouts.png",
        "layouts_sha256": hashlib.sha256((folder / "layouts.png").read_bytes()).hexdigest(),
    }
    (folder / "model.onnx").write_bytes(onnx)
    (folder / "card.json").write_text(json.dumps(card | changes), encoding="utf-8")
    return folder


def write_tiny_studio(models_dir: Path, **changes: Any) -> Path:
    """Write a model texture_studio whose maps are the guide's channels and the colours it is told; its folder."""
    folder = models_dir / "texture_studio" / "1"
    folder.mkdir(parents=True)
    onnx = tiny_studio_onnx()
    (folder / "model.onnx").write_bytes(onnx)
    fine, coarse = ["16*rows", "16*columns"], ["rows", "columns"]
    families = [family.id for family in FAMILIES]
    looks = [
        [[0.6, 0.05, 0.04, 0.5, 0.0, 0.02, 0.07, 0.6, 0.1], [0.4, 0.0, -0.05, 0.3, 0.01, 0.02, 0.1, 0.8, 0.0]]
    ]
    shapes = {
        "guide": ["1", "4", *fine],
        "grain": ["1", "1", *fine],
        "local": ["1", "8", *coarse],
        "style": ["1", "32"],
        "family": ["1", str(len(families))],
        "controls": ["1", "10"],
    }
    card = {
        "name": "texture_studio",
        "version": "1",
        "task": "material",
        "file": "model.onnx",
        "sha256": hashlib.sha256(onnx).hexdigest(),
        "opset": 18,
        "inputs": [{"name": name, "dtype": "float32", "axes": axes} for name, axes in shapes.items()],
        "outputs": [{"name": "maps", "dtype": "float32", "axes": ["1", "6", *fine]}],
        "families": families,
        "licence": "CC0-1.0",
        "local_channels": 8,
        "style_channels": 32,
        "looks": [
            {"family": family, "looks": rows} for family, rows in zip(families, looks * 32, strict=True)
        ],
    }
    (folder / "card.json").write_text(json.dumps(card | changes), encoding="utf-8")
    return folder


def tiny_studio_onnx() -> bytes:
    """maps (1, 6, H, W) = sigmoid(1 x 1 convolution of guide and grain (1, 5, H, W)); the rest is not used."""
    weights = np.array(
        [
            [1.5, 0.8, 0.3, -0.5, 0.1],
            [1.0, 0.6, 0.2, -0.3, 0.1],
            [0.6, 0.4, 0.1, -0.2, 0.1],
            [3.0, 0.0, 0.0, 0.0, 0.05],
            [-1.0, 0.5, 0.0, 0.5, 0.0],
            [-4.0, 0.0, 0.0, 0.0, 0.0],
        ],
        "<f4",
    )
    tensor = (
        b"".join(int_field(1, size) for size in (*weights.shape, 1, 1))
        + int_field(2, _FLOAT32)
        + bytes_field(8, "weights")
        + bytes_field(9, weights.tobytes())
    )
    graph = (
        bytes_field(1, node("Concat", ("guide", "grain"), "seen", int_attribute("axis", 1)))
        + bytes_field(1, node("Conv", ("seen", "weights"), "drawn"))
        + bytes_field(1, node("Sigmoid", ("drawn",), "maps"))
        + bytes_field(2, "tiny")
        + bytes_field(5, tensor)
        + b"".join(
            bytes_field(11, _tensor(name, axes))
            for name, axes in {
                "guide": (1, 4, "h", "w"),
                "grain": (1, 1, "h", "w"),
                "local": (1, 8, "rows", "columns"),
                "style": (1, 32),
                "family": (1, 32),
                "controls": (1, 10),
            }.items()
        )
        + bytes_field(12, _tensor("maps", (1, 6, "h", "w")))
    )
    return int_field(1, 8) + bytes_field(7, graph) + bytes_field(8, bytes_field(1, "") + int_field(2, 18))
