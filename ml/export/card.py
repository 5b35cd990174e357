"""The model card: ``card.json`` beside the model for the worker, and the same facts as a page for people.

The card is the only description of a model: what goes in and out, how the latent is made, what it was trained
on, how far the ONNX file is from torch, what was measured, and what it cannot do.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from ..train.recipe import DCGANRecipe
from ..wire import to_plain
from .metrics import Metrics
from .parity import THRESHOLD, Parity

__all__ = [
    "LatentSpec",
    "ModelCard",
    "TensorSpec",
    "TrainingFacts",
    "file_sha256",
    "write_card",
    "write_page",
]


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """An input or output of the ONNX file; an axis is a size, or a name when it is dynamic."""

    name: str
    dtype: str
    axes: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class LatentSpec:
    """Noise channels come first, then the one-hot family code; noise is multiplied by ``truncation``."""

    noise_channels: int
    code_channels: int
    truncation: float


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """Where the weights come from."""

    recipe: DCGANRecipe
    steps: int
    minutes: float
    images: int
    data: str
    """What the training pictures are and what made them."""
    weights: str
    """Which generator was exported: the last one or the averaged one."""
    torch: str


@dataclass(frozen=True, slots=True)
class ModelCard:
    """The fields of ``card.json``, in its order."""

    name: str
    version: str
    task: str
    file: str
    sha256: str
    """Of ``file``."""
    opset: int
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    latent: LatentSpec
    families: tuple[str, ...]
    """Ids in the order of the code channels."""
    network_px: int
    licence: str
    training: TrainingFacts
    parity: Parity
    metrics: Metrics
    limits: tuple[str, ...]


def file_sha256(path: Path) -> str:
    """SHA-256 of the file as lower-case hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_card(card: ModelCard, path: Path) -> None:
    """Write the card as JSON, whole or not at all."""
    _replace_text(path, json.dumps(to_plain(card), indent=2) + "\n")


def write_page(card: ModelCard, path: Path, sheet: str) -> None:
    """Write the card as Markdown; ``sheet`` is the sample sheet's file name beside it."""
    _replace_text(path, "\n".join(_page_lines(card, sheet)) + "\n")


def _page_lines(card: ModelCard, sheet: str) -> list[str]:
    training, latent = card.training, card.latent
    source, target = card.inputs[0], card.outputs[0]
    return [
        f"# Model card: {card.name}, version {card.version}",
        "",
        (
            f"Draws {card.network_px} x {card.network_px} concept textures of a chosen family from noise. "
            f"Licence of the weights: {card.licence}."
        ),
        "",
        f"![Samples, one row per family]({sheet})",
        "",
        "One row per family, in the order below; the latents are fixed by seed, nothing was picked.",
        "",
        "## What goes in and out",
        "",
        f"- File `{card.file}`, ONNX opset {card.opset}, SHA-256 `{card.sha256}`.",
        (
            f"- Input `{source.name}`: {source.dtype} ({', '.join(map(str, source.axes))}): "
            f"{latent.noise_channels} standard-normal channels times {latent.truncation:g}, "
            f"then {latent.code_channels} channels that are one-hot for the family."
        ),
        (
            f"- Output `{target.name}`: {target.dtype} ({', '.join(map(str, target.axes))}), "
            "RGB, sRGB-encoded, -1 to 1."
        ),
        (
            f"- Against torch: largest difference {card.parity.max_abs_error:.1e} over "
            f"{len(card.parity.seeds)} seeds (allowed: under {THRESHOLD:.0e})."
        ),
        "",
        "## Training",
        "",
        (
            f"{training.steps} steps of batch {training.recipe.optimiser.batch} in {training.minutes:.0f} "
            f"minutes on {training.images} pictures: {training.data}. Exported: {training.weights}. "
            f"torch {training.torch}. The whole recipe is in `card.json`."
        ),
        "",
        "## Figures",
        "",
        *_metric_lines(card.metrics),
        "",
        "## Limits",
        "",
        *[f"- {limit}" for limit in card.limits],
    ]


def _metric_lines(metrics: Metrics) -> list[str]:
    lines = ["| figure | generated | real, for comparison |", "| --- | --- | --- |"]
    lines += [f"| {row.label} | {_cell(row.generated)} | {_cell(row.real)} |" for row in metrics.rows]
    lines += ["", metrics.note]
    if metrics.families:
        lines += ["", "| family | class accuracy | diversity ratio |", "| --- | --- | --- |"]
        lines += [
            f"| {row.family} | {_cell(row.class_accuracy)} | {_cell(row.diversity_ratio)} |"
            for row in metrics.families
        ]
    return lines


def _cell(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.3g}"


def _replace_text(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)
