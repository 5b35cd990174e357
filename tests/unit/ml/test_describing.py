"""What is told to the decoder, and how its words are searched; with networks that are tables, without onnxruntime."""

import itertools
import math
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from ml.infer.cards import FieldSpec, PartSpec, ShotCard, TensorSpec
from ml.infer.describing import Describer, field_guesses, values_to_tell
from ml.infer.shot_text import SPECIAL_WORDS
from ml.protocol import FixedField
from ml.shot_sense import QUIET
from ml.shot_terms import FIELD_INDEX, FIELDS

WORDS = (*SPECIAL_WORDS, "pan", "left", ".")
END, ENGLISH, PAN, LEFT, STOP = 1, 2, 4, 5, 6
SIZES = [len(field.values) for field in FIELDS]
Arrays = Mapping[str, NDArray[Any]]


def card(threshold: float = 0.7, temperature: float = 1.0) -> ShotCard:
    part = PartSpec("part.onnx", "0" * 64, (), ())
    return ShotCard(
        name="shot_describer",
        version="1",
        task="shots",
        file="encoder.onnx",
        sha256="0" * 64,
        opset=18,
        inputs=(TensorSpec("frames", "float32", ("batch", "1")),),
        outputs=(),
        families=(),
        licence="CC0-1.0",
        memory=part,
        step=part,
        fields=tuple(
            FieldSpec(field.id, tuple(value.id for value in field.values), temperature, threshold)
            for field in FIELDS
        ),
        vocabulary=WORDS,
        max_words=8,
    )


class Table:
    """A network that answers from a function; it has what a Describer asks of a Network."""

    def __init__(self, answer: Any) -> None:
        self.model = SimpleNamespace(card=card(), used=None)
        self.device = None
        self.run_all = answer


def chances_after(words: tuple[int, ...]) -> NDArray[np.float64]:
    """Made up, but always the same: how likely each word is after these."""
    rng = np.random.default_rng([8, *words])
    scores = rng.normal(0, 2.0, len(WORDS))
    scores[: len(SPECIAL_WORDS)] = -9
    scores[END] = -1 + 0.8 * len(words)
    result: NDArray[np.float64] = np.exp(scores) / np.exp(scores).sum()
    return result


def describer(beams: int) -> Describer:
    """The decoder's buffers hold the words so far, so that a mixed-up cache would change the answer."""

    def remember(inputs: Arrays) -> list[NDArray[Any]]:
        return [np.zeros((1, 1, 1, 2, 1), np.float32)] * 2

    def step(inputs: Arrays) -> list[NDArray[Any]]:
        keys = inputs["self_keys"].copy()
        place = int(inputs["place"][0])
        keys[0, :, 0, place, 0] = inputs["word"]
        assert inputs["cross_keys"].shape[1] == len(inputs["word"])
        pasts = [tuple(int(word) for word in row[: place + 1]) for row in keys[0, :, 0, :, 0]]
        logits = np.log(np.stack([chances_after(past) for past in pasts])).astype(np.float32)
        return [logits, keys, inputs["self_values"]]

    networks = [Table(lambda inputs: []), Table(remember), Table(step)]
    return Describer(*cast(Any, networks), beams=beams)


def said(beams: int) -> tuple[int, ...]:
    words = describer(beams).say(np.zeros((1, 2, 1), np.float32), {}, "en")
    return tuple(WORDS.index(word) for word in words)


def greedy() -> tuple[int, ...]:
    words = [ENGLISH]
    while len(words) < 8:
        words.append(int(chances_after(tuple(words)).argmax()))
        if words[-1] == END:
            break
    return tuple(word for word in words if word not in (ENGLISH, END))


def score(words: tuple[int, ...]) -> float:
    """Of a sentence with its end: what the search maximises."""
    whole = (ENGLISH, *words, END)
    total = sum(math.log(chances_after(whole[:place])[whole[place]]) for place in range(1, len(whole)))
    return total / len(whole) ** 0.7


def test_a_beam_of_one_is_greedy() -> None:
    assert said(1) == greedy()


def test_more_beams_find_a_likelier_sentence() -> None:
    every = [words for length in range(7) for words in itertools.product((PAN, LEFT, STOP), repeat=length)]
    best = max(every, key=score)
    assert score(said(1)) < score(best)
    assert score(said(12)) >= score(best) - 1e-6


def test_a_search_without_beams_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one beam"):
        describer(0)


