"""How a texture was made, as it is kept on the datablock itself.

Enough to make it again, and to say who made it: model, weights, seed, parameters, device, FilmAI version.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..contract import FAMILY_INDEX, MAX_SEED, MAX_TEXTURE_SIZE_PX, MIN_TEXTURE_SIZE_PX
from .errors import SettingsError
from .settings import MAX_REPEAT, MIN_REPEAT

__all__ = [
    "CHARACTER_PROPERTY",
    "MATERIAL_PROPERTY",
    "PROPERTY_PREFIX",
    "TextureProvenance",
    "made_by_filmai",
]

PROPERTY_PREFIX = "filmai_"
MATERIAL_PROPERTY = PROPERTY_PREFIX + "material"
"""Holds what was asked for, on materials of the studio and on their images; see ``material_provenance``."""

CHARACTER_PROPERTY = PROPERTY_PREFIX + "character"
"""The same on images, materials and objects of characters; see ``character_provenance``."""


def made_by_filmai(properties: Mapping[str, Any]) -> bool:
    """True when a datablock with these custom properties is a texture, a material or a character of FilmAI's."""
    return any(
        name in properties for name in (PROPERTY_PREFIX + "family", MATERIAL_PROPERTY, CHARACTER_PROPERTY)
    )


@dataclass(frozen=True, slots=True)
class TextureProvenance:
    """One texture's origin. Each field is a custom property of the same name with ``filmai_`` before it."""

    family: str
    seed: int
    size_px: int
    repeat: float
    """How many pictures lie side by side across the object that it was made for."""
    model: str
    model_version: str
    model_sha256: str
    network_px: int
    """Edge length of what the network itself drew; the rest is enlargement."""
    device: str
    device_reason: str
    """Why it did not run where it was asked to; empty when it did."""
    png_sha256: str
    version: str
    """Of FilmAI."""

    def __post_init__(self) -> None:
        if self.family not in FAMILY_INDEX:
            raise ValueError(f"unknown family {self.family!r:.60}")
        if not 0 <= self.seed <= MAX_SEED:
            raise ValueError(f"seed {self.seed} is not within 0 to {MAX_SEED}")
        if not MIN_TEXTURE_SIZE_PX <= self.size_px <= MAX_TEXTURE_SIZE_PX:
            raise ValueError(f"size {self.size_px} px is not within the limits")
        if not MIN_REPEAT <= self.repeat <= MAX_REPEAT:
            raise ValueError(f"repeat {self.repeat} is not within {MIN_REPEAT} to {MAX_REPEAT}")

    def to_properties(self) -> dict[str, str | int | float]:
        """As custom properties."""
        return {PROPERTY_PREFIX + field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_properties_or_none(cls, properties: Mapping[str, Any]) -> "TextureProvenance | None":
        """Read back from custom properties; None when FilmAI did not make that datablock.

        Raises SettingsError when the properties are incomplete or were changed into something impossible.
        """
        if PROPERTY_PREFIX + "family" not in properties:
            return None
        values: dict[str, Any] = {}
        for field in fields(cls):
            value = properties.get(PROPERTY_PREFIX + field.name)
            if type(value) is not field.type:
                raise _unreadable(f"{PROPERTY_PREFIX}{field.name} is {value!r:.60}")
            values[field.name] = value
        try:
            return cls(**values)
        except ValueError as error:
            raise _unreadable(str(error)) from None


def _unreadable(why: str) -> SettingsError:
    return SettingsError(
        "The notes on how this texture was made cannot be read.",
        "Choose family and seed in the panel instead.",
        detail=why,
    )
