"""What the decoder is told in training, and the sentence that it is to say: truth or invention, with fields unsaid."""

import random
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from ..shot_sense import ABOUT_THE_SUBJECT, QUIET, sayable
from ..shot_terms import FIELDS, LANGUAGES
from .shot_data import UNKNOWN
from .shot_sentences import random_values, write_sentence
from .shot_vocabulary import Vocabulary

__all__ = ["codes_of", "lesson", "told_values", "values_of"]

_QUIET_SAID = 0.25
"""How often a value that goes without saying is said all the same, as when a user has set it."""
_NO_SUBJECT, _ONE_WORD = 0.2, 0.2
"""How often nothing is told of a subject, as when the describer is sure of the light alone; and one thing only."""


def values_of(numbers: Sequence[int]) -> dict[str, str]:
    """Field id -> value id of value numbers in the order of ``FIELDS``; unknown ones are left out."""
    return {
        field.id: field.values[number].id
        for field, number in zip(FIELDS, numbers, strict=True)
        if number != UNKNOWN
    }


def codes_of(values: Mapping[str, str]) -> list[int]:
    """What the decoder is told: 0 for an unsaid field, else the value's number and one."""
    return [field.index(values[field.id]) + 1 if field.id in values else 0 for field in FIELDS]


def told_values(truth: Mapping[str, str], invented: float, rng: random.Random) -> dict[str, str]:
    """Some of the true values, or of random ones, that one sentence can say."""
    share = 1.0 if rng.random() < 0.4 else rng.uniform(0.1, 1.0)
    values = random_values(rng, 1.0) if rng.random() < invented else dict(truth)
    of_subject = [field for field in ("subject", *ABOUT_THE_SUBJECT) if field in values]
    draw = rng.random()
    if draw < _NO_SUBJECT + _ONE_WORD:
        kept = rng.choice(of_subject) if of_subject and draw >= _NO_SUBJECT else ""
        values = {field: value for field, value in values.items() if field not in of_subject or field == kept}
    asked = {
        field: value
        for field, value in values.items()
        if rng.random() < (_QUIET_SAID if (field, value) in QUIET else share)
    }
    return sayable(asked, {field: rng.random() for field in asked})


def lesson(
    values: Tensor, vocabulary: Vocabulary, invented: float, rng: random.Random
) -> tuple[Tensor, Tensor]:
    """For shots with the true ``values`` int64 (B, fields): codes (B, fields) and words (B, T), both int64.

    Words begin with the language and end with the end, then padding.
    """
    codes, sentences = [], []
    for numbers in values.tolist():
        told = told_values(values_of(numbers), invented, rng)
        language = rng.choice(LANGUAGES)
        codes.append(codes_of(told))
        sentences.append(vocabulary.encode(write_sentence(told, language, rng), language))
    longest = max(len(sentence) for sentence in sentences)
    padded = [sentence + [vocabulary.pad] * (longest - len(sentence)) for sentence in sentences]
    return torch.tensor(codes), torch.tensor(padded)
