"""From the network's numbers to transitions, and windows that join without a seam; the network here is a fake."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from ml.infer.cards import CutCard, TensorSpec
from ml.infer.cut_finding import (
    FoundTransition,
    Thresholds,
    find_transitions,
    probabilities_of,
    thresholds_at,
    transitions_in,
)
from ml.infer.models import Model
from ml.infer.session import Network
from ml.protocol import DeviceUsed

KINDS = ("cut", "dissolve", "fade_in", "fade_out", "wipe")
REACH = 5


HALF = Thresholds(0.5, 0.5)


def card(cut: tuple[float, ...] = (0.9, 0.5, 0.1), longer: tuple[float, ...] = (0.8, 0.4, 0.2)) -> CutCard:
    return CutCard(
        name="cut_detector",
        version="1",
        task="cuts",
        file="model.onnx",
        sha256="0" * 64,
        opset=18,
        inputs=(TensorSpec("frames", "float32", ("1", "frames", "27", "48", "3")),),
        outputs=(TensorSpec("probabilities", "float32", ("1", "frames", "7")),),
        families=KINDS,
        licence="CC0-1.0",
        reach_frames=REACH,
        cut_thresholds=cut,
        longer_thresholds=longer,
    )


class FakeSession:
    """Says of a frame: how far its brightness is from that of the frames within its reach."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def run(self, names: None, inputs: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        frames = inputs["frames"]
        assert frames.dtype == np.float32
        assert frames.max() <= 1
        light = frames[0].mean((1, 2, 3))
        self.lengths.append(len(light))
        padded = np.pad(light, REACH)
        around = np.lib.stride_tricks.sliding_window_view(padded, 2 * REACH + 1)
        answer = np.zeros((1, len(light), 7), np.float32)
        answer[0, :, 0] = np.abs(around - light[:, None]).mean(1)
        answer[0, 1:, 1] = np.abs(np.diff(light))
        answer[0, :, 2] = 1
        return [answer]


def network(session: FakeSession) -> Network[CutCard]:
    return Network(Model(card(), Path()), session, DeviceUsed("cpu", ""))


def numbers(length: int) -> np.ndarray:
    said = np.full((length, 7), 0.01, np.float32)
    said[:, 2] = 0.96  # cut
    return said


def film(length: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (length, 27, 48, 3), dtype=np.uint8)


def test_a_peak_is_a_cut_at_its_frame() -> None:
    said = numbers(50)
    said[20, 0], said[21, 0] = 0.9, 0.7
    assert transitions_in(said, HALF, KINDS) == [FoundTransition("cut", 20, 20, pytest.approx(0.9))]


def test_of_equal_neighbours_the_first_counts() -> None:
    said = numbers(50)
    said[20:22, 0] = 0.8
    assert [transition.start for transition in transitions_in(said, HALF, KINDS)] == [20]


def test_the_films_first_frame_is_no_cut() -> None:
    said = numbers(10)
    said[0, 0] = 0.99
    assert transitions_in(said, HALF, KINDS) == []


def test_a_run_is_a_transition_of_the_kind_that_most_of_its_frames_have() -> None:
    said = numbers(60)
    said[20:32, 1] = 0.9
    said[20:32, 2:] = (0.1, 0.6, 0.1, 0.1, 0.1)
    said[26, 0] = 0.8
    assert transitions_in(said, HALF, KINDS) == [FoundTransition("dissolve", 20, 32, pytest.approx(0.9))]


def test_a_run_without_a_clear_middle_counts_too_and_gaps_in_it_are_closed() -> None:
    said = numbers(60)
    said[20:26, 1] = said[27:32, 1] = 0.7
    said[20:32, 2:] = (0.1, 0.1, 0.1, 0.1, 0.6)
    assert transitions_in(said, HALF, KINDS) == [FoundTransition("wipe", 20, 32, pytest.approx(0.7))]


def test_two_middles_divide_a_run() -> None:
    said = numbers(60)
    said[10:40, 1] = 0.9
    said[24, 1] = 0.6
    said[10:40, 2:] = (0.1, 0.6, 0.1, 0.1, 0.1)
    said[16, 0] = said[33, 0] = 0.8
    found = transitions_in(said, HALF, KINDS)
    assert [(transition.start, transition.end) for transition in found] == [(10, 24), (24, 40)]


def test_a_fade_out_that_goes_over_into_a_fade_in_is_two() -> None:
    said = numbers(60)
    said[10:40, 1] = 0.9
    said[10:22, 2:] = (0.0, 0.1, 0.1, 0.8, 0.0)
    said[22:40, 2:] = (0.0, 0.1, 0.8, 0.1, 0.0)
    found = transitions_in(said, HALF, KINDS)
    assert [(transition.kind, transition.start, transition.end) for transition in found] == [
        ("fade_out", 10, 22),
        ("fade_in", 22, 40),
    ]


