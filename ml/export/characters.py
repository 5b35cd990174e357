"""Command that turns a checkpoint of the characters' network into a shipped model.

The averaged generator is written as ONNX and must match torch; only then its card, page and sheet are written. No
renders are needed: the guides are drawn by seed. Figures come after it, from ``bench.character_quality``.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ..characters.archetypes import ARCHETYPES, BUILDS
from ..characters.character import draw_character
from ..characters.network_inputs import CELL_PX
from ..characters.sculpture import PARTS, SURFACES
from ..infer.cards import CharacterCard, TensorSpec
from ..train.checkpoint import CheckpointError
from ..train.recipe import RecipeError
from .card import About, PageWords, TrainingFacts, file_sha256, write_card, write_page
from .character_painter import (
    TrainedCharacters,
    inputs_of,
    open_characters,
    save_character_sheet,
    sheet_characters,
)
from .metrics import not_measured
from .parity import SEEDS, ParityError, measure_painter_parity, painter_function
from .to_onnx import PAINTER_OPSET, export_characters

__all__ = ["character_words", "main", "write_characters"]

PARITY_SEEDS = SEEDS[:6]
OUTPUT = "pictures"

EXAMPLES = """example:
  python -m ml.export.characters --checkpoint runs/characters/checkpoint.pt --out ml/models --page docs/models
"""


def write_characters(trained: TrainedCharacters, folder: Path, page: Path, data_note: str) -> CharacterCard:
    """Export into ``folder`` (a version of a model), with page and sheet in ``page``; returns the card.

    Raises ParityError when the file does not match torch. Whatever stops it, a model that lay in ``folder`` stays
    as it was: the file takes its place only when its card is ready.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page.mkdir(parents=True, exist_ok=True)
    draft = folder / "draft.onnx"
    try:
        net = trained.recipe.net
        export_characters(trained.generator, trained.config, (net.width_px, net.height_px), draft)
        inputs = [
            inputs_of(draw_character(ARCHETYPES[2 * seed].id, seed, "test"), trained.recipe, seed)
            for seed in PARITY_SEEDS
        ]
        parity = measure_painter_parity(trained.generator, draft, inputs, OUTPUT)
        print(f"parity: largest difference {parity.max_abs_error:.2e} over {len(inputs)} characters")
        card = _card(trained, draft)
        metrics = not_measured("Not measured yet: bench.character_quality.")
        about = About(_training_facts(trained, data_note), parity, metrics, _limits(trained))
        draft.replace(folder / card.file)
        write_card(card, about, folder / "card.json")
    finally:
        draft.unlink(missing_ok=True)
    sheet = f"{card.name}_samples.jpg"
    paint = painter_function(folder / card.file, OUTPUT)
    save_character_sheet(paint, trained.recipe, sheet_characters(trained.present), page / sheet)
    write_page(card, about, character_words(card), page / f"{card.name}.md", sheet)
    return card


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when exported, 2 when the checkpoint cannot be used, 3 when parity fails."""
    options = _parser().parse_args(argv)
    try:
        trained = open_characters(options.checkpoint)
        folder = options.out / trained.recipe.name / options.version
        card = write_characters(trained, folder, options.page, options.data_note)
    except (CheckpointError, RecipeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ParityError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    print(f"{card.name} version {card.version} written to {folder}")
    return 0


def character_words(card: CharacterCard) -> PageWords:
    """What the card's page says of the network in words."""
    words = {
        "labels": "part and surface of each pixel, numbered as in the card; 0 is nothing",
        "relief": "depth, facing right, facing up, -1 to 1",
        "grain": "standard-normal noise",
        "local": "standard-normal noise, a cell for 16 x 16 pixels",
        "style": "standard-normal noise: the look of the whole; less of it is nearer to the average",
        "archetype": "weights of the archetypes, which sum to 1",
        "controls": "the colour of each surface as sRGB, -1 to 1, then 1 for the build that it is",
        "pictures": "RGBA, sRGB-encoded, 0 to 1, straight alpha",
    }
    return PageWords(
        lead=f"Paints a character in {len(card.views)} views at once ({', '.join(card.views)}), of guides.",
        sheet=(
            "One row per archetype, each character with all its views, in clothes and shapes that training never "
            "saw; noise is fixed by seed, nothing was picked."
        ),
        interface=tuple(
            f"{side} `{spec.name}`: {spec.dtype} ({', '.join(spec.axes)}): {words[spec.name]}."
            for side, specs in (("Input", card.inputs), ("Output", card.outputs))
            for spec in specs
        ),
        picture="Samples, one row per archetype",
    )


def _card(trained: TrainedCharacters, file: Path) -> CharacterCard:
    config, net = trained.config, trained.recipe.net
    sides = (net.height_px, net.width_px)
    fine, coarse = tuple(f"{side}" for side in sides), tuple(f"{side // CELL_PX}" for side in sides)

    def maps(name: str, channels: int, axes: tuple[str, ...] = fine, dtype: str = "float32") -> TensorSpec:
        return TensorSpec(name, dtype, ("1", f"{config.views}", f"{channels}", *axes))

    def vector(name: str, channels: int) -> TensorSpec:
        return TensorSpec(name, "float32", ("1", f"{channels}"))

    return CharacterCard(
        name=trained.recipe.name,
        version=file.parent.name,
        task="characters",
        file="model.onnx",
        sha256=file_sha256(file),
        opset=PAINTER_OPSET,
        inputs=(
            maps("labels", 2, dtype="int64"),
            maps("relief", 3),
            maps("grain", 1),
            maps("local", net.local_channels, coarse),
            vector("style", net.style_channels),
            vector("archetype", config.archetypes),
            vector("controls", config.control_channels),
        ),
        outputs=(maps(OUTPUT, 4),),
        families=tuple(archetype.id for archetype in ARCHETYPES),
        licence="CC0-1.0",
        views=net.views,
        width_px=net.width_px,
        height_px=net.height_px,
        guide_parts=PARTS,
        surfaces=SURFACES,
        builds=BUILDS,
        local_channels=net.local_channels,
        style_channels=net.style_channels,
    )


def _training_facts(trained: TrainedCharacters, data_note: str) -> TrainingFacts:
    return TrainingFacts(
        recipe=trained.recipe,
        steps=trained.steps,
        minutes=round(trained.minutes, 1),
        images=trained.images,
        data=data_note,
        weights="the running average of the generator's weights",
        torch=trained.torch_version,
    )


def _limits(trained: TrainedCharacters) -> tuple[str, ...]:
    net = trained.recipe.net
    limits = [
        "It paints a figure whose parts are drawn for it; it invents no limbs, clothes or props of its own.",
        f"It paints views of {net.width_px} x {net.height_px} pixels and no others.",
    ]
    untrained = sorted(set(range(len(ARCHETYPES))) - set(trained.present))
    if untrained:
        limits.append(f"Never trained: {', '.join(ARCHETYPES[index].id for index in untrained)}.")
    return tuple(limits)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.export.characters",
        description="Export a checkpoint of the characters' network as ONNX, with parity and model card.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt of a training run")
    parser.add_argument("--out", type=Path, required=True, help="model repository, for example ml/models")
    parser.add_argument("--version", default="1", help="version folder to write (default: %(default)s)")
    parser.add_argument("--page", type=Path, default=Path("docs/models"), help="folder for page and sheet")
    parser.add_argument(
        "--data-note",
        default="rendered by ml.datagen.characters with Blender's Cycles, CC0",
        help="what the pictures are, for the card (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
