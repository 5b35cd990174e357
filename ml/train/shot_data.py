"""Rendered shots as the network sees them, and the cache of them that each folder of renders keeps.

What is seen is computed from the sheets by the same code that looks at real film (``ml.media``). It takes a tenth
of a second a shot, so it is done once and kept in ``inputs.npz`` beside the renders; shots
that were rendered since are added at the next call. As a command it does just that, for folders that are still
being rendered into:

    python -m ml.train.shot_data data/shots/train data/shots/test
"""

import argparse
import json
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from ..media.inputs import training_inputs
from ..nets.shot_transformer import FACTS, FLOW_SIZE, FRAME_SIZE, INSTANTS, MOTION_NUMBERS, MOTIONS
from ..shot_terms import FIELDS
from .data import DataError

__all__ = ["CACHE_FILE", "UNKNOWN", "ShotSet", "join_sets", "load_shots", "split_set"]

CACHE_FILE = "inputs.npz"
_MEASURES = ("subject_frame_heights", "place_x", "roll_degrees")
KEPT_EVERY = 500
"""Shots after which the cache is written, so that an interruption costs minutes at most."""
UNKNOWN = -1
"""Value number of a field that has no truth in a shot."""

_SHAPES: dict[str, tuple[tuple[int, ...], type]] = {
    "frames": ((INSTANTS, 3, *FRAME_SIZE), np.uint8),
    "flow": ((MOTIONS, 3, *FLOW_SIZE), np.float16),
    "motion": ((MOTIONS, MOTION_NUMBERS), np.float32),
    "facts": ((FACTS,), np.float32),
    "values": ((len(FIELDS),), np.int8),
    "measures": ((3,), np.float32),
}


@dataclass(frozen=True, slots=True, eq=False)
class ShotSet:
    """Many shots; see ``ml.nets.shot_transformer.ShotEncoder`` for what the arrays hold."""

    names: tuple[str, ...]
    frames: NDArray[np.uint8]
    """(N, 8, 3, 54, 96)"""
    flow: NDArray[np.float16]
    """(N, 15, 3, 9, 16)"""
    motion: NDArray[np.float32]
    """(N, 15, 8)"""
    facts: NDArray[np.float32]
    """(N, 4)"""
    values: NDArray[np.int8]
    """(N, fields): numbers of the true values in the order of ``FIELDS``, or UNKNOWN."""
    measures: NDArray[np.float32]
    """(N, 3): of single pictures the subject's height in frame heights, its place across from 0 to 1, and the camera's
    roll in degrees; NaN where there is no such thing, and of everything that moves"""

    def part(self, rows: Sequence[int] | NDArray[np.int64]) -> "ShotSet":
        """These shots alone."""
        index = np.asarray(rows, np.int64)
        names = tuple(self.names[row] for row in index.tolist())
        return ShotSet(names, *(getattr(self, key)[index] for key in _SHAPES))


def load_shots(folder: Path) -> ShotSet:
    """Every finished shot of a folder of renders, in the order of names; looks at new ones and keeps what it saw.

    Raises DataError when the folder has no shots, or one that is not as the renderer writes them.
    """
    found = sorted(path.stem for path in folder.glob("*.json") if path.with_suffix(".png").is_file())
    if not found:
        raise DataError(f"{folder} holds no rendered shots (NAME.png with NAME.json); render some first")
    known = _read_cache(folder / CACHE_FILE)
    there = set(known.names) if known is not None else set()
    fresh = [name for name in found if name not in there]
    bar = tqdm(
        total=len(fresh), desc=f"looking at {folder.name}", unit="shot", disable=None if fresh else True
    )
    for first in range(0, len(fresh), KEPT_EVERY):
        looked_at = _look_at(folder, fresh[first : first + KEPT_EVERY], bar)
        known = looked_at if known is None else join_sets([known, looked_at])
        _write_cache(folder / CACHE_FILE, known)
    bar.close()
    assert known is not None
    place = {name: row for row, name in enumerate(known.names)}
    return known.part([place[name] for name in found])


