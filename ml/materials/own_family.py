"""Layouts of families that users trained on their own pictures. Periodic, numpy only.

Training reads the guide out of each picture (``ml.train.folder_guide``) and gives every channel the even
distribution of ranks: half of a picture lies below 0.5 in each. So any other layout, brought to ranks as well, is
something that such a network can paint.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..families import FAMILY_INDEX
from .drawing import DrawnGuide, GuideWish, draw_guide

__all__ = ["NOISE", "PICTURES", "OwnLayouts", "draw_own_guide", "is_own_layout", "ranked"]

Array = NDArray[np.float32]

PICTURES, NOISE = "pictures", "noise"
"""As in one of the pictures; new, with the pictures' scales and directions."""
_PLAIN_FAMILY = "plaster"
"""Draws patterns and painted layouts where no family's layout is chosen: it has none of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnLayouts:
    """What is known of the layouts of a user's family."""

    label: str
    guides: NDArray[np.uint8]
    """(N, px, px, 4), each periodic, read out of the pictures."""
    usual: str
    """The layout that is drawn when none is asked for."""


def is_own_layout(name: str) -> bool:
    """True for PICTURES, NOISE, and a shipped family, whose layouts are used."""
    return name in (PICTURES, NOISE) or name in FAMILY_INDEX


def draw_own_guide(wish: GuideWish, layouts: OwnLayouts, px: int) -> DrawnGuide:
    """The guide of that wish; its choice ``family`` says which layout, else the usual one. px: of drawn layouts.

    Raises ValueError for an unknown layout or pattern and a picture that holds nothing; its text is for the user.
    """
    choices = dict(wish.choices)
    layout = choices.pop("family", layouts.usual)
    if not is_own_layout(layout):
        raise ValueError(
            f"There is no layout {layout:.60}. Choose {PICTURES}, {NOISE}, or a family: {', '.join(FAMILY_INDEX)}."
        )
    notes = [] if wish.wear is None else [f"{layouts.label} knows no wear; it was left out."]
    drawn_by = layout if layout in FAMILY_INDEX else _PLAIN_FAMILY
    if layout in FAMILY_INDEX or "pattern" in choices or wish.picture is not None:
        drawn = draw_guide(replace(wish, family=drawn_by, choices=choices), px)
        channels = [ranked(drawn.guide[..., channel]) for channel in range(drawn.guide.shape[-1])]
        return DrawnGuide(np.stack(channels, axis=-1), (*drawn.notes, *notes), drawn.tiles)
    notes += _left_out(layouts.label, {**wish.numbers, **choices})
    rng = np.random.default_rng((wish.seed, 4))
    guide = layouts.guides[rng.integers(len(layouts.guides))].astype(np.float32) / np.float32(255)
    guide = _new_phases(guide, rng) if layout == NOISE else _moved(guide, rng)
    return DrawnGuide(np.ascontiguousarray(guide, np.float32), tuple(notes))


def ranked(channel: Array) -> Array:
    """Each pixel's rank among all, 0 to 1; pixels of one value share the mean of their ranks."""
    _, places, counts = np.unique(channel, return_inverse=True, return_counts=True)
    middles = (np.cumsum(counts) - counts / 2) / channel.size
    result: Array = middles[places.reshape(channel.shape)].astype(np.float32)
    return result


def _left_out(label: str, asked: Mapping[str, float | str]) -> list[str]:
    return [
        f"{label} in its own layout has no {name.replace('_', ' ')}; choose a pattern to set it."
        for name in asked
    ]


def _moved(guide: Array, rng: np.random.Generator) -> Array:
    """Another part of the same: the guide is periodic."""
    down, across = rng.integers(0, guide.shape[:2])
    moved: Array = np.roll(guide, (int(down), int(across)), (0, 1))
    return moved


def _new_phases(guide: Array, rng: np.random.Generator) -> Array:
    """Noise with the spectrum of each channel; phases move together, so channels go on belonging together."""
    size = guide.shape[:2]
    phases = np.fft.rfft2(rng.standard_normal(size))
    phases /= np.maximum(np.abs(phases), 1e-12)
    spectra = np.fft.rfft2(guide, axes=(0, 1)) * phases[..., None]
    spectra[0, 0] = 0
    noise = np.fft.irfft2(spectra, s=size, axes=(0, 1)).astype(np.float32)
    return np.stack([ranked(noise[..., channel]) for channel in range(noise.shape[-1])], axis=-1)