def logits_for(values: Mapping[str, tuple[str, float]]) -> NDArray[np.float32]:
    """Logits in which these values have that chance, and the others share the rest."""
    parts = []
    for field in FIELDS:
        chances = np.full(len(field.values), 1 / len(field.values))
        if field.id in values:
            value, chance = values[field.id]
            chances[:] = (1 - chance) / (len(field.values) - 1)
            chances[field.index(value)] = chance
        parts.append(np.log(chances))
    return np.concatenate(parts).astype(np.float32)


def test_confidence_and_certainty_follow_the_card() -> None:
    logits = logits_for({"size": ("medium", 0.9), "movement": ("pan_left", 0.65)})
    guesses = {guess.field: guess for guess in field_guesses(logits, card(0.7), [])}
    assert list(guesses) == [field.id for field in FIELDS]
    assert guesses["size"].value == "medium"
    assert guesses["size"].confidence == pytest.approx(0.9, abs=1e-5)
    assert guesses["size"].certain
    assert guesses["movement"].value == "pan_left"
    assert not guesses["movement"].certain
    cooler = {guess.field: guess for guess in field_guesses(logits, card(0.7, temperature=3.0), [])}
    assert cooler["size"].confidence < 0.7
    assert not cooler["size"].certain


def test_what_is_uncertain_is_not_told() -> None:
    logits = logits_for({"size": ("medium", 0.9), "movement": ("pan_left", 0.65)})
    assert values_to_tell(field_guesses(logits, card(), [])) == {"size": "medium"}


def test_what_goes_without_saying_is_not_told_unless_the_user_has_set_it() -> None:
    sure = {field: (value, 0.99) for field, value in QUIET}
    logits = logits_for(sure)
    assert values_to_tell(field_guesses(logits, card(), [])) == {}
    fixed = [FixedField("angle", "level")]
    assert values_to_tell(field_guesses(logits, card(), fixed)) == {"angle": "level"}


def test_nothing_is_counted_that_has_no_name() -> None:
    logits = logits_for({"time": ("dusk", 0.99), "count": ("several", 0.99), "colour": ("red", 0.99)})
    assert values_to_tell(field_guesses(logits, card(), [])) == {"time": "dusk"}
    fixed = [FixedField("count", "two")]
    assert values_to_tell(field_guesses(logits, card(), fixed)) == {"time": "dusk", "count": "two"}


def test_what_the_user_has_set_is_told_and_beats_what_contradicts_it() -> None:
    logits = logits_for({"subject": ("lamp", 0.99), "movement": ("static", 0.99), "speed": ("none", 0.99)})
    fixed = [FixedField("action", "drives"), FixedField("speed", "fast")]
    guesses = field_guesses(logits, card(), fixed)
    action = guesses[FIELD_INDEX["action"]]
    assert (action.value, action.confidence, action.certain, action.fixed) == ("drives", 1.0, True, True)
    assert values_to_tell(guesses) == {"speed": "fast", "action": "drives"}


def test_the_codes_of_what_is_told_reach_the_memory() -> None:
    seen: list[NDArray[Any]] = []

    def remember(inputs: Arrays) -> list[NDArray[Any]]:
        seen.append(inputs["codes"])
        return [np.zeros((1, 1, 1, 2, 1), np.float32)] * 2

    def step(inputs: Arrays) -> list[NDArray[Any]]:
        logits = np.zeros((1, len(WORDS)), np.float32)
        logits[0, END] = 9
        return [logits, inputs["self_keys"], inputs["self_values"]]

    networks = [Table(lambda inputs: []), Table(remember), Table(step)]
    Describer(*cast(Any, networks)).say(
        np.zeros((1, 2, 1), np.float32), {"size": "wide", "place": "right"}, "en"
    )
    wanted = [0] * len(FIELDS)
    wanted[FIELD_INDEX["size"]], wanted[FIELD_INDEX["place"]] = 2, 3
    assert seen[0].tolist() == [wanted]


@pytest.mark.parametrize(
    "changes",
    [
        {"vocabulary": ("pan", "left")},
        {"max_words": 1},
        {"fields": ()},
        {"file": "../encoder.onnx"},
    ],
    ids=str,
)
def test_a_card_that_is_off_is_refused(changes: dict[str, Any]) -> None:

    with pytest.raises(ValueError, match=r"vocabulary|fields|bare name"):
        replace(card(), **changes)


def test_a_temperature_that_is_off_is_refused() -> None:
    with pytest.raises(ValueError, match="temperature"):
        FieldSpec("size", ("wide",), 0.0, 0.5)
