"""Greedy sentences from the torch network, with its cache of keys and values: for sheets and for checks."""

from collections.abc import Sequence

import torch
from torch import Tensor

from ..infer.shot_text import LANGUAGE_WORDS
from ..nets.shot_transformer import ShotTransformer
from .shot_vocabulary import Vocabulary

__all__ = ["speak"]


@torch.no_grad()
def speak(
    network: ShotTransformer, tokens: Tensor, codes: Tensor, language: str, vocabulary: Vocabulary
) -> list[list[str]]:
    """The likeliest next word again and again, for each shot: its words without the special ones.

    tokens: (B, S, width) of the encoder; codes: int64 (B, fields), what may be said.
    """
    network.eval()
    decoder, config = network.decoder, network.config
    cross_keys, cross_values = decoder.remember(tokens, codes)
    layers, batch, heads, _, depth = cross_keys.shape
    keys = values = torch.zeros(layers, batch, heads, config.max_words, depth)
    word = torch.full((batch,), vocabulary.words.index(LANGUAGE_WORDS[language]))
    spoken: list[Tensor] = []
    ended = torch.zeros(batch, dtype=torch.bool)
    while len(spoken) < config.max_words - 1 and not bool(ended.all()):
        place = torch.tensor([len(spoken)])
        logits, keys, values = decoder.step(word, place, keys, values, cross_keys, cross_values)
        word = torch.where(ended, vocabulary.end, logits.argmax(dim=1))
        ended |= word == vocabulary.end
        spoken.append(word)
    return [_until_end(row, vocabulary) for row in torch.stack(spoken, dim=1).tolist()]


def _until_end(numbers: Sequence[int], vocabulary: Vocabulary) -> list[str]:
    listed = list(numbers)
    end = listed.index(vocabulary.end) if vocabulary.end in listed else len(listed)
    return vocabulary.decode(listed[:end])
