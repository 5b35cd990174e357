"""Figures on real clips that were labelled by hand: a folder with ``labels.json``, as ``bench.shot_quality`` takes it.

``labels.json`` holds ``{"clips": {file: {"shots": [{"start", "end", field: value, ...}]}}}``. Frames count from 0, the
end is exclusive or null for the end of the file; a field that is null or absent is not counted.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from ml.infer.describing import Described, Describer
from ml.limits import MAX_CLIP_SECONDS
from ml.media.clips import shot_inputs
from ml.protocol import Clip
from ml.shot_terms import FIELD_INDEX, FIELDS, coarse_movement, coarse_size

__all__ = ["DescribedShot", "coarse_hits", "describe_clips", "size_distances"]

_SIZE_ORDER = ("extreme_wide", "wide", "full", "medium", "close_up")


@dataclass(frozen=True, slots=True)
class DescribedShot:
    """A labelled shot and what the describer says of it."""

    file: str
    start: int
    """Frame."""
    labels: dict[str, str]
    """Field id -> value id, those that were labelled."""
    described: Described

    def guess(self, field: str) -> str:
        """The describer's value, certain or not."""
        return self.described.fields[FIELD_INDEX[field]].value


def describe_clips(describer: Describer, folder: Path) -> list[DescribedShot]:
    """Describe every labelled shot. Raises OSError, ValueError for labels that are off, MediaError for a file."""
    clips = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["clips"]
    found = []
    for file, content in clips.items():
        rate = _frame_rate(folder / file)
        for shot in content["shots"]:
            start = shot["start"] / rate
            end = MAX_CLIP_SECONDS if shot["end"] is None else shot["end"] / rate
            inputs = shot_inputs(_clip(folder / file, start, end), start, end)
            (described,) = describer.describe([inputs.by_name()], [[]])
            found.append(DescribedShot(file, shot["start"], _labels(shot), described))
    return found


def coarse_hits(shots: list[DescribedShot]) -> list[bool]:
    """For each shot with a coarse movement in its labels, whether the guess falls into the same class."""
    labelled = [
        (shot, coarse_movement(shot.labels["movement"])) for shot in shots if "movement" in shot.labels
    ]
    return [
        coarse_movement(shot.guess("movement")) == wanted for shot, wanted in labelled if wanted is not None
    ]


def size_distances(shots: list[DescribedShot]) -> list[int]:
    """For each shot with a size in its labels, how many of the five sizes the guess is off."""
    return [
        abs(
            _SIZE_ORDER.index(coarse_size(shot.guess("size")))
            - _SIZE_ORDER.index(coarse_size(shot.labels["size"]))
        )
        for shot in shots
        if "size" in shot.labels
    ]


def _labels(shot: dict[str, Any]) -> dict[str, str]:
    """The fields whose labels are values of ours; a note in words (what the subject is) is for people."""
    labels = {}
    for field in FIELDS:
        value = shot.get(field.id)
        if value is not None and value in {known.id for known in field.values}:
            labels[field.id] = str(value)
    return labels


def _frame_rate(path: Path) -> float:
    with av.open(str(path)) as container:
        rate = container.streams.video[0].average_rate
    if not rate:
        raise ValueError(f"{path} does not say its frame rate")
    return float(rate)


def _clip(path: Path, start: float, end: float) -> Clip:
    return Clip(
        id=path.name,
        name=path.name,
        kind="movie",
        path=str(path.resolve()),
        rate=24.0,
        start_seconds=start,
        end_seconds=end,
        mirror_x=False,
        mirror_y=False,
        backwards=False,
        speed=1.0,
        fixed=(),
    )
