"""Asks the enlarger: a cut-out picture in, the same larger and with clean edges out. numpy only."""

import numpy as np
from numpy.typing import NDArray

from ..errors import TaskError
from .cards import EnlargerCard
from .session import Network

__all__ = ["enlarge_picture"]

Array = NDArray[np.float32]

_MARGIN_PX = 12
"""Around what is not clear: nothing further away has a say in it."""


def enlarge_picture(network: Network[EnlargerCard], picture: Array) -> Array:
    """RGBA (4, H, W), 0 to 1, straight alpha, as (4, factor H, factor W).

    What is wholly clear stays so, and costs no time. Raises TaskError OUT_OF_MEMORY, INTERNAL, or MODEL_CORRUPT when
    what comes back is no picture.
    """
    factor = network.model.card.factor
    _, height, width = picture.shape
    large = np.zeros((4, factor * height, factor * width), np.float32)
    solid = picture[3] > 0
    if not solid.any():
        return large
    top, bottom = _reach(solid.any(axis=1))
    left, right = _reach(solid.any(axis=0))
    part = picture[:, top:bottom, left:right]
    (made,) = network.run({"pictures": np.concatenate([part[:3] * part[3:], part[3:]])[None]})
    if made.shape != (4, factor * part.shape[1], factor * part.shape[2]) or not np.isfinite(made).all():
        card = network.model.card
        message = f"The model {card.name} drew nothing usable. {network.model.remedy}"
        raise TaskError("MODEL_CORRUPT", message, f"{made.shape}, or numbers that are not finite")
    alpha = made[3:]
    seen = alpha > 0.5 / 255
    straight = np.where(seen, made[:3] / np.where(seen, alpha, 1), 0)
    place = (slice(None), slice(factor * top, factor * bottom), slice(factor * left, factor * right))
    large[place] = np.concatenate([straight, np.where(seen, alpha, 0)])
    return large


def _reach(used: NDArray[np.bool_]) -> tuple[int, int]:
    """From where to where something is, with a margin."""
    first, last = np.flatnonzero(used)[[0, -1]]
    return max(int(first) - _MARGIN_PX, 0), min(int(last) + 1 + _MARGIN_PX, len(used))
