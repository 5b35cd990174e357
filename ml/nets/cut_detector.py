"""The cut detector: for every frame of a film, whether a shot changes there, and how.

TransNetV2's family (arXiv 2008.04838), made small enough to scan a film on a CPU. Two readings of the frames meet
in a head of temporal convolutions:

* a trunk of factorised 3-D convolutions, a spatial one and then four dilated temporal ones side by side;
* similarity bands: how alike a frame is to each of its neighbours by colour histogram, by thumbnail and by a learned
  embedding. A cut is a corner in these bands, a flash is a stripe, and that holds for films of any kind.

Deviations from TransNetV2: the histogram is soft (linear bins), so that no step is left to integers; the bands are
logarithms of distances, since all neighbours are alike; the trunk is thinner, and a third output names the kind. All
that a frame's answer depends on lies within ``reach`` frames of it: films may be cut into overlapping windows.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["FRAME_HEIGHT", "FRAME_WIDTH", "CutDetector", "CutDetectorConfig", "CutProbabilities"]

FRAME_HEIGHT, FRAME_WIDTH = 27, 48
HISTOGRAM_BINS = 8
EMPTY_BIN = 1e-5
NEAREST = 1e-2
"""Added to a cosine distance before its logarithm: alike enough is alike."""
NEAREST_SQUARE = 1e-3
"""The same for mean squared differences of thumbnails."""


@dataclass(frozen=True, slots=True)
class CutDetectorConfig:
    """Widths; the defaults are those of the shipped network."""

    kinds: int = 5
    stem_channels: tuple[int, ...] = (16, 24)
    trunk_channels: tuple[int, ...] = (48, 64, 96)
    """Each a multiple of the number of dilations."""
    dilations: tuple[int, ...] = (1, 2, 4, 8)
    embedding: int = 64
    band_frames: int = 24
    """The similarity bands look so many frames back and ahead."""
    head_channels: int = 128
    head_dilations: tuple[int, ...] = (1, 2, 4)

    def __post_init__(self) -> None:
        if len(self.stem_channels) != 2 or not self.trunk_channels or not self.dilations:
            raise ValueError("stem_channels are two numbers, trunk_channels and dilations one or more")
        if any(channels % len(self.dilations) for channels in self.trunk_channels):
            raise ValueError("each of trunk_channels is a multiple of the number of dilations")

    @property
    def reach(self) -> int:
        """So many frames on either side have a say in a frame's answer."""
        trunk = len(self.trunk_channels) * max(self.dilations)
        return max(trunk, self.band_frames) + sum(self.head_dilations)


