"""Writes a network as one ONNX file: opset fixed, every axis named, weights inside, nothing else in it.

The exporter that follows torch.export is used because it folds each BatchNorm into the convolution before it:
the DCGAN's graph is five ConvTranspose, four Relu and one Tanh. Its notes (source lines, folders of the machine
that exported) are removed, so the same weights give the same bytes anywhere.
"""

import contextlib
import io
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn
from torch.export import Dim

from ..nets.characters import CharacterConfig
from ..nets.cut_detector import FRAME_HEIGHT, FRAME_WIDTH, CutDetector, CutProbabilities
from ..nets.enlarger import CleanCutouts, Enlarger
from ..nets.guided import STRIDE, GuidedConfig

__all__ = [
    "OPSET",
    "PAINTER_OPSET",
    "export_characters",
    "export_cut_detector",
    "export_enlarger",
    "export_generator",
    "export_named",
    "export_painter",
    "scale_code",
]

OPSET = 18
"""Old enough for every ONNX Runtime of the last years, new enough for the exporter to need no conversion."""
PAINTER_OPSET = 19
"""The first one whose Pad wraps around."""


def export_generator(generator: nn.Module, latent_channels: int, path: Path) -> None:
    """Write a DCGAN's ``generator`` to ``path`` (beside it, then renamed); checked.

    Input ``latent`` float32 (batch, latent_channels, 1, 1); output ``image`` float32 (batch, 3, 64, 64) in
    [-1, 1]; ``batch`` is dynamic. Raises onnx.checker.ValidationError when the graph is not valid ONNX.
    """
    # two rows: with one the exporter would take the batch for a constant
    example = {"latent": torch.zeros(2, latent_channels, 1, 1)}
    _export(generator, example, "image", {"latent": {0: "batch"}}, OPSET, path)


def export_painter(generator: nn.Module, config: GuidedConfig, path: Path) -> None:
    """Write a guided ``generator`` to ``path`` (beside it, then renamed); checked.

    Inputs are those of ``GuidedGenerator.forward`` with a batch of 1, output ``maps``; height and width are
    dynamic multiples of 16. Raises onnx.checker.ValidationError when the graph is not valid ONNX.
    """
    rows, columns = Dim("rows", min=2, max=4096), Dim("columns", min=2, max=4096)
    cells = (4, 6)
    pixels = tuple(STRIDE * count for count in cells)
    example = {
        "guide": torch.zeros(1, config.guide_channels, *pixels),
        "grain": torch.zeros(1, 1, *pixels),
        "local": torch.zeros(1, config.local_channels, *cells),
        "style": torch.zeros(1, config.style_channels),
        "family": torch.zeros(1, config.families),
        "controls": torch.zeros(1, config.control_channels),
    }
    fine, coarse = {2: STRIDE * rows, 3: STRIDE * columns}, {2: rows, 3: columns}
    shapes: dict[str, Any] = {"guide": fine, "grain": fine, "local": coarse}
    _export(generator, example, "maps", shapes, PAINTER_OPSET, path)


