"""Command that trains the reference DCGAN on a folder of pictures, after a recipe.

Writes into its output folder: ``checkpoint.pt`` (everything, for --resume and for the export), ``sheets/``
(samples from fixed latents, a row per class) and ``losses.png``. Ends after the recipe's steps, after --steps
or --minutes, or at Ctrl+C, always with a checkpoint.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from .checkpoint import CheckpointError, load_checkpoint, save_checkpoint
from .data import DataError, PictureSet, load_pictures
from .loop import Limits, train
from .recipe import DCGANRecipe, RecipeError, RunRecipe, load_recipe, recipe_from_plain, recipe_to_plain
from .sheets import sample_rows, save_curves, save_sheet
from .trainer import DCGANTrainer, Losses

__all__ = ["CHECKPOINT_KIND", "Run", "main"]

CHECKPOINT_KIND = "dcgan"
CHECKPOINT_FILE = "checkpoint.pt"
NETWORK_PX = 64
CURVES = (
    ("binary cross-entropy", {"discriminator": 0, "generator": 1}),
    ("D's probability of real", {"real": 2, "generated": 3}),
)

EXAMPLES = """examples:
  python -m ml.train.dcgan --recipe ml/configs/dcgan_texture.toml --data data/materials/train --out runs/dcgan
  python -m ml.train.dcgan --recipe my.toml --data pictures --out runs/mine --minutes 60
  python -m ml.train.dcgan --recipe my.toml --data pictures --out runs/mine --resume
"""


@dataclass(slots=True)
class Run:
    """A run in its folder: the trainer and what is known of its past."""

    trainer: DCGANTrainer
    pictures: PictureSet
    out: Path
    seconds: float = 0.0
    """Training time of earlier calls."""
    history: list[Losses] = field(default_factory=list)

    @property
    def settings(self) -> RunRecipe:
        """How long, and what is left on the way."""
        return self.trainer.recipe.run

    @property
    def batch(self) -> int:
        """Pictures per step."""
        return self.trainer.recipe.optimiser.batch

    @property
    def steps_done(self) -> int:
        """Steps of the whole run so far."""
        return self.trainer.steps_done

    def step(self) -> str:
        """One step of both networks; returns its figures in words."""
        losses = self.trainer.step()
        self.history.append(losses)
        return (
            f"D {losses.discriminator:.3f}  G {losses.generator:.3f}  "
            f"D(x) {losses.real_probability:.2f}  D(G(z)) {losses.fake_probability:.2f}"
        )

    def resume(self) -> None:
        """Continue from the folder's checkpoint. Raises CheckpointError when it is absent or does not fit."""
        content = load_checkpoint(self.out / CHECKPOINT_FILE, CHECKPOINT_KIND)
        saved = recipe_from_plain(content["recipe"])
        if saved.net != self.trainer.recipe.net or tuple(content["names"]) != self.pictures.names:
            raise CheckpointError(
                "the checkpoint has other widths or other classes than this recipe and data"
            )
        self.trainer.load_state(content["state"])
        self.seconds = content["seconds"]
        self.history = [Losses(*row) for row in content["history"].tolist()]

    def save(self, seconds_now: float) -> None:
        """Write the checkpoint and the loss curves; ``seconds_now`` is the training time of this call."""
        content: dict[str, Any] = {
            "recipe": recipe_to_plain(self.trainer.recipe),
            "names": list(self.pictures.names),
            "present": self.trainer.sampler.present.tolist(),
            "images": len(self.pictures.images),
            "seconds": self.seconds + seconds_now,
            "history": torch.tensor(self.history, dtype=torch.float64).reshape(-1, len(Losses._fields)),
            "torch": str(torch.__version__),
            "state": self.trainer.state(),
        }
        save_checkpoint(self.out / CHECKPOINT_FILE, CHECKPOINT_KIND, content)
        save_curves(self.out / "losses.png", self.history, CURVES)

    def save_sample_sheet(self) -> None:
        """Write the samples of this step, from the generator that the recipe exports."""
        trainer = self.trainer
        maker = trainer.picture_maker(trainer.recipe.run.export_average, batches=4)
        present = trainer.sampler.present
        rows = sample_rows(maker, present, trainer.layout, trainer.recipe.net.code_scale)
        labels = [self.pictures.names[index] for index in present.tolist()] if self.pictures.names else []
        save_sheet(self.out / "sheets" / f"step_{trainer.steps_done:06d}.png", rows, labels)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used."""
    options = _parser().parse_args(argv)
    if options.threads:
        torch.set_num_threads(options.threads)
    # Adam's moments of rarely used weights sink into denormal numbers, which the CPU handles very slowly
    torch.set_flush_denormal(True)
    try:
        recipe = load_recipe(options.recipe)
        run = _open_run(recipe, options.data, options.out, options.resume)
    except (RecipeError, DataError, CheckpointError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    train(run, Limits(min(options.steps or recipe.run.steps, recipe.run.steps), options.minutes))
    print(f"{run.trainer.steps_done} steps done; checkpoint, sheets and losses.png are in {options.out}")
    return 0


def _open_run(recipe: DCGANRecipe, data: Path, out: Path, resume: bool) -> Run:
    if not resume and (out / CHECKPOINT_FILE).exists():
        raise CheckpointError(f"{out} holds a run already; add --resume to go on, or choose another --out")
    pictures = load_pictures(data, recipe.data.pattern, recipe.data.periodic, NETWORK_PX)
    _report(pictures)
    out.mkdir(parents=True, exist_ok=True)
    run = Run(DCGANTrainer(recipe, pictures), pictures, out)
    if resume:
        run.resume()
        print(f"resumed at step {run.trainer.steps_done}", file=sys.stderr)
    return run


def _report(pictures: PictureSet) -> None:
    present = len(set(pictures.classes.tolist())) if pictures.names else 0
    print(f"{len(pictures.images)} pictures in {present} classes", file=sys.stderr)
    if 0 < present < len(pictures.names):
        print(f"note: {len(pictures.names) - present} families have no pictures", file=sys.stderr)
    if pictures.skipped:
        print(f"warning: {len(pictures.skipped)} files skipped:", file=sys.stderr)
        for line in pictures.skipped[:20]:
            print(f"  {line}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.train.dcgan",
        description="Train the reference DCGAN on a folder of pictures; sub-folders are classes.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--recipe", type=Path, required=True, help="TOML file with every setting")
    parser.add_argument(
        "--data", type=Path, required=True, help="folder of pictures, or of one folder per class"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint, sheets and curves")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument("--steps", type=int, help="end at this step, if the recipe does not end before")
    parser.add_argument("--minutes", type=float, help="end this call after so many minutes")
    parser.add_argument("--threads", type=int, help="CPU threads; all physical cores when left out")
    return parser


if __name__ == "__main__":
    sys.exit(main())
