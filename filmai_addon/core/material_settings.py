"""Everything the user chooses for a material, as one piece of frozen data and as JSON.

The JSON is kept on the material and its images: whoever has the file can make the same again, or change one
thing and make another.
"""

import json
from dataclasses import dataclass, replace
from typing import Literal

from ..contract import (
    MAP_KINDS,
    Between,
    Colour,
    DeviceChoice,
    GenerateMaterial,
    LayoutChoice,
    LayoutNumber,
    LayoutWish,
    LookWish,
    WireError,
    from_plain,
    to_plain,
)
from .errors import SettingsError
from .settings import MAX_PROMPT_CHARS, MAX_WIDTH_M, MIN_WIDTH_M

__all__ = ["MaterialSettings", "Projection", "Relief"]

Relief = Literal["NORMAL", "BUMP", "DISPLACEMENT"]
Projection = Literal["UV", "BOX"]

_MAX_IMAGE_NAME_CHARS = 256
_MAX_JSON_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class MaterialSettings:
    """One wish for a material. Raises ValueError for what does not fit together."""

    prompt: str
    """What the user typed; what it means is in the other fields."""
    family: str
    mix_family: str
    """The same as ``family`` when nothing is mixed in."""
    mix: float
    layout_seed: int
    look_seed: int
    variations: int
    vary: Literal["both", "layout", "look"]
    """Which seeds go on from one variation to the next."""
    width_px: int
    height_px: int
    base: Colour | None
    """None: as the look's seed has it. So are ``second`` and ``wear``."""
    second: Colour | None
    lightness: float
    contrast: float
    roughness: float
    wear: float | None
    across: int
    numbers: tuple[LayoutNumber, ...]
    choices: tuple[LayoutChoice, ...]
    layout_image: str
    """Name of the image in the .blend file that is the layout; empty for none."""
    relief: Relief
    """How the material shows its height."""
    depth_m: float
    """From the lowest to the highest point, in metres."""
    width_m: float
    """Width of one picture on the surface, in metres."""
    projection: Projection
    """Along the object's UV map, or from six sides."""
    between: Between | None = None
    """The paint of a second material that this one's goes towards; None for none."""

    def __post_init__(self) -> None:
        if len(self.prompt) > MAX_PROMPT_CHARS:
            raise ValueError(f"the description is longer than {MAX_PROMPT_CHARS} characters")
        if len(self.layout_image) > _MAX_IMAGE_NAME_CHARS:
            raise ValueError("the layout image's name is too long")
        if not MIN_WIDTH_M <= self.width_m <= MAX_WIDTH_M:
            raise ValueError(
                f"a width of {self.width_m:g} m is not within {MIN_WIDTH_M:g} to {MAX_WIDTH_M:g} m"
            )
        if not 0 <= self.depth_m <= self.width_m:
            raise ValueError(
                f"a relief {self.depth_m:g} m deep does not fit a picture {self.width_m:g} m wide"
            )
        # what is left is the contract's to check
        self.request("check", "auto", "/", "")

    @property
    def height_m(self) -> float:
        """Height of one picture on the surface, in metres."""
        return self.width_m * self.height_px / self.width_px

    @property
    def pattern(self) -> str:
        """The layout that was chosen by name, or empty."""
        return next((choice.value for choice in self.choices if choice.name == "pattern"), "")

    @property
    def look(self) -> LookWish:
        """What was chosen of the look, as the contract has it."""
        return LookWish(
            base=self.base,
            second=self.second,
            lightness=self.lightness,
            contrast=self.contrast,
            roughness=self.roughness,
            wear=self.wear,
        )

    def request(self, job: str, device: DeviceChoice, out_dir: str, layout_path: str) -> GenerateMaterial:
        """What the worker is asked for; ``layout_path`` is where the layout image was written, or empty."""
        return GenerateMaterial(
            job=job,
            family=self.family,
            mix_family=self.mix_family,
            mix=self.mix,
            layout_seed=self.layout_seed,
            look_seed=self.look_seed,
            variations=self.variations,
            vary=self.vary,
            width_px=self.width_px,
            height_px=self.height_px,
            look=self.look,
            layout=LayoutWish(self.across, self.numbers, self.choices, layout_path),
            between=self.between,
            relief_widths=self.depth_m / self.width_m,
            maps=MAP_KINDS,
            device=device,
            out_dir=out_dir,
        )

    def of_variation(self, layout_seed: int, look_seed: int) -> "MaterialSettings":
        """What makes one of the variations alone."""
        return replace(self, layout_seed=layout_seed, look_seed=look_seed, variations=1)

    def to_json(self) -> str:
        """As it is kept on datablocks."""
        return json.dumps(to_plain(self), separators=(",", ":"), allow_nan=False)

    @classmethod
    def from_json(cls, text: object) -> "MaterialSettings":
        """Read back. Raises SettingsError when that is not what ``to_json`` wrote."""
        try:
            if not isinstance(text, str) or len(text) > _MAX_JSON_CHARS:
                raise WireError(f"expected JSON, got {text!r:.60}")
            plain = json.loads(text)
            if isinstance(plain, dict):
                # noted before materials between two others were known
                plain.setdefault("between", None)
            settings: MaterialSettings = from_plain(cls, plain, "material")
        except (ValueError, RecursionError) as error:
            raise SettingsError(
                "The notes on how this material was made cannot be read.",
                "Set it up in the Texture Studio panel instead.",
                detail=str(error),
            ) from None
        return settings
