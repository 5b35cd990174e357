"""Everything the user chooses for a character, as one piece of frozen data and as JSON.

The JSON is kept on the images and objects: whoever has the file can make the same again, or change one thing and
make another.
"""

import json
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..contract import (
    BodyNumber,
    Colour,
    DeviceChoice,
    GenerateCharacter,
    WireError,
    from_plain,
    to_plain,
)
from .errors import SettingsError

__all__ = [
    "CharacterSettings",
    "Location",
    "Placing",
    "changed",
    "character_after",
    "mixed",
    "neutral_character",
]

Placing = Literal["REFERENCES", "PLANE", "IMAGES"]
Location = Literal["ORIGIN", "CURSOR"]

_MAX_JSON_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class CharacterSettings:
    """One wish for a character. Raises ValueError for what does not fit together."""

    archetype: str
    body_seed: int
    look_archetype: str
    """The same as ``archetype`` when nothing is mixed."""
    look_seed: int
    variations: int
    vary: Literal["both", "body", "look"]
    """Which seeds go on from one variation to the next."""
    build: Literal["slim", "average", "heavy"] | None
    """None: as the body's seed has it. So is ``height_m``."""
    height_m: float | None
    numbers: tuple[BodyNumber, ...]
    main: Colour | None
    """None: as the look's seed has it. So is ``second``."""
    second: Colour | None
    truncation: float
    height_px: int
    enlarge: bool
    """Let a second network draw the pictures larger, instead of interpolating them."""
    placing: Placing
    """What becomes of the pictures in the scene."""
    location: Location
    """Where the figure's feet stand."""
    opacity: float
    """Of reference images."""
    portrait: bool = False
    """Head and shoulders instead of the whole figure."""

    def __post_init__(self) -> None:
        if not 0 <= self.opacity <= 1:
            raise ValueError(f"opacity {self.opacity:g} is not within 0 to 1")
        # what is left is the contract's to check
        self.request("check", "auto", "/")

    def request(self, job: str, device: DeviceChoice, out_dir: str) -> GenerateCharacter:
        """The job for the worker."""
        return GenerateCharacter(
            job=job,
            archetype=self.archetype,
            body_seed=self.body_seed,
            look_archetype=self.look_archetype,
            look_seed=self.look_seed,
            variations=self.variations,
            vary=self.vary,
            build=self.build,
            height_m=self.height_m,
            numbers=self.numbers,
            main=self.main,
            second=self.second,
            truncation=self.truncation,
            height_px=self.height_px,
            enlarge=self.enlarge,
            device=device,
            out_dir=out_dir,
            portrait=self.portrait,
        )

    def of_variation(self, body_seed: int, look_seed: int) -> "CharacterSettings":
        """What makes one of the variations alone."""
        return replace(self, body_seed=body_seed, look_seed=look_seed, variations=1)

    def to_json(self) -> str:
        """As it is kept on datablocks."""
        return json.dumps(to_plain(self), separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: object) -> "CharacterSettings":
        """Read back. Raises SettingsError when that is not what ``to_json`` wrote."""
        try:
            if not isinstance(text, str) or len(text) > _MAX_JSON_CHARS:
                raise WireError(f"expected JSON, got {text!r:.60}")
            settings: CharacterSettings = from_plain(cls, json.loads(text), "character")
        except (ValueError, RecursionError) as error:
            raise SettingsError(
                "The notes on how this character was made cannot be read.",
                "Set it up in the Character panel instead.",
                detail=str(error),
            ) from None
        return settings


def neutral_character(archetype: str) -> CharacterSettings:
    """That archetype as the panel has it before anything is chosen."""
    return CharacterSettings(
        archetype=archetype,
        body_seed=7,
        look_archetype=archetype,
        look_seed=7,
        variations=1,
        vary="both",
        build=None,
        height_m=None,
        numbers=(),
        main=None,
        second=None,
        truncation=1.0,
        height_px=1024,
        enlarge=True,
        placing="REFERENCES",
        location="ORIGIN",
        opacity=0.8,
    )


def mixed(body: CharacterSettings, look: CharacterSettings) -> CharacterSettings:
    """The body of the first with the colours and details of the second. Raises SettingsError as ``changed`` does."""
    return changed(
        body,
        variations=1,
        look_archetype=look.look_archetype,
        look_seed=look.look_seed,
        main=look.main,
        second=look.second,
        truncation=look.truncation,
    )


def changed(settings: CharacterSettings, **changes: Any) -> CharacterSettings:
    """The same but for these. Raises SettingsError when they do not fit together."""
    try:
        return replace(settings, **changes)
    except ValueError as error:
        raise SettingsError(
            f"These settings do not fit together: {error}.", "Change them in the Character panel."
        ) from None


def character_after(sheet: CharacterSettings) -> CharacterSettings:
    """The sheet that follows: its seeds are the next ones."""
    # the wish itself knows how its seeds go on
    body_seed, look_seed = sheet.request("check", "auto", "/").seeds(sheet.variations)
    return replace(sheet, body_seed=body_seed, look_seed=look_seed)
