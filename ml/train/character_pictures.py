"""Command that writes one view of rendered characters as small pictures, for whoever reads plain ones.

These are the reference DCGAN (``ml.train.dcgan``) and the classifier (``ml.train.classifier``): 64 pixels square, on
mid grey, a folder per archetype. So all are trained on, and measured with, the very same characters.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..characters.archetypes import ARCHETYPES
from .character_data import load_characters
from .character_recipe import load_character_recipe
from .data import DataError
from .recipe import RecipeError
from .run import print_skipped

__all__ = ["main", "small_picture"]

PICTURE_PX = 64
_GREY = 127.5

Bytes = NDArray[np.uint8]

EXAMPLES = """example:
  python -m ml.train.character_pictures --recipe ml/configs/characters.toml --data data/characters/train \\
      --out data/fronts/train
  python -m ml.train.dcgan --recipe ml/configs/dcgan_characters.toml --data data/fronts/train --out runs/dcgan
"""


def small_picture(view: Bytes) -> Bytes:
    """uint8 (64, 64, 3) of a view (4, H, W) with straight alpha: the whole of it, with grey around."""
    alpha = view[3:] / 255.0
    colours = (_GREY + (view[:3] - _GREY) * alpha).transpose(1, 2, 0)  # (H, W, 3)
    height, width = colours.shape[:2]
    side = max(height, width)
    square = np.full((side, side, 3), _GREY)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = colours
    picture = Image.fromarray(np.rint(square).astype(np.uint8))
    return np.asarray(picture.resize((PICTURE_PX, PICTURE_PX), Image.Resampling.LANCZOS))


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when written, 2 when recipe or data cannot be used."""
    options = _parser().parse_args(argv)
    try:
        net = replace(load_character_recipe(options.recipe).net, views=(options.view,))
        characters, skipped = load_characters(options.data, net)
    except (RecipeError, DataError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print_skipped(skipped)
    for row, name in enumerate(characters.names):
        folder = options.out / ARCHETYPES[characters.archetypes[row]].id
        folder.mkdir(parents=True, exist_ok=True)
        picture = small_picture(characters.pixels[row, 0, :4])
        Image.fromarray(picture).save(folder / f"{name.replace('/', '_')}.png")
    print(f"{len(characters.names)} pictures written to {options.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.train.character_pictures",
        description="Write one view of rendered characters as pictures of 64 pixels on grey, by archetype.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--recipe", type=Path, required=True, help="of the characters' network: the views' size"
    )
    parser.add_argument("--data", type=Path, required=True, nargs="+", help="folders of rendered characters")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--view", default="front", help="which one (default: %(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
