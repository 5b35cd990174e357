"""Measures and choices of a layout as one line of text: ``boards=5, weave=twill``."""

import math
from collections.abc import Iterable

from ..contract import LayoutChoice, LayoutNumber

__all__ = ["layout_text", "layout_values", "read_layout_text"]


def layout_text(numbers: Iterable[LayoutNumber], choices: Iterable[LayoutChoice]) -> str:
    """That line; ``read_layout_text`` reads it."""
    parts = [f"{number.name}={number.value:g}" for number in numbers]
    parts += [f"{choice.name}={choice.value}" for choice in choices]
    return ", ".join(parts)


def read_layout_text(text: str) -> tuple[tuple[LayoutNumber, ...], tuple[LayoutChoice, ...]]:
    """What that line says. Raises ValueError, naming the part, for what is no ``name=value``."""
    pairs: list[tuple[str, str]] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = (word.strip() for word in part.partition("="))
        if not (name and value):
            raise ValueError(f"{part!r} is no name=value")
        pairs.append((name, value))
    return layout_values(pairs)


def layout_values(
    pairs: Iterable[tuple[str, str]],
) -> tuple[tuple[LayoutNumber, ...], tuple[LayoutChoice, ...]]:
    """Names with values, told apart: a measure is what looks like a number."""
    numbers: list[LayoutNumber] = []
    choices: list[LayoutChoice] = []
    for name, value in pairs:
        number = _number_or_none(value)
        if number is None:
            choices.append(LayoutChoice(name, value))
        else:
            numbers.append(LayoutNumber(name, number))
    return tuple(numbers), tuple(choices)


def _number_or_none(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
