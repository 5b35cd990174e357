"""Command that trains the characters' enlarger on large renders of ``ml.datagen.characters`` (see ``run.py``).

Its sheets show heads of held-out views on grey: only made smaller and interpolated, enlarged by the network, and as
they were rendered.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..infer.upscale import enlarge_cutout
from ..nets.enlarger import CleanCutouts
from .enlarger_data import load_large_views, reduced, weighed
from .enlarger_recipe import load_enlarger_recipe
from .enlarger_trainer import EnlargerLosses, EnlargerTrainer, laid_on
from .run import TrainingRun, print_skipped, run_parser, train_in_folder
from .sheets import to_bytes

__all__ = ["EnlargerRun", "interpolated", "main", "sheet_rows"]

SHOWN = 4
_GREY = 0.46

EXAMPLES = """examples:
  python -m ml.train.enlarger --recipe ml/configs/character_enlarger.toml --data data/large/train \\
      --test data/large/test --out runs/enlarger
  python -m ml.train.enlarger --recipe my.toml --data data/large/train --test data/large/test --out runs/mine --resume
"""


class EnlargerRun(TrainingRun):
    """A run of the enlarger."""

    kind = "character_enlarger"
    losses = EnlargerLosses
    curves = (
        ("mean absolute error", {"colours": 0, "alpha": 1}),
        ("dB", {"PSNR on held-out views": 2}),
    )
    trainer: EnlargerTrainer

    def words(self, losses: EnlargerLosses) -> str:
        """Errors and the last PSNR."""
        return f"colours {losses.colours:.4f}  alpha {losses.alpha:.4f}  PSNR {losses.psnr:.2f} dB"

    def save_sample_sheet(self) -> None:
        """Judge the network, then show what it makes."""
        print(f"step {self.steps_done}: {self.trainer.judge():.2f} dB on held-out views", file=sys.stderr)
        super().save_sample_sheet()

    def sample_rows(self) -> Tensor:
        """The heads of the first held-out views."""
        return sheet_rows(
            CleanCutouts(self.trainer.shipped), self.trainer.judged, self.trainer.recipe.net.factor
        )


def sheet_rows(enlarge: torch.nn.Module, views: Sequence[Tensor], factor: int) -> Tensor:
    """uint8 (rows, 3, 3, S, S): heads of some weighed views of one size: interpolated, enlarged, real."""
    same = [view for view in views if view.shape == views[0].shape]
    # the views of one character follow each other
    rows = [_head(enlarge, view, factor) for view in same[:: max(1, len(same) // SHOWN)][:SHOWN]]
    return torch.stack(rows)


def _head(enlarge: torch.nn.Module, view: Tensor, factor: int) -> Tensor:
    """uint8 (3, 3, S, S)."""
    small = reduced(view[None], factor)
    side = view.shape[2] // 2
    middle = int((view[3].sum(0) * torch.arange(view.shape[2])).sum() / view[3].sum())
    top = min(int((view[3] > 0).any(1).nonzero()[0, 0]), view.shape[1] - side)
    left = min(max(middle - side // 2, 0), view.shape[2] - side)
    each = torch.stack([interpolated(small[0], factor), enlarge(small)[0], view])
    return to_bytes(laid_on(each, _GREY)[:, :, top : top + side, left : left + side] * 2 - 1)


def interpolated(small: Tensor, factor: int) -> Tensor:
    """A weighed view (4, h, w) as the worker enlarges it without a network (Lanczos), weighed again."""
    alpha = small[3:]
    straight = torch.cat([small[:3] / alpha.clamp(min=1e-6), alpha]).clamp(0, 1)
    size_px = (small.shape[2] * factor, small.shape[1] * factor)
    return weighed(enlarge_cutout(straight.numpy().astype(np.float32), size_px))


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used."""
    parser = run_parser("ml.train.enlarger", "Train the characters' enlarger on large renders.", EXAMPLES)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of rendered characters")
    parser.add_argument("--test", type=Path, nargs="+", required=True, help="folders of held-out characters")
    options = parser.parse_args(argv)

    def open_run() -> EnlargerRun:
        recipe = load_enlarger_recipe(options.recipe)
        (train, skipped), (held_out, also) = (
            load_large_views(folders, recipe.net.factor) for folders in (options.data, options.test)
        )
        print(f"{len(train.pixels)} views to train on, {len(held_out.pixels)} held out", file=sys.stderr)
        print_skipped((*skipped, *also))
        return EnlargerRun(EnlargerTrainer(recipe, train, held_out), (), len(train.pixels), options.out)

    return train_in_folder(options, open_run)


if __name__ == "__main__":
    sys.exit(main())
