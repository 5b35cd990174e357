"""The panel's values for captions and cuts as frozen data."""

import bpy

from .core.errors import SettingsError
from .core.shot_settings import CaptionSettings, CutSettings, TextStyle
from .scene.compat import sequencer_scene

__all__ = ["chosen_strips_channel", "read_caption_settings", "read_cut_settings"]

_STYLE = ("size_percent", "position", "margin_percent", "use_box", "box_opacity", "wrap")


def read_caption_settings(context: bpy.types.Context) -> CaptionSettings:
    """As chosen for the scene that the sequencer shows. Raises SettingsError when it shows none."""
    form = _form(context)
    style = {name: getattr(form, name) for name in _STYLE}
    return CaptionSettings(
        language=form.language,
        text=form.text,
        divide=form.divide,
        channel=form.channel if form.use_channel else 0,
        number=form.number,
        style=TextStyle(**style, color=tuple(form.color)),
    )


def read_cut_settings(context: bpy.types.Context) -> CutSettings:
    """The same for cuts."""
    form = _form(context)
    return CutSettings(split=form.cuts_as == "SPLIT", sensitivity=form.sensitivity)


def chosen_strips_channel(context: bpy.types.Context) -> int:
    """Of which channel all strips are meant; 0: the selected ones."""
    form = _form(context)
    return form.strips_channel if form.strips == "CHANNEL" else 0


def _form(context: bpy.types.Context) -> bpy.types.PropertyGroup:
    scene = sequencer_scene(context)
    if scene is None:
        raise SettingsError("The sequencer shows no scene.", "Choose one at the top of the sequencer.")
    return scene.filmai_shots
