"""Command that trains the reference DCGAN on a folder of pictures, after a recipe (see ``run.py``).

Its sheets show samples from fixed latents, a row per class.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from torch import Tensor

from .data import PictureSet, load_pictures
from .recipe import load_recipe
from .run import TrainingRun, print_skipped, run_parser, train_in_folder
from .sheets import sample_rows
from .trainer import DCGANTrainer, Losses

__all__ = ["DCGANRun", "main"]

NETWORK_PX = 64

EXAMPLES = """examples:
  python -m ml.train.dcgan --recipe ml/configs/dcgan_texture.toml --data data/materials/train --out runs/dcgan
  python -m ml.train.dcgan --recipe my.toml --data pictures --out runs/mine --minutes 60
  python -m ml.train.dcgan --recipe my.toml --data pictures --out runs/mine --resume
"""


class DCGANRun(TrainingRun):
    """A run of the reference network."""

    kind = "dcgan"
    losses = Losses
    curves = (
        ("binary cross-entropy", {"discriminator": 0, "generator": 1}),
        ("D's probability of real", {"real": 2, "generated": 3}),
    )
    trainer: DCGANTrainer

    def words(self, losses: Losses) -> str:
        """Both losses and both probabilities."""
        return (
            f"D {losses.discriminator:.3f}  G {losses.generator:.3f}  "
            f"D(x) {losses.real_probability:.2f}  D(G(z)) {losses.fake_probability:.2f}"
        )

    def sample_rows(self) -> Tensor:
        """From the generator that the recipe exports."""
        trainer = self.trainer
        maker = trainer.picture_maker(trainer.recipe.run.export_average, batches=4)
        return sample_rows(maker, trainer.sampler.present, trainer.layout, trainer.recipe.net.code_scale)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used."""
    parser = run_parser(
        "ml.train.dcgan",
        "Train the reference DCGAN on a folder of pictures; sub-folders are classes.",
        EXAMPLES,
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder of pictures, or of one folder per class"
    )
    options = parser.parse_args(argv)

    def open_run() -> DCGANRun:
        recipe = load_recipe(options.recipe)
        pictures = load_pictures(options.data, recipe.data.pattern, recipe.data.periodic, NETWORK_PX)
        _report(pictures)
        return DCGANRun(DCGANTrainer(recipe, pictures), pictures.names, len(pictures.images), options.out)

    return train_in_folder(options, open_run)


def _report(pictures: PictureSet) -> None:
    present = len(set(pictures.classes.tolist())) if pictures.names else 0
    print(f"{len(pictures.images)} pictures in {present} classes", file=sys.stderr)
    if 0 < present < len(pictures.names):
        print(f"note: {len(pictures.names) - present} families have no pictures", file=sys.stderr)
    print_skipped(pictures.skipped)


if __name__ == "__main__":
    sys.exit(main())
