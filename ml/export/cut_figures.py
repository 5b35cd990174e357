"""Thresholds and figures of the cut detector, from films whose transitions are known."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..infer.cut_finding import Thresholds, transitions_in
from ..train.cut_films import KINDS, Film
from ..train.cut_scoring import Score, match_transitions
from ..train.cut_trainer import TOLERANCE_FRAMES, score_films
from .metrics import MetricRow, Metrics

__all__ = ["choose_thresholds", "cut_metrics"]

GRID = tuple(round(0.02 * step, 2) for step in range(2, 49))

Floats = npt.NDArray[np.float32]


def choose_thresholds(films: Sequence[Film], said: Sequence[Floats]) -> tuple[Thresholds, ...]:
    """Three, falling: the middle one has the highest F1; for the first, wrong findings count much more than missed
    ones, for the last the other way round."""
    chosen: list[Thresholds] = []
    for beta in (1.0, 0.25, 4.0):
        best = chosen[0] if chosen else Thresholds(0.5, 0.5)
        low = best if beta < 1 else Thresholds(0.0, 0.0)
        high = best if beta > 1 else Thresholds(1.0, 1.0)
        for _ in range(2):  # one after the other: both at once would take minutes and find the same
            for field in ("longer", "cut"):
                tried = [
                    best._replace(**{field: step})
                    for step in GRID
                    if getattr(low, field) <= step <= getattr(high, field)
                ]
                best = max(tried, key=lambda pair: _weighted(score_films(films, said, pair), beta))
        chosen.append(best)
    return chosen[1], chosen[0], chosen[2]


def cut_metrics(films: Sequence[Film], said: Sequence[Floats], thresholds: Thresholds) -> Metrics:
    """The rows of the card: all kinds together, and how many of each are found and named rightly."""
    score = score_films(films, said, thresholds)
    counts = {kind: [0, 0, 0] for kind in KINDS}  # there, found, found and named rightly
    for film, probabilities in zip(films, said, strict=True):
        found = transitions_in(probabilities, thresholds, KINDS)
        pairs = dict(match_transitions(film.transitions, found, TOLERANCE_FRAMES)[0])
        for index, label in enumerate(film.transitions):
            if not film.unclear[label.start : label.end + 1].any():
                counts[label.kind][0] += 1
                counts[label.kind][1] += index in pairs
                counts[label.kind][2] += index in pairs and found[pairs[index]].kind == label.kind
    total = float(score.hits + score.missed)
    rows = [
        MetricRow("f1", "F1, all kinds", round(score.f1, 4), total),
        MetricRow(
            "precision", "Precision, all kinds", round(score.precision, 4), float(score.hits + score.wrong)
        ),
        MetricRow("recall", "Recall, all kinds", round(score.recall, 4), total),
    ]
    for kind, (there, hit, named) in counts.items():
        word = kind.replace("_", " ")
        rows.append(
            MetricRow(f"recall_{kind}", f"Recall, {word}", round(hit / max(there, 1), 4), float(there))
        )
        rows.append(
            MetricRow(f"kind_{kind}", f"Of these, called {word}", round(named / max(hit, 1), 4), float(hit))
        )
    note = (
        f"On {len(films)} made-up films of {len(films[0].frames)} frames from held-out pictures, at sensitivity 0.5; "
        f"a finding counts when it is at most {TOLERANCE_FRAMES} frames from the transition. Against PySceneDetect "
        "and on real film: see docs/cuts.md."
    )
    return Metrics(note, tuple(rows), (), ("value", "n"))


def _weighted(score: Score, beta: float) -> float:
    """The F measure in which recall counts ``beta`` times as much as precision."""
    square = beta * beta
    return (
        (1 + square) * score.hits / max((1 + square) * score.hits + square * score.missed + score.wrong, 1e-9)
    )
