"""Command that trains the shot describer on rendered shots (see ``run.py``).

Beside checkpoint and curves a run leaves ``held_out.tsv``, the macro-F1 of every field on shots that are held out of
the training renders, and sheets of shots with truth, guesses and sentence. The best weights on the held-out shots
are kept beside the last ones; the export takes those. Folders of test renders are for the sheets alone: nothing is
chosen by them.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .data import DataError
from .run import TrainingRun, run_parser, train_in_folder
from .shot_data import ShotSet, join_sets, load_shots, split_set
from .shot_flows import ShotFlows, load_flows
from .shot_recipe import ShotRecipe, load_shot_recipe
from .shot_scores import mean_score
from .shot_sheet import draw_shot_rows
from .shot_trainer import ShotLosses, ShotTrainer
from .shot_vocabulary import train_vocabulary

__all__ = ["SCORES_FILE", "ShotRun", "main", "open_shots", "spread"]

SHEET_SHOTS = 12
SCORES_FILE = "held_out.tsv"

EXAMPLES = """examples:
  python -m ml.train.shots --recipe ml/configs/shot_describer.toml --data data/shots/train \\
      --flows data/shots/flows.npz --test data/shots/test --out runs/shots
  python -m ml.train.shots --recipe my.toml --data data/shots/train --out runs/mine --minutes 60
  python -m ml.train.shots --recipe my.toml --data data/shots/train --out runs/mine --resume
"""


class ShotRun(TrainingRun):
    """A run of the shot describer."""

    kind = "shots"
    losses = ShotLosses
    curves = (
        ("cross-entropy", {"fields": 0, "sentence": 1}),
        ("share right while training", {"movement": 2, "words": 3}),
    )
    trainer: ShotTrainer

    def __init__(self, trainer: ShotTrainer, shown: ShotSet, out: Path) -> None:
        """shown: the shots of the sample sheets."""
        super().__init__(trainer, (), len(trainer.train.names), out)
        self.shown = shown

    def words(self, losses: ShotLosses) -> str:
        """Both losses, what is right while training, and the best so far on held-out shots."""
        best = self.trainer.best_score
        return (
            f"fields {losses.fields:.3f}  sentence {losses.sentence:.3f}  "
            f"movement {losses.movement_right:.2f}  words {losses.words_right:.2f}  "
            f"best {best if best > 0 else 0:.3f}"
        )

    def save_sample_sheet(self) -> None:
        """Measure the averaged network on the held-out shots, and show what it says of some others."""
        scores = self.trainer.evaluate()
        path = self.out / SCORES_FILE
        if not path.exists():
            names = "\t".join(score.field for score in scores)
            path.write_text(f"step\tmean\t{names}\n", encoding="utf-8")
        with path.open("a", encoding="utf-8") as file:
            figures = "\t".join(f"{score.macro_f1:.4f}" for score in scores)
            file.write(f"{self.steps_done}\t{mean_score(scores):.4f}\t{figures}\n")
        coarse = next(score for score in scores if score.field == "movement (coarse)")
        print(
            f"\nheld out, step {self.steps_done}: mean macro-F1 {mean_score(scores):.3f}, "
            f"coarse movement {coarse.macro_f1:.3f} (n = {coarse.n})",
            file=sys.stderr,
        )
        super().save_sample_sheet()

    def sample_rows(self) -> Tensor:
        """A row a shot."""
        return draw_shot_rows(self.trainer.average, self.trainer.vocabulary, self.shown)


def open_shots(folders: Sequence[Path]) -> ShotSet:
    """The shots of all these folders; names carry the folders', so that two 000001 stay two."""
    sets = []
    for folder in folders:
        shots = load_shots(folder)
        named = "/".join(folder.resolve().parts[-2:])
        names = tuple(f"{named}/{name}" for name in shots.names)
        sets.append(replace(shots, names=names))
    return join_sets(sets)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used."""
    parser = run_parser("ml.train.shots", "Train the shot describer on rendered shots.", EXAMPLES)
    parser.add_argument("--data", type=Path, required=True, nargs="+", help="folders of rendered shots")
    parser.add_argument("--test", type=Path, nargs="+", help="folders of test shots, for the sample sheets")
    parser.add_argument("--flows", type=Path, nargs="+", help="files of motion without pictures")
    options = parser.parse_args(argv)

    def open_run() -> ShotRun:
        recipe = load_shot_recipe(options.recipe)
        train, held_out = split_set(open_shots(options.data), recipe.data.held_out)
        print(f"{len(train.names)} shots to train on, {len(held_out.names)} held out", file=sys.stderr)
        shown = spread(open_shots(options.test) if options.test else held_out)
        flows = load_flows(options.flows) if options.flows else None
        if max(recipe.data.flows, recipe.data.flows_still) > 0 and flows is None:
            raise DataError("the recipe wants motion without pictures: name files of it with --flows")
        return ShotRun(_trainer(recipe, train, held_out, flows), shown, options.out)

    return train_in_folder(options, open_run)


def _trainer(recipe: ShotRecipe, train: ShotSet, held_out: ShotSet, flows: ShotFlows | None) -> ShotTrainer:
    vocabulary = train_vocabulary(recipe.optimiser.seed)
    print(f"{len(vocabulary.words)} words", file=sys.stderr)
    trainer = ShotTrainer(recipe, train, held_out, vocabulary, flows)
    millions = sum(weight.numel() for weight in trainer.network.parameters()) / 1e6
    print(f"{millions:.1f} million parameters, {torch.get_num_threads()} threads", file=sys.stderr)
    if recipe.optimiser.batch > len(train.names):
        raise DataError(f"{len(train.names)} shots are fewer than a batch of {recipe.optimiser.batch}")
    return trainer


def spread(shots: ShotSet) -> ShotSet:
    """A few of them, from the first to the last."""
    count = len(shots.names)
    return shots.part(np.unique(np.linspace(0, count - 1, min(SHEET_SHOTS, count)).astype(np.int64)))


if __name__ == "__main__":
    sys.exit(main())
