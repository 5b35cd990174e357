"""From a folder's pictures to a family: opens the run, trains it, and makes the model."""

import argparse
import sys
from pathlib import Path

from ..infer.cards import MaterialCard
from ..infer.models import find_model, read_weights
from ..materials.own_family import OwnLayouts
from .checkpoint import CheckpointError
from .folder_data import prepare_data
from .folder_pictures import FolderError, FolderPictures
from .folder_run import FolderRun, FolderTrainer, starting_weights, with_steps
from .guided_recipe import load_guided_recipe
from .run import CHECKPOINT_FILE, run_to_end

__all__ = ["train_family"]

PAUSED = 3
FINISHED_FILE = "finished.pt"
_SHIPPED = "texture_studio"


def train_family(options: argparse.Namespace, found: FolderPictures) -> int:
    """Exit status 0 when the family is made, 3 when paused. Raises what ``folder.main`` tells the user of."""
    from ..export.onnx_weights import read_tensors
    from ..export.own_model import write_own_model

    backend = Path(__file__).resolve().parents[1]
    shipped = find_model(options.models or backend / "models", _SHIPPED, MaterialCard)
    recipe = load_guided_recipe(options.recipe or backend / "configs" / "folder.toml")
    try:
        recipe = with_steps(recipe, options.steps or recipe.run.steps, options.turn)
    except ValueError as error:
        raise FolderError(str(error)) from None
    data = prepare_data(found.pictures, recipe.data)
    weights = starting_weights(read_tensors(read_weights(shipped)), options.layout)
    layouts = OwnLayouts(options.name.strip(), data.guides, options.layout)
    if not options.resume and (options.run / CHECKPOINT_FILE).exists():
        raise CheckpointError(
            f"There is an unfinished training of this name in {options.run}. "
            "Resume it (--resume), or delete that folder to begin anew."
        )
    run = FolderRun(
        FolderTrainer(recipe, data, weights), layouts, len(found.pictures), options.run, found.notes
    )
    if options.resume:
        run.resume()
        print(f"resumed at step {run.steps_done}", file=sys.stderr)
    run.tell("training", figures="the first step")
    run_to_end(run, options)
    if run.ended == "asked" and not run.finish:
        run.tell("paused", message="Paused; resume to go on.")
        print(f"paused at step {run.steps_done}; --resume goes on", file=sys.stderr)
        return PAUSED
    run.tell("exporting")
    folder = write_own_model(run, shipped, options.out)
    if run.ended == "steps":
        # nothing is left to resume, and the next training of this name begins anew
        (options.run / CHECKPOINT_FILE).replace(options.run / FINISHED_FILE)
    run.tell("done", message=str(folder))
    print(f"{run.names[0]} ({layouts.label}) is in {folder}")
    return 0
