"""Shots that nobody rendered: random pictures whose flow and colours follow the labels, for tests without Blender."""

import json
from functools import cache
from pathlib import Path

import numpy as np

from ml.nets.shot_transformer import ShotConfig
from ml.shot_terms import FIELD_INDEX, FIELDS
from ml.train.shot_data import CACHE_FILE, UNKNOWN, ShotSet
from ml.train.shot_vocabulary import Vocabulary, train_vocabulary

SHIFTS = {
    "pan_left": (0.03, 0.0),
    "pan_right": (-0.03, 0.0),
    "tilt_up": (0.0, 0.03),
    "tilt_down": (0.0, -0.03),
}
COLOURS = {"red": (200, 30, 30), "green": (30, 200, 30), "blue": (30, 30, 200)}

TINY_RECIPE = """
name = "shot_describer"
[data]
held_out = 0.15
frames = 2
flows = 0.0
flows_still = 0.0
mirror = 0.5
reverse = 0.25
single = 0.05
reshape = 0.5
grade = 1.0
grain = 0.05
soften = 0.3
bars = 0.3
flow_noise = 0.0006
outliers = 0.3
[net]
width = 32
heads = 2
encoder_layers = 1
decoder_layers = 2
frame_channels = [8, 8, 16]
flow_channels = [8, 8, 8]
dropout = 0.0
[loss]
smoothing = 0.05
balance = 0.5
movement = 2.0
sentence = 1.0
sentences = 16
invented = 0.5
[optimiser]
batch = 16
learning_rate = 3e-3
warmup_steps = 5
weight_decay = 0.01
ema_decay = 0.9
seed = 1
[looking]
until_step = 0
pictures = 16
learning_rate = 3e-3
zoom = 0.5
[speaking]
from_step = 1000
shots = 4
sentences = 3
learning_rate = 1e-3
[run]
steps = 150
sheet_every_steps = 1000
checkpoint_every_minutes = 30.0
export_average = true
"""


def tiny_config(vocabulary: int) -> ShotConfig:
    """The network of the tiny recipe."""
    return ShotConfig(
        vocabulary=vocabulary,
        width=32,
        heads=2,
        encoder_layers=1,
        decoder_layers=2,
        frame_channels=(8, 8, 16),
        flow_channels=(8, 8, 8),
        dropout=0.0,
    )


@cache
def small_vocabulary() -> Vocabulary:
    """The grammar's words, from enough sentences to meet all of them."""
    return train_vocabulary(1)


def stand_in_shots(count: int, seed: int = 0) -> ShotSet:
    """Their movement can be seen in flow and motion, their colour in the frames, the time of day in brightness."""
    rng = np.random.default_rng(seed)
    values = np.stack([rng.integers(0, len(field.values), count) for field in FIELDS], axis=1).astype(np.int8)
    frames = rng.integers(0, 40, (count, 8, 3, 54, 96)).astype(np.uint8)
    flow = rng.normal(0, 0.0004, (count, 15, 3, 9, 16)).astype(np.float16)
    flow[:, :, 2] = 0.9
    motion = np.zeros((count, 15, 8), np.float32)
    motion[..., 4] = 0.95
    movement, colour = FIELDS[FIELD_INDEX["movement"]], FIELDS[FIELD_INDEX["colour"]]
    for row in range(count):
        moves = str(rng.choice(["static", *SHIFTS]))
        x, y = SHIFTS.get(moves, (0.0, 0.0))
        flow[row, :, 0] += np.float16(x)
        flow[row, :, 1] += np.float16(y)
        motion[row, :, :2] = x, y
        dressed = str(rng.choice(list(COLOURS)))
        frames[row, :, :, 15:40, 30:60] += np.array(COLOURS[dressed], np.uint8)[None, :, None, None]
        values[row, FIELD_INDEX["movement"]] = movement.index(moves)
        values[row, FIELD_INDEX["colour"]] = colour.index(dressed)
        values[row, FIELD_INDEX["speed"]] = 0 if moves == "static" else 2
    values[::7, FIELD_INDEX["action"]] = UNKNOWN
    facts = np.tile(np.array([1.5, 16 / 9, 0, 0], np.float32), (count, 1))
    measures = np.full((count, 3), np.nan, np.float32)
    names = tuple(f"{row:06d}" for row in range(count))
    return ShotSet(names, frames, flow, motion, facts, values, measures)


def write_stand_in_folder(folder: Path, count: int, seed: int = 0) -> ShotSet:
    """A folder as after its first training: sheets (empty here), labels, and the cache of what was seen."""
    shots = stand_in_shots(count, seed)
    folder.mkdir(parents=True)
    for row, name in enumerate(shots.names):
        fields = {
            field.id: None if number == UNKNOWN else field.values[number].id
            for field, number in zip(FIELDS, shots.values[row].tolist(), strict=True)
        }
        label = {"seed": row, "split": "train", "source": "set", "length_seconds": 3.0, "fields": fields}
        (folder / f"{name}.json").write_text(json.dumps(label), encoding="utf-8")
        (folder / f"{name}.png").write_bytes(b"")
    arrays = {key: getattr(shots, key) for key in ("frames", "flow", "motion", "facts", "values", "measures")}
    np.savez(folder / CACHE_FILE, names=np.array(shots.names), **arrays)
    return shots
