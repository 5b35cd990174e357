"""Command that turns a checkpoint of the texture studio's network into a shipped model.

Order: the averaged generator is written as ONNX and must match torch; the looks of the training renders are
collected for the card, so that a seed can choose one; the exported file itself is measured on held-out renders;
only then the card is written.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from ..families import FAMILIES
from ..infer.cards import FamilyLooks, MaterialCard, TensorSpec
from ..train.checkpoint import CheckpointError
from ..train.data import DataError
from ..train.guided_data import Render, load_renders
from ..train.recipe import RecipeError
from ..train.sheets import save_sheet, to_bytes
from .card import About, PageWords, TrainingFacts, file_sha256, write_card, write_page
from .guided_painter import (
    Trained,
    collect_looks,
    half_precision_difference,
    inputs_like,
    open_checkpoint,
    paint_like,
)
from .metrics import not_measured
from .parity import SEEDS, ParityError, measure_painter_parity
from .to_onnx import PAINTER_OPSET, export_painter

__all__ = ["main", "page_words", "write_model"]

SHEET_COLUMNS = 6

EXAMPLES = """example:
  python -m ml.export.guided --checkpoint runs/studio/checkpoint.pt --out ml/models --page docs/models \\
      --data data/whole/train data/close/train --test data/whole/test --classifier runs/classifier.pt