def join_sets(sets: Sequence[ShotSet]) -> ShotSet:
    """All of them, one after another."""
    names = tuple(name for one in sets for name in one.names)
    return ShotSet(names, *(np.concatenate([getattr(one, key) for one in sets]) for key in _SHAPES))


def split_set(shots: ShotSet, share: float) -> tuple[ShotSet, ShotSet]:
    """The shots to train on and those that are held out: every so many-th by name, whatever else is rendered later.

    Single pictures are all trained on: figures are of shots.
    """
    every = round(1 / share)
    rows = np.arange(len(shots.names))
    held = np.array([_number(name) % every == 0 for name in shots.names]) & (shots.facts[:, 2] == 0)
    if held.all() or not held.any():
        raise DataError(f"{len(shots.names)} shots cannot be split into shots to train on and held-out ones")
    return shots.part(rows[~held]), shots.part(rows[held])


def _number(name: str) -> int:
    digits = "".join(character for character in name if character.isdecimal())
    # renders come in fixed rotations of their kinds: a multiplier spreads the held-out ones over all of them
    return int(digits or 0) * 2654435761 % 2**32 >> 7


def _look_at(folder: Path, names: Sequence[str], bar: "tqdm[Any]") -> ShotSet:
    arrays: dict[str, NDArray[Any]] = {
        key: np.zeros((len(names), *shape), kind) for key, (shape, kind) in _SHAPES.items()
    }
    for row, name in enumerate(names):
        label = folder / f"{name}.json"
        try:
            seen = training_inputs(label.with_suffix(".png"), label)
            values, measures = _read_truth(label)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(f"{folder / name} is not a rendered shot: {error}; delete it") from None
        arrays["frames"][row] = np.rint(seen.frames * 255)
        arrays["flow"][row], arrays["motion"][row] = seen.flow, seen.motion
        arrays["facts"][row], arrays["values"][row] = seen.facts, values
        arrays["measures"][row] = measures
        bar.update()
    return ShotSet(tuple(names), **arrays)


def _read_truth(path: Path) -> tuple[list[int], list[float]]:
    """Numbers of the values, and the measures."""
    told = json.loads(path.read_text(encoding="utf-8"))
    fields = told["fields"]
    if missing := [field.id for field in FIELDS if field.id not in fields]:
        raise ValueError(f"its fields lack {', '.join(missing)}")
    values = [UNKNOWN if fields[field.id] is None else field.index(fields[field.id]) for field in FIELDS]
    measured = told.get("facts", {}) if told.get("source") == "still" else {}
    return values, [float(measured.get(name, np.nan)) for name in _MEASURES]


def _read_cache(path: Path) -> ShotSet | None:
    if not path.is_file():
        return None
    try:
        # opened here: numpy leaves a file open that it cannot read
        with path.open("rb") as file, np.load(file) as content:
            names = tuple(content["names"].tolist())
            arrays = {key: content[key] for key in _SHAPES}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise DataError(f"{path} is damaged ({error}); delete it, and it will be made again") from None
    for key, (shape, kind) in _SHAPES.items():
        if arrays[key].shape != (len(names), *shape) or arrays[key].dtype != kind:
            raise DataError(f"{path} is of another version; delete it, and it will be made again")
    return ShotSet(names, **arrays)


def _write_cache(path: Path, shots: ShotSet) -> None:
    partial = path.with_name("partial_" + path.name)
    np.savez(partial, names=np.array(shots.names), **{key: getattr(shots, key) for key in _SHAPES})
    partial.replace(path)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when every shot was looked at, 2 when one cannot be used."""
    parser = argparse.ArgumentParser(
        prog="python -m ml.train.shot_data",
        description="Look at rendered shots and keep what the network sees of them beside them.",
    )
    parser.add_argument("folders", type=Path, nargs="+", help="folders of rendered shots")
    options = parser.parse_args(argv)
    try:
        for folder in options.folders:
            print(f"{folder}: {len(load_shots(folder).names)} shots")
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
