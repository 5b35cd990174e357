"""Which look a material gets: taken from the renders' own looks by the seed, then bent to what was asked for."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..colour import linear_to_oklab, srgb_to_linear
from ..controls import Controls
from ..errors import TaskError
from ..infer.cards import MaterialCard
from ..infer.toning import Wanted
from ..protocol import Colour, GenerateMaterial

__all__ = ["Look", "choose_look"]

_LOOK_STREAM = 2
"""Apart from the streams that the canvas draws its noise from."""
_BLEND = 0.35
"""So far, at most, a look moves towards another one of its family: endless looks from a few dozen."""
_LIGHTNESS = 0.35
"""What the lightness 1 adds to OKLab's."""
_ALIKE = 0.02
"""Colours of both regions nearer than this in OKLab are one colour, which stays one."""
_ZOOM_PX = (128.0, 1024.0)
"""The network has seen tiles from the first to the second size."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What the network is told, and what is put right after it has painted."""

    told: dict[str, NDArray[np.float32]]
    """The network's inputs ``style``, ``family`` and ``controls``."""
    wanted: Wanted
    roughness: float | None
    """Mean that is wanted; None as it is painted."""


def choose_look(request: GenerateMaterial, card: MaterialCard, look_seed: int, tile_px: float) -> Look:
    """The look of that seed. tile_px: pixels from one border of the layout to the other.

    Raises TaskError BAD_REQUEST for a family that the model was never trained on.
    """
    rng = np.random.default_rng((look_seed, _LOOK_STREAM))
    style = rng.standard_normal((1, card.style_channels), np.float32)
    first, second = (_drawn(card, family, rng) for family in (request.family, request.mix_family))
    numbers = first + (second - first) * request.mix
    own = Controls(
        base=(float(numbers[0]), float(numbers[1]), float(numbers[2])),
        second=(float(numbers[3]), float(numbers[4]), float(numbers[5])),
        contrast=float(numbers[6]),
        roughness=float(numbers[7]),
        metallic=float(numbers[8]),
        tile_px=min(max(tile_px, _ZOOM_PX[0]), _ZOOM_PX[1]),
    )
    asked = _bent(own, request)
    weights = np.zeros((1, len(card.families)), np.float32)
    weights[0, card.families.index(request.family)] += 1 - request.mix
    weights[0, card.families.index(request.mix_family)] += request.mix
    look = request.look
    changed = asked.base != own.base, asked.second != own.second
    return Look(
        told={"style": style, "family": weights, "controls": asked.vector()[None]},
        wanted=Wanted(
            base=asked.base if changed[0] else None,
            second=asked.second if changed[1] else None,
            contrast=asked.contrast if look.contrast != 1 else None,
        ),
        roughness=asked.roughness if look.roughness else None,
    )


def _drawn(card: MaterialCard, family: str, rng: np.random.Generator) -> NDArray[np.float64]:
    rows = next((np.array(entry.looks) for entry in card.looks if entry.family == family), None)
    if rows is None:
        message = f"The model {card.name} does not know {family}. Choose another material."
        raise TaskError("BAD_REQUEST", message, f"it knows {', '.join(entry.family for entry in card.looks)}")
    one, other = rows[rng.integers(len(rows))], rows[rng.integers(len(rows))]
    drawn: NDArray[np.float64] = one + (other - one) * (rng.random() * _BLEND)
    return drawn


def _bent(own: Controls, request: GenerateMaterial) -> Controls:
    look = request.look
    lighter = look.lightness * _LIGHTNESS
    base = _oklab(look.base) if look.base else _shifted(own.base, lighter)
    second = _oklab(look.second) if look.second else _shifted(own.second, lighter)
    if look.base and not look.second and np.linalg.norm(np.subtract(own.base, own.second)) < _ALIKE:
        second = base
    return replace(
        own,
        base=base,
        second=second,
        contrast=own.contrast * look.contrast,
        roughness=min(max(own.roughness + look.roughness, 0.0), 1.0),
    )


def _shifted(colour: tuple[float, float, float], lighter: float) -> tuple[float, float, float]:
    if not lighter:
        return colour
    return (min(max(colour[0] + lighter, 0.03), 0.98), colour[1], colour[2])


def _oklab(colour: Colour) -> tuple[float, float, float]:
    encoded = np.array([colour.red, colour.green, colour.blue])
    lightness, a, b = (float(part) for part in linear_to_oklab(srgb_to_linear(encoded)))
    return lightness, a, b
