"""The sentence half of the shot Transformer: told values and encoder tokens in, one word after another out.

A causal Transformer decoder with cross-attention on the encoder's tokens and on one token for each field, which
says its value or that the field is not to be said. Keys and values of the cross-attention are made once a shot,
those of the words once a word: ``remember`` and ``step`` are what is exported, ``forward`` is what is trained,
and they compute the same.
"""

import itertools

import torch
from torch import Tensor, nn
from torch.nn import functional

from .shot_attention import Attention, FeedForward

__all__ = ["UNSAID", "ShotDecoder", "field_codes"]

UNSAID = 0
"""Code of a field that is not to be said; value number i of a field has the code i + 1."""


def field_codes(values: Tensor, said: Tensor) -> Tensor:
    """int64 (B, fields) codes of value numbers (-1: unknown), unsaid where ``said`` is False."""
    return torch.where(said & (values >= 0), values + 1, UNSAID)


class DecoderLayer(nn.Module):
    """A word looks at the words before it, then at what is known of the shot."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.norm_self, self.norm_cross, self.norm_feed = (nn.LayerNorm(width) for _ in range(3))
        self.self_attention, self.cross_attention = Attention(width, heads), Attention(width, heads)
        self.feed = FeedForward(width)
        self.drop = nn.Dropout(dropout)

    def remember(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values (B, H, S, D) of memory (B, S, width)."""
        return self.cross_attention.keys_values(memory)

    def forward(self, x: Tensor, cross: tuple[Tensor, Tensor]) -> Tensor:
        """x (B, T, width), the same shape out; cross: keys and values (B, H, S, D)."""
        normed = self.norm_self(x)
        x = x + self.drop(self.self_attention(normed, self.self_attention.keys_values(normed), causal=True))
        return self._look_across(x, cross)

    def step(
        self, x: Tensor, cross: tuple[Tensor, Tensor], past: tuple[Tensor, Tensor], place: Tensor
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """The word x (B, 1, width) at ``place``; past: buffers (B, H, places, D), returned with that place filled."""
        normed = self.norm_self(x)
        keys, values = self.self_attention.keys_values(normed)
        places = torch.arange(past[0].shape[2])
        here = (places == place)[:, None]
        kept = torch.where(here, keys, past[0]), torch.where(here, values, past[1])
        x = x + self.drop(self.self_attention(normed, kept, seen=(places <= place)[None]))
        return self._look_across(x, cross), kept

    def _look_across(self, x: Tensor, cross: tuple[Tensor, Tensor]) -> Tensor:
        x = x + self.drop(self.cross_attention(self.norm_cross(x), cross))
        fed: Tensor = x + self.drop(self.feed(self.norm_feed(x)))
        return fed


class ShotDecoder(nn.Module):
    """See ``forward``, ``remember`` and ``step``."""

    first_codes: Tensor

    def __init__(
        self,
        *,
        field_sizes: tuple[int, ...],
        vocabulary: int,
        width: int,
        heads: int,
        layers: int,
        max_words: int,
        dropout: float,
    ) -> None:
        super().__init__()
        codes = [size + 1 for size in field_sizes]
        first = [0, *itertools.accumulate(codes[:-1])]
        self.register_buffer("first_codes", torch.tensor(first), persistent=False)
        self.told = nn.Embedding(sum(codes), width)
        self.words = nn.Embedding(vocabulary, width)
        self.places = nn.Parameter(torch.randn(max_words, width) * 0.02)
        self.norm_memory = nn.LayerNorm(width)
        self.layers = nn.ModuleList(DecoderLayer(width, heads, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.words.weight, std=width**-0.5)

    def remember(self, tokens: Tensor, codes: Tensor) -> tuple[Tensor, Tensor]:
        """What every layer's cross-attention needs of a shot: keys and values (L, B, H, S, D).

        tokens: (B, S', width) of the encoder; codes: int64 (B, fields), see ``UNSAID``. S is S' + fields.
        """
        memory = self.norm_memory(torch.cat([tokens, self.told(codes + self.first_codes)], dim=1))
        pairs = [layer.remember(memory) for layer in self._decoder_layers()]
        return torch.stack([keys for keys, _ in pairs]), torch.stack([values for _, values in pairs])

    def forward(self, words: Tensor, cross_keys: Tensor, cross_values: Tensor) -> Tensor:
        """Logits (B, T, vocabulary) of the word after each of ``words`` int64 (B, T)."""
        x = self.drop(self.words(words) + self.places[: words.shape[1]])
        for index, layer in enumerate(self._decoder_layers()):
            x = layer(x, (cross_keys[index], cross_values[index]))
        return self._logits(x)

    def step(
        self,
        word: Tensor,
        place: Tensor,
        self_keys: Tensor,
        self_values: Tensor,
        cross_keys: Tensor,
        cross_values: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """One word more: logits (B, vocabulary), and the buffers to go on with.

        word: int64 (B,); place: int64 (1,), the number of words before it; self_keys, self_values: buffers
        (L, B, H, max_words, D) of which that many places are filled. Buffers of one size need no copy of another
        length at every word, and graphs of fixed shapes run on CUDA without being launched anew.
        """
        x = (self.words(word) + self.places[place]).unsqueeze(1)  # (B, 1, width)
        keys, values = [], []
        for index, layer in enumerate(self._decoder_layers()):
            past = (self_keys[index], self_values[index])
            x, (new_keys, new_values) = layer.step(x, (cross_keys[index], cross_values[index]), past, place)
            keys.append(new_keys)
            values.append(new_values)
        return self._logits(x)[:, 0], torch.stack(keys), torch.stack(values)

    def _decoder_layers(self) -> list[DecoderLayer]:
        return [layer for layer in self.layers if isinstance(layer, DecoderLayer)]

    def _logits(self, x: Tensor) -> Tensor:
        return functional.linear(self.norm(x), self.words.weight)
