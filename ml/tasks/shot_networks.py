"""What shot jobs ask of the networks: two small interfaces, so that the jobs are tested without any network."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..infer.cards import CutCard, ShotCard
from ..infer.cut_finding import FoundTransition, find_transitions
from ..infer.describing import Describer, load_describer
from ..infer.models import find_model
from ..infer.session import Network
from ..media.inputs import ShotInputs
from ..protocol import DeviceChoice, DeviceUsed, FieldGuess, FixedField, ModelUsed
from .context import TaskContext

__all__ = ["CutFinder", "Said", "ShotTeller", "load_cut_finder", "load_teller"]


_CUTS = "cut_detector"
_SHOTS = "shot_describer"


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
    return _NetworkCutFinder(context.networks.load(find_model(context.models_dir, _CUTS, CutCard), device))


def load_teller(context: TaskContext, device: DeviceChoice) -> ShotTeller:
    """The networks that describe shots. Raises TaskError MODEL_MISSING, MODEL_CORRUPT or RUNTIME_MISSING."""
    model = find_model(context.models_dir, _SHOTS, ShotCard)
    return _NetworkTeller(load_describer(model, context.networks, device))


class _NetworkCutFinder:
    def __init__(self, network: Network[CutCard]) -> None:
        self._network = network
        self.model = network.model.used
        self.device = network.device

    def find(self, chunks: Iterable[NDArray[np.uint8]], sensitivity: float) -> list[FoundTransition]:
        return find_transitions(self._network, chunks, sensitivity)


class _NetworkTeller:
    def __init__(self, describer: Describer) -> None:
        self._describer = describer
        self.model = describer.used
        self.device = describer.device

    def tell(self, inputs: ShotInputs, fixed: tuple[FixedField, ...]) -> Said:
        (described,) = self._describer.describe([inputs.by_name()], [fixed])
        return Said(described.fields, described.en, described.zh)
