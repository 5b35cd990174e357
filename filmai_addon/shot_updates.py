"""What follows when a property of the shot list is set."""

from collections.abc import Callable

import bpy

__all__ = ["edit_field", "filter_shots", "jump_to_shot", "show_language"]

_Update = Callable[[bpy.types.PropertyGroup, bpy.types.Context], None]


def edit_field(field: str) -> _Update:
    """The update of a field that can be chosen by hand."""

    def update(shot: bpy.types.PropertyGroup, _context: bpy.types.Context) -> None:
        # loads the list's reader with the first edit, not when the add-on is enabled
        from .scene.shot_list import take_edit

        take_edit(shot, field)

    return update


def jump_to_shot(settings: bpy.types.PropertyGroup, _context: bpy.types.Context) -> None:
    if 0 <= settings.active_index < len(settings.shots):
        settings.id_data.frame_current = settings.shots[settings.active_index].start_frame


def filter_shots(settings: bpy.types.PropertyGroup, _context: bpy.types.Context) -> None:
    from .scene.shot_list import filter_shots as apply_filter

    apply_filter(settings)


def show_language(settings: bpy.types.PropertyGroup, _context: bpy.types.Context) -> None:
    from .scene.shot_list import show_all

    show_all(settings)
