"""Command that trains the texture studio's network on renders of ``ml.datagen.materials`` (see ``run.py``).

Its sheets show pictures from held guides and noise, beside the renders that the guides belong to.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from ..families import FAMILIES
from .guided_data import load_renders
from .guided_recipe import load_guided_recipe
from .guided_trainer import GuidedLosses, GuidedTrainer
from .run import TrainingRun, print_skipped, run_parser, train_in_folder
from .sheets import to_bytes

__all__ = ["GuidedRun", "main"]

EXAMPLES = """examples:
  python -m ml.train.guided --recipe ml/configs/texture_studio.toml --data data/whole/train data/close/train \\
      --out runs/studio
  python -m ml.train.guided --recipe my.toml --data data/whole/train --out runs/mine --minutes 60
  python -m ml.train.guided --recipe my.toml --data data/whole/train --out runs/mine --resume
"""


class GuidedRun(TrainingRun):
    """A run of the texture studio's network."""

    kind = "guided"
    losses = GuidedLosses
    curves = (
        ("relativistic loss", {"discriminator": 0, "generator": 1}),
        ("", {"error of the controls": 2, "logit of real over generated": 3}),
    )
    trainer: GuidedTrainer

    def words(self, losses: GuidedLosses) -> str:
        """Losses, the controls' error, and how far D tells real from generated."""
        return (
            f"D {losses.discriminator:.3f}  G {losses.generator:.3f}  controls {losses.controls:.3f}  "
            f"margin {losses.margin:+.2f}"
        )

    def sample_rows(self) -> Tensor:
        """Per family the albedo of four pictures, the first one's render before it, and its height after it."""
        trainer = self.trainer
        # a stream of its own: every sheet shows the same guides with the same noise
        rng = torch.Generator().manual_seed(7)
        rows = []
        for family in trainer.present:
            batch = trainer.sampler.take([family] * 4, rng)
            made = trainer.without_halo(trainer.average(*trainer.inputs(batch, rng)))
            pictures = [batch.maps[:1, :3], made[:, :3], made[:1, 3:4].expand(-1, 3, -1, -1)]
            rows.append(to_bytes(torch.cat(pictures) * 2 - 1))
        return torch.stack(rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used."""
    parser = run_parser(
        "ml.train.guided",
        "Train the texture studio's network on rendered materials with their guides.",
        EXAMPLES,
    )
    parser.add_argument("--data", type=Path, required=True, nargs="+", help="folders of renders, by family")
    options = parser.parse_args(argv)

    def open_run() -> GuidedRun:
        recipe = load_guided_recipe(options.recipe)
        renders, skipped = load_renders(options.data, recipe.data)
        present = len({render.family for render in renders})
        print(f"{len(renders)} renders of {present} families", file=sys.stderr)
        print_skipped(skipped)
        names = tuple(family.id for family in FAMILIES)
        return GuidedRun(GuidedTrainer(recipe, renders, len(names)), names, len(renders), options.out)

    return train_in_folder(options, open_run)


if __name__ == "__main__":
    sys.exit(main())
