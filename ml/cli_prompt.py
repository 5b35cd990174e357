"""What a description in words means for the command ``material``, and what is said about it."""

import argparse
from typing import Any

from .cli_common import say
from .protocol import MAX_ACROSS, Colour
from .words import Reading, read_prompt

__all__ = ["prompt_report", "take_prompt"]


def take_prompt(options: argparse.Namespace) -> Reading | None:
    """Fill in what the command line leaves open as ``--prompt`` says, and print what was made of its words.

    An option beats the words. None without a prompt. Raises ValueError when neither names a material.
    """
    if options.prompt is None:
        if options.family is None:
            raise ValueError("name a material with --family, or describe it with --prompt")
        return None
    reading = read_prompt(options.prompt)
    for typed, meaning in reading.understood:
        say(f"{typed}: {meaning}")
    if reading.unknown:
        say(f"Not understood: {', '.join(reading.unknown)}")
    if options.family is None and reading.family is None:
        raise ValueError("the description names no material; name one with --family")
    for name, value in _values(reading).items():
        if getattr(options, name) is None:
            setattr(options, name, value)
    # the last of two with one name counts
    options.layout = [f"{name}={value}" for name, value in reading.layout] + options.layout
    if options.mix is None and reading.mix_family not in (None, options.family):
        options.mix = [reading.mix_family, str(reading.mix)]
    return reading


def prompt_report(reading: Reading) -> dict[str, Any]:
    """The same for ``--json``."""
    return {
        "understood": [{"words": typed, "meaning": meaning} for typed, meaning in reading.understood],
        "not_understood": list(reading.unknown),
    }


def _values(reading: Reading) -> dict[str, Any]:
    """By the names of the options."""
    return {
        "family": reading.family,
        "base": Colour(*reading.base) if reading.base else None,
        "second": Colour(*reading.second) if reading.second else None,
        "lightness": reading.lightness,
        "contrast": reading.contrast,
        "roughness": reading.roughness,
        "wear": reading.wear,
        "across": min(reading.across, MAX_ACROSS) if reading.across else None,
    }
