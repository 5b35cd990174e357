"""What stands in for the networks of shots: finds cuts by differences, and says what the motion numbers say."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ml.infer.cut_finding import FoundTransition
from ml.media.inputs import ShotInputs
from ml.protocol import DeviceUsed, FieldGuess, FixedField, ModelUsed
from ml.shot_terms import FIELDS
from ml.tasks.shot_networks import Said


class PlainCutFinder:
    """A cut is where most of the picture changes."""

    model = ModelUsed("plain_cuts", "1", "0" * 64)
    device = DeviceUsed("cpu", "")

    def __init__(self, threshold: float = 40.0) -> None:
        self.threshold = threshold

    def find(self, chunks: Iterable[NDArray[np.uint8]], sensitivity: float) -> list[FoundTransition]:
        before: NDArray[np.int16] | None = None
        found: list[FoundTransition] = []
        number = 0
        for chunk in chunks:
            for pixels in chunk.astype(np.int16):
                if before is not None and np.abs(pixels - before).mean() > self.threshold:
                    found.append(FoundTransition("cut", number, number, 0.5 + sensitivity / 2))
                before = pixels
                number += 1
        return found


class PlainTeller:
    """Says static or pan, and whatever is fixed."""

    model = ModelUsed("plain_words", "1", "1" * 64)
    device = DeviceUsed("cpu", "")

    def tell(self, inputs: ShotInputs, fixed: tuple[FixedField, ...]) -> Said:
        shift = float(np.median(inputs.motion[:, 0]))
        movement = "static" if abs(shift) < 0.005 else ("pan_right" if shift < 0 else "pan_left")
        by_hand = {one.field: one.value for one in fixed}
        guesses = []
        for field in FIELDS:
            value = movement if field.id == "movement" else field.values[0].id
            certain = field.id in (*by_hand, "movement")
            confidence = 1.0 if field.id in by_hand else 0.9 if certain else 0.2
            guesses.append(
                FieldGuess(field.id, by_hand.get(field.id, value), confidence, certain, field.id in by_hand)
            )
        said = ", ".join([movement, *by_hand.values()])
        return Said(tuple(guesses), f"A shot: {said}.", f"镜头：{said}。")  # noqa: RUF001
