"""The shipped cut detector on films made here, of pictures that its training never saw."""

import json
from pathlib import Path

import numpy as np
import pytest

from ml.infer.cards import CutCard
from ml.infer.cut_finding import (
    FoundTransition,
    find_transitions,
    probabilities_of,
    thresholds_at,
    transitions_in,
)
from ml.infer.models import find_model
from ml.infer.session import Network, SessionCache

MODELS = Path(__file__).parents[2] / "ml" / "models"
SIZE = (27, 48)


@pytest.fixture(scope="module")
def network() -> Network[CutCard]:
    return SessionCache().load(find_model(MODELS, "cut_detector", CutCard), "cpu")


def shot(seed: int, frames: int) -> np.ndarray:
    """A slow pan over a picture of blots: float (T, 27, 48, 3)."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:27, 0:120]
    picture = np.broadcast_to(rng.random(3) * 0.5 + 0.2, (27, 120, 3)).copy()
    for _ in range(25):
        y, x, size = rng.uniform(0, 27), rng.uniform(0, 120), rng.uniform(2, 9)
        blot = np.clip(1.5 - np.hypot(rows - y, columns - x) / size, 0, 1)[..., None]
        picture += blot * (rng.random(3) - picture)
    steps = np.linspace(0, frames * 0.2, frames).round().astype(int)
    return np.stack([picture[:, step : step + 48] for step in steps])


def as_film(frames: np.ndarray) -> np.ndarray:
    grain = np.random.default_rng(9).normal(0, 0.01, frames.shape)
    return ((frames + grain).clip(0, 1) * 255).round().astype(np.uint8)


def found_in(network: Network[CutCard], film: np.ndarray, sensitivity: float = 0.5) -> list[FoundTransition]:
    return find_transitions(network, [film], sensitivity)


def mixed(before: np.ndarray, after: np.ndarray, length: int) -> np.ndarray:
    share = ((np.arange(length) + 1) / (length + 1))[:, None, None, None]
    joint = (1 - share) * before[-length:] + share * after[:length]
    return np.concatenate([before[:-length], joint, after[length:]])


@pytest.mark.parametrize("seed", range(4))
def test_a_cut_is_found_at_its_frame(network: Network[CutCard], seed: int) -> None:
    film = as_film(np.concatenate([shot(seed, 60), shot(seed + 50, 60)]))
    (found,) = found_in(network, film)
    assert (found.kind, found.start, found.end) == ("cut", 60, 60)
    assert found.confidence > 0.5


@pytest.mark.parametrize("seed", range(4))
def test_a_dissolve_is_found_with_its_ends(network: Network[CutCard], seed: int) -> None:
    film = as_film(mixed(shot(seed, 90), shot(seed + 50, 90), 20))
    (found,) = found_in(network, film)
    assert found.kind == "dissolve"
    assert found.start == pytest.approx(70, abs=5)
    assert found.end == pytest.approx(90, abs=5)


def test_a_fade_out_and_a_fade_in_are_found(network: Network[CutCard]) -> None:
    black = np.zeros((30, *SIZE, 3))
    film = as_film(mixed(mixed(shot(1, 80), black, 15), shot(2, 80), 10))
    kinds = [found.kind for found in found_in(network, film)]
    assert kinds == ["fade_out", "fade_in"]


def test_a_flash_is_no_cut(network: Network[CutCard]) -> None:
    frames = shot(3, 100)
    frames[50:52] += 0.8 * (1 - frames[50:52])
    assert found_in(network, as_film(frames)) == []


def test_a_shot_is_no_cut_whatever_the_sensitivity_allows_for(network: Network[CutCard]) -> None:
    assert found_in(network, as_film(shot(4, 200)), sensitivity=0.0) == []


@pytest.mark.parametrize("length", [1, 2, 3, 500])
@pytest.mark.parametrize("level", [0, 255])
def test_a_film_of_one_colour_has_no_transitions(network: Network[CutCard], length: int, level: int) -> None:
    assert found_in(network, np.full((length, *SIZE, 3), level, np.uint8)) == []


def test_a_black_first_frame_is_a_cut_to_the_second(network: Network[CutCard]) -> None:
    film = as_film(np.concatenate([np.zeros((1, *SIZE, 3)), shot(5, 80)]))
    assert [(found.kind, found.start) for found in found_in(network, film)] == [("cut", 1)]


def test_windows_agree_with_one_long_window(network: Network[CutCard]) -> None:
    film = as_film(np.concatenate([mixed(shot(seed, 90), shot(seed + 50, 90), 15) for seed in range(5)]))
    chunks = [film[start : start + 37] for start in range(0, len(film), 37)]
    joined = probabilities_of(network, chunks, window_frames=100)
    at_once = probabilities_of(network, [film], window_frames=len(film))
    assert np.abs(joined - at_once).max() < 1e-4
    kinds = network.model.card.families
    same = [
        [
            (found.kind, found.start, found.end)
            for found in transitions_in(said, thresholds_at(network.model.card, 0.5), kinds)
        ]
        for said in (joined, at_once)
    ]
    assert same[0] == same[1]


def test_a_higher_sensitivity_never_finds_less(network: Network[CutCard]) -> None:
    film = as_film(np.concatenate([mixed(shot(seed, 90), shot(seed + 50, 90), 30) for seed in range(3)]))
    counts = [len(found_in(network, film, sensitivity)) for sensitivity in (0.0, 0.5, 1.0)]
    assert counts == sorted(counts)


def test_the_card_says_what_was_measured_and_where_the_weights_come_from() -> None:
    card = json.loads((MODELS / "cut_detector" / "1" / "card.json").read_text(encoding="utf-8"))
    figures = {row["id"]: row["generated"] for row in card["metrics"]["rows"]}
    assert figures["f1"] > 0.85
    assert card["parity"]["max_abs_error"] < card["parity"]["allowed"]
    assert card["licence"] == "CC0-1.0"
