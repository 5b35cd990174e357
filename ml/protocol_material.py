"""The messages of material jobs; ``ml.protocol`` is where both sides take them from. Standard library only."""

from dataclasses import dataclass
from typing import Literal

from .families import FAMILY_INDEX
from .limits import (
    MATERIAL_STEP_PX,
    MAX_ACROSS,
    MAX_CONTRAST,
    MAX_MATERIAL_SIZE_PX,
    MAX_SEED,
    MAX_VARIATIONS,
    MIN_MATERIAL_SIZE_PX,
)
from .own_families import is_family, is_own_family
from .protocol_base import DeviceChoice, DeviceUsed, ModelUsed, require_range

__all__ = [
    "MAP_KINDS",
    "Between",
    "Colour",
    "GenerateMaterial",
    "LayoutChoice",
    "LayoutNumber",
    "LayoutWish",
    "LookWish",
    "MapFile",
    "MapKind",
    "MaterialMaps",
    "MaterialResult",
]

MapKind = Literal["basecolor", "height", "roughness", "metallic", "normal", "occlusion"]
MAP_KINDS: tuple[MapKind, ...] = ("basecolor", "height", "roughness", "metallic", "normal", "occlusion")

_MAX_LAYOUT_VALUES = 32
_MAX_NAME_CHARS = 40
_MAX_PATH_CHARS = 4096


@dataclass(frozen=True, slots=True)
class Colour:
    """An sRGB-encoded colour, each part 0 to 1: what a colour picker's hex code says."""

    red: float
    green: float
    blue: float

    def __post_init__(self) -> None:
        for name, value in (("red", self.red), ("green", self.green), ("blue", self.blue)):
            require_range(name, value, 0, 1)


@dataclass(frozen=True, slots=True)
class LookWish:
    """How it should look; what is None is left to the look's seed."""

    base: Colour | None
    """Mean colour of what stands out: of bricks, planks, the ground of marble."""
    second: Colour | None
    """Mean colour of what lies between: of mortar, joints, veins."""
    lightness: float
    """Added to both colours where they are left to the seed: -1 much darker, 0 as they are, 1 much lighter."""
    contrast: float
    """Of light and dark within what stands out: 1 as the seed has it, 0 none, 2 twice as much."""
    roughness: float
    """Added to the mean roughness: -1 to 1."""
    wear: float | None
    """Dirt, rust, moss, peeled paint: 0 the least that the family knows, 1 the most."""

    def __post_init__(self) -> None:
        require_range("lightness", self.lightness, -1, 1)
        require_range("contrast", self.contrast, 0, MAX_CONTRAST)
        require_range("roughness", self.roughness, -1, 1)
        if self.wear is not None:
            require_range("wear", self.wear, 0, 1)


@dataclass(frozen=True, slots=True)
class LayoutNumber:
    """A measure of the family's layout by its name, for example 6 ``rows``; limited to what the family knows."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class LayoutChoice:
    """One of the family's layouts by its name, for example ``herringbone`` as ``pattern``."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class LayoutWish:
    """Where things are; what is not named is left to the layout's seed."""

    across: int
    """How many layouts lie side by side across the picture's width: the more, the smaller the features."""
    numbers: tuple[LayoutNumber, ...]
    choices: tuple[LayoutChoice, ...]
    image: str
    """Absolute path of a picture that is the layout instead, bright where something stands out; empty for none."""

    def __post_init__(self) -> None:
        require_range("across", self.across, 1, MAX_ACROSS)
        require_range("number of layout values", len(self.numbers) + len(self.choices), 0, _MAX_LAYOUT_VALUES)
        for name in (*(number.name for number in self.numbers), *(choice.name for choice in self.choices)):
            require_range("length of a layout value's name", len(name), 1, _MAX_NAME_CHARS)
        require_range("length of the layout's path", len(self.image), 0, _MAX_PATH_CHARS)


@dataclass(frozen=True, slots=True)
class Between:
    """The paint of a second material, and how far the first one's goes towards it.

    Colours are mixed as the eye sees them, families by their shares, what is left to a seed along the way from one
    seed's look to the other's. Where things are stays the first one's.
    """

    family: str
    mix_family: str
    mix: float
    look_seed: int
    look: LookWish
    blend: float
    """0: the first material, 1: the paint of the second."""

    def __post_init__(self) -> None:
        _require_families(self.family, self.mix_family)
        require_range("mix", self.mix, 0, 1)
        require_range("look_seed", self.look_seed, 0, MAX_SEED)
        require_range("blend", self.blend, 0, 1)


