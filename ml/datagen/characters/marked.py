"""How details find their places."""

from collections.abc import Callable, Sequence

import numpy as np

from ...characters.character import Character
from ...characters.sculpture import Mark, Sculpture
from ...shapes import Array, matrix

__all__ = ["Maker", "on_mark", "random_of"]

Maker = Callable[[Sculpture, Character, Mark], None]


def on_mark(mark: Mark, *points: Sequence[float]) -> Array:
    """Points given in the mark's own directions, in metres: (N, 3)."""
    turned: Array = np.asarray(points, float) @ matrix((0, 0, 0), mark.turn)[:3, :3].T + mark.at
    return turned


def random_of(c: Character, mark: Mark) -> np.random.Generator:
    """Random numbers of that mark's own."""
    return np.random.default_rng((c.seed, 31, int(abs(mark.at).sum() * 1e4)))
