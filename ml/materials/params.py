"""Random parameters of a material, split so that held-out renders lie outside what training saw."""

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

__all__ = ["HELD_OUT_FROM", "Params", "Split"]

Split = Literal["train", "test"]
HELD_OUT_FROM = 0.88
"""Training draws each named range from its lower part only; the part above this fraction is held out."""


@dataclass(slots=True)
class Params:
    """Draws the parameters of one material, and records each under its name for the ground-truth file.

    In the ``test`` split every second named range, on average, is drawn from the held-out part. ``wanted`` and
    ``wear_place`` override what would be drawn, and change nothing else.
    """

    seed: tuple[int, ...]
    """Family index, then seed: the same tuple gives the same material."""
    split: Split
    wanted: Mapping[str, float | str] = field(default_factory=dict)
    """Values by name, limited to the ranges that the recipe gives; names that it does not draw are ignored."""
    wear_place: float | None = None
    """0 for the least wear that the recipe knows, 1 for the most; None to draw it."""
    values: dict[str, float | str] = field(default_factory=dict)
    wear_places: list[float] = field(default_factory=list)
    """Where in its range each amount of wear lies, 0 to 1."""
    _rng: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        # the split is part of the key: test seeds are never training seeds under another name
        self._rng = np.random.default_rng((*self.seed, 0 if self.split == "train" else 1))

    def range(self, name: str, low: float, high: float) -> float:
        """A recorded number between low and high."""
        place = self._rng.random()
        if self.split == "test" and self._rng.random() < 0.5:
            place = HELD_OUT_FROM + place * (1.0 - HELD_OUT_FROM)
        else:
            place *= HELD_OUT_FROM
        return self._noted(name, place, low, high)

    def wear(self, name: str, low: float, high: float) -> float:
        """Like ``range``, for an amount of wear: dirt, rust, moss and the like, the more the higher."""
        value = self.range(name, low, high)
        if self.wear_place is not None and name not in self.wanted:
            value = self._noted(name, self.wear_place, low, high)
        self.wear_places.append((value - low) / (high - low))
        return value

    def _noted(self, name: str, place: float, low: float, high: float) -> float:
        value = float(low + place * (high - low))
        if name in self.wanted:
            value = min(max(float(self.wanted[name]), low), high)
        self.values[name] = round(value, 5)
        return value

    def count(self, name: str, low: int, high: int) -> int:
        """A recorded whole number, low to high inclusive (counts are not held out)."""
        value = int(self._rng.integers(low, high + 1))
        if name in self.wanted:
            value = min(max(round(float(self.wanted[name])), low), high)
        self.values[name] = value
        return value

    def pick(self, name: str, options: tuple[str, ...]) -> str:
        """A recorded choice."""
        value = str(self._rng.choice(options))
        if self.wanted.get(name) in options:
            value = str(self.wanted[name])
        self.values[name] = value
        return value

    def pick_by_split(self, name: str, train: tuple[str, ...], test: tuple[str, ...]) -> str:
        """A recorded choice from the split's own options."""
        return self.pick(name, train if self.split == "train" else test)

    def chance(self, name: str, probability: float) -> bool:
        """A recorded yes or no."""
        value = bool(self._rng.random() < probability)
        self.values[name] = float(value)
        return value

    def free(self, low: float, high: float) -> float:
        """An unrecorded number, for offsets and the like that carry no meaning."""
        return float(self._rng.uniform(low, high))

    def colour(
        self, name: str, hue: tuple[float, float], saturation: tuple[float, float], value: tuple[float, float]
    ) -> tuple[float, float, float]:
        """A recorded colour from HSV ranges given as people see them (sRGB), returned as linear RGB.

        Hue 0 to 1 around the wheel (0 red, 1/3 green, 2/3 blue; may run past 1 or below 0).
        """
        rgb = colorsys.hsv_to_rgb(
            self.range(f"{name}_hue", *hue) % 1.0,
            self.range(f"{name}_saturation", *saturation),
            self.range(f"{name}_value", *value),
        )
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return (linear[0], linear[1], linear[2])

    def integer_seed(self) -> int:
        """A seed for a layout."""
        return int(self._rng.integers(2**31))
