"""The model card: ``card.json`` beside the model for the worker, and the same facts as a page for people.

The card is the only description of a model: what goes in and out, how the latent is made, what it was trained
on, how far the ONNX file is from torch, what was measured, and what it cannot do.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..infer.cards import ModelCard
from ..wire import to_plain
from .metrics import Metrics
from .parity import Parity
from .quality import Figures, figure_lines

__all__ = ["About", "PageWords", "TrainingFacts", "file_sha256", "write_card", "write_page"]


@dataclass(frozen=True, slots=True)
class TrainingFacts:
    """Where the weights come from."""

    recipe: Any
    """Of whatever kind, as a dataclass."""
    steps: int
    minutes: float
    images: int
    data: str
    """What the training pictures are and what made them."""
    weights: str
    """Which generator was exported: the last one or the averaged one."""
    torch: str


@dataclass(frozen=True, slots=True)
class About:
    """The part of a card that is for people."""

    training: TrainingFacts
    parity: Parity
    metrics: Metrics | Figures
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageWords:
    """What a card's page says in words of its own."""

    lead: str
    """One sentence: what the network does."""
    sheet: str
    """How to read the sample sheet."""
    interface: tuple[str, ...]
    """One line for each input and output."""
    picture: str = "Samples, one row per family"
    """What the sheet shows, for those who do not see it."""
    counted: str = "pictures"
    """What was trained on, after its number."""


def file_sha256(path: Path) -> str:
    """SHA-256 of the file as lower-case hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_card(card: ModelCard, about: About, path: Path) -> None:
    """Write both as one JSON object, whole or not at all."""
    plain = {**to_plain(card), **to_plain(about)}
    _replace_text(path, json.dumps(plain, indent=2) + "\n")


def write_page(card: ModelCard, about: About, words: PageWords, path: Path, sheet: str) -> None:
    """Write the card as Markdown; ``sheet`` is the sample sheet's file name beside it."""
    _replace_text(path, "\n".join(_page_lines(card, about, words, sheet)) + "\n")


def _page_lines(card: ModelCard, about: About, words: PageWords, sheet: str) -> list[str]:
    training, parity = about.training, about.parity
    return [
        f"# Model card: {card.name}, version {card.version}",
        "",
        f"{words.lead} Licence of the weights: {card.licence}.",
        "",
        f"![{words.picture}]({sheet})",
        "",
        words.sheet,
        "",
        "## What goes in and out",
        "",
        f"- File `{card.file}`, ONNX opset {card.opset}, SHA-256 `{card.sha256}`.",
        *[f"- {line}" for line in words.interface],
        (
            f"- Against torch: largest difference {parity.max_abs_error:.1e} over "
            f"{len(parity.seeds)} seeds (allowed: under {parity.allowed:.0e})."
        ),
        "",
        "## Training",
        "",
        (
            f"{training.steps} steps of batch {training.recipe.optimiser.batch} in {training.minutes:.0f} "
            f"minutes on {training.images} {words.counted}: {training.data}. Exported: {training.weights}. "
            f"torch {training.torch}. The whole recipe is in `card.json`."
        ),
        "",
        "## Figures",
        "",
        *_metric_lines(about.metrics),
        "",
        "## Limits",
        "",
        *[f"- {limit}" for limit in about.limits],
    ]


def _metric_lines(metrics: Metrics | Figures) -> list[str]:
    if isinstance(metrics, Figures):
        return figure_lines(metrics)
    lines = [f"| figure | {' | '.join(metrics.columns)} |", "| --- | --- | --- |"]
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
