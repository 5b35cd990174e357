"""A network for characters of a few layers with a real card, written by hand as ``tiny_model`` does.

It fills the guides' silhouettes; its colours follow depth, facing, grain, style and the controls. Beside it a network
that draws pictures larger by repeating each pixel.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ml.character_terms import BUILDS, CHARACTER_MODEL, CHARACTERS, ENLARGER_MODEL
from ml.characters.network_inputs import CONTROL_CHANNELS
from ml.characters.sculpture import PARTS, SURFACES
from ml.infer.protobuf import bytes_field, int_field
from tests.fakes.tiny_model import int_attribute, node

__all__ = ["HEIGHT_PX", "LOCAL", "STYLE", "WIDTH_PX", "write_tiny_characters", "write_tiny_enlarger"]

WIDTH_PX, HEIGHT_PX = 64, 96
LOCAL, STYLE = 2, 6
CONTROLS = CONTROL_CHANNELS
FACTOR = 4
_FLOAT32, _INT64 = 1, 7


def write_tiny_characters(models_dir: Path, **changes: Any) -> Path:
    """Write the model of characters; ``changes`` overwrite keys of its card. Returns its folder."""
    folder = models_dir / CHARACTER_MODEL / "1"
    folder.mkdir(parents=True)
    views = changes.get("views", ["front", "side"])
    count, kinds = str(len(views)), str(len(CHARACTERS))
    onnx = _onnx(len(views))
    (folder / "model.onnx").write_bytes(onnx)
    fine, coarse = ["16*rows", "16*columns"], ["rows", "columns"]
    shapes = {
        "labels": ["1", count, "2", *fine],
        "relief": ["1", count, "3", *fine],
        "grain": ["1", count, "1", *fine],
        "local": ["1", count, str(LOCAL), *coarse],
        "style": ["1", str(STYLE)],
        "archetype": ["1", kinds],
        "controls": ["1", str(CONTROLS)],
    }
    card = {
        "name": CHARACTER_MODEL,
        "version": "1",
        "task": "characters",
        "file": "model.onnx",
        "sha256": hashlib.sha256(onnx).hexdigest(),
        "opset": 18,
        "inputs": [
            {"name": name, "dtype": "int64" if name == "labels" else "float32", "axes": axes}
            for name, axes in shapes.items()
        ],
        "outputs": [{"name": "pictures", "dtype": "float32", "axes": ["1", count, "4", *fine]}],
        "families": [term.id for term in CHARACTERS],
        "licence": "CC0-1.0",
        "guide_parts": list(PARTS),
        "surfaces": list(SURFACES),
        "builds": list(BUILDS),
        "local_channels": LOCAL,
        "style_channels": STYLE,
        "views": views,
        "width_px": WIDTH_PX,
        "height_px": HEIGHT_PX,
    }
    (folder / "card.json").write_text(json.dumps(card | changes), encoding="utf-8")
    return folder


def write_tiny_enlarger(models_dir: Path, **changes: Any) -> Path:
    """Write the model that draws larger; ``changes`` overwrite keys of its card. Returns its folder."""
    folder = models_dir / ENLARGER_MODEL / "1"
    folder.mkdir(parents=True)
    # each channel's pixel becomes FACTOR x FACTOR of its own
    repeat = np.einsum("ij,hw->ijhw", np.eye(4), np.ones((FACTOR, FACTOR))).astype("<f4")
    strides = bytes_field(1, "strides") + int_field(8, FACTOR) + int_field(8, FACTOR) + int_field(20, 7)
    graph = (
        bytes_field(1, node("ConvTranspose", ("pictures", "repeat"), "large", strides))
        + bytes_field(2, "tiny")
        + bytes_field(5, _tensor("repeat", repeat))
        + bytes_field(11, _value("pictures", (1, 4, "h", "w"), _FLOAT32))
        + bytes_field(12, _value("large", (1, 4, "rows", "columns"), _FLOAT32))
    )
    onnx = int_field(1, 8) + bytes_field(7, graph) + bytes_field(8, bytes_field(1, "") + int_field(2, 18))
    (folder / "model.onnx").write_bytes(onnx)
    card = {
        "name": ENLARGER_MODEL,
        "version": "1",
        "task": "enlarging",
        "file": "model.onnx",
        "sha256": hashlib.sha256(onnx).hexdigest(),
        "opset": 18,
        "inputs": [{"name": "pictures", "dtype": "float32", "axes": ["1", "4", "rows", "columns"]}],
        "outputs": [{"name": "large", "dtype": "float32", "axes": ["1", "4", "4*rows", "4*columns"]}],
        "families": [],
        "licence": "CC0-1.0",
        "factor": FACTOR,
    }
    (folder / "card.json").write_text(json.dumps(card | changes), encoding="utf-8")
    return folder


def _onnx(views: int) -> bytes:
    """pictures (1, V, 4, H, W) = sigmoid(1 x 1 convolution of labels, relief and grain + a colour for the whole)."""
    rng = np.random.default_rng(0)
    # labels and relief and grain (6) to RGBA: alpha is where any part is
    pixel = np.concatenate([np.zeros((3, 2)), rng.normal(0, 0.5, (3, 4))], axis=1)
    pixel[:, 5] = 0.3
    pixel = np.concatenate([pixel, [[40, 0, 0, 0, 0, 0]]])[..., None, None]
    whole = rng.normal(0, 0.4, (STYLE + len(CHARACTERS) + CONTROLS, 4))
    whole[-CONTROLS:] *= 0.2
    # the green of the main colour, which comes first, makes everything lighter
    whole[-CONTROLS + 1, :3] = 1.5
    whole[:, 3] = 0
    constants = (
        _tensor("pixel", pixel.astype("<f4")),
        _tensor("pixel_bias", np.array([-1.5, -1.5, -1.5, -20], "<f4")),
        _tensor("whole", whole.astype("<f4")),
        _tensor("first_axis", np.array([0], "<i8")),
        _tensor("as_channels", np.array([1, 4, 1, 1], "<i8")),
    )
    nodes = (
        node("Cast", ("labels",), "labels_float", int_attribute("to", _FLOAT32)),
        node("Concat", ("labels_float", "relief", "grain"), "seen_batch", int_attribute("axis", 2)),
        node("Squeeze", ("seen_batch", "first_axis"), "seen"),
        node("Conv", ("seen", "pixel", "pixel_bias"), "drawn"),
        node("Concat", ("style", "archetype", "controls"), "told", int_attribute("axis", 1)),
        node("MatMul", ("told", "whole"), "tone_row"),
        node("Reshape", ("tone_row", "as_channels"), "tone"),
        node("Add", ("drawn", "tone"), "toned"),
        node("Sigmoid", ("toned",), "painted"),
        node("Unsqueeze", ("painted", "first_axis"), "pictures"),
    )
    inputs: dict[str, tuple[int | str, ...]] = {
        "labels": (1, views, 2, "h", "w"),
        "relief": (1, views, 3, "h", "w"),
        "grain": (1, views, 1, "h", "w"),
        "local": (1, views, LOCAL, "rows", "columns"),
        "style": (1, STYLE),
        "archetype": (1, len(CHARACTERS)),
        "controls": (1, CONTROLS),
    }
    graph = (
        b"".join(bytes_field(1, each) for each in nodes)
        + bytes_field(2, "tiny")
        + b"".join(bytes_field(5, each) for each in constants)
        + b"".join(
            bytes_field(11, _value(name, axes, _INT64 if name == "labels" else _FLOAT32))
            for name, axes in inputs.items()
        )
        + bytes_field(12, _value("pictures", (1, views, 4, "h", "w"), _FLOAT32))
    )
    return int_field(1, 8) + bytes_field(7, graph) + bytes_field(8, bytes_field(1, "") + int_field(2, 18))


def _tensor(name: str, values: NDArray[Any]) -> bytes:
    """A constant, float32 or int64."""
    return (
        b"".join(int_field(1, size) for size in values.shape)
        + int_field(2, _FLOAT32 if values.dtype.kind == "f" else _INT64)
        + bytes_field(8, name)
        + bytes_field(9, values.tobytes())
    )


def _value(name: str, sizes: tuple[int | str, ...], kind: int) -> bytes:
    """An input or output; an axis is a size, or a name when it is dynamic."""
    axes = [bytes_field(2, size) if isinstance(size, str) else int_field(1, size) for size in sizes]
    shape = b"".join(bytes_field(1, axis) for axis in axes)
    return bytes_field(1, name) + bytes_field(2, bytes_field(1, int_field(1, kind) + bytes_field(2, shape)))
