"""Which look a material gets: taken from the renders' own looks by the seed, then bent to what was asked for.

Between two materials both looks are chosen, each as it would be alone, and then mixed.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..colour import linear_to_oklab, srgb_to_linear
from ..controls import Controls
from ..errors import TaskError
from ..infer.cards import MaterialCard
from ..infer.toning import Wanted
from ..protocol import Colour, GenerateMaterial, LookWish
from ..protocol_material import Between

__all__ = ["Look", "choose_look"]

Array = NDArray[np.float32]

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
_PARALLEL = 1e-4
"""The sine of the angle between two latents below which there is no arc between them."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What the network is told, and what is put right after it has painted."""

    told: dict[str, Array]
    """The network's inputs ``style``, ``family`` and ``controls``."""
    wanted: Wanted
    roughness: float | None
    """Mean that is wanted; None as it is painted."""


@dataclass(frozen=True, slots=True, eq=False)
class _End:
    """One material's look, before it becomes the network's inputs."""

    style: Array
    weights: Array
    asked: Controls
    stated: frozenset[str]
    """Of ``asked``: what the user chose, and so what has to be met exactly."""


def choose_look(request: GenerateMaterial, card: MaterialCard, look_seed: int, tile_px: float) -> Look:
    """The look of that seed. tile_px: pixels from one border of the layout to the other.

    Raises TaskError BAD_REQUEST for a family that the model was never trained on.
    """
    end = _end(request, card, look_seed, tile_px)
    between = request.between
    if between is not None and between.blend > 0:
        other = _end(between, card, between.look_seed, tile_px)
        end = other if between.blend == 1 else _mixed(end, other, between.blend)
    asked, stated = end.asked, end.stated
    return Look(
        told={"style": end.style, "family": end.weights, "controls": asked.vector()[None]},
        wanted=Wanted(
            base=asked.base if "base" in stated else None,
            second=asked.second if "second" in stated else None,
            contrast=asked.contrast if "contrast" in stated else None,
        ),
        roughness=asked.roughness if "roughness" in stated else None,
    )


def _end(wish: GenerateMaterial | Between, card: MaterialCard, look_seed: int, tile_px: float) -> _End:
    rng = np.random.default_rng((look_seed, _LOOK_STREAM))
    style = rng.standard_normal((1, card.style_channels), np.float32)
    first, second = (_drawn(card, family, rng) for family in (wish.family, wish.mix_family))
    numbers = first + (second - first) * wish.mix
    own = Controls(
        base=(float(numbers[0]), float(numbers[1]), float(numbers[2])),
        second=(float(numbers[3]), float(numbers[4]), float(numbers[5])),
        contrast=float(numbers[6]),
        roughness=float(numbers[7]),
        metallic=float(numbers[8]),
        tile_px=min(max(tile_px, _ZOOM_PX[0]), _ZOOM_PX[1]),
    )
    asked = _bent(own, wish.look)
    weights = np.zeros((1, len(card.families)), np.float32)
    weights[0, card.families.index(wish.family)] += 1 - wish.mix
    weights[0, card.families.index(wish.mix_family)] += wish.mix
    stated = {
        "base": asked.base != own.base,
        "second": asked.second != own.second,
        "contrast": wish.look.contrast != 1,
        "roughness": wish.look.roughness != 0,
    }
    return _End(style, weights, asked, frozenset(name for name, is_stated in stated.items() if is_stated))


def _mixed(one: _End, other: _End, blend: float) -> _End:
    """What is stated of either is met on the way too; colours are mixed in OKLab."""
    here, there = one.asked, other.asked
    return _End(
        style=_along_the_arc(one.style, other.style, blend),
        weights=one.weights + (other.weights - one.weights) * np.float32(blend),
        asked=Controls(
            base=_mixed_colour(here.base, there.base, blend),
            second=_mixed_colour(here.second, there.second, blend),
            contrast=here.contrast + (there.contrast - here.contrast) * blend,
            roughness=here.roughness + (there.roughness - here.roughness) * blend,
            metallic=here.metallic + (there.metallic - here.metallic) * blend,
            tile_px=here.tile_px,
        ),
        stated=one.stated | other.stated,
    )


def _along_the_arc(one: Array, other: Array, share: float) -> Array:
    """Spherical interpolation (Shoemake 1985) of directions, linear of lengths.

    Straight between them normal noise would get shorter, and the network has never seen any that short.
    """
    lengths = float(np.linalg.norm(one)), float(np.linalg.norm(other))
    if min(lengths) == 0:
        return one + (other - one) * np.float32(share)
    ways = one / lengths[0], other / lengths[1]
    angle = float(np.arccos(np.clip((ways[0] * ways[1]).sum(), -1, 1)))
    if np.sin(angle) < _PARALLEL:
        return one + (other - one) * np.float32(share)
    way = (np.sin((1 - share) * angle) * ways[0] + np.sin(share * angle) * ways[1]) / np.sin(angle)
    result: Array = (way * (lengths[0] + (lengths[1] - lengths[0]) * share)).astype(np.float32)
    return result


def _mixed_colour(
    one: tuple[float, float, float], other: tuple[float, float, float], share: float
) -> tuple[float, float, float]:
    lightness, a, b = (here + (there - here) * share for here, there in zip(one, other, strict=True))
    return lightness, a, b


def _drawn(card: MaterialCard, family: str, rng: np.random.Generator) -> NDArray[np.float64]:
    rows = next((np.array(entry.looks) for entry in card.looks if entry.family == family), None)
    if rows is None:
        message = f"The model {card.name} does not know {family}. Choose another material."
        raise TaskError("BAD_REQUEST", message, f"it knows {', '.join(entry.family for entry in card.looks)}")
    one, other = rows[rng.integers(len(rows))], rows[rng.integers(len(rows))]
    drawn: NDArray[np.float64] = one + (other - one) * (rng.random() * _BLEND)
    return drawn


def _bent(own: Controls, look: LookWish) -> Controls:
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