class CutDetector(nn.Module):
    """Frames (B, T, 27, 48, 3) in 0..1 to logits (B, T, 2 + kinds).

    Channel 0: a cut falls before this frame, or this is the middle frame of a longer transition. Channel 1: the frame
    lies within a longer transition. The others: the kind, to be read where one of the first two is high.
    """

    def __init__(self, config: CutDetectorConfig) -> None:
        super().__init__()
        self.config = config
        first, second = config.stem_channels
        self.stem = nn.Sequential(*_spatial(3, first, stride=2), *_spatial(first, second), nn.AvgPool2d(2))
        blocks, inputs = [], second
        for outputs in config.trunk_channels:
            blocks.append(_Factorised(inputs, outputs, config.dilations))
            inputs = outputs
        self.trunk = nn.ModuleList(blocks)
        self.flatten = nn.Linear(inputs * 3 * 6, config.head_channels)
        self.embed = nn.Linear(second * 7 * 12, config.embedding)
        # eps: a frame's distance from itself never varies, and its last digit must not be blown up
        band = 4 * (2 * config.band_frames + 1)
        self.bands = nn.Sequential(
            nn.BatchNorm1d(band, eps=1e-2), nn.Conv1d(band, config.head_channels // 2, 1), nn.ReLU()
        )
        joined = config.head_channels + config.head_channels // 2 + 6
        layers: list[nn.Module] = []
        for dilation in config.head_dilations:
            layers += [
                nn.Conv1d(joined, config.head_channels, 3, padding=dilation, dilation=dilation, bias=False),
                nn.BatchNorm1d(config.head_channels),
                nn.ReLU(),
            ]
            joined = config.head_channels
        self.head = nn.Sequential(*layers, nn.Conv1d(joined, 2 + config.kinds, 1))

    def forward(self, frames: Tensor) -> Tensor:
        """``frames`` is float32 (B, T, 27, 48, 3), sRGB in 0..1."""
        batch, length = frames.shape[:2]
        images = frames.reshape(-1, FRAME_HEIGHT, FRAME_WIDTH, 3).permute(0, 3, 1, 2)  # (B*T, 3, 27, 48)
        maps = self.stem(images - 0.5)  # (B*T, 24, 7, 12)
        embedding = self.embed(maps.flatten(1)).reshape(batch, length, -1)
        bands = torch.cat([*self._fixed_bands(images, batch), self._cosine_band(embedding)], dim=2)
        for index, block in enumerate(self.trunk):
            if index == len(self.trunk) - 1:
                maps = functional.avg_pool2d(maps, 2)  # (B*T, C, 3, 6)
            maps = block(maps, batch)
        seen = functional.relu(self.flatten(maps.flatten(1))).reshape(batch, length, -1)
        light = torch.cat([images.mean((2, 3)), images.amax((2, 3)) - images.amin((2, 3))], dim=1)
        alike = self.bands(bands.transpose(1, 2))  # (B, 64, T)
        joined = [seen.transpose(1, 2), alike, light.reshape(batch, length, 6).transpose(1, 2)]
        logits: Tensor = self.head(torch.cat(joined, dim=1)).transpose(1, 2)
        return logits  # (B, T, 2 + kinds)

    def _fixed_bands(self, images: Tensor, batch: int) -> list[Tensor]:
        """Bands (B, T, 2 * band_frames + 1) of histograms, of thumbnails, and of thumbnails without their mean."""
        histogram = _histogram(images).reshape(batch, -1, HISTOGRAM_BINS**3)
        thumbs = functional.avg_pool2d(images - 0.5, 3)  # (B*T, 3, 9, 16)
        centred = (thumbs - thumbs.mean((2, 3), keepdim=True)).reshape(batch, -1, 3 * 9 * 16)
        flat = self._exact(thumbs.reshape(batch, -1, 3 * 9 * 16))
        square = (flat * flat).sum(2, keepdim=True)  # (B, T, 1)
        reach = self.config.band_frames
        others = _band(torch.ones_like(square), square, reach)
        difference = (square + others - 2 * _band(flat, flat, reach)) / flat.shape[2]
        return [
            self._cosine_band(histogram),
            _log_distance(difference, NEAREST_SQUARE, reach).type_as(images),
            self._cosine_band(centred),
        ]

    def _cosine_band(self, vectors: Tensor) -> Tensor:
        exact = self._exact(vectors)
        # the small number keeps frames of one colour, which have no direction, from becoming noise
        unit = exact / (exact.square().sum(2, keepdim=True) + 1e-3).sqrt()
        reach = self.config.band_frames
        return _log_distance(1 - _band(unit, unit, reach), NEAREST, reach).type_as(vectors)

    def _exact(self, vectors: Tensor) -> Tensor:
        """In double precision when it counts: distances of like frames are differences of nearly equal numbers, and
        their logarithms would show on each machine another last digit. Training does not mind."""
        return vectors if self.training else vectors.double()


class CutProbabilities(nn.Module):
    """What is exported: the detector with its logits turned to probabilities, those of the kinds summing to 1."""

    def __init__(self, detector: CutDetector) -> None:
        super().__init__()
        self.detector = detector

    def forward(self, frames: Tensor) -> Tensor:
        """float32 (B, T, 27, 48, 3) to (B, T, 2 + kinds)."""
        logits = self.detector(frames)
        return torch.cat([logits[..., :2].sigmoid(), logits[..., 2:].softmax(2)], dim=2)


class _Factorised(nn.Module):
    """A spatial convolution, then temporal ones of several dilations side by side, as one 3-D block."""

    def __init__(self, inputs: int, outputs: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.spatial = nn.Sequential(*_spatial(inputs, outputs))
        self.temporal = nn.ModuleList(
            nn.Conv2d(outputs, outputs // len(dilations), (3, 1), padding=(d, 0), dilation=(d, 1), bias=False)
            for d in dilations
        )
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, maps: Tensor, batch: int) -> Tensor:
        """(B*T, inputs, H, W) to (B*T, outputs, H, W)."""
        _, _, height, width = maps.shape
        maps = self.spatial(maps)
        channels = maps.shape[1]
        # time and place as the two axes of a flat picture: 2-D kernels are several times faster than 3-D ones
        flat = maps.permute(0, 2, 3, 1).reshape(batch, -1, height * width, channels).permute(0, 3, 1, 2)
        mixed = torch.cat([convolution(flat) for convolution in self.temporal], dim=1)  # (B, C, T, H*W)
        mixed = functional.relu(self.norm(mixed) + flat)
        return mixed.permute(0, 2, 3, 1).reshape(-1, height, width, channels).permute(0, 3, 1, 2)


def _spatial(inputs: int, outputs: int, stride: int = 1) -> tuple[nn.Module, ...]:
    convolution = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
    return convolution, nn.BatchNorm2d(outputs), nn.ReLU()


def _histogram(images: Tensor) -> Tensor:
    """Soft joint histogram of colours (N, 512) of images (N, 3, H, W) in 0..1; square roots of the shares.

    With the square roots, the cosine of two histograms is their Bhattacharyya coefficient.
    """
    # every other row and column: neighbours say the same
    pixels = images[:, :, ::2, ::2].flatten(2)  # (N, 3, P)
    steps = torch.arange(HISTOGRAM_BINS, dtype=images.dtype, device=images.device)[:, None]
    near = functional.relu(1 - (pixels[:, :, None] * (HISTOGRAM_BINS - 1) - steps).abs())  # (N, 3, 8, P)
    pairs = (near[:, 0, :, None] * near[:, 1, None]).flatten(1, 2)  # (N, 64, P)
    counts = pairs @ near[:, 2].transpose(1, 2) / pixels.shape[2]  # (N, 64, 8)
    # the root is infinitely steep at 0, where a bin may hold nothing but the last digit of a rounding
    return (counts.flatten(1) + EMPTY_BIN).sqrt()


def _log_distance(distances: Tensor, nearest: float, reach: int) -> Tensor:
    """Logarithms of a band of distances, a frame's distance from itself being 0.

    Said rather than computed: what is left of rounding there would be all that this entry varies by, and the
    normalisation that follows would make a signal of it.
    """
    others = torch.ones(2 * reach + 1, dtype=distances.dtype, device=distances.device)
    others[reach] = 0
    return (distances.clamp(min=0) * others + nearest).log()


def _band(left: Tensor, right: Tensor, reach: int) -> Tensor:
    """Products of each frame's vector with those of its neighbours: (B, T, D) twice to (B, T, 2 * reach + 1).

    Entry j of frame t is ``left[t] . right[t + j - reach]``, 0 outside.
    """
    batch, length, _ = left.shape
    padded = functional.pad(right, (0, 0, reach, reach))  # (B, T + 2 reach, D)
    products = left @ padded.transpose(1, 2)  # (B, T, T + 2 reach)
    # read with rows one longer, the diagonal becomes a column
    skewed = functional.pad(products.flatten(1), (0, length))
    return skewed.reshape(batch, length, length + 2 * reach + 1)[:, :, : 2 * reach + 1]
