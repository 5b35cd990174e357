"""The messages of character jobs; ``ml.protocol`` knows them too. Standard library only."""

from dataclasses import dataclass
from typing import Literal

from .character_terms import BODY_NUMBERS, CHARACTER_INDEX, PORTRAITS, Build
from .limits import (
    MAX_CHARACTER_M,
    MAX_CHARACTER_PX,
    MAX_PREVIEW_PX,
    MAX_SEED,
    MAX_TRUNCATION,
    MAX_VARIATIONS,
    MIN_CHARACTER_M,
    MIN_CHARACTER_PX,
    MIN_PREVIEW_PX,
)
from .protocol_base import DeviceChoice, DeviceUsed, ModelUsed, require_range
from .protocol_material import Colour

__all__ = [
    "CHARACTER_REQUESTS",
    "BodyNumber",
    "CharacterPictures",
    "CharacterPreview",
    "CharacterRequest",
    "CharacterResult",
    "CharacterSheet",
    "GenerateCharacter",
    "PreviewCharacters",
    "View",
    "ViewFile",
]

View = Literal["front", "three_quarter", "side", "back"]
_NUMBER_NAMES = tuple(term.id for term in BODY_NUMBERS)


@dataclass(frozen=True, slots=True)
class BodyNumber:
    """A measure of the body, for example ``shoulders``."""

    name: str
    """One of ``BODY_NUMBERS``."""
    place: float
    """0: the least that the archetype knows, 1: the most."""

    def __post_init__(self) -> None:
        if self.name not in _NUMBER_NAMES:
            raise ValueError(
                f"unknown measure of the body {self.name!r:.60}; known: {', '.join(_NUMBER_NAMES)}"
            )
        require_range(self.name, self.place, 0, 1)


@dataclass(frozen=True, slots=True)
class GenerateCharacter:
    """Paint ``variations`` characters, each in all the views that the network has.

    The i-th one adds i to the seeds that ``vary`` names (modulo MAX_SEED + 1). Body from one and colours and details
    from another: ``look_archetype`` and ``look_seed`` are the other's.
    """

    job: str
    archetype: str
    """One of ``CHARACTERS``, as is ``look_archetype``."""
    body_seed: int
    """Decides proportions, and what is worn and carried."""
    look_archetype: str
    """Whose colours the look's seed draws."""
    look_seed: int
    """Decides colours and paint."""
    variations: int
    vary: Literal["both", "body", "look"]
    build: Build | None
    """None: as the body's seed has it. So is ``height_m``."""
    height_m: float | None
    """From the ground to the top of the skull."""
    numbers: tuple[BodyNumber, ...]
    """What is not named is left to the body's seed."""
    main: Colour | None
    """None: as the look's seed has it. So is ``second``."""
    second: Colour | None
    truncation: float
    """How far from the average the paint may go: 0 not at all, 1 as far as in training."""
    height_px: int
    """Of each picture; the width follows from the network's."""
    enlarge: bool
    """Let a second network draw what is larger than the first one paints; else it is interpolated."""
    device: DeviceChoice
    out_dir: str
    """Absolute path of the job's own folder, made by the caller; nothing is written outside it."""
    portrait: bool = False
    """Head and shoulders in a square, by a network of their own; both archetypes are of ``PORTRAITS`` then."""

    def __post_init__(self) -> None:
        for archetype in (self.archetype, self.look_archetype):
            if archetype not in CHARACTER_INDEX:
                raise ValueError(f"unknown archetype {archetype!r:.60}; known: {', '.join(CHARACTER_INDEX)}")
            if self.portrait and archetype not in PORTRAITS:
                raise ValueError(
                    f"there are no portraits of {archetype}; there are of {', '.join(PORTRAITS)}"
                )
        require_range("body_seed", self.body_seed, 0, MAX_SEED)
        require_range("look_seed", self.look_seed, 0, MAX_SEED)
        require_range("variations", self.variations, 1, MAX_VARIATIONS)
        if self.height_m is not None:
            require_range("height_m", self.height_m, MIN_CHARACTER_M, MAX_CHARACTER_M)
        names = [number.name for number in self.numbers]
        if len(set(names)) != len(names):
            raise ValueError("numbers names no measure of the body twice")
        require_range("truncation", self.truncation, 0, MAX_TRUNCATION)
        require_range("height_px", self.height_px, MIN_CHARACTER_PX, MAX_CHARACTER_PX)

    def seeds(self, index: int) -> tuple[int, int]:
        """Seeds of body and look of the variation with that index."""
        further = (self.body_seed + index) % (MAX_SEED + 1), (self.look_seed + index) % (MAX_SEED + 1)
        if self.vary == "body":
            return further[0], self.look_seed
        return (self.body_seed, further[1]) if self.vary == "look" else further


@dataclass(frozen=True, slots=True)
class PreviewCharacters:
    """Paint what ``character`` asks for as small front views, one for each variation."""

    job: str
    character: GenerateCharacter
    """As it would be made in full, with the same job; its size does not matter."""
    preview_px: int
    """Width and height of the pictures."""

    def __post_init__(self) -> None:
        require_range("preview_px", self.preview_px, MIN_PREVIEW_PX, MAX_PREVIEW_PX)
        if self.character.job != self.job:
            raise ValueError(
                f"the character is of the job {self.character.job!r:.60}, not of {self.job!r:.60}"
            )


@dataclass(frozen=True, slots=True)
class ViewFile:
    """One view as a PNG file: 8-bit RGBA, sRGB-encoded, straight alpha."""

    view: View
    path: str
    sha256: str
    """Of the file: the same request gives the same bytes."""


@dataclass(frozen=True, slots=True)
class CharacterPictures:
    """One finished character. All views have one scale and one ground line."""

    body_seed: int
    look_seed: int
    height_m: float
    """From the ground to the top of the skull; hats and what is carried may reach higher."""
    picture_height_m: float
    """What the whole height of a picture stands for."""
    ground_m: float
    """How far the ground line lies above the picture's lower border; below it, and negative, in a portrait."""
    width_px: int
    height_px: int
    main: Colour
    """Both colours as the network was told them."""
    second: Colour
    views: tuple[ViewFile, ...]


@dataclass(frozen=True, slots=True)
class CharacterResult:
    """What a GenerateCharacter job made."""

    kind: Literal["character"]
    archetype: str
    characters: tuple[CharacterPictures, ...]
    model: ModelUsed
    enlarger: ModelUsed | None
    """What drew the pictures larger; None when nothing did."""
    enlarger_missing: bool
    """It was asked for and is not there: the pictures are interpolated."""
    device: DeviceUsed
    elapsed_seconds: float


@dataclass(frozen=True, slots=True)
class CharacterPreview:
    """One small picture: the front view in the middle of a square, 8-bit RGBA as PNG."""

    body_seed: int
    look_seed: int
    path: str
    width_px: int
    height_px: int
    sha256: str


@dataclass(frozen=True, slots=True)
class CharacterSheet:
    """What a PreviewCharacters job made."""

    kind: Literal["character_previews"]
    archetype: str
    previews: tuple[CharacterPreview, ...]
    """In the order of the variations."""
    model: ModelUsed
    device: DeviceUsed
    elapsed_seconds: float


CharacterRequest = GenerateCharacter | PreviewCharacters
CHARACTER_REQUESTS: dict[str, type] = {
    "generate_character": GenerateCharacter,
    "preview_characters": PreviewCharacters,
}
"""By their type on the wire."""
