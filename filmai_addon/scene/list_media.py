"""Where the strips of the shot list have their pictures from. Changes nothing."""

from collections.abc import Iterable

import bpy

from ..core.errors import StripError
from ..core.list_export import StripMedium
from .strip_sources import source_of

__all__ = ["strip_media"]


def strip_media(scene: bpy.types.Scene, names: Iterable[str]) -> dict[str, StripMedium]:
    """By the names of strips; nothing for those that are gone, whose file is missing, or that Blender renders."""
    editor = scene.sequence_editor
    media: dict[str, StripMedium] = {}
    for name in sorted(set(names)):
        strip = editor.strips_all.get(name) if editor is not None else None
        if strip is None:
            continue
        try:
            source = source_of(strip, scene)
        except StripError:
            # a list is worth exporting without its media
            continue
        path = source.path or next(iter(source.files), "")
        if path:
            media[name] = StripMedium(path, source.timing)
    return media
