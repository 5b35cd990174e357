"""The comparison of cut detectors: what counts as found, and films that are written as they were made."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench.cut_detectors import (
    LabelledFilm,
    TrueChange,
    baseline,
    changes_of,
    frames_of,
    made_up_films,
    read_labels,
)
from bench.cuts import scored
from ml.train.cut_films import Film, LabelledTransition
from tests.ml.cut_sources import FlatSource


def film_with(*labels: tuple[str, int, int]) -> Film:
    transitions = tuple(LabelledTransition(kind, start, end) for kind, start, end in labels)
    return Film(np.zeros((300, 27, 48, 3), np.uint8), transitions, np.zeros(300, bool))


def test_through_black_is_one_change() -> None:
    film = film_with(("cut", 10, 10), ("fade_out", 40, 50), ("fade_in", 60, 70), ("dissolve", 100, 120))
    assert changes_of(film) == (
        TrueChange("cut", 10, 10),
        TrueChange("fade", 40, 70),
        TrueChange("dissolve", 100, 120),
    )
    assert changes_of(film_with(("cut", 10, 10), ("fade_in", 30, 40))) == (TrueChange("fade", 10, 40),)
    assert changes_of(film_with(("fade_out", 10, 20), ("cut", 30, 30))) == (TrueChange("fade", 10, 30),)


def test_a_finding_counts_within_two_frames_and_once() -> None:
    changes = (TrueChange("cut", 50, 50), TrueChange("dissolve", 100, 120), TrueChange("cut", 200, 200))
    film = LabelledFilm(Path("none"), changes, unclear=((250, 260),))
    every, cuts, kinds = scored(film, [52, 101, 110, 203, 255])
    assert (every.hits, every.missed, every.wrong) == (2, 1, 1)
    assert (cuts.hits, cuts.missed, cuts.wrong) == (1, 1, 1)
    assert kinds["dissolve"].hits == 1


def test_made_up_films_are_files_that_every_detector_reads(tmp_path: Path) -> None:
    (film,) = made_up_films(FlatSource(), 1, 200, 3, tmp_path)
    assert film.path.is_file()
    assert sum(len(chunk) for chunk in frames_of(film.path)) == 200
    assert all(0 <= frame < 200 for frame in baseline("ContentDetector")(film.path))


def test_labels_are_read_and_a_missing_clip_is_named(tmp_path: Path) -> None:
    label = {"cuts": [30], "transitions": [{"kind": "dissolve", "start": 5, "end": 9}]}
    (tmp_path / "labels.json").write_text(json.dumps({"clips": {"a.mp4": label}}), encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=r"a\.mp4"):
        read_labels(tmp_path)
    (tmp_path / "a.mp4").touch()
    (film,) = read_labels(tmp_path)
    assert film.changes == (TrueChange("dissolve", 5, 9), TrueChange("cut", 30, 30))
