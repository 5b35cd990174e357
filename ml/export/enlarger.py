"""Command that turns a checkpoint of the characters' enlarger into a shipped model.

The network is written as ONNX and must match torch; the exported file is measured on held-out renders, beside plain
interpolation; only then its card, page and sheet are written.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ..infer.cards import EnlargerCard, TensorSpec
from ..nets.enlarger import CleanCutouts, Enlarger
from ..train.checkpoint import CheckpointError, load_checkpoint
from ..train.data import DataError
from ..train.enlarger import EnlargerRun, interpolated, sheet_rows
from ..train.enlarger_data import LargeViews, load_large_views, weighed
from ..train.enlarger_recipe import EnlargerRecipe, enlarger_recipe_from_plain
from ..train.recipe import RecipeError
from ..train.run import print_skipped
from ..train.sheets import save_sheet
from .card import About, PageWords, TrainingFacts, file_sha256, write_card, write_page
from .enlarger_figures import enlarger_metrics
from .parity import SEEDS, ParityError, measure_painter_parity, painter_function
from .to_onnx import OPSET, export_enlarger

__all__ = ["TrainedEnlarger", "main", "open_enlarger", "write_enlarger"]

OUTPUT = "large"

EXAMPLES = """example:
  python -m ml.export.enlarger --checkpoint runs/enlarger/checkpoint.pt --test data/large/test --out ml/models \\
      --page docs/models
"""


@dataclass(frozen=True, slots=True, eq=False)
class TrainedEnlarger:
    """An enlarger ready for export, in evaluation mode, and what its checkpoint says about it."""

    enlarger: Enlarger
    recipe: EnlargerRecipe
    steps: int
    minutes: float
    images: int
    torch_version: str


def open_enlarger(path: Path) -> TrainedEnlarger:
    """The weights of a checkpoint that the recipe ships. Raises CheckpointError or RecipeError."""
    content = load_checkpoint(path, EnlargerRun.kind)
    recipe = enlarger_recipe_from_plain(content["recipe"])
    enlarger = Enlarger(recipe.net)
    enlarger.load_state_dict(content["state"]["average" if recipe.run.export_average else "network"])
    return TrainedEnlarger(
        enlarger.eval().requires_grad_(False),
        recipe,
        content["state"]["steps"],
        content["seconds"] / 60,
        content["images"],
        content["torch"],
    )


def write_enlarger(
    trained: TrainedEnlarger, folder: Path, page: Path, data_note: str, held_out: LargeViews
) -> EnlargerCard:
    """Export into ``folder`` (a version of a model), with page and sheet in ``page``; returns the card.

    Raises ParityError when the file does not match torch. Whatever stops it, a model that lay in ``folder`` stays
    as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page.mkdir(parents=True, exist_ok=True)
    draft, factor = folder / "draft.onnx", trained.recipe.net.factor
    try:
        export_enlarger(trained.enlarger, draft)
        inputs = [_any_picture(seed) for seed in SEEDS]
        parity = measure_painter_parity(CleanCutouts(trained.enlarger), draft, inputs, OUTPUT)
        print(f"parity: largest difference {parity.max_abs_error:.2e} over {len(SEEDS)} seeds")
        run = painter_function(draft, OUTPUT)

        def network(view: Tensor) -> Tensor:
            return torch.from_numpy(run({"pictures": view[None].numpy()})[0])

        def plain(view: Tensor) -> Tensor:
            return interpolated(view, factor)

        metrics = enlarger_metrics(network, plain, held_out, factor, trained.recipe.data)
        card = _card(trained, draft)
        about = About(_training_facts(trained, data_note), parity, metrics, _limits(factor))
        draft.replace(folder / card.file)
        write_card(card, about, folder / "card.json")
    finally:
        draft.unlink(missing_ok=True)
    sheet = f"{card.name}_samples.png"
    shown = [weighed(pixels) for pixels in held_out.pixels]
    save_sheet(page / sheet, sheet_rows(CleanCutouts(trained.enlarger), shown, factor), ())
    write_page(card, about, _page_words(factor), page / f"{card.name}.md", sheet)
    return card


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when exported, 2 when checkpoint or data cannot be used, 3 when parity fails."""
    options = _parser().parse_args(argv)
    try:
        trained = open_enlarger(options.checkpoint)
        held_out, skipped = load_large_views(options.test, trained.recipe.net.factor)
        print_skipped(skipped)
        folder = options.out / trained.recipe.name / options.version
        card = write_enlarger(trained, folder, options.page, options.data_note, held_out)
    except (CheckpointError, RecipeError, DataError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ParityError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    print(f"{card.name} version {card.version} written to {folder}")
    return 0


def _any_picture(seed: int) -> dict[str, npt.NDArray[np.float32]]:
    """Noise in a size of the seed's own, weighed by an alpha of noise."""
    rng = np.random.default_rng(seed)
    picture = rng.random((1, 4, 16 + 3 * seed, 48 - seed), np.float32)
    picture[:, :3] *= picture[:, 3:]
    return {"pictures": picture}


