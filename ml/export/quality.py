"""A row of the texture studio's table of figures, and the target that its value is held against."""

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["QualityRow", "Target"]


@dataclass(frozen=True, slots=True)
class Target:
    """What our figure shall reach, in words and as a test of (ours, reference, floor)."""

    text: str
    reached: Callable[[float, float | None, float], bool]


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One figure of every set; None where it was not measured or makes no sense."""

    id: str
    label: str
    ours: float | None
    reference: float | None
    """Of the reference DCGAN."""
    training: float | None
    """Of as many training renders: the floor of whoever knows no others."""
    floor: float | None
    """Of the held-out renders themselves: the floor of whoever is told their layouts and looks."""
    floor_is: str
    """What was measured for the floor."""
    target: str
    met: bool | None
    """Whether ``ours`` reaches it."""