@dataclass(frozen=True, slots=True)
class GenerateMaterial:
    """Make ``variations`` materials that tile, with all their maps.

    The i-th one adds i to the seeds that ``vary`` names (modulo MAX_SEED + 1).
    """

    job: str
    family: str
    """A family id, see ``FAMILIES``, or that of a family which the user trained (``ml.own_families``)."""
    mix_family: str
    """A second family, whose paint is mixed in; the layout stays the first one's."""
    mix: float
    """How much of the second: 0 none, 1 all."""
    layout_seed: int
    """Decides where things are."""
    look_seed: int
    """Decides colours and paint."""
    variations: int
    vary: Literal["both", "layout", "look"]
    width_px: int
    """Multiple of MATERIAL_STEP_PX, as is ``height_px``."""
    height_px: int
    look: LookWish
    layout: LayoutWish
    between: Between | None
    """None: nothing of a second material. Its look's seed is the same for every variation."""
    relief_widths: float
    """From the lowest to the highest point, in widths of the picture: how steep normals are, how deep holes."""
    maps: tuple[MapKind, ...]
    """Which maps to write, in this order."""
    device: DeviceChoice
    out_dir: str
    """Absolute path of the job's own folder, made by the caller; nothing is written outside it."""

    def __post_init__(self) -> None:
        there = () if self.between is None else (self.between.family, self.between.mix_family)
        _require_families(self.family, self.mix_family, *there)
        require_range("mix", self.mix, 0, 1)
        require_range("layout_seed", self.layout_seed, 0, MAX_SEED)
        require_range("look_seed", self.look_seed, 0, MAX_SEED)
        require_range("variations", self.variations, 1, MAX_VARIATIONS)
        for name, value in (("width_px", self.width_px), ("height_px", self.height_px)):
            require_range(name, value, MIN_MATERIAL_SIZE_PX, MAX_MATERIAL_SIZE_PX)
            if value % MATERIAL_STEP_PX:
                raise ValueError(f"{name} {value} is no multiple of {MATERIAL_STEP_PX}")
        require_range("relief_widths", self.relief_widths, 0, 1)
        if not self.maps or len(set(self.maps)) != len(self.maps):
            raise ValueError("maps names at least one map, and none twice")

    def seeds(self, index: int) -> tuple[int, int]:
        """Seeds of layout and look of the variation with that index."""
        further = (self.layout_seed + index) % (MAX_SEED + 1), (self.look_seed + index) % (MAX_SEED + 1)
        if self.vary == "layout":
            return further[0], self.look_seed
        return (self.layout_seed, further[1]) if self.vary == "look" else further


@dataclass(frozen=True, slots=True)
class MapFile:
    """One map as a PNG file.

    basecolor: 8-bit RGB, sRGB-encoded. normal: 8-bit RGB, linear, OpenGL's way (green is up). height: 16-bit grey,
    linear. roughness, metallic, occlusion: 8-bit grey, linear.
    """

    kind: MapKind
    path: str
    sha256: str
    """Of the file: the same request gives the same bytes."""


@dataclass(frozen=True, slots=True)
class MaterialMaps:
    """One finished material, and what it turned out to look like."""

    layout_seed: int
    look_seed: int
    width_px: int
    height_px: int
    base: Colour
    """Measured on the finished map, as are the others."""
    second: Colour
    contrast: float
    """Standard deviation of OKLab's lightness within what stands out."""
    maps: tuple[MapFile, ...]


@dataclass(frozen=True, slots=True)
class MaterialResult:
    """What a GenerateMaterial job made."""

    kind: Literal["material"]
    family: str
    materials: tuple[MaterialMaps, ...]
    notes: tuple[str, ...]
    """What the user should know, for example that a layout picture does not tile."""
    model: ModelUsed
    device: DeviceUsed
    elapsed_seconds: float


def _require_families(*families: str) -> None:
    for family in families:
        if not is_family(family):
            raise ValueError(f"unknown family {family!r:.60}; known: {', '.join(FAMILY_INDEX)}")
    if len(set(families)) > 1 and any(is_own_family(family) for family in families):
        raise ValueError("a family of one's own has a network of its own, and cannot be mixed")