def _card(trained: TrainedEnlarger, file: Path) -> EnlargerCard:
    factor = trained.recipe.net.factor
    return EnlargerCard(
        name=trained.recipe.name,
        version=file.parent.name,
        task="enlarging",
        file="model.onnx",
        sha256=file_sha256(file),
        opset=OPSET,
        inputs=(TensorSpec("pictures", "float32", ("1", "4", "rows", "columns")),),
        outputs=(TensorSpec(OUTPUT, "float32", ("1", "4", f"{factor}*rows", f"{factor}*columns")),),
        families=(),
        licence="CC0-1.0",
        factor=factor,
    )


def _training_facts(trained: TrainedEnlarger, data_note: str) -> TrainingFacts:
    average = trained.recipe.run.export_average
    return TrainingFacts(
        recipe=trained.recipe,
        steps=trained.steps,
        minutes=round(trained.minutes, 1),
        images=trained.images,
        data=data_note,
        weights="the running average of the weights" if average else "the last weights",
        torch=trained.torch_version,
    )


def _limits(factor: int) -> tuple[str, ...]:
    return (
        "It was shown rendered characters on a clear ground and nothing else.",
        "It draws edges and surfaces clean; it invents no detail that the small picture does not hint at.",
        f"It makes pictures {factor} times as wide and high; other sizes are interpolated from that.",
    )


def _page_words(factor: int) -> PageWords:
    return PageWords(
        lead=f"Enlarges cut-out pictures of characters {factor} times, with clean edges.",
        sheet=(
            "Heads of held-out characters on grey: made small and enlarged by interpolation (Lanczos), the same by "
            "the network, and as they were rendered."
        ),
        interface=(
            "Input `pictures`: float32 (1, 4, rows, columns): RGBA, sRGB-encoded, 0 to 1, colours times alpha.",
            f"Output `large`: the same, {factor} times as wide and high; no colour is above its alpha.",
        ),
        picture="Heads: interpolated, enlarged, rendered",
        counted="views",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.export.enlarger",
        description="Export a checkpoint of the characters' enlarger as ONNX, with parity, figures and model card.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt of a training run")
    parser.add_argument(
        "--test", type=Path, nargs="+", required=True, help="folders of held-out large renders"
    )
    parser.add_argument("--out", type=Path, required=True, help="model repository, for example ml/models")
    parser.add_argument("--version", default="1", help="version folder to write (default: %(default)s)")
    parser.add_argument("--page", type=Path, default=Path("docs/models"), help="folder for page and sheet")
    parser.add_argument(
        "--data-note",
        default="views 768 pixels high, rendered by ml.datagen.characters with Blender's Cycles, CC0",
        help="what the pictures are, for the card (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
