"""What a cut looks like in numbers: average shot length, shares of sizes and movements. Standard library only."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..shot_terms import FIELD_INDEX, FIELDS
from .entries import ListedShot, ShotList

__all__ = ["Share", "Summary", "shares", "summary"]


@dataclass(frozen=True, slots=True)
class Summary:
    """Of all shots; lengths in seconds. ``mean_seconds`` is what the field calls the average shot length (ASL)."""

    shots: int
    total_seconds: float
    mean_seconds: float
    median_seconds: float
    shortest_seconds: float
    longest_seconds: float


@dataclass(frozen=True, slots=True)
class Share:
    """Of one value of a field."""

    value: str
    """Its id; empty for shots where it is not certain."""
    shots: int
    share: float
    """Of all shots, 0 to 1."""


def summary(listed: ShotList) -> Summary:
    """All zero when there is no shot."""
    lengths = [listed.duration_seconds(shot) for shot in listed.shots] or [0.0]
    return Summary(
        shots=len(listed.shots),
        total_seconds=sum(lengths),
        mean_seconds=statistics.fmean(lengths),
        median_seconds=statistics.median(lengths),
        shortest_seconds=min(lengths),
        longest_seconds=max(lengths),
    )


def shares(shots: Sequence[ListedShot], field: str) -> tuple[Share, ...]:
    """Of the values that occur, in the field's own order, then of what is uncertain."""
    guesses = [shot.guess(field) for shot in shots]
    counts = Counter(guess.value if guess is not None and guess.certain else "" for guess in guesses)
    order = [*(value.id for value in FIELDS[FIELD_INDEX[field]].values), ""]
    return tuple(Share(value, counts[value], counts[value] / len(shots)) for value in order if counts[value])
