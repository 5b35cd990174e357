"""How well found transitions agree with the true ones: one truth, one finding, at most a few frames apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Score", "Span", "match_transitions"]


class Span(Protocol):
    """Frames; a cut starts and ends at the new shot's first frame."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Score:
    """Counts that can be added up over films."""

    hits: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.hits + other.hits, self.missed + other.missed, self.wrong + other.wrong)

    @property
    def precision(self) -> float:
        """Share of the findings that are true; 0 without any."""
        return self.hits / max(self.hits + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Share of the truth that is found; 0 without any."""
        return self.hits / max(self.hits + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.hits / max(2 * self.hits + self.missed + self.wrong, 1)


def match_transitions(
    truth: Sequence[Span], found: Sequence[Span], tolerance: int
) -> tuple[list[tuple[int, int]], list[int]]:
    """Pairs of indices (truth, found) whose spans, widened by ``tolerance`` frames, meet; and findings left over.

    Each is used once. The nearest pairs are made first: by the distance of the middles.
    """
    near = []
    for index, true in enumerate(truth):
        for other, guess in enumerate(found):
            if guess.start <= true.end + tolerance and guess.end >= true.start - tolerance:
                near.append((abs(true.start + true.end - guess.start - guess.end), index, other))
    pairs: list[tuple[int, int]] = []
    for _, index, other in sorted(near):
        if all(index != pair[0] and other != pair[1] for pair in pairs):
            pairs.append((index, other))
    used = {other for _, other in pairs}
    return pairs, [other for other in range(len(found)) if other not in used]
