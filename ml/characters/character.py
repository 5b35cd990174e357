"""The record of one character, drawn from a seed: proportions, what is worn and carried, colours."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ..materials.params import Params, Split
from ..shapes import Surface
from .archetypes import ARCHETYPE_INDEX, ARCHETYPES, BUILDS, Archetype
from .palette import RGB, draw_surfaces

__all__ = ["Character", "Face", "Proportions", "draw_character"]

_KEY = 77
"""Keeps characters apart from materials of the same seed."""
_SLOT = "wears_"
_GREY_FROM = 0.68
_GREY: tuple[RGB, RGB] = ((0.38, 0.37, 0.36), (0.17, 0.165, 0.16))
"""Linear: in the light and in its shade."""


@dataclass(frozen=True, slots=True)
class Proportions:
    """Shares of the body's height unless said otherwise."""

    height_m: float
    """From the ground to the top of the skull."""
    head: float
    shoulders: float
    hips: float
    legs: float
    arms: float
    limbs: float
    """Thickness, 1 as drawn; so are hands and feet."""
    hands: float
    feet: float
    stoop: float
    girth: float
    """Of the trunk, 1 as drawn."""
    belly: float
    spread: float
    """Radians of the arms from the vertical."""
    stance: float
    """Half the distance of the feet."""

    def __post_init__(self) -> None:
        if not 0.3 <= self.height_m <= 4:
            raise ValueError(f"a character is 0.3 to 4 metres high, not {self.height_m!r}")


@dataclass(frozen=True, slots=True)
class Face:
    """Features, 1 as drawn, and expression."""

    jaw: float
    """Width."""
    eyes: float
    nose: float
    smile: float
    """-1 for corners of the mouth that hang, 1 for a broad smile."""
    frown: float
    """0 to 1."""
    mouth: float
    """How far it is open, 0 to 1."""
    age: float
    """0 young, 1 old: lines, and hair that turns grey."""


@dataclass(frozen=True, slots=True)
class Character:
    """Everything that is known of one character; ``sculpt`` makes its solids of it."""

    archetype: str
    build: str
    seed: int
    split: Split
    proportions: Proportions
    face: Face
    wears: Mapping[str, str]
    """Choice by slot; which slots there are is the archetype's."""
    surfaces: Mapping[str, Surface]
    values: Mapping[str, float | str] = field(default_factory=dict)
    """Every draw by name."""

    def wearing(self, slot: str) -> str:
        """What is in that slot, "none" where the archetype knows no such slot."""
        return self.wears.get(slot, "none")


def draw_character(
    archetype: str,
    seed: int,
    split: Split = "train",
    build: str | None = None,
    main: RGB | None = None,
    second: RGB | None = None,
    wears: Mapping[str, str] | None = None,
    wanted: Mapping[str, float] | None = None,
) -> Character:
    """The character of that seed. What is asked for replaces what would be drawn, and changes nothing else.

    build: one of BUILDS. main, second: sRGB colours. wears: choices by slot; what the archetype does not know is
    left out. wanted: numbers by name, as in ``Character.values``. Raises ValueError for an archetype, a build, a seed
    or a colour that cannot be.
    """
    if archetype not in ARCHETYPE_INDEX:
        raise ValueError(f"there is no archetype {archetype!r}; there are {', '.join(ARCHETYPE_INDEX)}")
    if build is not None and build not in BUILDS:
        raise ValueError(f"there is no build {build!r}; there are {', '.join(BUILDS)}")
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise ValueError(f"a seed is a whole number from 0, not {seed!r}")
    for name, value in (wanted or {}).items():
        if not isinstance(value, (int, float)) or not np.isfinite(value):
            raise ValueError(f"{name} needs a number, not {value!r}")
    kind = ARCHETYPES[ARCHETYPE_INDEX[archetype]]
    # proportions and slots share names: heads have a size, and robots a choice of them
    asked = dict(wanted or {}) | {_SLOT + slot: choice for slot, choice in (wears or {}).items()}
    params = Params((_KEY, ARCHETYPE_INDEX[archetype], seed), split, asked)
    drawn = params.pick("build", BUILDS)
    proportions = _proportions(params, kind, build or drawn)
    worn = {slot: params.pick_by_split(_SLOT + slot, *options) for slot, options in kind.wears.items()}
    surfaces = draw_surfaces(params, kind, worn, main, second)
    face = _face(params)
    if face.age > _GREY_FROM and archetype not in ("alien", "creature"):
        surfaces |= {
            name: replace(surfaces[name], colour=_GREY[0], second=_GREY[1]) for name in ("hair", "brow")
        }
    values = params.values | {"build": build or drawn}
    return Character(archetype, build or drawn, seed, split, proportions, face, worn, surfaces, values)


def _proportions(params: Params, kind: Archetype, build: str) -> Proportions:
    thick = {"slim": 0.86, "average": 1.0, "heavy": 1.2}[build]
    belly = params.range("belly", 0.0, 0.03) + {"slim": -0.004, "average": 0.004, "heavy": 0.035}[build]

    def share(name: str) -> float:
        return params.range(name, *getattr(kind, name))

    return Proportions(
        height_m=share("height_m"),
        head=share("head"),
        shoulders=share("shoulders") * (0.6 + 0.4 * thick),
        hips=share("hips") * (0.5 + 0.5 * thick),
        legs=share("legs"),
        arms=share("arms"),
        limbs=share("limbs") * (0.35 + 0.65 * thick),
        hands=share("hands") * 1.12,
        feet=share("feet"),
        stoop=share("stoop"),
        girth=thick * params.range("girth", 0.94, 1.1),
        belly=float(np.maximum(belly, 0.0)),
        spread=params.range("spread", 0.24, 0.48),
        stance=params.range("stance", 0.062, 0.088) * (0.7 + 0.3 * thick),
    )


def _face(params: Params) -> Face:
    return Face(
        jaw=params.range("jaw", 0.84, 1.2),
        eyes=params.range("eyes", 0.9, 1.3),
        nose=params.range("nose", 0.8, 1.4),
        smile=params.range("smile", -0.7, 1.0),
        frown=max(params.range("frown", -0.8, 1.0), 0.0),
        mouth=max(params.range("mouth", -1.2, 1.0), 0.0),
        age=params.range("age", 0.0, 1.0),
    )
