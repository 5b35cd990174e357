"""The demo's short film: five planned shots of the generator's test split, rendered frame by frame.

Run by tooling.demo with the Python of a Blender environment. The describer has never seen a shot of that split.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image

from ml.datagen.shots.drawing import draw_plan
from ml.datagen.shots.stage import Stage

FILM_RATE = 24
FILM_PX = (320, 180)
SAMPLES = 2
SEEDS = (177, 135, 42, 241, 8)
"""Somebody in a room, a dog in the desert, balls in a field, cars from above, chairs at night."""


def main() -> None:
    """Render the frames of every n-th shot."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True, help="folder for the frames")
    parser.add_argument("--part", type=int, required=True, help="0 to --parts - 1: which shots")
    parser.add_argument("--parts", type=int, required=True)
    options = parser.parse_args()
    for place, seed in enumerate(SEEDS):
        if place % options.parts == options.part:
            _render_shot(seed, options.out / f"shot_{place + 1}")


def _render_shot(seed: int, folder: Path) -> None:
    plan = draw_plan(seed, "test")
    count = round(plan.length_seconds * FILM_RATE)
    folder.mkdir(parents=True, exist_ok=True)
    with Stage(plan, FILM_PX, SAMPLES) as stage:
        for number in range(count):
            picture = Image.fromarray(stage.frame(number / FILM_RATE))
            picture.save(folder / f"{number:04d}.png")
    print(f"{folder.name}: {count} frames of {plan.fields['subject']}, {plan.fields['movement']}", flush=True)


if __name__ == "__main__":
    main()
    # Blender's own ending sometimes crashes after all is written
    sys.stdout.flush()
    os._exit(0)
