"""Command that trains the cut detector on films that it makes up from rendered pictures and clips (see ``run.py``).

Its sheets show a held-out transition of each kind, with what the network says under each frame.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from torch import Tensor

from .cut_files import load_clips, load_pictures_for_scenes
from .cut_films import KINDS
from .cut_recipe import load_cut_recipe
from .cut_sheets import transition_rows
from .cut_sources import SceneSource
from .cut_trainer import CutLosses, CutTrainer
from .run import TrainingRun, run_parser, train_in_folder

__all__ = ["CutRun", "main"]

EXAMPLES = """examples:
  python -m ml.train.cuts --recipe ml/configs/cut_detector.toml --data data/whole/train --test data/whole/test \\
      --out runs/cuts
  python -m ml.train.cuts --recipe my.toml --data data/whole/train --test data/whole/test \\
      --clips data/films/train --test-clips data/films/test --out runs/mine --minutes 60
"""


class CutRun(TrainingRun):
    """A run of the cut detector."""

    kind = "cut_detector"
    losses = CutLosses
    curves = (
        ("cross-entropy", {"cut or middle": 0, "within": 1}),
        ("cross-entropy", {"kind": 2}),
        ("F1 on held-out films", {"F1": 3}),
    )
    trainer: CutTrainer

    def words(self, losses: CutLosses) -> str:
        """Cross-entropies and the last F1."""
        return f"moment {losses.moment:.4f}  within {losses.within:.4f}  kind {losses.kind:.3f}  F1 {losses.f1:.3f}"

    def save_sample_sheet(self) -> None:
        """Judge the network, then show what it says."""
        f1 = self.trainer.judge()
        print(f"step {self.steps_done}: F1 {f1:.3f} on held-out films", file=sys.stderr)
        super().save_sample_sheet()

    def sample_rows(self) -> Tensor:
        """A held-out transition of each kind."""
        return transition_rows(self.trainer.average, self.trainer.held_out_films())


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used."""
    parser = run_parser("ml.train.cuts", "Train the cut detector on films made up from renders.", EXAMPLES)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of rendered pictures")
    parser.add_argument("--test", type=Path, nargs="+", required=True, help="folders of held-out pictures")
    parser.add_argument("--clips", type=Path, nargs="+", default=(), help="folders of rendered clips (.npz)")
    parser.add_argument("--test-clips", type=Path, nargs="+", default=(), help="folders of held-out clips")
    options = parser.parse_args(argv)

    def open_run() -> CutRun:
        recipe = load_cut_recipe(options.recipe)
        sources = [
            SceneSource(
                load_pictures_for_scenes(pictures, recipe.data.pattern),
                load_clips(clips),
                recipe.data.clip_share,
            )
            for pictures, clips in ((options.data, options.clips), (options.test, options.test_clips))
        ]
        print(f"{sources[0].count} pictures and clips, {sources[1].count} held out", file=sys.stderr)
        return CutRun(CutTrainer(recipe, *sources), KINDS, sources[0].count, options.out)

    return train_in_folder(options, open_run)


if __name__ == "__main__":
    sys.exit(main())