"""


def write_model(
    trained: Trained,
    folder: Path,
    page: Path,
    data_note: str,
    train: Sequence[Render],
    test: Sequence[Render],
) -> MaterialCard:
    """Export into ``folder`` (a version of a model), with page and sheet in ``page``; returns the card.

    Raises ParityError when the file does not match torch. Whatever stops it, a model that lay in ``folder`` stays
    as it was: the file takes its place only when its card is ready.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page.mkdir(parents=True, exist_ok=True)
    draft = folder / "draft.onnx"
    try:
        export_painter(trained.generator, trained.config, draft)
        inputs = [inputs_like(trained.config, train[seed % len(train)], seed) for seed in SEEDS]
        parity = measure_painter_parity(trained.generator, draft, inputs)
        print(f"parity: largest difference {parity.max_abs_error:.2e} over {len(SEEDS)} seeds")
        half = half_precision_difference(trained, inputs)
        print(f"weights rounded to 16 bits: largest difference {half[0]:.2e}, mean {half[1]:.2e}")
        card = _card(trained, draft, collect_looks(train, trained.names))
        metrics = not_measured("Not measured yet: bench.material_quality, then ml.export.guided_figures.")
        about = About(_training_facts(trained, data_note), parity, metrics, _limits(trained, half))
        draft.replace(folder / card.file)
        write_card(card, about, folder / "card.json")
    finally:
        draft.unlink(missing_ok=True)
    sheet = f"{card.name}_samples.jpg"
    _save_samples(trained, folder / card.file, test, page / sheet)
    write_page(card, about, page_words(card), page / f"{card.name}.md", sheet)
    return card


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when exported, 2 when checkpoint or data cannot be used, 3 when parity fails."""
    options = _parser().parse_args(argv)
    try:
        trained = open_checkpoint(options.checkpoint)
        train, _ = load_renders(options.data, trained.recipe.data)
        test, _ = load_renders(options.test, trained.recipe.data) if options.test else (train, ())
        folder = options.out / trained.recipe.name / options.version
        card = write_model(trained, folder, options.page, options.data_note, train, test)
    except (CheckpointError, RecipeError, DataError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ParityError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    print(f"{card.name} version {card.version} written to {folder}")
    return 0


def _save_samples(trained: Trained, file: Path, renders: Sequence[Render], path: Path) -> None:
    whole = [render for render in renders if render.whole] or list(renders)
    painted = paint_like(file, trained.config, whole, SHEET_COLUMNS)
    rows = torch.from_numpy(painted)[:, :3] * 2 - 1
    by_family = to_bytes(rows).reshape(-1, SHEET_COLUMNS, *rows.shape[1:])
    labels = [trained.names[index] for index in sorted({render.family for render in whole})]
    save_sheet(path, by_family, labels)


def _card(trained: Trained, file: Path, looks: tuple[FamilyLooks, ...]) -> MaterialCard:
    config = trained.config
    fine, coarse = ("16*rows", "16*columns"), ("rows", "columns")

    def tensor(name: str, channels: int, axes: tuple[str, ...] = ()) -> TensorSpec:
        return TensorSpec(name, "float32", ("1", f"{channels}", *axes))

    return MaterialCard(
        name=trained.recipe.name,
        version=file.parent.name,
        task="material",
        file="model.onnx",
        sha256=file_sha256(file),
        opset=PAINTER_OPSET,
        inputs=(
            tensor("guide", config.guide_channels, fine),
            tensor("grain", 1, fine),
            tensor("local", config.local_channels, coarse),
            tensor("style", config.style_channels),
            tensor("family", config.families),
            tensor("controls", config.control_channels),
        ),
        outputs=(tensor("maps", config.map_channels, fine),),
        families=trained.names,
        licence="CC0-1.0",
        local_channels=config.local_channels,
        style_channels=config.style_channels,
        looks=looks,
    )


def _training_facts(trained: Trained, data_note: str) -> TrainingFacts:
    return TrainingFacts(
        recipe=trained.recipe,
        steps=trained.steps,
        minutes=round(trained.minutes, 1),
        images=trained.images,
        data=data_note,
        weights="the running average of the generator's weights",
        torch=trained.torch_version,
    )


def _limits(trained: Trained, half: tuple[float, float]) -> tuple[str, ...]:
    limits = [
        "It paints a layout that is drawn for it; it invents no structure of its own.",
        "It has seen layouts of 128 to 1024 pixels; larger ones are painted as if they had 1024.",
        f"With weights rounded to 16 bits its maps differ by {half[0]:.1e} at most and {half[1]:.1e} on average.",
    ]
    untrained = sorted(set(range(len(trained.names))) - set(trained.present))
    if untrained:
        limits.append(f"Never trained: {', '.join(trained.names[index] for index in untrained)}.")
    if trained.names != tuple(family.id for family in FAMILIES):
        limits.append("Its families are not FilmAI's, so the panel cannot offer them.")
    return tuple(limits)


def page_words(card: MaterialCard) -> PageWords:
    """What the card's page says of the network in words."""
    words = {
        "guide": "the layout, 0 to 1: relief, cell, detail, wear",
        "grain": "standard-normal noise",
        "local": "standard-normal noise, a cell for 16 x 16 pixels",
        "style": "standard-normal noise: the look of the whole",
        "family": "weights of the families, which sum to 1",
        "controls": "colours, contrast, roughness, metallic and zoom, scaled as in `ml/controls.py`",
        "maps": "albedo (sRGB-encoded), height, roughness, metallic, 0 to 1",
    }
    return PageWords(
        lead="Paints a layout as a seamless material of a chosen family, all maps at once, in any size.",
        sheet=(
            "One row per family: pictures on the layouts and in the colours of held-out renders, whose "
            "parameters training never saw; noise is fixed by seed, nothing was picked."
        ),
        interface=tuple(
            f"{side} `{spec.name}`: {spec.dtype} ({', '.join(spec.axes)}): {words[spec.name]}."
            for side, specs in (("Input", card.inputs), ("Output", card.outputs))
            for spec in specs
        ),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.export.guided",
        description="Export a checkpoint of the texture studio's network as ONNX, with parity and model card.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt of a training run")
    parser.add_argument("--out", type=Path, required=True, help="model repository, for example ml/models")
    parser.add_argument("--version", default="1", help="version folder to write (default: %(default)s)")
    parser.add_argument("--page", type=Path, default=Path("docs/models"), help="folder for page and sheet")
    parser.add_argument(
        "--data", type=Path, nargs="+", required=True, help="folders of training renders: the card's looks"
    )
    parser.add_argument("--test", type=Path, nargs="+", help="folders of held-out renders, for the samples")
    parser.add_argument(
        "--data-note",
        default="rendered by ml.datagen with Blender's Cycles, CC0",
        help="what the pictures are, for the card (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
