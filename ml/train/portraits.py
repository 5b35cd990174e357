"""Command that trains the portraits' network on renders of ``ml.datagen.characters --portraits`` (see ``run.py``).

Its sheets show held-out heads, an archetype a row: every view as it was rendered, and then as it is painted.
"""

import sys
from collections.abc import Sequence

from ..characters.portraits import portrait_controls
from .characters import CharacterRun, Kind, train_on_characters
from .portrait_recipe import load_portrait_recipe
from .portrait_trainer import PortraitTrainer
from .run import run_parser

__all__ = ["PortraitRun", "main"]

EXAMPLES = """examples:
  python -m ml.train.portraits --recipe ml/configs/portraits.toml --data data/portraits/train --out runs/portraits
  python -m ml.train.portraits --recipe my.toml --data data/portraits/train --out runs/mine --resume
"""


class PortraitRun(CharacterRun):
    """A run of the portraits' network."""

    kind = "portraits"
    trainer: PortraitTrainer


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used."""
    parser = run_parser("ml.train.portraits", "Train the portraits' network on rendered heads.", EXAMPLES)
    kind = Kind(parser, load_portrait_recipe, portrait_controls, PortraitTrainer, PortraitRun)
    return train_on_characters(kind, argv)


if __name__ == "__main__":
    sys.exit(main())
