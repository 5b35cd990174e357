"""What the exports of all networks for characters share: the order of the steps, the card's numbers, the command."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..characters.archetypes import ARCHETYPES, BUILDS
from ..characters.network_inputs import CELL_PX
from ..characters.sculpture import PARTS, SURFACES
from ..infer.cards import CharacterCard, TensorSpec
from ..train.checkpoint import CheckpointError
from ..train.recipe import RecipeError
from .card import About, PageWords, TrainingFacts, file_sha256, write_card, write_page
from .character_painter import Paint, TrainedCharacters
from .metrics import Metrics
from .parity import SEEDS, Named, ParityError, measure_painter_parity, painter_function
from .to_onnx import PAINTER_OPSET

__all__ = [
    "OUTPUT",
    "PARITY_SEEDS",
    "Painting",
    "export_command",
    "figure_numbers",
    "page_words",
    "parser_of",
    "vector_spec",
    "write_painter",
]

PARITY_SEEDS = SEEDS[:6]
OUTPUT = "pictures"


@dataclass(frozen=True, slots=True)
class Painting:
    """What the export of one kind of network for characters is made of."""

    export: Callable[[Path], None]
    """Writes the ONNX file."""
    inputs: Sequence[Mapping[str, Named]]
    """On which file and torch are compared, one for each of PARITY_SEEDS."""
    card: Callable[[Path], CharacterCard]
    """Of the written file."""
    limits: tuple[str, ...]
    words: Callable[[CharacterCard], PageWords]
    save_sheet: Callable[[Paint, Path], None]
    metrics: Callable[[Paint], Metrics]
    """Measured on the written file."""


def write_painter(
    trained: TrainedCharacters, painting: Painting, folder: Path, page: Path, data_note: str
) -> CharacterCard:
    """Export any network for characters; see ``write_characters``.

    Raises ParityError when the file does not match torch. Whatever stops it, a model that lay in ``folder`` stays
    as it was: the file takes its place only when its card is ready.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page.mkdir(parents=True, exist_ok=True)
    draft = folder / "draft.onnx"
    try:
        painting.export(draft)
        parity = measure_painter_parity(trained.generator, draft, painting.inputs, OUTPUT)
        print(f"parity: largest difference {parity.max_abs_error:.2e} over {len(painting.inputs)} characters")
        card = painting.card(draft)
        metrics = painting.metrics(painter_function(draft, OUTPUT))
        about = About(_training_facts(trained, data_note), parity, metrics, painting.limits)
        draft.replace(folder / card.file)
        write_card(card, about, folder / "card.json")
    finally:
        draft.unlink(missing_ok=True)
    sheet = f"{card.name}_samples.jpg"
    painting.save_sheet(painter_function(folder / card.file, OUTPUT), page / sheet)
    write_page(card, about, painting.words(card), page / f"{card.name}.md", sheet)
    return card


def export_command(
    parser: argparse.ArgumentParser,
    argv: Sequence[str] | None,
    open_checkpoint: Callable[[Path], TrainedCharacters],
    write: Callable[[TrainedCharacters, Path, Path, str], CharacterCard],
) -> int:
    """The command of any such export; exit status as ``main``'s."""
    options = parser.parse_args(argv)
    try:
        trained = open_checkpoint(options.checkpoint)
        folder = options.out / trained.recipe.name / options.version
        card = write(trained, folder, options.page, options.data_note)
    except (CheckpointError, RecipeError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ParityError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    print(f"{card.name} version {card.version} written to {folder}")
    return 0


def parser_of(module: str, description: str, examples: str) -> argparse.ArgumentParser:
    """The options of every such export."""
    parser = argparse.ArgumentParser(
        prog=f"python -m {module}",
        description=description,
        epilog=examples,
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


def page_words(card: CharacterCard, lead: str, sheet: str, **changed: str) -> PageWords:
    """The page's words for any such network; changed: of inputs that mean something else than the characters'."""
    words = {
        "labels": "part and surface of each pixel, numbered as in the card; 0 is nothing",
        "relief": "depth, facing right, facing up, -1 to 1",
        "grain": "standard-normal noise",
        "local": "standard-normal noise, a cell for 16 x 16 pixels",
        "style": "standard-normal noise: the look of the whole; less of it is nearer to the average",
        "archetype": "weights of the archetypes, which sum to 1",
        "controls": "the colour of each surface as sRGB, -1 to 1, then 1 for the build that it is",
        "pictures": "RGBA, sRGB-encoded, 0 to 1, straight alpha",
    } | changed
    return PageWords(
        lead=lead,
        sheet=sheet,
        interface=tuple(
            f"{side} `{spec.name}`: {spec.dtype} ({', '.join(spec.axes)}): {words[spec.name]}."
            for side, specs in (("Input", card.inputs), ("Output", card.outputs))
            for spec in specs
        ),
        picture="Samples, one row per archetype",
    )


def vector_spec(name: str, sizes: tuple[int, ...]) -> TensorSpec:
    """An input of a batch of 1 that is no picture."""
    return TensorSpec(name, "float32", ("1", *(f"{size}" for size in sizes)))


def figure_numbers(trained: TrainedCharacters, file: Path, vectors: Sequence[TensorSpec]) -> dict[str, Any]:
    """What the cards of all networks for characters have; vectors: the inputs after the maps."""
    config, net = trained.config, trained.recipe.net
    sides = (net.height_px, net.width_px)
    fine, coarse = tuple(f"{side}" for side in sides), tuple(f"{side // CELL_PX}" for side in sides)

    def maps(name: str, channels: int, axes: tuple[str, ...] = fine, dtype: str = "float32") -> TensorSpec:
        return TensorSpec(name, dtype, ("1", f"{config.views}", f"{channels}", *axes))

    return {
        "name": trained.recipe.name,
        "version": file.parent.name,
        "file": "model.onnx",
        "sha256": file_sha256(file),
        "opset": PAINTER_OPSET,
        "inputs": (
            maps("labels", 2, dtype="int64"),
            maps("relief", 3),
            maps("grain", 1),
            maps("local", net.local_channels, coarse),
            *vectors,
        ),
        "outputs": (maps(OUTPUT, 4),),
        "families": tuple(archetype.id for archetype in ARCHETYPES),
        "licence": "CC0-1.0",
        "views": net.views,
        "width_px": net.width_px,
        "height_px": net.height_px,
        "guide_parts": PARTS,
        "surfaces": SURFACES,
        "builds": BUILDS,
        "local_channels": net.local_channels,
        "style_channels": net.style_channels,
    }


def _training_facts(trained: TrainedCharacters, data_note: str) -> TrainingFacts:
    """Where these weights come from; data_note: what the pictures are."""
    return TrainingFacts(
        recipe=trained.recipe,
        steps=trained.steps,
        minutes=round(trained.minutes, 1),
        images=trained.images,
        data=data_note,
        weights="the running average of the generator's weights",
        torch=trained.torch_version,
    )
