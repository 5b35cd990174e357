"""Command that trains the texture studio's network on renders of ``ml.datagen.materials``, after a recipe.

Writes into its output folder: ``checkpoint.pt`` (everything, for --resume and for the export), ``sheets/``
(pictures from held guides and noise, beside the renders that the guides belong to) and ``losses.png``. Ends
after the recipe's steps, after --steps or --minutes, or at Ctrl+C, always with a checkpoint.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch

from ..families import FAMILIES
from .checkpoint import CheckpointError, load_checkpoint, save_checkpoint
from .data import DataError
from .guided_data import load_renders
from .guided_recipe import GuidedRecipe, guided_recipe_from_plain, load_guided_recipe
from .guided_trainer import GuidedLosses, GuidedTrainer
from .loop import Limits, train
from .recipe import RecipeError, RunRecipe, recipe_to_plain
from .sheets import save_curves, save_sheet, to_bytes

__all__ = ["CHECKPOINT_KIND", "main"]

CHECKPOINT_KIND = "guided"
CHECKPOINT_FILE = "checkpoint.pt"
CURVES = (
    ("relativistic loss", {"discriminator": 0, "generator": 1}),
    ("", {"error of the controls": 2, "logit of real over generated": 3}),
)

EXAMPLES = """examples:
  python -m ml.train.guided --recipe ml/configs/texture_studio.toml --data data/whole/train data/close/train \\
      --out runs/studio
  python -m ml.train.guided --recipe my.toml --data data/whole/train --out runs/mine --minutes 60
  python -m ml.train.guided --recipe my.toml --data data/whole/train --out runs/mine --resume
"""


@dataclass(slots=True)
class Run:
    """A run in its folder: the trainer and what is known of its past."""

    trainer: GuidedTrainer
    renders: int
    out: Path
    seconds: float = 0.0
    """Training time of earlier calls."""
    history: list[GuidedLosses] = field(default_factory=list)

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
            f"D {losses.discriminator:.3f}  G {losses.generator:.3f}  controls {losses.controls:.3f}  "
            f"margin {losses.margin:+.2f}"
        )

    def resume(self) -> None:
        """Continue from the folder's checkpoint. Raises CheckpointError when it is absent or does not fit."""
        content = load_checkpoint(self.out / CHECKPOINT_FILE, CHECKPOINT_KIND)
        saved = guided_recipe_from_plain(content["recipe"])
        if saved.net != self.trainer.recipe.net or tuple(content["names"]) != _names():
            raise CheckpointError(
                "the checkpoint has other widths or other families than this recipe and data"
            )
        self.trainer.load_state(content["state"])
        self.seconds = content["seconds"]
        self.history = [GuidedLosses(*row) for row in content["history"].tolist()]

    def save(self, seconds_now: float) -> None:
        """Write the checkpoint and the curves; ``seconds_now`` is the training time of this call."""
        content = {
            "recipe": recipe_to_plain(self.trainer.recipe),
            "names": list(_names()),
            "present": self.trainer.sampler.present,
            "images": self.renders,
            "seconds": self.seconds + seconds_now,
            "history": torch.tensor(self.history, dtype=torch.float64).reshape(-1, len(GuidedLosses._fields)),
            "torch": str(torch.__version__),
            "state": self.trainer.state(),
        }
        save_checkpoint(self.out / CHECKPOINT_FILE, CHECKPOINT_KIND, content)
        save_curves(self.out / "losses.png", self.history, CURVES)

    @torch.no_grad()
    def save_sample_sheet(self) -> None:
        """Per family the albedo of four pictures, the first one's render before it, and its height after it."""
        trainer = self.trainer
        # a stream of its own: every sheet shows the same guides with the same noise
        rng = torch.Generator().manual_seed(7)
        rows = []
        for family in trainer.sampler.present:
            batch = trainer.sampler.take([family] * 4, rng)
            made = trainer.without_halo(trainer.average(*trainer.inputs(batch, rng)))
            pictures = [batch.maps[:1, :3], made[:, :3], made[:1, 3:4].expand(-1, 3, -1, -1)]
            rows.append(to_bytes(torch.cat(pictures) * 2 - 1))
        labels = [_names()[index] for index in trainer.sampler.present]
        save_sheet(self.out / "sheets" / f"step_{trainer.steps_done:06d}.png", torch.stack(rows), labels)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used."""
    options = _parser().parse_args(argv)
    if options.threads:
        torch.set_num_threads(options.threads)
    # Adam's moments of rarely used weights sink into denormal numbers, which the CPU handles very slowly
    torch.set_flush_denormal(True)
    try:
        recipe = load_guided_recipe(options.recipe)
        run = _open_run(recipe, options.data, options.out, options.resume)
    except (RecipeError, DataError, CheckpointError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    train(run, Limits(min(options.steps or recipe.run.steps, recipe.run.steps), options.minutes))
    print(f"{run.steps_done} steps done; checkpoint, sheets and losses.png are in {options.out}")
    return 0


def _names() -> tuple[str, ...]:
    return tuple(family.id for family in FAMILIES)


def _open_run(recipe: GuidedRecipe, folders: Sequence[Path], out: Path, resume: bool) -> Run:
    if not resume and (out / CHECKPOINT_FILE).exists():
        raise CheckpointError(f"{out} holds a run already; add --resume to go on, or choose another --out")
    renders, skipped = load_renders(folders, recipe.data)
    present = len({render.family for render in renders})
    print(f"{len(renders)} renders of {present} families", file=sys.stderr)
    if skipped:
        print(f"warning: {len(skipped)} renders skipped:", file=sys.stderr)
        for line in skipped[:20]:
            print(f"  {line}", file=sys.stderr)
    out.mkdir(parents=True, exist_ok=True)
    run = Run(GuidedTrainer(recipe, renders, len(FAMILIES)), len(renders), out)
    if resume:
        run.resume()
        print(f"resumed at step {run.steps_done}", file=sys.stderr)
    return run


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.train.guided",
        description="Train the texture studio's network on rendered materials with their guides.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--recipe", type=Path, required=True, help="TOML file with every setting")
    parser.add_argument("--data", type=Path, required=True, nargs="+", help="folders of renders, by family")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint, sheets and curves")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument("--steps", type=int, help="end at this step, if the recipe does not end before")
    parser.add_argument("--minutes", type=float, help="end this call after so many minutes")
    parser.add_argument("--threads", type=int, help="CPU threads; all physical cores when left out")
    return parser


if __name__ == "__main__":
    sys.exit(main())
