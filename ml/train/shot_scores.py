"""Figures of the describer: macro-F1, coarse classes, calibration. numpy only, so that benchmarks share them.

A temperature divides a field's logits; thresholds say from which confidence on a guess counts as certain.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..shot_terms import FIELD_INDEX, FIELDS, coarse_movement, coarse_size
from .shot_data import UNKNOWN

__all__ = [
    "FieldScore",
    "calibration_error",
    "certain_from",
    "class_weights",
    "coarse_score",
    "confusion",
    "field_scores",
    "fit_temperature",
    "macro_f1",
    "mean_score",
    "softmax",
    "split_logits",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_TEMPERATURES = np.geomspace(0.4, 4.0, 61)
_BINS = 10
_MIN_KEPT = 20
"""A threshold is only trusted when so many guesses of the fit lie above it."""


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How well one field, or a coarser one made of it, is named."""

    field: str
    n: int
    """Shots with a known truth."""
    accuracy: float
    macro_f1: float
    """Over the values that occur in the truth."""


def split_logits(logits: NDArray[np.floating]) -> dict[str, Floats]:
    """(N, all values) to (N, values) for each field."""
    ends = np.cumsum([len(field.values) for field in FIELDS])[:-1]
    parts = np.split(np.asarray(logits, np.float64), ends, axis=1)
    return {field.id: part for field, part in zip(FIELDS, parts, strict=True)}


def softmax(logits: Floats, temperature: float = 1.0) -> Floats:
    """Over the last axis."""
    scaled = logits / temperature
    powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result


def confusion(truth: Ints, guess: Ints, size: int) -> Ints:
    """(size, size): rows are the truth, columns the guess; unknown truths are left out."""
    known = truth != UNKNOWN
    table = np.zeros((size, size), np.int64)
    np.add.at(table, (truth[known], guess[known]), 1)
    return table


def macro_f1(table: Ints) -> float:
    """Mean F1 of the classes that occur in the truth; NaN when none does."""
    right = np.diag(table).astype(float)
    true, guessed = table.sum(axis=1), table.sum(axis=0)
    present = true > 0
    if not present.any():
        return float("nan")
    return float(np.mean(2 * right[present] / (true[present] + guessed[present])))


def _score(name: str, table: Ints) -> FieldScore:
    n = int(table.sum())
    return FieldScore(name, n, float(np.trace(table) / n) if n else float("nan"), macro_f1(table))


def field_scores(logits: NDArray[np.floating], values: NDArray[np.integer]) -> list[FieldScore]:
    """One for each field, in order, then the coarse movement and the coarse size."""
    parts = split_logits(logits)
    truth = np.asarray(values, np.int64)
    scores = [
        _score(field.id, confusion(truth[:, index], parts[field.id].argmax(axis=1), len(field.values)))
        for index, field in enumerate(FIELDS)
    ]
    coarse = [
        coarse_score("movement", parts["movement"], truth, coarse_movement),
        coarse_score("size", parts["size"], truth, coarse_size),
    ]
    return [*scores, *coarse]


def coarse_score(name: str, logits: Floats, values: Ints, coarser: Callable[[str], str | None]) -> FieldScore:
    """A field with its values brought together by ``coarser``: the classes' probabilities are summed.

    Values without a coarse class are left out, as truth and as guess.
    """
    field = FIELDS[FIELD_INDEX[name]]
    names: list[str | None] = [coarser(value.id) for value in field.values]
    classes = list(dict.fromkeys(one for one in names if one is not None))
    table = np.array([UNKNOWN if one is None else classes.index(one) for one in names] + [UNKNOWN])
    sums = np.stack(
        [softmax(logits)[:, [one == wanted for one in names]].sum(axis=1) for wanted in classes], axis=1
    )
    truth = table[values[:, FIELD_INDEX[name]]]
    return _score(f"{name} (coarse)", confusion(truth, sums.argmax(axis=1), len(classes)))


def fit_temperature(logits: Floats, truth: Ints) -> float:
    """The temperature of the least cross-entropy (arXiv 1706.04599); 1 when there is no truth."""
    known = truth != UNKNOWN
    if not known.any():
        return 1.0
    rows, target = logits[known], truth[known]
    costs = [
        -np.log(softmax(rows, one)[np.arange(len(rows)), target] + 1e-12).mean() for one in _TEMPERATURES
    ]
    return float(_TEMPERATURES[int(np.argmin(costs))])


def certain_from(confidence: Floats, right: NDArray[np.bool_], wanted: float) -> float:
    """The least confidence from which on at least ``wanted`` of the guesses are right; 1 when none is high enough.

    Never under a half: less than that is a guess that is more likely wrong.
    """
    order = np.argsort(-confidence)
    share = np.cumsum(right[order]) / (np.arange(len(order)) + 1)
    enough = np.flatnonzero((share >= wanted) & (np.arange(len(order)) + 1 >= min(_MIN_KEPT, len(order))))
    if not len(enough):
        return 1.0
    return float(max(0.5, confidence[order][enough[-1]]))


def calibration_error(confidence: Floats, right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins of equal width; NaN without guesses."""
    if not len(confidence):
        return float("nan")
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    error = 0.0
    for number in range(_BINS):
        inside = bins == number
        if inside.any():
            error += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return float(error)


def class_weights(values: NDArray[np.integer], balance: float) -> list[NDArray[np.float32]]:
    """For each field a weight per value, 1 on average over the shots (N, fields); rare values weigh more."""
    weights = []
    for index, field in enumerate(FIELDS):
        column = values[:, index]
        counts = np.bincount(column[column >= 0], minlength=len(field.values)).astype(float)
        weight = np.where(counts > 0, np.maximum(counts, 1) ** -balance, 0.0)
        mean = (weight * counts).sum() / max(counts.sum(), 1)
        weights.append(np.asarray(weight / mean if mean > 0 else np.ones_like(weight), np.float32))
    return weights


def mean_score(scores: Sequence[FieldScore]) -> float:
    """Mean macro-F1 of those that have a truth."""
    return float(np.nanmean([score.macro_f1 for score in scores]))
