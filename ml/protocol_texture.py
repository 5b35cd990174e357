"""The messages of texture jobs; ``ml.protocol`` is where both sides take them from. Standard library only."""

from dataclasses import dataclass
from typing import Literal

from .families import FAMILY_INDEX
from .limits import MAX_SEED, MAX_TEXTURE_SIZE_PX, MAX_VARIATIONS, MIN_TEXTURE_SIZE_PX
from .protocol_base import DeviceChoice, DeviceUsed, ModelUsed, require_range

__all__ = ["GenerateTexture", "TextureImage", "TextureResult"]


@dataclass(frozen=True, slots=True)
class GenerateTexture:
    """Make ``variations`` square textures; the i-th one uses seed ``(seed + i) % (MAX_SEED + 1)``."""

    job: str
    family: str
    """A family id, see ``FAMILIES``."""
    seed: int
    size_px: int
    """Width and height in pixels, MIN_TEXTURE_SIZE_PX to MAX_TEXTURE_SIZE_PX."""
    variations: int
    device: DeviceChoice
    out_dir: str
    """Absolute path of the job's own folder, made by the caller; nothing is written outside it."""

    def __post_init__(self) -> None:
        if self.family not in FAMILY_INDEX:
            raise ValueError(f"unknown family {self.family!r:.60}; known: {', '.join(FAMILY_INDEX)}")
        require_range("seed", self.seed, 0, MAX_SEED)
        require_range("size_px", self.size_px, MIN_TEXTURE_SIZE_PX, MAX_TEXTURE_SIZE_PX)
        require_range("variations", self.variations, 1, MAX_VARIATIONS)


@dataclass(frozen=True, slots=True)
class TextureImage:
    """One finished picture: 8-bit sRGB PNG, RGB."""

    path: str
    seed: int
    width_px: int
    height_px: int
    sha256: str
    """Of the PNG file: the same request gives the same bytes."""


@dataclass(frozen=True, slots=True)
class TextureResult:
    """What a GenerateTexture job made. ``network_px`` is what the network itself drew before upscaling."""

    kind: Literal["texture"]
    family: str
    network_px: int
    images: tuple[TextureImage, ...]
    model: ModelUsed
    device: DeviceUsed
    elapsed_seconds: float
