"""What follows when a property of the Texture Studio is set."""

import bpy

from .studio_choices import nearest_size_px

__all__ = ["read_prompt", "round_size", "set_real_size"]


def read_prompt(settings: bpy.types.PropertyGroup, _context: bpy.types.Context) -> None:
    # loads the reader with the first word that is typed, not when the add-on is enabled
    from .studio_form import fill_from_prompt

    fill_from_prompt(settings)


def set_real_size(settings: bpy.types.PropertyGroup, _context: bpy.types.Context) -> None:
    from .studio_form import fill_real_size

    if settings.use_real_size:
        fill_real_size(settings)


def round_size(settings: bpy.types.PropertyGroup, _context: bpy.types.Context) -> None:
    for name in ("custom_width", "custom_height"):
        chosen = getattr(settings, name)
        # setting it calls this function again, which then finds nothing to do
        if nearest_size_px(chosen) != chosen:
            setattr(settings, name, nearest_size_px(chosen))
