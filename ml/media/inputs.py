"""The networks' inputs of one shot, made from 16 frames: the same for a training sheet and for real film."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .motion import PAIR_SECONDS, ShotMotion, shot_motion

__all__ = [
    "FRAME_HEIGHT",
    "FRAME_WIDTH",
    "INSTANTS",
    "LOOK_HEIGHT",
    "LOOK_WIDTH",
    "MOTIONS",
    "ShotFrames",
    "ShotInputs",
    "area_weights",
    "frames_of_sheet",
    "inputs_of",
    "training_inputs",
]

INSTANTS = 8
"""Moments at which a shot is looked at; each is a pair of frames."""
MOTIONS = 2 * INSTANTS - 1
"""The motion within each pair, then from each instant to the next one."""
FRAME_WIDTH, FRAME_HEIGHT = 160, 90
"""Of the frames that motion is measured in, whatever the film's shape."""
LOOK_WIDTH, LOOK_HEIGHT = 96, 54
"""Of the frames that the network sees."""
_SHEET_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class ShotFrames:
    """What one shot shows at its instants."""

    pictures: NDArray[np.uint8]
    """(8, 2, 90, 160, 3) sRGB: the pairs, in the timeline's order, bars cut off."""
    pair_seconds: NDArray[np.float64]
    """(8) real time between the frames of each pair, as the timeline shows it; 0 where both are the same."""
    length_seconds: float
    """Of the shot, as the timeline shows it."""
    aspect: float
    """Width over height of the picture without bars, pixels square."""
    still: bool
    """Whether it is a single picture."""


@dataclass(frozen=True, slots=True)
class ShotInputs:
    """One shot as the networks take it in, without the batch's axis; float32."""

    frames: NDArray[np.float32]
    """(8, 3, 54, 96) RGB from 0 to 1: each pair's first frame."""
    flow: NDArray[np.float32]
    """(15, 3, 9, 16): see ``ml.media.motion.ShotMotion``. The pairs' motion per 1/12 s; then from instant to instant,
    as far as it goes: unrest stays within bounds, a slow camera gets on."""
    motion: NDArray[np.float32]
    """(15, 8): see ``ml.media.motion.MOTION_NUMBERS``."""
    facts: NDArray[np.float32]
    """(4): log(1 + seconds), aspect, 1 for a single picture, 0."""

    def by_name(self) -> dict[str, NDArray[np.float32]]:
        """The four arrays by the inputs' names."""
        return {"frames": self.frames, "flow": self.flow, "motion": self.motion, "facts": self.facts}


def inputs_of(shot: ShotFrames) -> ShotInputs:
    """Measure the motion, make the frames small. Raises ValueError for pictures of another shape."""
    expected = (INSTANTS, 2, FRAME_HEIGHT, FRAME_WIDTH, 3)
    if shot.pictures.shape != expected or shot.pictures.dtype != np.uint8:
        raise ValueError(f"pictures are {shot.pictures.dtype} {shot.pictures.shape}, not uint8 {expected}")
    facts = [np.log1p(shot.length_seconds), shot.aspect, float(shot.still), 0]
    moved = _motions(shot)
    return ShotInputs(_small(shot.pictures[:, 0]), moved.flow, moved.motion, np.array(facts, np.float32))


def _motions(shot: ShotFrames) -> ShotMotion:
    """All ``MOTIONS`` of them."""
    first, second = shot.pictures[:, 0], shot.pictures[:, 1]
    if shot.still:
        seen = shot_motion(first[:1], second[:1], np.zeros(1))
        return ShotMotion(np.repeat(seen.flow, MOTIONS, axis=0), np.repeat(seen.motion, MOTIONS, axis=0))
    # between two instants motion counts as far as it goes, whatever the time; one frame shown twice has none
    same = (first[:-1] == first[1:]).all(axis=(1, 2, 3))
    apart = np.concatenate([shot.pair_seconds, np.where(same, 0.0, PAIR_SECONDS)])
    return shot_motion(np.concatenate([first, first[:-1]]), np.concatenate([second, first[1:]]), apart)


def training_inputs(sheet: Path, truth: Path) -> ShotInputs:
    """The inputs of a rendered shot: its sheet of 16 tiles and the JSON file beside it.

    Raises ValueError when the two are no such files, OSError when they cannot be read.
    """
    facts = json.loads(truth.read_text(encoding="utf-8"))
    return inputs_of(frames_of_sheet(sheet, float(facts["length_seconds"])))


def frames_of_sheet(sheet: Path, length_seconds: float) -> ShotFrames:
    """Take a sheet of 4 x 4 tiles of 160 x 90 apart: row-major in time, the pairs' frames one after the other.

    A single tile is a still picture.
    """
    from PIL import Image

    with Image.open(sheet) as image:
        pixels = np.asarray(image.convert("RGB"))
    aspect = FRAME_WIDTH / FRAME_HEIGHT
    if pixels.shape == (FRAME_HEIGHT, FRAME_WIDTH, 3):
        pictures = np.broadcast_to(pixels, (INSTANTS, 2, *pixels.shape))
        return ShotFrames(pictures, np.zeros(INSTANTS), length_seconds, aspect, still=True)
    rows = INSTANTS * 2 // _SHEET_COLUMNS
    if pixels.shape != (rows * FRAME_HEIGHT, _SHEET_COLUMNS * FRAME_WIDTH, 3):
        raise ValueError(f"{sheet.name} is {pixels.shape[1]} x {pixels.shape[0]}, not a sheet of 640 x 360")
    tiles = pixels.reshape(rows, FRAME_HEIGHT, _SHEET_COLUMNS, FRAME_WIDTH, 3).swapaxes(1, 2)
    pictures = tiles.reshape(INSTANTS, 2, FRAME_HEIGHT, FRAME_WIDTH, 3)
    apart = np.full(INSTANTS, PAIR_SECONDS)
    return ShotFrames(pictures, apart, length_seconds, aspect, still=False)


def area_weights(size: int, wanted: int) -> NDArray[np.float32]:
    """(wanted, size) float32: each row the shares that old pixels have in a new one; rows sum to 1."""
    edges = np.linspace(0, size, wanted + 1)
    pixels = np.arange(size)
    covered = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    covered = np.maximum(covered, 0)
    return np.asarray(covered / covered.sum(axis=1, keepdims=True), np.float32)


def _small(pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(8, 90, 160, 3) uint8 to (8, 3, 54, 96) float32 from 0 to 1, every pixel the mean of its area."""
    planes = pictures.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255)
    across = planes @ area_weights(FRAME_WIDTH, LOOK_WIDTH).T
    return np.ascontiguousarray(area_weights(FRAME_HEIGHT, LOOK_HEIGHT) @ across, np.float32)