def test_a_cut_right_after_a_fade_is_found_beside_it() -> None:
    said = numbers(60)
    said[10:20, 1] = 0.9
    said[10:20, 2:] = (0.0, 0.1, 0.1, 0.8, 0.0)
    said[26, 0] = 0.9
    found = transitions_in(said, HALF, KINDS)
    assert [(transition.kind, transition.start) for transition in found] == [("fade_out", 10), ("cut", 26)]


def test_a_lower_threshold_finds_more() -> None:
    said = numbers(80)
    said[[20, 40, 60], 0] = (0.2, 0.5, 0.95)
    assert [
        len(transitions_in(said, Thresholds(threshold, threshold), KINDS)) for threshold in (0.9, 0.4, 0.15)
    ] == [1, 2, 3]


def test_sensitivity_goes_evenly_from_threshold_to_threshold() -> None:
    found = [thresholds_at(card(), sensitivity) for sensitivity in (0, 0.25, 0.5, 1)]
    assert [pair.cut for pair in found] == pytest.approx([0.9, 0.7, 0.5, 0.1])
    assert [pair.longer for pair in found] == pytest.approx([0.8, 0.6, 0.4, 0.2])
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="not within 0 to 1"):
            thresholds_at(card(), wrong)


@pytest.mark.parametrize("length", [1, 2, 7, 40, 41, 80, 123])
@pytest.mark.parametrize("chunk", [1, 7, 200])
def test_windows_join_to_what_one_window_says(length: int, chunk: int) -> None:
    frames = film(length)
    chunks = [frames[start : start + chunk] for start in range(0, length, chunk)]
    parts, whole = FakeSession(), FakeSession()
    joined = probabilities_of(network(parts), chunks, window_frames=40)
    at_once = probabilities_of(network(whole), [frames], window_frames=10_000)
    assert joined.shape == (length, 7)
    assert np.allclose(joined, at_once, atol=1e-6)
    assert whole.lengths == [length + 2 * REACH]
    assert max(parts.lengths) <= 40 + 2 * REACH


def test_empty_chunks_are_passed_over() -> None:
    frames = film(12)
    with_empty = probabilities_of(network(FakeSession()), [frames[:0], frames[:5], frames[:0], frames[5:]])
    assert np.array_equal(with_empty, probabilities_of(network(FakeSession()), [frames]))


def test_a_long_film_is_never_held_whole() -> None:
    session = FakeSession()
    chunks = (film(64, seed) for seed in range(40))
    assert len(probabilities_of(network(session), chunks, window_frames=100)) == 40 * 64
    assert max(session.lengths) == 100 + 2 * REACH


@pytest.mark.parametrize(
    "chunk",
    [
        np.zeros((3, 27, 48, 3), np.float32),
        np.zeros((3, 48, 27, 3), np.uint8),
        np.zeros((27, 48, 3), np.uint8),
    ],
)
def test_frames_of_another_form_are_refused(chunk: np.ndarray) -> None:
    with pytest.raises(ValueError, match="frames are uint8"):
        find_transitions(network(FakeSession()), [chunk], 0.5)


def test_a_film_without_frames_is_refused() -> None:
    with pytest.raises(ValueError, match="no frames"):
        find_transitions(network(FakeSession()), [], 0.5)


def test_what_the_chunks_raise_comes_through() -> None:
    def stopped():
        yield film(3)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        find_transitions(network(FakeSession()), stopped(), 0.5)


def test_cuts_and_longer_transitions_have_thresholds_of_their_own() -> None:
    said = numbers(90)
    said[20, 0] = 0.6
    said[50:62, 1] = 0.6
    said[50:62, 2:] = (0.1, 0.1, 0.1, 0.1, 0.6)
    for thresholds, kinds in (((0.5, 0.7), ["cut"]), ((0.7, 0.5), ["wipe"]), ((0.5, 0.5), ["cut", "wipe"])):
        found = transitions_in(said, Thresholds(*thresholds), KINDS)
        assert [transition.kind for transition in found] == kinds


@pytest.mark.parametrize("steps", [(0.5,), (0.1, 0.5), (1.0, 0.5), (0.5, 0.0), (0.9, 0.8, 0.7, 0.6)])
def test_a_card_with_senseless_thresholds_is_refused(steps: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="thresholds"):
        card(cut=steps)
    with pytest.raises(ValueError, match="thresholds"):
        card(longer=steps)
