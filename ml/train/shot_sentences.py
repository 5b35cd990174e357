"""The grammar that writes what the describer learns to say: from values to words, in English or Chinese.

Every said field is said once, an unsaid one not at all; the same random stream gives the same sentence.
``random_values`` draws what a sentence could be about, for the vocabulary and for sentences without a picture.
"""

import random
from collections.abc import Mapping

from ..shot_sense import go_together, sayable
from ..shot_terms import FIELDS
from .shot_sentences_en import write_english
from .shot_sentences_zh import write_chinese

__all__ = ["MAX_WORDS", "random_values", "write_sentence"]

MAX_WORDS = 56
"""No sentence is longer, all fields said."""

_WRITERS = {"en": write_english, "zh": write_chinese}


def write_sentence(values: Mapping[str, str], language: str, rng: random.Random) -> list[str]:
    """The words of a sentence, or of several, that says exactly these values (field id -> value id).

    Raises ValueError for values that do not go together (see ``ml.shot_sense``).
    """
    if not go_together(values) or values.get("speed") == "none":
        raise ValueError(f"no sentence can say all of {dict(values)}")
    return _WRITERS[language](values, rng)


def random_values(rng: random.Random, share: float) -> dict[str, str]:
    """Values that go together; each field is asked for with that probability."""
    asked = {field.id: rng.choice(field.values).id for field in FIELDS if rng.random() < share}
    # which of two that contradict each other stays is left to chance too
    return sayable(asked, {field: rng.random() for field in asked})
