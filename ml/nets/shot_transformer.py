"""The shot Transformer: frames and motion of eight instants in, a shot's fields and a sentence about them out.

Encoder: a small convolutional network makes six tokens of each frame (two rows, three columns), another one makes a
token of each motion's flow and numbers, and the shot's facts are one more; learned positions; Transformer
layers (arXiv 1706.03762). One query a field gathers what that field needs, and a linear head names its value.
Decoder: see ``shot_decoder.py``; it is told which values may be said, so that sentence and fields agree.

This module holds no losses, no optimisers and no file access.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..shot_terms import FIELDS
from .shot_attention import Attention, EncoderLayer
from .shot_decoder import ShotDecoder

__all__ = [
    "FACTS",
    "FLOW_SIZE",
    "FRAME_SIZE",
    "INSTANTS",
    "MOTIONS",
    "MOTION_NUMBERS",
    "ShotConfig",
    "ShotEncoder",
    "ShotTransformer",
]

INSTANTS = 8
MOTIONS = 15
FRAME_SIZE = (54, 96)
FLOW_SIZE = (9, 16)
MOTION_NUMBERS = 8
FACTS = 4
_AREAS = (2, 3)
"""Rows and columns that a frame's tokens stand for."""
_FLOW_SCALE = 100.0
"""Flow is in frame widths: a still camera's is under 0.005, a whip pan's over 0.1. asinh(100 x) tells both apart."""


@dataclass(frozen=True, slots=True)
class ShotConfig:
    """Widths and numbers of layers."""

    vocabulary: int
    """Number of words."""
    width: int = 160
    heads: int = 5
    encoder_layers: int = 4
    decoder_layers: int = 3
    frame_channels: tuple[int, ...] = (40, 80, 160)
    """Of the three levels at which a frame is looked at, each half the size of the one before."""
    flow_channels: tuple[int, ...] = (32, 64, 96)
    max_words: int = 64
    """Places that a sentence has, its language and its end counted in."""
    dropout: float = 0.1
    field_sizes: tuple[int, ...] = tuple(len(field.values) for field in FIELDS)

    def __post_init__(self) -> None:
        if self.width % self.heads:
            raise ValueError("width is a multiple of heads")
        if len(self.frame_channels) != 3 or len(self.flow_channels) != 3:
            raise ValueError("frame_channels and flow_channels are three numbers each")
        if (
            min(
                self.vocabulary,
                self.width,
                self.encoder_layers,
                self.decoder_layers,
                self.max_words,
                *self.frame_channels,
                *self.flow_channels,
            )
            < 1
        ):
            raise ValueError("every number of channels, layers and words is at least 1")
        if not 0 <= self.dropout < 1:
            raise ValueError("dropout is within 0 to 1, without 1")


class FrameLook(nn.Sequential):
    """Frames (N, 3, 54, 96) to (N, width, 2, 3)."""

    def __init__(self, channels: tuple[int, ...], width: int) -> None:
        first, second, third = channels
        super().__init__(
            # four pixels as one with twelve channels: half the time of a first layer with three
            nn.PixelUnshuffle(2),  # (27, 48)
            *_convolution(12, first, 3, 2),  # (14, 24)
            _Residual(first),
            *_convolution(first, second, 3, 2),  # (7, 12)
            _Residual(second),
            *_convolution(second, third, 3, 2),  # (4, 6)
            _Residual(third),
            nn.AvgPool2d(2),
            nn.Conv2d(third, width, 1),
        )


