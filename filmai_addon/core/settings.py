"""What the user may set, and what was set in the preferences, as frozen data."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ..contract import DeviceChoice

__all__ = ["MAX_REPEAT", "MIN_REPEAT", "AddonSettings"]

MIN_REPEAT, MAX_REPEAT = 0.01, 1000.0
"""Pictures side by side across an object."""


@dataclass(frozen=True, slots=True)
class AddonSettings:
    """The add-on's preferences; the defaults are those of a fresh installation."""

    device: "DeviceChoice" = "auto"
    runtime: Literal["BUNDLED", "EXTERNAL"] = "BUNDLED"
    external_python: str = ""
    """Path of the interpreter that runs the worker when ``runtime`` is EXTERNAL."""
    image_storage: Literal["PACKED", "FOLDER"] = "PACKED"
    images_folder: str = "//textures/"
    """Where pictures go when ``image_storage`` is FOLDER; ``//`` stands for the folder of the .blend file."""
    idle_seconds: int = 300
    """After that time without a job the worker drops its models."""
