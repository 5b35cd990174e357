"""The benchmark of descriptions: what it counts, and what it does not."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from bench.shot_clips import DescribedShot, coarse_hits, size_distances
from bench.shot_quality import Figure, draw_confusions, main
from ml.infer.describing import Described
from ml.protocol import FieldGuess
from ml.shot_terms import FIELDS
from tests.ml.shot_stand_ins import stand_in_shots


def shot(labels: dict[str, str], **guesses: str) -> DescribedShot:
    fields = tuple(
        FieldGuess(field.id, guesses.get(field.id, field.values[0].id), 0.9, True, False) for field in FIELDS
    )
    return DescribedShot("clip.mp4", 0, labels, Described(fields, "", "", {}))


def test_a_truck_counts_as_a_pan_and_a_roll_as_nothing() -> None:
    shots = [
        shot({"movement": "pan_left"}, movement="truck_right"),
        shot({"movement": "static"}, movement="zoom_in"),
        shot({"movement": "roll"}, movement="roll"),
        shot({}, movement="static"),
    ]
    assert coarse_hits(shots) == [True, False]


def test_sizes_are_compared_step_by_step() -> None:
    shots = [
        shot({"size": "close_up"}, size="extreme_close_up"),
        shot({"size": "wide"}, size="full"),
        shot({"size": "extreme_wide"}, size="medium"),
        shot({}),
    ]
    assert size_distances(shots) == [0, 1, 3]


def test_a_target_is_met_or_not_or_not_measured() -> None:
    assert Figure("f1", 0.9, 10, 0.85).met is True
    assert Figure("f1", 0.8, 10, 0.85).met is False
    assert Figure("error", 0.04, 10, 0.05, at_most=True).met is True
    assert Figure("error", 0.06, 10, 0.05, at_most=True).met is False
    assert Figure("f1", float("nan"), 0, 0.85).met is None
    assert Figure("f1", float("nan"), 0, 0.85).cells() == ("f1", "not measured", "0", "0.85", "")


def test_every_field_gets_its_matrix(tmp_path: Path) -> None:
    values = stand_in_shots(30).values
    logits = np.random.default_rng(0).normal(size=(30, sum(len(field.values) for field in FIELDS)))
    draw_confusions(tmp_path / "new", logits.astype(np.float32), values, "renders")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {
        f"confusion_{field.id}.png" for field in FIELDS
    }


def test_a_missing_model_and_missing_labels_are_said(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--models", str(tmp_path), "--test", str(tmp_path)]) == 2
    assert "missing" in capsys.readouterr().err
    monkeypatch.setattr("bench.shot_quality.find_model", lambda *_: SimpleNamespace(card=None))
    monkeypatch.setattr("bench.shot_quality.load_describer", lambda *_: cast(Any, None))
    assert main(["--clips", str(tmp_path)]) == 2
    assert "labels.json" in capsys.readouterr().err
