"""Says what a shot shows: runs the encoder, judges how sure each field is, and lets the decoder say the sure ones.

Decoding is greedy, or a beam search; both keep the decoder's keys and values, so that a word costs one small step.
Sentences are the network's own: it is told which values may be said, and nothing is edited afterwards. numpy only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..protocol import DeviceChoice, FieldGuess, FixedField
from ..shot_sense import QUIET, sayable
from ..shot_terms import FIELDS, LANGUAGES
from .cards import ShotCard
from .models import Model
from .session import Network, SessionCache
from .shot_text import END, LANGUAGE_WORDS, SPECIAL_WORDS, sentence_text

__all__ = ["Described", "Describer", "load_describer"]

Floats = NDArray[np.float32]
Inputs = Mapping[str, NDArray[np.float32]]

_LENGTH_POWER = 0.7
"""Beams are compared by their log probability over length to this power (arXiv 1609.08144): short is not better."""
_MIN_CHANCE = 1e-12
_OF_A_SUBJECT = ("count", "colour", "place")
"""Worth a word only beside the subject's name."""


@dataclass(frozen=True, slots=True)
class Described:
    """What one shot shows."""

    fields: tuple[FieldGuess, ...]
    """All of them, in the order of ``FIELDS``."""
    en: str
    zh: str
    told: Mapping[str, str]
    """Field id -> value id: what the decoder was told to say."""


@dataclass(slots=True)
class _Beam:
    words: list[int]
    score: float
    """Sum of the words' log probabilities."""


def load_describer(
    model: Model[ShotCard], sessions: SessionCache, device: DeviceChoice, beams: int = 1
) -> "Describer":
    """The networks of ``model``. Raises what ``SessionCache.load`` does, ValueError for fewer than one beam."""
    card = model.card
    encoder = sessions.load(model, device)
    return Describer(
        encoder, sessions.load(model, device, card.memory), sessions.load(model, device, card.step), beams
    )


class Describer:
    """Three networks, and the way from one to the next."""

    def __init__(
        self,
        encoder: Network[ShotCard],
        memory: Network[ShotCard],
        step: Network[ShotCard],
        beams: int = 1,
    ) -> None:
        """beams: how many beginnings of a sentence are followed at once; 1 is greedy."""
        if beams < 1:
            raise ValueError("a search needs at least one beam")
        self.card = encoder.model.card
        self.used, self.device = encoder.model.used, encoder.device
        self._encoder, self._memory, self._step = encoder, memory, step
        self._beams = beams

    def describe(self, shots: Sequence[Inputs], fixed: Sequence[Sequence[FixedField]]) -> list[Described]:
        """Describe each shot; ``fixed`` holds what the user has set of each.

        shots: ``frames`` (8, 3, 54, 96), ``flow`` (15, 3, 9, 16), ``motion`` (15, 8) and ``facts`` (4,), float32, as
        ``ml.media.inputs`` makes them. Raises TaskError as ``Network.run_all`` does.
        """
        return [self._one(shot, set_by_hand) for shot, set_by_hand in zip(shots, fixed, strict=True)]

    def guess(self, shot: Inputs, fixed: Sequence[FixedField]) -> tuple[tuple[FieldGuess, ...], Floats]:
        """Every field's value and how sure it is, and the encoder's tokens (1, S, width)."""
        named = {spec.name: np.asarray(shot[spec.name], np.float32)[None] for spec in self.card.inputs}
        logits, tokens = self._encoder.run_all(named)
        return field_guesses(logits[0], self.card, fixed), tokens

    def say(self, tokens: Floats, told: Mapping[str, str], language: str) -> list[str]:
        """The words for exactly these values, special words left out."""
        cross = self._memory.run_all({"tokens": tokens, "codes": _codes(told)})
        first = self._numbers[LANGUAGE_WORDS[language]]
        best = self._search(cross[0], cross[1], first)
        words = (self.card.vocabulary[number] for number in best)
        return [word for word in words if word not in SPECIAL_WORDS]

    def _one(self, shot: Inputs, fixed: Sequence[FixedField]) -> Described:
        fields, tokens = self.guess(shot, fixed)
        told = values_to_tell(fields)
        en, zh = (sentence_text(self.say(tokens, told, language), language) for language in LANGUAGES)
        return Described(fields, en, zh, told)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.card.vocabulary)}

    @property
    def _end(self) -> int:
        return self._numbers[END]

    def _search(self, cross_keys: Floats, cross_values: Floats, first: int) -> list[int]:
        """The best sentence (L, 1, H, S, D) that begins with ``first``; its end included unless there is no room."""
        layers, _, heads, _, depth = cross_keys.shape
        keys = np.zeros((layers, 1, heads, self.card.max_words, depth), np.float32)
        values = np.zeros_like(keys)
        running, ended = [_Beam([first], 0.0)], list[_Beam]()
        for place in range(self.card.max_words - 1):
            wide = (layers, len(running), *cross_keys.shape[2:])
            logits, keys, values = self._step.run_all(
                {
                    "word": np.array([beam.words[-1] for beam in running], np.int64),
                    "place": np.array([place], np.int64),
                    "self_keys": keys,
                    "self_values": values,
                    "cross_keys": np.ascontiguousarray(np.broadcast_to(cross_keys, wide)),
                    "cross_values": np.ascontiguousarray(np.broadcast_to(cross_values, wide)),
                }
            )
            running, rows = self._go_on(running, ended, _log_softmax(logits))
            if not running or len(ended) >= self._beams:
                break
            if rows != list(range(keys.shape[1])):
                keys, values = np.take(keys, rows, axis=1), np.take(values, rows, axis=1)
        return max(ended or running, key=_per_word).words

    def _go_on(
        self, running: list[_Beam], ended: list[_Beam], chances: NDArray[np.float64]
    ) -> tuple[list[_Beam], list[int]]:
        """The best continuations that have not ended, and which beam each one continues; others join ``ended``."""
        totals = np.array([beam.score for beam in running])[:, None] + chances  # (beams, vocabulary)
        order = np.argsort(-totals, axis=None, kind="stable")[: self._beams]
        going: list[_Beam] = []
        rows: list[int] = []
        for flat in order.tolist():
            row, word = divmod(flat, chances.shape[1])
            beam = _Beam([*running[row].words, word], float(totals[row, word]))
            if word == self._end:
                ended.append(beam)
            else:
                going.append(beam)
                rows.append(row)
        return going, rows


