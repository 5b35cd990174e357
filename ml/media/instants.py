"""At which times of a medium a shot is looked at. Standard library only."""

from dataclasses import dataclass

from .inputs import INSTANTS
from .motion import PAIR_SECONDS

__all__ = ["EDGE_SECONDS", "Stretch", "instant_pairs"]

EDGE_SECONDS = 0.002
"""Times of files are rounded: a frame that is so little before a cut belongs to what follows it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one time of a medium to another, and how fast it is shown."""

    start_seconds: float
    end_seconds: float
    """Exclusive."""
    speed: float = 1.0
    """Seconds of the medium in one second of the timeline."""
    backwards: bool = False
    """Shown from its end to its start."""

    @property
    def shown_seconds(self) -> float:
        """How long the timeline shows it."""
        return (self.end_seconds - self.start_seconds) / self.speed

    def holds(self, seconds: float) -> bool:
        """Whether a frame of that time is within it."""
        return self.start_seconds - EDGE_SECONDS <= seconds < self.end_seconds - EDGE_SECONDS


def instant_pairs(stretch: Stretch) -> tuple[tuple[float, float], ...]:
    """The times of the 8 pairs in the medium, in its own order.

    Pairs are 1/12 s apart as the timeline shows it, and kept within the stretch; one that is shorter than that
    is looked at from its start to its end.
    """
    length = stretch.end_seconds - stretch.start_seconds
    apart = min(PAIR_SECONDS * stretch.speed, length)
    latest = stretch.end_seconds - apart
    pairs = []
    for index in range(INSTANTS):
        first = min(stretch.start_seconds + (index + 0.5) / INSTANTS * length, latest)
        pairs.append((first, first + apart))
    if stretch.backwards:
        both = stretch.start_seconds + stretch.end_seconds
        pairs = [(both - second, both - first) for first, second in reversed(pairs)]
    return tuple(pairs)
