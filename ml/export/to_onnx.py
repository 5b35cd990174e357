"""Writes a generator as one ONNX file: opset fixed, every axis named, weights inside, nothing else in it.

The exporter that follows torch.export is used because it folds each BatchNorm into the convolution before it:
the graph is five ConvTranspose, four Relu and one Tanh. Its notes (source lines, folders of the machine that
exported) are removed, so the same weights give the same bytes anywhere.
"""

import contextlib
import io
import warnings
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import nn

__all__ = ["OPSET", "export_generator", "scale_code"]

OPSET = 18
"""Old enough for every ONNX Runtime of the last years, new enough for the exporter to need no conversion."""


def export_generator(generator: nn.Module, latent_channels: int, path: Path) -> None:
    """Write ``generator``, in evaluation mode, to ``path`` (beside it, then renamed); checked.

    Input ``latent`` float32 (batch, latent_channels, 1, 1); output ``image`` float32 (batch, 3, 64, 64) in
    [-1, 1]; ``batch`` is dynamic. Raises onnx.checker.ValidationError when the graph is not valid ONNX.
    """
    generator.eval()
    # two rows: with one the exporter would take the batch for a constant
    example = torch.zeros(2, latent_channels, 1, 1)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # deprecations inside the exporter itself
        program = torch.onnx.export(
            generator,
            (example,),
            input_names=["latent"],
            output_names=["image"],
            opset_version=OPSET,
            dynamic_shapes=({0: "batch"},),
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
