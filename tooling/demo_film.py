"""The demo's short film inside Blender: renders the frames of its shots, several such processes beside each other.

Run by tooling.film with the Python of a Blender environment. Each process takes the next shot that none has begun.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image

from ml.datagen.shots.drawing import draw_plan
from ml.datagen.shots.stage import Stage
from tooling.film_recipe import FILM_PX, FILM_RATE, SAMPLES, SHOTS, FilmShot


def main() -> None:
    """Render what is not begun yet."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True, help="folder for a folder of frames a shot")
    render_shots(SHOTS, parser.parse_args().out)


def render_shots(shots: Sequence[FilmShot], out: Path) -> None:
    """The frames of those shots, but for shots that another process has begun, as PNG files."""
    for place, shot in enumerate(shots):
        folder = out / f"{place:02d}"
        try:
            # making a folder succeeds in one process only
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        _render_shot(shot, folder)
        words = ", ".join(value.replace("_", " ") for _, value in shot.truth)
        print(f"  shot {place + 1} of {len(shots)}: {shot.frames} frames ({words})", flush=True)


def _render_shot(shot: FilmShot, folder: Path) -> None:
    with Stage(draw_plan(shot.seed, "test"), FILM_PX, SAMPLES) as stage:
        for number in range(shot.frames):
            frame = stage.frame(shot.start_seconds + number / FILM_RATE)
            Image.fromarray(frame).save(folder / f"{number:04d}.png")


if __name__ == "__main__":
    main()
    # Blender's own ending sometimes crashes after all is written
    sys.stdout.flush()
    os._exit(0)
