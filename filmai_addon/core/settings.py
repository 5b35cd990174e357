"""What the user may set, and what was set in the preferences, as frozen data."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ..contract import DeviceChoice

__all__ = [
    "MAX_PROMPT_CHARS",
    "MAX_REPEAT",
    "MAX_WIDTH_M",
    "MIN_REPEAT",
    "MIN_WIDTH_M",
    "AddonSettings",
]

MIN_REPEAT, MAX_REPEAT = 0.01, 1000.0
"""Pictures side by side across an object."""
MIN_WIDTH_M, MAX_WIDTH_M = 0.001, 10_000.0
"""Width of one picture of a material in metres: from a thread to a landscape."""
MAX_PROMPT_CHARS = 300


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
