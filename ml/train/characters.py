"""Command that trains the characters' network on renders of ``ml.datagen.characters`` (see ``run.py``).

Its sheets show held-out characters, an archetype a row: every view as it was rendered, and then as it is painted.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from ..characters.archetypes import ARCHETYPES
from ..characters.character import Character
from ..characters.network_inputs import Floats, controls_of
from .character_augment import shown
from .character_data import (
    CharacterSampler,
    CharacterSet,
    load_characters,
    split_characters,
    without_guides,
)
from .character_recipe import CharacterLossRecipe, CharacterRecipe, load_character_recipe
from .character_trainer import CharacterLosses, CharacterTrainer
from .checkpoint import CheckpointError, load_checkpoint
from .recipe import recipe_to_plain
from .run import TrainingRun, print_skipped, run_parser, train_in_folder
from .sheets import to_bytes

__all__ = ["CharacterRun", "Kind", "main", "train_on_characters"]

EXAMPLES = """examples:
  python -m ml.train.characters --recipe ml/configs/characters.toml --data data/characters/train --out runs/characters
  python -m ml.train.characters --recipe my.toml --data data/characters/train --out runs/mine --minutes 60
  python -m ml.train.characters --recipe my.toml --data data/characters/train --out runs/mine --resume
  python -m ml.train.characters --recipe my.toml --data data/more/train --out runs/next \\
      --init runs/mine/checkpoint.pt
"""


class CharacterRun(TrainingRun):
    """A run of the characters' network."""

    kind = "characters"
    losses = CharacterLosses
    curves = (
        ("relativistic loss", {"discriminator": 0, "generator": 1}),
        ("", {"error of the colours": 2, "logit of real over generated": 3}),
    )
    trainer: CharacterTrainer

    def __init__(self, trainer: CharacterTrainer, held_out: CharacterSet, out: Path) -> None:
        """held_out: characters that are not trained on, for the sheets."""
        characters = trainer.sampler.characters
        names = tuple(archetype.id for archetype in ARCHETYPES)
        super().__init__(trainer, names, characters.pixels.shape[0] * characters.pixels.shape[1], out)
        self.shown = CharacterSampler(held_out)

    @property
    def batch(self) -> int:
        """Pictures per step: every view is one."""
        return super().batch * len(self.trainer.recipe.net.views)

    def words(self, losses: CharacterLosses) -> str:
        """Losses, the colours' error, and how far D tells real from generated."""
        return (
            f"D {losses.discriminator:.3f}  G {losses.generator:.3f}  colours {losses.colours:.3f}  "
            f"margin {losses.margin:+.2f}"
        )

    def sample_rows(self) -> Tensor:
        """Per archetype the views of its first held-out character: the render's, then the network's."""
        # a stream of its own: every sheet shows the same characters with the same noise
        rng = torch.Generator().manual_seed(7)
        rows = []
        for index in self.shown.present:
            row = int((self.shown.characters.archetypes == index).argmax())
            batch = self.shown.take([row])
            made = self.trainer.average(*self.trainer.inputs(batch, rng))
            both = torch.cat([shown(batch.pictures)[0], shown(made)[0]])
            rows.append(to_bytes(both[:, :3] * 2 - 1))
        return torch.stack(rows)

    @property
    def sheet_labels(self) -> list[str]:
        """The archetypes that are held out."""
        return [self.names[index] for index in self.shown.present]


@dataclass(frozen=True, slots=True)
class Kind:
    """What tells one training on rendered characters from another."""

    parser: argparse.ArgumentParser
    """As ``run_parser`` makes it."""
    load_recipe: Callable[[Path], CharacterRecipe]
    controls: Callable[[Character], Floats]
    trainer: type[CharacterTrainer]
    run: type[CharacterRun]


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used."""
    parser = run_parser(
        "ml.train.characters", "Train the characters' network on rendered characters.", EXAMPLES
    )
    kind = Kind(parser, load_character_recipe, controls_of, CharacterTrainer, CharacterRun)
    return train_on_characters(kind, argv)


def train_on_characters(kind: Kind, argv: Sequence[str] | None) -> int:
    """The command of that kind of training; exit status as ``main``'s."""
    parser = kind.parser
    parser.add_argument("--data", type=Path, required=True, nargs="+", help="folders of rendered characters")
    parser.add_argument(
        "--no-guide",
        action="store_true",
        help="to compare: guides show nothing, and what compares a picture with its render counts nothing",
    )
    parser.add_argument("--init", type=Path, help="start with the weights of this checkpoint")
    options = parser.parse_args(argv)
    if options.init and options.resume:
        parser.error("--init starts a new run and --resume goes on with one: choose one of them")

    def open_run() -> CharacterRun:
        recipe = kind.load_recipe(options.recipe)
        characters, skipped = load_characters(options.data, recipe.net, kind.controls)
        train, held_out = split_characters(characters, recipe.data.held_out)
        print(f"{len(train.names)} characters to train on, {len(held_out.names)} held out", file=sys.stderr)
        print_skipped(skipped)
        if options.no_guide:
            recipe = replace(recipe, loss=_unpaired(recipe.loss))
            train, held_out = without_guides(train), without_guides(held_out)
        run = kind.run(kind.trainer(recipe, train), held_out, options.out)
        if options.init:
            _begin_with(run, options.init)
        return run

    return train_in_folder(options, open_run)


def _unpaired(loss: CharacterLossRecipe) -> CharacterLossRecipe:
    """Without guides nothing pairs a picture with a render: what compares the two counts nothing."""
    return replace(loss, control=0.0, match=0.0, features=0.0, pixels=0.0)


def _begin_with(run: CharacterRun, path: Path) -> None:
    content = load_checkpoint(path, run.kind)
    if content["recipe"]["net"] != recipe_to_plain(run.trainer.recipe)["net"]:
        raise CheckpointError(f"{path} has other views, sizes or widths than this recipe")
    run.trainer.begin_with(content["state"])


if __name__ == "__main__":
    sys.exit(main())
