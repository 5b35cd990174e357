"""Between the Texture Studio's properties, which Blender shows, and frozen settings, which the rest works with.

Loaded with the first click or the first word that is typed, not when the add-on is enabled.
"""

from collections.abc import Iterable

import bpy

from .contract import Colour, LayoutChoice, LayoutNumber, family_label, is_own_family
from .core.errors import SettingsError
from .core.layout_values import layout_text, read_layout_text
from .core.material_changes import neutral_settings
from .core.material_prompt import described
from .core.material_scale import real_size
from .core.material_settings import MaterialSettings
from .scene.units import unit_metres
from .studio_choices import OWN_LAYOUT_ITEMS, PATTERN_ITEMS, SIZE_ITEMS
from .translations.speaking import said

__all__ = ["fill_form", "fill_from_prompt", "fill_real_size", "read_form"]

_MEASURES = ("rows", "columns", "gap", "regularity")
_WHOLE = ("rows", "columns")
_DIGITS = 6
"""Blender keeps numbers with 24 bits; what lies beyond is noise."""


def read_form(form: bpy.types.PropertyGroup) -> MaterialSettings:
    """What the panel says. Raises SettingsError when that does not fit together."""
    if not form.family:
        raise SettingsError(
            "The material that was chosen is not there any more.", "Choose another one, or train it again."
        )
    width_px, height_px = _size_px(form)
    width_m, depth_m = _width_and_depth_m(form)
    own = is_own_family(form.family.lower())
    mixes = form.use_mix and form.mix_family != form.family and not own
    try:
        numbers, choices = _layout(form)
        return MaterialSettings(
            prompt=form.prompt,
            family=form.family.lower(),
            mix_family=(form.mix_family if mixes else form.family).lower(),
            mix=_plain(form.mix) if mixes else 0.0,
            layout_seed=form.layout_seed,
            look_seed=form.look_seed,
            variations=form.variations,
            vary=form.vary.lower(),
            width_px=width_px,
            height_px=height_px,
            base=_colour(form.base) if form.use_base else None,
            second=_colour(form.second) if form.use_second else None,
            lightness=_plain(form.lightness),
            contrast=_plain(form.contrast),
            roughness=_plain(form.roughness),
            wear=_plain(form.wear) if form.use_wear else None,
            across=form.across,
            numbers=numbers,
            choices=choices,
            layout_image=form.layout_image.name if form.layout_image is not None else "",
            relief=form.relief,
            depth_m=depth_m,
            width_m=width_m,
            projection=form.projection,
        )
    except ValueError as error:
        raise SettingsError(
            f"These settings do not fit together: {error}.", "Change them in the Texture Studio panel."
        ) from None


def fill_form(form: bpy.types.PropertyGroup, settings: MaterialSettings) -> None:
    """Show ``settings`` in the panel. A layout image that is not there any more is left out."""
    # first, since setting it sets what is understood of it
    form.prompt = settings.prompt
    _fill_description(form, settings)
    form.layout_seed, form.look_seed = settings.layout_seed, settings.look_seed
    form.variations, form.vary = settings.variations, settings.vary.upper()
    form.layout_image = bpy.data.images.get(settings.layout_image)
    form.relief, form.projection = settings.relief, settings.projection
    _fill_size(form, settings)


def fill_from_prompt(form: bpy.types.PropertyGroup) -> None:
    """Set everything that the description speaks of, and say what was understood of it.

    What it says nothing of becomes neutral, so that the panel shows what the words mean and no more. An empty
    description changes nothing.
    """
    # a material that is not there any more has no name
    read = described(neutral_settings(form.family.lower() or "brick"), form.prompt)
    form.understood = "\n".join(map(said, read.understood.splitlines()))
    form.not_understood = said(read.not_understood)
    if form.prompt.strip():
        _fill_description(form, read.settings)


def fill_real_size(form: bpy.types.PropertyGroup) -> None:
    """Set width and depth to what the chosen family has in the world."""
    size, unit_m = real_size(form.family.lower()), unit_metres(form.id_data)
    form.picture_width, form.relief_depth = size.width_m / unit_m, size.depth_m / unit_m


