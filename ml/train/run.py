"""A training run in its folder, and the command line that every training has.

A run writes ``checkpoint.pt`` (everything, for --resume and for the export), ``sheets/`` (what the network makes,
every so many steps) and ``losses.png``. It ends after the recipe's steps, after --steps or --minutes, or at
Ctrl+C, always with a checkpoint.
"""

import argparse
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

import torch
from torch import Tensor

from .checkpoint import CheckpointError, load_checkpoint, save_checkpoint
from .data import DataError
from .loop import Ended, Limits, train
from .recipe import RecipeError, RunRecipe, recipe_to_plain
from .sheets import save_curves, save_sheet

__all__ = [
    "CHECKPOINT_FILE",
    "Trainer",
    "TrainingRun",
    "print_skipped",
    "run_parser",
    "run_to_end",
    "train_in_folder",
]

CHECKPOINT_FILE = "checkpoint.pt"
SKIPPED_SHOWN = 20


class Trainer(Protocol):
    """Networks under training, of whatever kind; no files, no clock."""

    @property
    def recipe(self) -> Any:
        """With the sections ``net``, ``optimiser`` and ``run``."""

    @property
    def present(self) -> Sequence[int]:
        """Indices of the classes that have data."""

    @property
    def steps_done(self) -> int: ...
    def step(self) -> Any:
        """One update; returns a NamedTuple of figures."""

    def state(self) -> dict[str, Any]: ...
    def load_state(self, state: dict[str, Any]) -> None: ...


class TrainingRun(ABC):
    """The trainer, and what is known of its past; a subclass per kind of network."""

    kind: ClassVar[str]
    """Of its checkpoints."""
    losses: ClassVar[type]
    """The NamedTuple of floats that the trainer's step returns."""
    curves: ClassVar[Sequence[tuple[str, Mapping[str, int]]]]
    """As ``save_curves`` takes them."""

    def __init__(self, trainer: Trainer, names: tuple[str, ...], pictures: int, out: Path) -> None:
        self.trainer = trainer
        self.names = names
        self.pictures = pictures
        self.out = out
        self.seconds = 0.0
        """Training time of earlier calls."""
        self.history: list[Any] = []
        self.ended: Ended | None = None
        """Why the last call of ``train_in_folder`` ended; None before."""

    @abstractmethod
    def words(self, losses: Any) -> str:
        """The figures of one step for the progress line."""

    @abstractmethod
    def sample_rows(self) -> Tensor:
        """uint8 (rows, columns, 3, H, W): what the network makes now, a row per class, the same inputs always."""

    @property
    def settings(self) -> RunRecipe:
        """How long, and what is left on the way."""
        settings: RunRecipe = self.trainer.recipe.run
        return settings

    @property
    def batch(self) -> int:
        """Pictures per step."""
        batch: int = self.trainer.recipe.optimiser.batch
        return batch

    @property
    def steps_done(self) -> int:
        """Steps of the whole run so far."""
        return self.trainer.steps_done

    @property
    def asked_to_end(self) -> bool:
        """True when something other than a signal asks for the end; never, unless a kind of run knows of one."""
        return False

    def step(self) -> str:
        """Do one step; returns its figures in words."""
        losses = self.trainer.step()
        self.history.append(losses)
        return self.words(losses)

    def resume(self) -> None:
        """Continue from the folder's checkpoint. Raises CheckpointError when it is absent or does not fit."""
        content = load_checkpoint(self.out / CHECKPOINT_FILE, self.kind)
        wanted = recipe_to_plain(self.trainer.recipe)["net"]
        if content["recipe"]["net"] != wanted or tuple(content["names"]) != self.names:
            raise CheckpointError(
                "the checkpoint has other widths or other classes than this recipe and data"
            )
        self.trainer.load_state(content["state"])
        self.seconds = content["seconds"]
        self.history = [self.losses(*row) for row in content["history"].tolist()]

    def save(self, seconds_now: float) -> None:
        """Write the checkpoint and the curves; ``seconds_now`` is the training time of this call."""
        fields = self.losses._fields  # type: ignore[attr-defined]
        content = {
            "recipe": recipe_to_plain(self.trainer.recipe),
            "names": list(self.names),
            "present": list(self.trainer.present),
            "images": self.pictures,
            "seconds": self.seconds + seconds_now,
            "history": torch.tensor(self.history, dtype=torch.float64).reshape(-1, len(fields)),
            "torch": str(torch.__version__),
            "state": self.trainer.state(),
        }
        save_checkpoint(self.out / CHECKPOINT_FILE, self.kind, content)
        self.save_losses()

    def save_losses(self) -> None:
        """Draw the curves of the whole run."""
        save_curves(self.out / "losses.png", self.history, self.curves)

    @torch.no_grad()
    def save_sample_sheet(self) -> None:
        """Write the samples of this step."""
        save_sheet(
            self.out / "sheets" / f"step_{self.steps_done:06d}.png", self.sample_rows(), self.sheet_labels
        )

    @property
    def sheet_labels(self) -> list[str]:
        """A word for each row of the sheet."""
        return [self.names[index] for index in self.trainer.present] if self.names else []


def run_parser(module: str, description: str, examples: str) -> argparse.ArgumentParser:
    """The options that every training has; the caller adds --data."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {module}",
        description=description,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--recipe", type=Path, required=True, help="TOML file with every setting")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint, sheets and curves")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument("--steps", type=int, help="end at this step, if the recipe does not end before")
    parser.add_argument("--minutes", type=float, help="end this call after so many minutes")
    parser.add_argument("--threads", type=int, help="CPU threads; all physical cores when left out")
    return parser


def run_to_end(run: TrainingRun, options: argparse.Namespace) -> None:
    """Train until a limit of recipe or options, or until asked to end; ``run.ended`` says which."""
    if options.threads:
        torch.set_num_threads(options.threads)
    # Adam's moments of rarely used weights sink into denormal numbers, which the CPU handles very slowly
    torch.set_flush_denormal(True)
    steps = run.settings.steps
    run.ended = train(run, Limits(min(options.steps or steps, steps), options.minutes))


def train_in_folder(options: argparse.Namespace, open_run: Callable[[], TrainingRun]) -> int:
    """Train what ``open_run`` gives until a limit.

    Returns exit status 0 when trained, 2 when recipe, data or checkpoint cannot be used; the reason is printed.
    """
    out: Path = options.out
    try:
        if not options.resume and (out / CHECKPOINT_FILE).exists():
            raise CheckpointError(
                f"{out} holds a run already; add --resume to go on, or choose another --out"
            )
        run = open_run()
        out.mkdir(parents=True, exist_ok=True)
        if options.resume:
            run.resume()
            print(f"resumed at step {run.steps_done}", file=sys.stderr)
    except (RecipeError, DataError, CheckpointError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    run_to_end(run, options)
    print(f"{run.steps_done} steps done; checkpoint, sheets and losses are in {out}")
    return 0


def print_skipped(skipped: Sequence[str]) -> None:
    """Say which files were left out and why."""
    if skipped:
        print(f"warning: {len(skipped)} files skipped:", file=sys.stderr)
        for line in skipped[:SKIPPED_SHOWN]:
            print(f"  {line}", file=sys.stderr)