def export_characters(
    generator: nn.Module, config: CharacterConfig, size_px: tuple[int, int], path: Path
) -> None:
    """Write a ``CharacterGenerator`` to ``path`` (beside it, then renamed); checked.

    Inputs are those of its ``forward`` with a batch of 1, labels int64; output ``pictures`` (1, views, 4, H, W).
    Nothing is dynamic: views of other than ``size_px`` (width, height) were never learned. Raises
    onnx.checker.ValidationError when the graph is not valid ONNX.
    """
    width, height = size_px
    cells, painting = (height // STRIDE, width // STRIDE), config.painting
    example = {
        "labels": torch.zeros(1, config.views, 2, height, width, dtype=torch.int64),
        "relief": torch.zeros(1, config.views, 3, height, width),
        "grain": torch.zeros(1, config.views, 1, height, width),
        "local": torch.zeros(1, config.views, painting.local_channels, *cells),
        "style": torch.zeros(1, painting.style_channels),
        "archetype": torch.zeros(1, config.archetypes),
        "controls": torch.zeros(1, config.control_channels),
    }
    _export(generator, example, "pictures", {}, PAINTER_OPSET, path)


def export_cut_detector(detector: CutDetector, path: Path) -> None:
    """Write ``detector`` with its probabilities to ``path`` (beside it, then renamed); checked.

    Input ``frames`` float32 (1, frames, 27, 48, 3) in 0..1, output ``probabilities`` (1, frames, 2 + kinds);
    ``frames`` is dynamic. Raises onnx.checker.ValidationError when the graph is not valid ONNX.
    """
    example = {"frames": torch.zeros(1, 80, FRAME_HEIGHT, FRAME_WIDTH, 3)}
    shapes: dict[str, Any] = {"frames": {1: Dim("frames", min=2, max=4096)}}
    _export(CutProbabilities(detector), example, "probabilities", shapes, OPSET, path)


def export_enlarger(enlarger: Enlarger, path: Path) -> None:
    """Write ``enlarger`` to ``path`` (beside it, then renamed); checked.

    Input ``pictures`` (1, 4, rows, columns), output ``large``, as ``CleanCutouts`` gives it; rows and columns are
    dynamic. Raises onnx.checker.ValidationError when the graph is not valid ONNX.
    """
    example = {"pictures": torch.zeros(1, 4, 24, 32)}
    shapes: dict[str, Any] = {
        "pictures": {2: Dim("rows", min=2, max=4096), 3: Dim("columns", min=2, max=4096)}
    }
    _export(CleanCutouts(enlarger), example, "large", shapes, OPSET, path)


def _export(
    network: nn.Module,
    example: Mapping[str, Tensor],
    outputs: str | Sequence[str],
    dynamic: Mapping[str, dict[int, Any]],
    opset: int,
    path: Path,
) -> None:
    network.eval()
    with torch.no_grad(), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # deprecations inside the exporter itself
        program = torch.onnx.export(
            network,
            tuple(example.values()),
            input_names=list(example),
            output_names=[outputs] if isinstance(outputs, str) else list(outputs),
            opset_version=opset,
            dynamic_shapes=tuple(dynamic.get(name, {}) for name in example),
            dynamo=True,
            verbose=False,
        )
    if program is None:
        raise RuntimeError("torch.onnx.export returned no program")
    model = program.model_proto
    _remove_notes(model)
    onnx.checker.check_model(model, full_check=True)
    partial = path.with_suffix(".partial")
    partial.write_bytes(model.SerializeToString(deterministic=True))
    partial.replace(path)


def export_named(
    network: nn.Module,
    example: Mapping[str, Tensor],
    outputs: Sequence[str],
    dynamic: Mapping[str, dict[int, Any]],
    opset: int,
    path: Path,
) -> None:
    """Write any network to ``path`` (beside it, then renamed); checked.

    example: inputs by name in the order of ``forward``; dynamic: by input, axis to ``Dim``. Raises
    onnx.checker.ValidationError when the graph is not valid ONNX.
    """
    _export(network, example, outputs, dynamic, opset, path)


def scale_code(generator: nn.Module, noise_channels: int, scale: float) -> None:
    """Multiply, in place, what the first layer makes of the family code by ``scale``.

    Training may send the code in larger than one; folded into the weights, the shipped network takes the
    plain one-hot code and gives the same pictures.
    """
    first = next(module for module in generator.modules() if isinstance(module, nn.ConvTranspose2d))
    with torch.no_grad():
        first.weight[noise_channels:] *= scale  # (latent_channels, 512, 4, 4)


def _remove_notes(model: onnx.ModelProto) -> None:
    graph = model.graph
    carriers: list[Any] = [model, graph]
    for part in (graph.node, graph.input, graph.output, graph.value_info, graph.initializer):
        carriers.extend(part)
    for carrier in carriers:
        carrier.ClearField("metadata_props")
        carrier.ClearField("doc_string")
