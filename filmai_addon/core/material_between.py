"""Materials between two others: from their settings and a place on the way, and back."""

from dataclasses import replace
from typing import Literal

from ..contract import Between
from .errors import SettingsError
from .material_settings import MaterialSettings

__all__ = ["LayoutFrom", "between", "ends_of"]

LayoutFrom = Literal["NEARER", "FIRST", "SECOND"]


def between(
    first: MaterialSettings, second: MaterialSettings, blend: float, layout_from: LayoutFrom
) -> MaterialSettings:
    """The material ``blend`` (0: the first, 1: the second) of the way from one look to the other.

    Everything that cannot be mixed (layout, sizes, relief, mapping) is taken from the nearer one or from the one
    that is named. Raises SettingsError when an end lies between two others itself.
    """
    if first.between is not None or second.between is not None:
        raise SettingsError(
            "One of the two lies between two others itself, and its ends are not known to the mix.",
            "Choose materials that were made by themselves.",
        )
    if layout_from == "SECOND" or (layout_from == "NEARER" and blend > 0.5):
        first, second, blend = second, first, round(1 - blend, 6)
    paint = Between(
        family=second.family,
        mix_family=second.mix_family,
        mix=second.mix,
        look_seed=second.look_seed,
        look=second.look,
        blend=blend,
    )
    return replace(first, variations=1, between=paint)


def ends_of(settings: MaterialSettings) -> tuple[MaterialSettings, MaterialSettings] | None:
    """The first and the second, both on the layout of the first; None when it lies between no others."""
    paint = settings.between
    if paint is None:
        return None
    first = replace(settings, between=None)
    second = replace(
        first,
        prompt="",
        family=paint.family,
        mix_family=paint.mix_family,
        mix=paint.mix,
        look_seed=paint.look_seed,
        base=paint.look.base,
        second=paint.look.second,
        lightness=paint.look.lightness,
        contrast=paint.look.contrast,
        roughness=paint.look.roughness,
        wear=paint.look.wear,
    )
    return first, second
