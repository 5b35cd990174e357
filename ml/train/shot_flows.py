"""Motion without pictures (``ml.datagen.shots.flows``), joined to the pictures of rendered shots.

What the camera does is seen in the motion, which is drawn by the thousand where a render takes seconds. A shot that
gets another motion teaches that alone: its pictures stay, so that they are not believed about the camera, but of what
they show the motion says something else (where the subject is, how large it is), so it counts as not known.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ..nets.shot_transformer import FLOW_SIZE, MOTION_NUMBERS, MOTIONS
from ..shot_terms import FIELD_INDEX, FIELDS
from .data import DataError
from .shot_augment import ShotBatch
from .shot_data import UNKNOWN

__all__ = ["ShotFlows", "load_flows", "move_otherwise"]


@dataclass(frozen=True, slots=True, eq=False)
class ShotFlows:
    """The motion of many shots."""

    flow: NDArray[np.float16]
    """(N, 15, 3, 9, 16)"""
    motion: NDArray[np.float32]
    """(N, 15, 8)"""
    lengths: NDArray[np.float32]
    """(N,) seconds"""
    fields: tuple[str, ...]
    """The fields that motion alone is the truth of."""
    values: NDArray[np.int8]
    """(N, fields): numbers of their values."""


def load_flows(paths: Sequence[Path]) -> ShotFlows:
    """All shots of these files. Raises DataError when one is missing, damaged, or something else."""
    parts = [_load(path) for path in paths]
    if len({part.fields for part in parts}) > 1:
        raise DataError(
            "files of motion know different fields; draw them all with the same version of FilmAI"
        )
    arrays = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("flow", "motion", "lengths", "values")
    )
    flow, motion, lengths, values = arrays
    return ShotFlows(flow, motion, lengths, parts[0].fields, values)


def _load(path: Path) -> ShotFlows:
    try:
        # opened here: numpy leaves a file open that it cannot read
        with path.open("rb") as file, np.load(file) as content:
            fields = tuple(str(name) for name in content["fields"])
            found = ShotFlows(
                content["flow"], content["motion"], content["lengths"], fields, content["values"]
            )
    except FileNotFoundError:
        raise DataError(f"{path} is not there; python -m ml.datagen.shots.flows writes one") from None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise DataError(f"{path} holds no motion of shots: {error}; draw it again") from None
    count = len(found.lengths)
    shapes = (found.flow.shape, found.motion.shape, found.values.shape)
    wanted = ((count, MOTIONS, 3, *FLOW_SIZE), (count, MOTIONS, MOTION_NUMBERS), (count, len(fields)))
    if shapes != wanted or not count or not set(fields) <= {field.id for field in FIELDS}:
        raise DataError(f"{path} is of another version; draw it again")
    return found


def move_otherwise(
    batch: ShotBatch, flows: ShotFlows, share: float, share_still: float, rng: torch.Generator
) -> None:
    """Give that share of the shots another motion, with what it is the truth of and nothing else.

    share_still: of the single pictures.
    """
    count = len(batch.values)
    shares = torch.where(batch.facts[:, 2] > 0, share_still, share)
    chosen = torch.rand(count, generator=rng) < shares
    rows = torch.randint(len(flows.lengths), (count,), generator=rng).numpy()
    batch.flow[chosen] = torch.from_numpy(flows.flow[rows]).float()[chosen]
    batch.motion[chosen] = torch.from_numpy(flows.motion[rows])[chosen]
    batch.facts[chosen, 0] = torch.from_numpy(np.log1p(flows.lengths[rows]))[chosen]
    batch.facts[chosen, 2] = 0
    values = torch.full_like(batch.values, UNKNOWN)
    values[:, [FIELD_INDEX[name] for name in flows.fields]] = torch.from_numpy(flows.values[rows]).long()
    batch.values[chosen] = values[chosen]
