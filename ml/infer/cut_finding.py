"""Finds where the shots of a film change: frames in, transitions out, in memory that does not grow with the film.

The network looks at windows that overlap by its reach, so a joint of two windows gives what one long window would.
Kept of each frame are seven numbers. The film's first and last frame stand for what lies beyond its ends.
"""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..protocol_shots import TransitionKind
from .cards import CutCard
from .session import Network

__all__ = [
    "FRAME_SHAPE",
    "FoundTransition",
    "Thresholds",
    "find_transitions",
    "probabilities_of",
    "thresholds_at",
    "transitions_in",
]

FRAME_SHAPE = (27, 48, 3)
WINDOW_FRAMES = 400
"""New frames per window: more would save little, and would fill the processor's caches."""
NEIGHBOURHOOD = 3
"""Of two peaks so near, the lower one is the shadow of the other."""
SHORTEST_RUN = 3
GAP = 2
"""Frames within a run that may seem to lie outside it."""
FADE_LEANING = 0.3
"""So much more likely must the one fade be than the other for a run to be two."""

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class FoundTransition:
    """In frames, 0-based. A cut: start is the first frame of the new shot, and so is end.

    Else start is the first frame that is of neither shot alone, end the first one of the new shot alone.
    """

    kind: TransitionKind
    start: int
    end: int
    confidence: float


class Thresholds(NamedTuple):
    """Probabilities from which something counts."""

    cut: float
    longer: float
    """Of transitions that are no cuts: fainter by nature, so they have a threshold of their own."""


def find_transitions(
    network: Network[CutCard], chunks: Iterable[Bytes], sensitivity: float
) -> list[FoundTransition]:
    """The transitions of the film that ``chunks`` hold, in order of time.

    ``chunks`` are uint8 (n, 27, 48, 3), sRGB, of any lengths, together at least one frame; a caller that wants to
    stop raises from them. ``sensitivity`` is within 0 to 1. Raises ValueError for anything else, TaskError
    OUT_OF_MEMORY or INTERNAL when the network cannot be run.
    """
    card = network.model.card
    thresholds = thresholds_at(card, sensitivity)
    probabilities = probabilities_of(network, chunks)
    kinds: tuple[TransitionKind, ...] = card.families  # type: ignore[assignment]
    return transitions_in(probabilities, thresholds, kinds)


def thresholds_at(card: CutCard, sensitivity: float) -> Thresholds:
    """What counts at that sensitivity, 0 to 1. Raises ValueError when it is not within."""
    if not 0 <= sensitivity <= 1:
        raise ValueError(f"the sensitivity {sensitivity} is not within 0 to 1")
    places = np.linspace(0, 1, len(card.cut_thresholds))
    cut, longer = (
        float(np.interp(sensitivity, places, steps))
        for steps in (card.cut_thresholds, card.longer_thresholds)
    )
    return Thresholds(cut, longer)


def probabilities_of(
    network: Network[CutCard], chunks: Iterable[Bytes], window_frames: int = WINDOW_FRAMES
) -> Floats:
    """What the network says of each frame: float32 (T, 2 + kinds), see ``ml.nets.cut_detector.CutProbabilities``.

    Raises ValueError when there is no frame at all or a chunk is not of the right form.
    """
    reach = network.model.card.reach_frames
    said = [np.zeros((0, 2 + len(network.model.card.families)), np.float32)]
    for window in _windows(chunks, window_frames, reach):
        frames = window.astype(np.float32)[None] / np.float32(255)
        said.append(network.run({"frames": frames})[0, reach : len(window) - reach])
    return np.concatenate(said)


def transitions_in(
    probabilities: Floats, thresholds: Thresholds, kinds: tuple[TransitionKind, ...]
) -> list[FoundTransition]:
    """Read the network's numbers (T, 2 + kinds): peaks are cuts or middles, runs are longer transitions."""
    moment, within, of_kind = probabilities[:, 0], probabilities[:, 1], probabilities[:, 2:]
    cut = kinds.index("cut")
    longer = [index for index in range(len(kinds)) if index != cut]
    found, middles = [], []
    for peak in _peaks(moment, min(thresholds)):
        if peak == 0:
            continue  # nothing comes before a film's first frame
        if of_kind[peak, cut] < 0.5:
            middles.append(peak)
        elif moment[peak] >= thresholds.cut:
            found.append(FoundTransition("cut", peak, peak, float(moment[peak])))
    for start, end in _runs(within, middles, thresholds.longer):
        for first, last in _fades_apart(of_kind, start, end, kinds):
            kind = kinds[longer[int(of_kind[first:last, longer].mean(0).argmax())]]
            confidence = float(max(moment[first:last].max(), within[first:last].max()))
            if confidence >= thresholds.longer:
                found.append(FoundTransition(kind, first, last, confidence))
    return sorted(found, key=lambda transition: (transition.start, transition.end))


