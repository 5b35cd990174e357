"""A sheet of transitions, with what the network says of each frame below it."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from ..nets.cut_detector import CutDetector
from .cut_films import KINDS, Film
from .cut_trainer import film_probabilities

__all__ = ["transition_rows"]

COLUMNS = 10
ENLARGED = 3


def transition_rows(network: CutDetector, films: Sequence[Film]) -> Tensor:
    """uint8 (kinds, 10, 3, 81, 144): the first transition of each kind; a red bar: a cut, green: within one."""
    rows = np.zeros((len(KINDS), COLUMNS, 27, 48, 3), np.uint8)
    shown: set[int] = set()
    for film in films:
        for label in film.transitions:
            row = KINDS.index(label.kind)
            if row in shown or film.unclear[label.start]:
                continue
            shown.add(row)
            said = film_probabilities(network, film)
            places = np.linspace(label.start - 3, label.end + 2, COLUMNS).round().astype(int)
            for column, place in enumerate(places.clip(0, len(said) - 1)):
                rows[row, column] = film.frames[place]
                rows[row, column, 24:] //= 4
                rows[row, column, 24, : round(48 * float(said[place, 0]))] = (255, 40, 40)
                rows[row, column, 26, : round(48 * float(said[place, 1]))] = (40, 255, 40)
    sheet = torch.from_numpy(rows).permute(0, 1, 4, 2, 3)
    return sheet.repeat_interleave(ENLARGED, 3).repeat_interleave(ENLARGED, 4)