def field_guesses(logits: Floats, card: ShotCard, fixed: Sequence[FixedField]) -> tuple[FieldGuess, ...]:
    """Calibrated guesses from one shot's logits (all values,); what the user has set is as the user has set it."""
    set_by_hand = {one.field: one.value for one in fixed}
    guesses, start = [], 0
    for field in card.fields:
        part = logits[start : start + len(field.values)].astype(np.float64) / field.temperature
        start += len(field.values)
        if field.field in set_by_hand:
            guesses.append(FieldGuess(field.field, set_by_hand[field.field], 1.0, True, True))
            continue
        chances = np.exp(part - part.max())
        chances /= chances.sum()
        best = int(chances.argmax())
        confidence = float(chances[best])
        certain = confidence >= field.certain_from
        guesses.append(FieldGuess(field.field, field.values[best], confidence, certain, False))
    return tuple(guesses)


def values_to_tell(fields: Sequence[FieldGuess]) -> dict[str, str]:
    """What a sentence is to say: what is certain and worth a word, and whatever the user has set."""
    told = {
        guess.field: guess.value
        for guess in fields
        if guess.fixed or (guess.certain and (guess.field, guess.value) not in QUIET)
    }
    if "subject" not in told:
        # "several red subjects on the left" helps nobody
        named = {guess.field for guess in fields if guess.fixed}
        told = {field: value for field, value in told.items() if field not in _OF_A_SUBJECT or field in named}
    # what the user has set beats every guess
    return sayable(told, {guess.field: guess.confidence + guess.fixed for guess in fields})


def _codes(told: Mapping[str, str]) -> NDArray[np.int64]:
    """int64 (1, fields): 0 for a field that is not to be said, else the number of its value and one."""
    return np.array(
        [[field.index(told[field.id]) + 1 if field.id in told else 0 for field in FIELDS]], np.int64
    )


def _log_softmax(logits: Floats) -> NDArray[np.float64]:
    wide = logits.astype(np.float64)
    wide -= wide.max(axis=1, keepdims=True)
    result: NDArray[np.float64] = wide - np.log(np.exp(wide).sum(axis=1, keepdims=True) + _MIN_CHANCE)
    return result


def _per_word(beam: _Beam) -> float:
    return float(beam.score / len(beam.words) ** _LENGTH_POWER)