def _windows(chunks: Iterable[Bytes], new_frames: int, reach: int) -> Iterator[Bytes]:
    """Windows (reach + n + reach, 27, 48, 3), n at most ``new_frames``, that together see each frame once."""
    held = np.zeros((0, *FRAME_SHAPE), np.uint8)
    for chunk in chunks:
        if chunk.dtype != np.uint8 or chunk.shape[1:] != FRAME_SHAPE:
            raise ValueError(f"frames are uint8 (n, 27, 48, 3), not {chunk.dtype} {chunk.shape}")
        if not len(chunk):
            continue
        if not len(held):
            held = np.repeat(chunk[:1], reach, axis=0)
        held = np.concatenate([held, chunk])
        while len(held) >= new_frames + 2 * reach:
            yield held[: new_frames + 2 * reach]
            held = held[new_frames:]
    if not len(held):
        raise ValueError("the film has no frames")
    rest = np.concatenate([held, np.repeat(held[-1:], reach, axis=0)])
    while len(rest) > 2 * reach:
        yield rest[: new_frames + 2 * reach]
        rest = rest[new_frames:]


def _peaks(moment: Floats, threshold: float) -> list[int]:
    """Frames that reach the threshold and stand above their neighbourhood; of equals the first."""
    padded = np.pad(moment, NEIGHBOURHOOD, constant_values=-1.0)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURHOOD + 1)  # (T, 7)
    before, after = around[:, :NEIGHBOURHOOD].max(1), around[:, NEIGHBOURHOOD + 1 :].max(1)
    return np.flatnonzero((moment >= threshold) & (moment > before) & (moment >= after)).tolist()


def _runs(within: Floats, middles: list[int], threshold: float) -> list[tuple[int, int]]:
    """Stretches that lie within a transition; where two middles share one, it is divided between them."""
    # the border is lower than what a run must reach: its ends are faint by nature
    inside = np.pad(within >= 0.5 * threshold, 1)
    edges = np.flatnonzero(inside[1:] != inside[:-1]).reshape(-1, 2).tolist()
    joined: list[list[int]] = []
    for start, end in edges:
        if joined and start - joined[-1][1] <= GAP:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    runs = []
    for start, end in joined:
        own = [peak for peak in middles if start <= peak < end]
        if end - start >= SHORTEST_RUN and (own or within[start:end].max() >= threshold):
            runs += _divided(within, start, end, own)
    lonely = [peak for peak in middles if not any(start <= peak < end for start, end in runs)]
    return runs + [(max(peak - 1, 0), min(peak + 2, len(within))) for peak in lonely]


def _divided(within: Floats, start: int, end: int, middles: list[int]) -> list[tuple[int, int]]:
    parts = []
    for before, after in itertools.pairwise(middles):
        border = before + 1 + int(within[before + 1 : after].argmin())
        parts.append((start, border))
        start = border
    return [*parts, (start, end)]


def _fades_apart(
    of_kind: Floats, start: int, end: int, kinds: tuple[TransitionKind, ...]
) -> list[tuple[int, int]]:
    """The run, or its two halves where a fade out goes over into a fade in without a black frame between them."""
    leaning = of_kind[start:end, kinds.index("fade_out")] - of_kind[start:end, kinds.index("fade_in")]
    if end - start < 2 * SHORTEST_RUN:
        return [(start, end)]
    borders = np.arange(SHORTEST_RUN, end - start - SHORTEST_RUN + 1)
    sums = np.concatenate([[0.0], np.cumsum(leaning)])
    border = int(borders[(2 * sums[borders] - sums[-1]).argmax()])
    if leaning[:border].mean() < FADE_LEANING or leaning[border:].mean() > -FADE_LEANING:
        return [(start, end)]
    return [(start, start + border), (start + border, end)]
