"""What shot jobs ask of the networks: two small interfaces, so that the jobs are tested without any network."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..errors import TaskError
from ..media.inputs import ShotInputs
from ..protocol import DeviceChoice, DeviceUsed, FieldGuess, FixedField, ModelUsed
from ..protocol_shots import TransitionKind
from .context import TaskContext

__all__ = ["CutFinder", "FoundTransition", "Said", "ShotTeller", "load_cut_finder", "load_teller"]


class FoundTransition(Protocol):
    """In frames, as ``protocol.Transition`` is in seconds."""

    @property
    def kind(self) -> TransitionKind: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def confidence(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Said:
    """What one shot shows."""

    fields: tuple[FieldGuess, ...]
    en: str
    zh: str


class CutFinder(Protocol):
    """Finds where shots change."""

    model: ModelUsed
    device: DeviceUsed

    def find(self, chunks: Iterable[NDArray[np.uint8]], sensitivity: float) -> list[FoundTransition]:
        """The transitions in frames (N, 27, 48, 3), in order; what ``chunks`` raise goes through."""


class ShotTeller(Protocol):
    """Says what a shot shows."""

    model: ModelUsed
    device: DeviceUsed

    def tell(self, inputs: ShotInputs, fixed: tuple[FixedField, ...]) -> Said:
        """Every field, and a sentence in each language that says what is certain or fixed."""


def load_cut_finder(context: TaskContext, device: DeviceChoice) -> CutFinder:
    """The network that finds cuts. Raises TaskError MODEL_MISSING, MODEL_CORRUPT or RUNTIME_MISSING."""
    raise TaskError("MODEL_MISSING", "This version of FilmAI has no model for cuts yet.")


def load_teller(context: TaskContext, device: DeviceChoice) -> ShotTeller:
    """The networks that describe shots. Raises TaskError MODEL_MISSING, MODEL_CORRUPT or RUNTIME_MISSING."""
    raise TaskError("MODEL_MISSING", "This version of FilmAI has no model for shots yet.")
