"""Between the properties of the mix of two materials and frozen settings. Loaded with the first click."""

from typing import Literal

import bpy

from .core.errors import SettingsError
from .core.material_between import ends_of
from .core.material_settings import MaterialSettings
from .core.naming import material_title

__all__ = ["fill_end", "fill_ends", "read_end"]

End = Literal["first", "second"]


def fill_end(form: bpy.types.PropertyGroup, end: End, settings: MaterialSettings) -> None:
    """Note one end in the scene, so that it outlives the sheet and the material."""
    setattr(form, end, settings.to_json())
    setattr(form, f"{end}_title", material_title(settings))


def fill_ends(form: bpy.types.PropertyGroup, settings: MaterialSettings) -> None:
    """Show the ends that ``settings`` lie between, so that the same can be made again; without any nothing changes."""
    ends = ends_of(settings)
    if ends is None or settings.between is None:
        return
    fill_end(form, "first", ends[0])
    fill_end(form, "second", ends[1])
    form.blend, form.layout_from = settings.between.blend, "FIRST"


def read_end(form: bpy.types.PropertyGroup, end: End) -> MaterialSettings:
    """Raises SettingsError when that end is not picked yet, or cannot be read."""
    noted = getattr(form, end)
    if not noted:
        raise SettingsError(
            f"The {end} of the two materials is not picked yet.",
            "Pick it from the sheet, or from an object that wears one.",
        )
    return MaterialSettings.from_json(noted)
