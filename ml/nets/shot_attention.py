"""The parts that both halves of the shot Transformer are built of: attention, feed-forward, one layer.

Normalisation comes first in each part (pre-norm, arXiv 2002.04745), which trains without a careful warm-up.
"""

from torch import Tensor, nn
from torch.nn import functional

__all__ = ["Attention", "EncoderLayer", "FeedForward"]

KeysValues = tuple[Tensor, Tensor]


class Attention(nn.Module):
    """Scaled dot products in several heads (arXiv 1706.03762); keys and values are made apart, to be kept."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.to_queries = nn.Linear(width, width)
        self.to_keys_values = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def keys_values(self, memory: Tensor) -> KeysValues:
        """memory (B, S, width); keys and values (B, H, S, D) each."""
        keys, values = self.to_keys_values(memory).chunk(2, dim=-1)
        return self._split(keys), self._split(values)

    def forward(
        self, x: Tensor, keys_values: KeysValues, *, causal: bool = False, seen: Tensor | None = None
    ) -> Tensor:
        """x (B, T, width) looks at keys and values (B, H, S, D).

        causal: each place at those up to its own; seen: bool (T, S), only at these.
        """
        keys, values = keys_values
        queries = self._split(self.to_queries(x))  # (B, H, T, D)
        mixed = functional.scaled_dot_product_attention(
            queries, keys, values, attn_mask=seen, is_causal=causal
        )
        out: Tensor = self.out(mixed.transpose(1, 2).flatten(2))
        return out  # (B, T, width)

    def _split(self, x: Tensor) -> Tensor:
        batch, length, width = x.shape
        return x.view(batch, length, self.heads, width // self.heads).transpose(1, 2)  # (B, H, T, D)


class FeedForward(nn.Sequential):
    """Four times as wide in between."""

    def __init__(self, width: int) -> None:
        super().__init__(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))


class EncoderLayer(nn.Module):
    """Every token looks at every other one."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.norm_attention, self.norm_feed = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.feed = FeedForward(width)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """x (B, S, width), the same shape out."""
        normed = self.norm_attention(x)
        x = x + self.drop(self.attention(normed, self.attention.keys_values(normed)))
        fed: Tensor = x + self.drop(self.feed(self.norm_feed(x)))
        return fed
