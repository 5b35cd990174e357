"""Asks the characters' network: what is told of a figure and a seed in, cut-out pictures of all views out.

Everything that is not told follows from the seed, so the same body can be painted in many ways and many bodies in
one. numpy only.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..characters.network_inputs import Told, character_noise, network_inputs
from ..characters.portraits import portrait_inputs
from ..errors import TaskError
from .cards import CharacterCard, EnlargerCard, PortraitCard
from .enlarging import enlarge_picture
from .session import Network
from .upscale import enlarge_cutout

__all__ = ["cut_out", "paint_portrait", "paint_views"]

Array = NDArray[np.float32]

_CLEAR, _SOLID = 0.03, 0.97
"""Alpha up to the first is nothing, from the second on is all: a network never says exactly 0 or 1."""
_BEYOND_PX = 8


def paint_views(network: Network[CharacterCard], told: Told, seed: int, truncation: float) -> Array:
    """All views (views, 4, H, W): RGBA, 0 to 1, straight alpha.

    seed: of the paint. truncation: how far from the average it goes, 0 being the average itself. Raises TaskError
    OUT_OF_MEMORY, INTERNAL, or MODEL_CORRUPT when what is painted are no numbers.
    """
    card = network.model.card
    size_px = card.width_px, card.height_px
    noise = character_noise(seed, len(card.views), size_px, card.local_channels, card.style_channels)
    return _run(network, network_inputs(told, noise, truncation))


def paint_portrait(
    network: Network[PortraitCard], told: Told, look: Array, seeds: tuple[int, int], truncation: float
) -> Array:
    """The same of a head. told: of the head; look: controls of whose colours it wears; seeds: of both."""
    card = network.model.card
    size_px = card.width_px, card.height_px
    noise = [
        character_noise(seed, len(card.views), size_px, card.local_channels, card.style_channels)
        for seed in seeds
    ]
    levels = card.styled_levels, card.coarse_levels
    return _run(network, portrait_inputs(told, look, (noise[0], noise[1]), levels, truncation))


def _run(network: Network[Any], inputs: Mapping[str, NDArray[Any]]) -> Array:
    """All views, checked. Raises TaskError as ``paint_views`` does."""
    card = network.model.card
    (pictures,) = network.run(inputs)
    if not np.isfinite(pictures).all():
        message = f"The model {card.name} painted nothing usable. {network.model.remedy}"
        raise TaskError("MODEL_CORRUPT", message, "numbers that are not finite")
    views: Array = pictures
    return views


def cut_out(
    painted: Array, size_px: tuple[int, int], enlarger: Network[EnlargerCard] | None = None
) -> NDArray[np.uint8]:
    """One painted view (4, H, W) as (height, width, 4) of that size (width, height), straight alpha.

    enlarger: draws it larger before it is brought to that size; without one it is interpolated from its own. Raises
    TaskError as ``enlarge_picture`` does.
    """
    alpha = np.clip((painted[3:] - _CLEAR) / (_SOLID - _CLEAR), 0, 1)
    picture = np.concatenate([painted[:3], alpha]).astype(np.float32)
    if enlarger is not None:
        picture = _enlarged(enlarger, picture)
    return enlarge_cutout(picture, size_px)


def _enlarged(enlarger: Network[EnlargerCard], picture: Array) -> Array:
    """What reaches a border, as shoulders do, is taken to go on beyond it: else it would fade there."""
    around = np.pad(picture, ((0, 0), (_BEYOND_PX, _BEYOND_PX), (_BEYOND_PX, _BEYOND_PX)), "edge")
    beyond = _BEYOND_PX * enlarger.model.card.factor
    return enlarge_picture(enlarger, around)[:, beyond:-beyond, beyond:-beyond]
