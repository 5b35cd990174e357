"""How a character was made, as it is kept on its images, material and objects: what was asked for, what answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .character_settings import CharacterSettings
from .errors import SettingsError
from .provenance import CHARACTER_PROPERTY, PROPERTY_PREFIX

__all__ = ["VIEW_PROPERTY", "CharacterProvenance"]

VIEW_PROPERTY = PROPERTY_PREFIX + "view"
"""Which view an image or a reference shows."""
_TEXTS = (
    *("model", "model_version", "model_sha256", "enlarger_sha256"),
    *("device", "device_reason", "version"),
)


@dataclass(frozen=True, slots=True)
class CharacterProvenance:
    """One character's origin: ``filmai_character`` holds the settings, the rest are properties of their own."""

    settings: CharacterSettings
    model: str
    model_version: str
    model_sha256: str
    enlarger_sha256: str
    """Of the network that drew it larger; empty when none did."""
    device: str
    device_reason: str
    """Why it did not run where it was asked to; empty when it did."""
    version: str
    """Of FilmAI."""

    def to_properties(self) -> dict[str, str]:
        """As custom properties."""
        texts = {PROPERTY_PREFIX + name: str(getattr(self, name)) for name in _TEXTS}
        return {CHARACTER_PROPERTY: self.settings.to_json(), **texts}

    @classmethod
    def from_properties_or_none(cls, properties: Mapping[str, Any]) -> "CharacterProvenance | None":
        """Read back from custom properties; None when that datablock is no character of FilmAI's.

        Raises SettingsError when the properties are incomplete or were changed into something impossible.
        """
        if CHARACTER_PROPERTY not in properties:
            return None
        settings = CharacterSettings.from_json(properties[CHARACTER_PROPERTY])
        texts = {name: properties.get(PROPERTY_PREFIX + name) for name in _TEXTS}
        for name, value in texts.items():
            if not isinstance(value, str):
                raise SettingsError(
                    "The notes on how this character was made cannot be read.",
                    "Set it up in the Character panel instead.",
                    detail=f"{PROPERTY_PREFIX}{name} is {value!r:.60}",
                )
        return cls(settings, **{name: str(value) for name, value in texts.items()})
