"""The shot Transformer as three ONNX files: encoder, memory, step; without loops or branches in the graphs.

Decoding stays in numpy (``ml.infer.describing``): the encoder runs once a shot, the memory once for the values that
are told, the step once a word.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.export import Dim

from ..infer.cards import PartSpec, TensorSpec
from ..nets.shot_transformer import (
    FACTS,
    FLOW_SIZE,
    FRAME_SIZE,
    INSTANTS,
    MOTION_NUMBERS,
    MOTIONS,
    ShotTransformer,
)
from .card import file_sha256
from .to_onnx import OPSET, export_named

__all__ = ["PARTS", "Memory", "Step", "example_inputs", "export_parts", "part_modules"]

PARTS = ("encoder", "memory", "step")
"""Names of the files, without their ending."""

_BATCH = 2  # with one the exporter would take the batch for a constant


class Memory(nn.Module):
    """``ShotDecoder.remember`` as a network of its own."""

    def __init__(self, network: ShotTransformer) -> None:
        super().__init__()
        self.decoder = network.decoder

    def forward(self, tokens: Tensor, codes: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values (L, B, H, S, D)."""
        return self.decoder.remember(tokens, codes)


class Step(nn.Module):
    """``ShotDecoder.step`` as a network of its own."""

    def __init__(self, network: ShotTransformer) -> None:
        super().__init__()
        self.decoder = network.decoder

    def forward(
        self,
        word: Tensor,
        place: Tensor,
        self_keys: Tensor,
        self_values: Tensor,
        cross_keys: Tensor,
        cross_values: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits (B, vocabulary), and both buffers."""
        return self.decoder.step(word, place, self_keys, self_values, cross_keys, cross_values)


def example_inputs(
    network: ShotTransformer, batch: int, rng: torch.Generator
) -> dict[str, dict[str, Tensor]]:
    """Inputs of every part, by part and name: random ones that fit together."""

    def draw(*shape: int) -> Tensor:
        return torch.rand(shape, generator=rng)

    config = network.config
    seen = {
        "frames": draw(batch, INSTANTS, 3, *FRAME_SIZE),
        "flow": (draw(batch, MOTIONS, 3, *FLOW_SIZE) - 0.5) * 0.1,
        "motion": (draw(batch, MOTIONS, MOTION_NUMBERS) - 0.5) * 0.1,
        "facts": draw(batch, FACTS),
    }
    network.eval()
    with torch.no_grad():
        _, tokens = network.encoder(**seen)
        codes = torch.stack(
            [torch.randint(size + 1, (batch,), generator=rng) for size in config.field_sizes], dim=1
        )
        cross_keys, cross_values = network.decoder.remember(tokens, codes)
    layers, _, heads, _, depth = cross_keys.shape
    buffer = draw(layers, batch, heads, config.max_words, depth) - 0.5
    step = {
        "word": torch.randint(config.vocabulary, (batch,), generator=rng),
        "place": torch.randint(config.max_words, (1,), generator=rng),
        "self_keys": buffer,
        "self_values": buffer.flip(0),
        "cross_keys": cross_keys,
        "cross_values": cross_values,
    }
    return {"encoder": seen, "memory": {"tokens": tokens, "codes": codes}, "step": step}


def part_modules(network: ShotTransformer) -> dict[str, nn.Module]:
    """The parts as torch networks, by name."""
    return {"encoder": network.encoder, "memory": Memory(network), "step": Step(network)}


def export_parts(network: ShotTransformer, folder: Path) -> dict[str, PartSpec]:
    """Write all three files into ``folder`` (each beside it, then renamed), checked; by name."""
    examples = example_inputs(network, _BATCH, torch.Generator().manual_seed(0))
    batch = Dim("batch", min=1, max=256)
    modules = part_modules(network)
    outputs = {
        "encoder": ("logits", "tokens"),
        "memory": ("cross_keys", "cross_values"),
        "step": ("logits", "new_keys", "new_values"),
    }
    specs = {}
    for name in PARTS:
        path = folder / f"{name}.onnx"
        # which axis of each input is the batch
        dynamic = {key: {_batch_axis(key): batch} for key in examples[name] if key != "place"}
        export_named(modules[name], examples[name], outputs[name], dynamic, OPSET, path)
        with torch.no_grad():
            made = modules[name](*examples[name].values())
        specs[name] = PartSpec(
            file=f"{name}.onnx",
            sha256=file_sha256(path),
            inputs=tuple(_spec(key, tensor) for key, tensor in examples[name].items()),
            outputs=tuple(_spec(key, made[index]) for index, key in enumerate(outputs[name])),
        )
    return specs


def _batch_axis(name: str) -> int:
    """Keys and values have their layer first."""
    return 1 if name.endswith(("_keys", "_values")) else 0


def _spec(name: str, tensor: Tensor) -> TensorSpec:
    axes = [f"{size}" for size in tensor.shape]
    if name != "place":
        axes[_batch_axis(name)] = "batch"
    return TensorSpec(name, str(tensor.dtype).removeprefix("torch."), tuple(axes))
