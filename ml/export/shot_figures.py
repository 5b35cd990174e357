"""Measures an exported describer: calibration, figures on test shots, and whether it says what it is told."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from ..infer.cards import FieldSpec, ShotCard
from ..infer.describing import Describer
from ..infer.session import Network
from ..shot_terms import FIELDS, LANGUAGES
from ..train.shot_augment import plain_batch
from ..train.shot_data import UNKNOWN, ShotSet
from ..train.shot_scores import (
    FieldScore,
    calibration_error,
    certain_from,
    fit_temperature,
    softmax,
    split_logits,
)
from ..train.shot_slots import named_values
from ..train.shot_told import told_values, values_of
from .metrics import MetricRow, Metrics

__all__ = [
    "Calibration",
    "SlotScore",
    "calibrate",
    "calibrations",
    "encode_shots",
    "measure_slots",
    "shot_metrics",
]

Floats = NDArray[np.float32]

WANTED = 0.85
"""Of the guesses that count as certain so many are to be right, on the held-out shots."""
BATCH = 32
SLOT_SHOTS = 150


@dataclass(frozen=True, slots=True)
class Calibration:
    """How true the confidences of one field are."""

    field: str
    n: int
    error: float
    """Expected calibration error, ten bins."""
    certain_share: float
    """Of all guesses."""
    certain_right: float
    """Share of the certain guesses that are right; NaN without any."""


@dataclass(frozen=True, slots=True)
class SlotScore:
    """What the sentences in one language say of what they were told."""

    language: str
    told: int
    said: float
    """Share of the told values that the sentence names."""
    untold: int
    """Values that a sentence names without having been told, or a second time."""


def encode_shots(encoder: Network[ShotCard], shots: ShotSet) -> tuple[Floats, Floats]:
    """Logits (N, all values) and tokens (N, S, width) of these shots as they are."""
    logits, tokens = [], []
    for rows in torch.split(torch.arange(len(shots.names)), BATCH):
        batch = plain_batch(shots, rows)
        named = {
            "frames": batch.frames.numpy(),
            "flow": batch.flow.numpy(),
            "motion": batch.motion.numpy(),
            "facts": batch.facts.numpy(),
        }
        one, other = encoder.run_all(named)
        logits.append(one)
        tokens.append(other)
    return np.concatenate(logits), np.concatenate(tokens)


def calibrate(logits: Floats, values: NDArray[np.int8]) -> tuple[FieldSpec, ...]:
    """Temperature and threshold of each field, from shots that were not trained on."""
    parts = split_logits(logits)
    specs = []
    for index, field in enumerate(FIELDS):
        truth = values[:, index].astype(np.int64)
        temperature = fit_temperature(parts[field.id], truth)
        confidence, right = _judged(parts[field.id], truth, temperature)
        start = certain_from(confidence, right, WANTED) if len(confidence) else 1.0
        ids = tuple(value.id for value in field.values)
        specs.append(FieldSpec(field.id, ids, round(temperature, 4), round(start, 4)))
    return tuple(specs)


def calibrations(logits: Floats, values: NDArray[np.int8], specs: Sequence[FieldSpec]) -> list[Calibration]:
    """How true each field's confidences are on these shots."""
    parts = split_logits(logits)
    found = []
    for index, spec in enumerate(specs):
        confidence, right = _judged(parts[spec.field], values[:, index].astype(np.int64), spec.temperature)
        certain = confidence >= spec.certain_from
        found.append(
            Calibration(
                spec.field,
                len(confidence),
                calibration_error(confidence, right),
                float(certain.mean()) if len(certain) else float("nan"),
                float(right[certain].mean()) if certain.any() else float("nan"),
            )
        )
    return found


def measure_slots(
    describer: Describer, tokens: Floats, values: NDArray[np.int8], seed: int = 0
) -> list[SlotScore]:
    """Tell true values, some left out, and read from the sentences what they name; in each language."""
    scores = []
    for language in LANGUAGES:
        rng = random.Random(f"{seed}{language}")
        told_count = said = untold = 0
        for row in range(min(SLOT_SHOTS, len(values))):
            told = told_values(values_of(values[row].tolist()), 0.0, rng)
            named = named_values(describer.say(tokens[row : row + 1], told, language), language)
            right = set(named) & set(told.items())
            told_count, said = told_count + len(told), said + len(right)
            untold += len(named) - len(right)
        scores.append(SlotScore(language, told_count, said / max(told_count, 1), untold))
    return scores


def shot_metrics(
    scores: Sequence[FieldScore], calibrated: Sequence[Calibration], slots: Sequence[SlotScore]
) -> Metrics:
    """The card's figures, on test shots."""
    errors = {one.field: one.error for one in calibrated}
    rows = [
        MetricRow(
            f"f1_{score.field}",
            f"{score.field} (n = {score.n})",
            _number(score.macro_f1),
            _number(errors.get(score.field)),
        )
        for score in scores
    ]
    rows += [
        MetricRow(
            f"slots_{one.language}",
            f"told values that the sentence says, {one.language} (n = {one.told}; {one.untold} said untold)",
            one.said,
            None,
        )
        for one in slots
    ]
    return Metrics(
        note=(
            "On test renders: sets, figures and ranges that training never saw. Macro-F1 over the values that "
            "occur; expected calibration error over ten bins, after the temperatures of the card."
        ),
        rows=tuple(rows),
        families=(),
        columns=("macro-F1", "calibration error"),
    )


def _judged(
    logits: NDArray[np.float64], truth: NDArray[np.int64], temperature: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    known = truth != UNKNOWN
    chances = softmax(logits[known], temperature)
    return chances.max(axis=1), chances.argmax(axis=1) == truth[known]


def _number(value: float | None) -> float | None:
    """JSON knows no NaN."""
    return None if value is None or np.isnan(value) else float(value)