class _Residual(nn.Module):
    """Two convolutions that add to what comes in (arXiv 1512.03385)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Sequential(*_convolution(channels, channels, 3, 1))
        self.second = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        # begins as nothing, so that depth does no harm at first
        nn.init.zeros_(self.norm.weight)

    def forward(self, maps: Tensor) -> Tensor:
        return functional.relu(maps + self.norm(self.second(self.first(maps))))


class FlowLook(nn.Sequential):
    """Flow (N, 5, 9, 16) to (N, width)."""

    def __init__(self, channels: tuple[int, ...], width: int) -> None:
        first, second, third = channels
        super().__init__(
            *_convolution(5, first, 3, 1),
            *_convolution(first, second, 3, 2),  # (5, 8)
            *_convolution(second, third, 3, 2),  # (3, 4)
            nn.Flatten(),
            nn.Linear(third * 12, width),
        )


class ShotEncoder(nn.Module):
    """See ``forward``."""

    def __init__(self, config: ShotConfig) -> None:
        super().__init__()
        width = config.width
        self.frame_look = FrameLook(config.frame_channels, width)
        self.flow_look = FlowLook(config.flow_channels, width)
        self.motion_look = nn.Sequential(
            nn.Linear(2 * MOTION_NUMBERS, width), nn.GELU(), nn.Linear(width, width)
        )
        self.fact_look = nn.Linear(FACTS, width)
        self.frame_times = nn.Parameter(torch.randn(INSTANTS, 1, width) * 0.02)
        self.frame_areas = nn.Parameter(torch.randn(1, _AREAS[0] * _AREAS[1], width) * 0.02)
        self.flow_times = nn.Parameter(torch.randn(MOTIONS, width) * 0.02)
        self.drop = nn.Dropout(config.dropout)
        self.layers = nn.ModuleList(
            EncoderLayer(width, config.heads, config.dropout) for _ in range(config.encoder_layers)
        )
        self.norm = nn.LayerNorm(width)
        self.queries = nn.Parameter(torch.randn(1, len(config.field_sizes), width) * 0.02)
        self.gather = Attention(width, config.heads)
        self.norm_fields = nn.LayerNorm(width)
        self.heads = nn.ModuleList(nn.Linear(width, size) for size in config.field_sizes)

    def forward(
        self, frames: Tensor, flow: Tensor, motion: Tensor, facts: Tensor, looked_at: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Logits of every field's values one after another (B, sum of sizes), and the tokens (B, S, width).

        frames: (B, K, 3, 54, 96), sRGB in 0 to 1; flow: (B, 15, 3, 9, 16), dx and dy in frame widths, confidence;
        motion: (B, 15, 8); facts: (B, 4). K is 8, or less in training, where looking at a few frames saves time:
        then ``looked_at`` (K,) says which instants they are of.
        """
        times = self.frame_times if looked_at is None else self.frame_times[looked_at]
        areas = self._look(frames.flatten(0, 1))
        seen = areas.view(*frames.shape[:2], *areas.shape[1:])  # (B, K, 6, width)
        seen = (seen + times + self.frame_areas).flatten(1, 2)
        moved = self.flow_look(_flow_inputs(flow).flatten(0, 1)).unflatten(0, flow.shape[:2])
        moved = moved + self.motion_look(_motion_inputs(motion)) + self.flow_times  # (B, 15, width)
        known = self.fact_look(facts).unsqueeze(1)
        tokens = self.drop(torch.cat([seen, moved, known], dim=1))
        for layer in self.layers:
            tokens = layer(tokens)
        tokens = self.norm(tokens)
        return self._name(tokens), tokens

    def glance(self, frames: Tensor) -> Tensor:
        """Logits as ``forward`` gives them, of single frames (B, 3, 54, 96), without the Transformer's layers.

        For the beginning of a training: five times as many pictures are looked at in the same time.
        """
        return self._name(self.norm(self.drop(self._look(frames) + self.frame_areas[0])))

    def _look(self, frames: Tensor) -> Tensor:
        """(N, 6, width) of frames (N, 3, 54, 96)."""
        pictures = ((frames - 0.45) / 0.25).contiguous(memory_format=torch.channels_last)
        areas: Tensor = self.frame_look(pictures)  # (N, width, 2, 3)
        return areas.flatten(2).transpose(1, 2)

    def _name(self, tokens: Tensor) -> Tensor:
        queries = self.queries.expand(tokens.shape[0], -1, -1)
        fields = self.norm_fields(queries + self.gather(queries, self.gather.keys_values(tokens)))
        return torch.cat([head(fields[:, index]) for index, head in enumerate(self.heads)], dim=-1)


class ShotTransformer(nn.Module):
    """Both halves."""

    def __init__(self, config: ShotConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = ShotEncoder(config)
        self.decoder = ShotDecoder(
            field_sizes=config.field_sizes,
            vocabulary=config.vocabulary,
            width=config.width,
            heads=config.heads,
            layers=config.decoder_layers,
            max_words=config.max_words,
            dropout=config.dropout,
        )


def _convolution(channels_in: int, channels_out: int, size: int, stride: int) -> tuple[nn.Module, ...]:
    convolution = nn.Conv2d(channels_in, channels_out, size, stride, size // 2, bias=False)
    return convolution, nn.BatchNorm2d(channels_out), nn.ReLU(inplace=True)


def _flow_inputs(flow: Tensor) -> Tensor:
    """(B, 15, 3, 9, 16) to (B, 15, 5, 9, 16): the vectors, the vectors as far as they are sure, and how sure."""
    vectors, sure = _wide(flow[:, :, :2]), flow[:, :, 2:]
    return torch.cat([vectors, vectors * sure, sure], dim=2)


def _motion_inputs(motion: Tensor) -> Tensor:
    """(B, 15, 8) to (B, 15, 16): the numbers, and small ones made visible."""
    return torch.cat([motion.clamp(-4, 4), _wide(motion)], dim=-1)


def _wide(x: Tensor) -> Tensor:
    return functional.hardtanh(torch.asinh(x * _FLOW_SCALE) / 2, -4, 4)