def _fill_description(form: bpy.types.PropertyGroup, settings: MaterialSettings) -> None:
    """Material, look and layout: what a description can speak of.

    Raises SettingsError when it is a family of the user's that is not there any more.
    """
    try:
        form.family = settings.family.upper()
    except TypeError:
        raise SettingsError(
            f"The material {family_label(settings.family)} is not among yours any more.",
            "Train it again on its folder of pictures.",
        ) from None
    form.use_mix = settings.mix > 0 and settings.mix_family != settings.family
    if form.use_mix:
        form.mix_family, form.mix = settings.mix_family.upper(), settings.mix
    for name in ("base", "second"):
        colour: Colour | None = getattr(settings, name)
        setattr(form, f"use_{name}", colour is not None)
        if colour is not None:
            setattr(form, name, (colour.red, colour.green, colour.blue))
    for name in ("lightness", "contrast", "roughness", "across"):
        setattr(form, name, getattr(settings, name))
    form.use_wear = settings.wear is not None
    if settings.wear is not None:
        form.wear = settings.wear
    _fill_layout(form, settings)


def _fill_layout(form: bpy.types.PropertyGroup, settings: MaterialSettings) -> None:
    """What the panel has a property for; the rest goes into the line for further values."""
    measures = {number.name: number.value for number in settings.numbers}
    for name in _MEASURES:
        setattr(form, f"use_{name}", name in measures)
        if name in measures:
            value = measures.pop(name)
            setattr(form, name, round(value) if name in _WHOLE else value)
    chosen = {choice.name: choice.value for choice in settings.choices}
    form.own_layout = "USUAL"
    if chosen.get("family", "").upper() in {item[0] for item in OWN_LAYOUT_ITEMS}:
        form.own_layout = chosen.pop("family").upper()
    known = {item[0] for item in PATTERN_ITEMS}
    form.pattern = "OWN"
    if chosen.get("pattern", "").upper() in known:
        form.pattern = chosen.pop("pattern").upper()
    form.further_layout = layout_text(
        (LayoutNumber(name, value) for name, value in measures.items()),
        (LayoutChoice(name, value) for name, value in chosen.items()),
    )


def _layout(
    form: bpy.types.PropertyGroup,
) -> tuple[tuple[LayoutNumber, ...], tuple[LayoutChoice, ...]]:
    numbers = tuple(
        LayoutNumber(name, _plain(getattr(form, name))) for name in _MEASURES if getattr(form, f"use_{name}")
    )
    choices: tuple[LayoutChoice, ...] = (
        () if form.pattern == "OWN" else (LayoutChoice("pattern", form.pattern.lower()),)
    )
    if form.own_layout != "USUAL" and is_own_family(form.family.lower()):
        choices += (LayoutChoice("family", form.own_layout.lower()),)
    further_numbers, further_choices = read_layout_text(form.further_layout)
    return numbers + further_numbers, choices + further_choices


def _size_px(form: bpy.types.PropertyGroup) -> tuple[int, int]:
    if form.size == "CUSTOM":
        return form.custom_width, form.custom_height
    return int(form.size), int(form.size)


def _fill_size(form: bpy.types.PropertyGroup, settings: MaterialSettings) -> None:
    square = str(settings.width_px) if settings.width_px == settings.height_px else ""
    if square in {item[0] for item in SIZE_ITEMS}:
        form.size = square
    else:
        form.size = "CUSTOM"
        form.custom_width, form.custom_height = settings.width_px, settings.height_px
    size, unit_m = real_size(settings.family), unit_metres(form.id_data)
    form.use_real_size = (settings.width_m, settings.depth_m) == (size.width_m, size.depth_m)
    form.picture_width, form.relief_depth = settings.width_m / unit_m, settings.depth_m / unit_m


def _width_and_depth_m(form: bpy.types.PropertyGroup) -> tuple[float, float]:
    if form.use_real_size:
        # not what the panel shows, which was reckoned with the scene's units as they were
        size = real_size(form.family.lower())
        return size.width_m, size.depth_m
    unit_m = unit_metres(form.id_data)
    return _plain(form.picture_width * unit_m), _plain(form.relief_depth * unit_m)


def _colour(values: Iterable[float]) -> Colour:
    red, green, blue = (_plain(value) for value in values)
    return Colour(red, green, blue)


def _plain(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
