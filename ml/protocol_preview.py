"""The messages of preview sheets; ``ml.protocol`` is where both sides take them from. Standard library only."""

from dataclasses import dataclass
from typing import Literal

from .limits import MAX_PREVIEW_PX, MIN_PREVIEW_PX
from .protocol_base import DeviceUsed, ModelUsed, require_range
from .protocol_material import GenerateMaterial

__all__ = ["MaterialPreview", "PreviewMaterials", "PreviewSheet"]


@dataclass(frozen=True, slots=True)
class PreviewMaterials:
    """Paint what ``material`` asks for as small lit pictures, one for each variation."""

    job: str
    material: GenerateMaterial
    """As it would be made in full, with the same job; which maps it asks for does not matter."""
    preview_px: int
    """Width of the pictures, or their height where that is more."""

    def __post_init__(self) -> None:
        require_range("preview_px", self.preview_px, MIN_PREVIEW_PX, MAX_PREVIEW_PX)
        if self.material.job != self.job:
            raise ValueError(f"the material is of the job {self.material.job!r:.60}, not of {self.job!r:.60}")


@dataclass(frozen=True, slots=True)
class MaterialPreview:
    """One small picture: base colour in the light that its relief and its holes let through."""

    layout_seed: int
    look_seed: int
    path: str
    """An 8-bit RGB PNG, sRGB-encoded."""
    width_px: int
    height_px: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PreviewSheet:
    """What a PreviewMaterials job made."""

    kind: Literal["previews"]
    family: str
    previews: tuple[MaterialPreview, ...]
    """In the order of the variations."""
    notes: tuple[str, ...]
    model: ModelUsed
    device: DeviceUsed
    elapsed_seconds: float
