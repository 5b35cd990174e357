"""The describer's words: collected from the grammar with the ``tokenizers`` library, kept as a plain list.

One word, one number; Chinese is divided as the grammar divides it. The worker needs the list alone.
"""

import random
from collections.abc import Iterator, Sequence

from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from tokenizers.trainers import WordLevelTrainer

from ..infer.shot_text import END, LANGUAGE_WORDS, PAD, SPECIAL_WORDS
from ..shot_terms import LANGUAGES
from .shot_sentences import random_values, write_sentence

__all__ = ["Vocabulary", "train_vocabulary"]

CORPUS_SENTENCES = 60_000
SHARES = (0.2, 0.5, 0.8, 1.0)


class Vocabulary:
    """Words by number and numbers by word."""

    def __init__(self, words: Sequence[str]) -> None:
        """Raises ValueError unless the special words come first and no word is there twice."""
        if tuple(words[: len(SPECIAL_WORDS)]) != SPECIAL_WORDS or len(set(words)) != len(words):
            raise ValueError("a vocabulary begins with the special words and has each word once")
        self.words = tuple(words)
        self._tokenizer = _tokenizer({word: number for number, word in enumerate(words)})
        self.pad, self.end = self.words.index(PAD), self.words.index(END)

    def encode(self, words: Sequence[str], language: str) -> list[int]:
        """Language, words, end. Raises ValueError for a word that is not in the list."""
        numbers: list[int] = self._tokenizer.encode(" ".join(words)).ids
        if len(numbers) != len(words) or self.pad in numbers:
            unknown = [word for word in words if word not in self.words]
            raise ValueError(f"words that the vocabulary lacks: {unknown}")
        return [self.words.index(LANGUAGE_WORDS[language]), *numbers, self.end]

    def decode(self, numbers: Sequence[int]) -> list[str]:
        """The words of these numbers, special ones left out."""
        words = [self.words[number] for number in numbers]
        return [word for word in words if word not in SPECIAL_WORDS]


def train_vocabulary(seed: int, sentences: int = CORPUS_SENTENCES) -> Vocabulary:
    """The words of that many sentences of the grammar, the most frequent first; the same for the same seed."""
    tokenizer = _tokenizer({PAD: 0})
    trainer = WordLevelTrainer(
        vocab_size=10_000, min_frequency=1, special_tokens=list(SPECIAL_WORDS), show_progress=False
    )
    tokenizer.train_from_iterator(_corpus(seed, sentences), trainer)
    numbered = tokenizer.get_vocab()
    return Vocabulary(sorted(numbered, key=lambda word: numbered[word]))


def _corpus(seed: int, sentences: int) -> Iterator[str]:
    rng = random.Random(seed)
    for number in range(sentences):
        values = random_values(rng, SHARES[number // 2 % len(SHARES)])
        yield " ".join(write_sentence(values, LANGUAGES[number % 2], rng))


def _tokenizer(numbered: dict[str, int]) -> Tokenizer:
    tokenizer = Tokenizer(WordLevel(numbered, unk_token=PAD))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer
