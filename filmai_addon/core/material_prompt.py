"""What a description in words means for the settings of a material."""

from dataclasses import dataclass, replace

from ..contract import MAX_ACROSS, Colour, is_own_family, read_prompt
from .layout_values import layout_values
from .material_changes import with_family
from .material_settings import MaterialSettings

__all__ = ["Described", "described"]

_MOST_LINES = 8
"""Longer lists would push the button out of the panel."""


@dataclass(frozen=True, slots=True)
class Described:
    """Settings after a description, and what was made of it."""

    settings: MaterialSettings
    understood: str
    """A line for each thing that was understood; empty when nothing was."""
    not_understood: str
    """One line that names the words that say nothing; empty when all were understood."""


def described(settings: MaterialSettings, prompt: str) -> Described:
    """``settings`` as the description says. What it leaves open in look and layout is left to the seeds.

    Seeds, sizes, relief, mapping, and the family where none is named, stay. An empty description changes nothing.
    """
    if not prompt.strip():
        return Described(replace(settings, prompt=prompt), "", "")
    reading = read_prompt(prompt)
    settings = with_family(replace(settings, prompt=prompt), reading.family or settings.family)
    numbers, choices = layout_values(reading.layout)
    mixes = reading.mix_family is not None and reading.mix_family != settings.family
    # a network of its own mixes with none
    mixes = mixes and not is_own_family(settings.family)
    settings = replace(
        settings,
        mix_family=reading.mix_family if mixes and reading.mix_family else settings.family,
        mix=(reading.mix or 0.0) if mixes else 0.0,
        base=Colour(*reading.base) if reading.base else None,
        second=Colour(*reading.second) if reading.second else None,
        lightness=reading.lightness,
        contrast=1.0 if reading.contrast is None else reading.contrast,
        roughness=reading.roughness or 0.0,
        wear=reading.wear,
        across=min(reading.across or 1, MAX_ACROSS),
        numbers=numbers,
        choices=choices,
    )
    lines = [f"{typed}: {meaning}" for typed, meaning in reading.understood]
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = [f"and {len(lines) - _MOST_LINES + 1} more"]
    unknown = ", ".join(reading.unknown)
    return Described(settings, "\n".join(lines), f"Not understood: {unknown}" if unknown else "")
