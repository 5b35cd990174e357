"""Between the Character panel's properties, which Blender shows, and frozen settings, which the rest works with.

Loaded with the first click, not when the add-on is enabled.
"""

from collections.abc import Iterable
from typing import Literal

import bpy

from .character_choices import PICTURE_ITEMS
from .contract import BODY_NUMBERS, BodyNumber, Colour
from .core.character_settings import CharacterSettings
from .core.errors import SettingsError
from .core.naming import character_title
from .scene.units import unit_metres

__all__ = ["fill_character", "fill_mix_end", "read_character", "read_mix_end"]

End = Literal["body", "look"]
_DIGITS = 6
"""Blender keeps numbers with 24 bits; what lies beyond is noise."""


def read_character(form: bpy.types.PropertyGroup, portrait: bool | None = None) -> CharacterSettings:
    """What the panel says, but for ``portrait``. Raises SettingsError when that does not fit together."""
    portrait = form.portrait if portrait is None else portrait
    archetype = form.portrait_of if portrait else form.archetype
    look = archetype if form.look_archetype == "SAME" else form.look_archetype
    try:
        return CharacterSettings(
            archetype=archetype.lower(),
            body_seed=form.body_seed,
            look_archetype=look.lower(),
            look_seed=form.look_seed,
            variations=form.variations,
            vary=form.vary.lower(),
            build=None if form.build == "SEED" else form.build.lower(),
            height_m=_plain(form.height * unit_metres(form.id_data)) if form.use_height else None,
            numbers=tuple(
                BodyNumber(number.id, _plain(getattr(form, number.id)))
                for number in BODY_NUMBERS
                if getattr(form, f"use_{number.id}")
            ),
            main=_colour(form.main) if form.use_main else None,
            second=_colour(form.second) if form.use_second else None,
            truncation=_plain(form.truncation),
            height_px=form.custom_size if form.size == "CUSTOM" else int(form.size),
            enlarge=form.enlarge,
            placing=form.placing,
            location=form.location,
            opacity=_plain(form.opacity),
            portrait=portrait,
        )
    except ValueError as error:
        raise SettingsError(
            f"These settings do not fit together: {error}.", "Change them in the Character panel."
        ) from None


def fill_character(form: bpy.types.PropertyGroup, settings: CharacterSettings) -> None:
    """Show ``settings`` in the panel."""
    form.portrait = settings.portrait
    setattr(form, "portrait_of" if settings.portrait else "archetype", settings.archetype.upper())
    same = settings.look_archetype == settings.archetype
    form.look_archetype = "SAME" if same else settings.look_archetype.upper()
    for name in (
        *("body_seed", "look_seed", "variations", "truncation"),
        *("enlarge", "placing", "location", "opacity"),
    ):
        setattr(form, name, getattr(settings, name))
    form.vary, form.build = settings.vary.upper(), (settings.build or "seed").upper()
    form.use_height = settings.height_m is not None
    if settings.height_m is not None:
        form.height = settings.height_m / unit_metres(form.id_data)
    places = {number.name: number.place for number in settings.numbers}
    for number in BODY_NUMBERS:
        setattr(form, f"use_{number.id}", number.id in places)
        if number.id in places:
            setattr(form, number.id, places[number.id])
    for name in ("main", "second"):
        colour: Colour | None = getattr(settings, name)
        setattr(form, f"use_{name}", colour is not None)
        if colour is not None:
            setattr(form, name, (colour.red, colour.green, colour.blue))
    if str(settings.height_px) in {item[0] for item in PICTURE_ITEMS}:
        form.size = str(settings.height_px)
    else:
        form.size, form.custom_size = "CUSTOM", settings.height_px


def fill_mix_end(form: bpy.types.PropertyGroup, end: End, settings: CharacterSettings) -> None:
    """Note one end of a mix in the scene, so that it outlives the sheet and the images."""
    setattr(form, end, settings.to_json())
    setattr(form, f"{end}_title", character_title(settings))


def read_mix_end(form: bpy.types.PropertyGroup, end: End) -> CharacterSettings:
    """Raises SettingsError when that end is not picked yet, or cannot be read."""
    noted = getattr(form, end)
    if not noted:
        raise SettingsError(
            f"The character that gives the {end} is not picked yet.",
            "Pick it from the sheet, or from a character of FilmAI's in the scene.",
        )
    return CharacterSettings.from_json(noted)


def _colour(values: Iterable[float]) -> Colour:
    red, green, blue = (_plain(value) for value in values)
    return Colour(red, green, blue)


def _plain(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
