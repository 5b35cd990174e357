"""How a material was made, as it is kept on the datablock itself: what was asked for, and what answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import SettingsError
from .material_settings import MaterialSettings
from .provenance import MATERIAL_PROPERTY, PROPERTY_PREFIX

__all__ = ["MaterialProvenance"]

_TEXTS = ("model", "model_version", "model_sha256", "device", "device_reason", "layout_sha256", "version")


@dataclass(frozen=True, slots=True)
class MaterialProvenance:
    """One material's origin: ``filmai_material`` holds the settings, the rest are properties of their own."""

    settings: MaterialSettings
    model: str
    model_version: str
    model_sha256: str
    device: str
    device_reason: str
    """Why it did not run where it was asked to; empty when it did."""
    layout_sha256: str
    """Of the layout image as it was handed over; empty when there was none."""
    version: str
    """Of FilmAI."""

    def to_properties(self) -> dict[str, str]:
        """As custom properties."""
        texts = {PROPERTY_PREFIX + name: str(getattr(self, name)) for name in _TEXTS}
        return {MATERIAL_PROPERTY: self.settings.to_json(), **texts}

    @classmethod
    def from_properties_or_none(cls, properties: Mapping[str, Any]) -> "MaterialProvenance | None":
        """Read back from custom properties; None when that datablock is no material of FilmAI's.

        Raises SettingsError when the properties are incomplete or were changed into something impossible.
        """
        if MATERIAL_PROPERTY not in properties:
            return None
        settings = MaterialSettings.from_json(properties[MATERIAL_PROPERTY])
        texts = {name: properties.get(PROPERTY_PREFIX + name) for name in _TEXTS}
        for name, value in texts.items():
            if not isinstance(value, str):
                raise SettingsError(
                    "The notes on how this material was made cannot be read.",
                    "Set it up in the Texture Studio panel instead.",
                    detail=f"{PROPERTY_PREFIX}{name} is {value!r:.60}",
                )
        return cls(settings, **{name: str(value) for name, value in texts.items()})
