"""How good the characters are: beside the reference DCGAN, and beside real renders in their place.

One command, one table, in the development environment. Needs renders with guides (``python -m ml.datagen.characters``,
see docs/retrain.md), of training and held out. Ours are painted on the guides of the held-out renders, in their
colours. The judges, a classifier of archetypes and a matcher of views, are trained on the training renders at the
first run (some CPU minutes) and kept in ``--judges``. Everything is seeded but the clock. Without the characters' model
only the other columns are measured; docs/characters.md says how to read each figure.

    python -m bench.character_quality --train data/characters/train --test data/characters/test --judges runs/judges
    python -m bench.character_quality --train data/characters/train --test data/characters/test --judges runs/judges \\
        --reference runs/reference --pictures runs/sheets --json
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from bench.character_figures import agreement_rows, edge_rows, mixing_rows, truncation_rows
from bench.character_sheets import save_sheets
from bench.character_time import time_rows
from bench.material_quality import HEADERS, cells, reference_pictures
from bench.painted_characters import Bytes, Painter, pictures_of, studio_or_none
from ml.characters.archetypes import ARCHETYPES
from ml.errors import TaskError
from ml.export.material_metrics import Sets, quality_rows
from ml.export.metrics import Pictures
from ml.export.quality import QualityRow, Target
from ml.infer.cards import CharacterCard, TextureCard
from ml.infer.models import Model, find_model
from ml.nets.material_classifier import MaterialClassifier
from ml.nets.view_matcher import ViewMatcher
from ml.train.character_data import CharacterSet, load_characters, without_guides
from ml.train.character_recipe import CharacterNetRecipe, load_character_recipe
from ml.train.checkpoint import CheckpointError
from ml.train.classifier import load_classifier, save_classifier, train_classifier
from ml.train.data import DataError, PictureSet
from ml.train.matcher import load_matcher, save_matcher, train_matcher
from ml.train.run import print_skipped
from tooling.console import table

REPOSITORY = Path(__file__).resolve().parents[1]
RECIPE = REPOSITORY / "ml" / "configs" / "characters.toml"
REFERENCE = "dcgan_characters"
NAMES = tuple(archetype.id for archetype in ARCHETYPES)
FRONT_AND_SIDE = ("front", "side")

_NAMED = Target("at least 0.9", lambda ours, *_: ours >= 0.9)


@dataclass(frozen=True, slots=True, eq=False)
class Renders:
    """What the figures are measured with, all with the same views."""

    train: CharacterSet
    """Front and side alone."""
    held_out: CharacterSet
    """With the views of the model."""


@dataclass(frozen=True, slots=True, eq=False)
class Judges:
    """Networks that were trained on the training renders to tell them apart."""

    classifier: MaterialClassifier
    matcher: ViewMatcher


def fronts(characters: CharacterSet) -> Pictures:
    """Their first views, as rendered."""
    return pictures_of(characters.pixels[:, 0, :4], characters.archetypes)


def sides(characters: CharacterSet) -> Pictures:
    """Their second views, as rendered."""
    return pictures_of(characters.pixels[:, 1, :4], characters.archetypes)


def judges_of(folder: Path, renders: Renders, steps: int) -> Judges:
    """Those that the folder holds, or new ones, which it holds then. Raises CheckpointError, ValueError."""
    archetypes, pairs = folder / "archetypes.pt", folder / "views.pt"
    if not archetypes.is_file():
        print("training the classifier of archetypes", file=sys.stderr)
        network = train_classifier(_picture_set(fronts(renders.train)), steps, seed=0)
        found = save_classifier(archetypes, network, NAMES, _picture_set(fronts(renders.held_out)))
        print(f"it names {found:.3f} of the held-out renders rightly", file=sys.stderr)
    if not pairs.is_file():
        print("training the matcher of views", file=sys.stderr)
        front, side = fronts(renders.train), sides(renders.train)
        save_matcher(pairs, train_matcher(front.images, side.images, front.classes, steps, seed=0))
    classifier, names, _ = load_classifier(archetypes)
    if names != NAMES:
        raise DataError(f"{archetypes} does not tell FilmAI's archetypes apart; delete it to train it again")
    return Judges(classifier, load_matcher(pairs))


def reference_fronts(models: Path | None, per_class: int) -> Pictures | None:
    """``per_class`` fronts of each archetype by the reference DCGAN. Raises TaskError, DataError."""
    if models is None:
        return None
    families = find_model(models, REFERENCE, TextureCard).card.families
    if not set(families) <= set(NAMES):
        raise DataError(f"{REFERENCE} in {models} was trained on other classes than FilmAI's archetypes")
    drawn = reference_pictures(models, per_class, REFERENCE)
    # its classes are the folders it was trained on, in the order of their names
    order = torch.tensor([NAMES.index(name) for name in families])
    return Pictures(drawn.images, order[drawn.classes])


def picture_rows(sets: Sets, classifier: MaterialClassifier) -> list[QualityRow]:
    """What is measured of textures too, but for the seam."""
    rows = []
    for row in quality_rows(sets, classifier):
        if row.id == "class_accuracy":
            met = None if row.ours is None else _NAMED.reached(row.ours, None, 1.0)
            rows.append(replace(row, label="Archetype accuracy ratio", target=_NAMED.text, met=met))
        elif row.id == "filmai_kid" and sets.reference is None:
            # there is nothing to be a quarter of
            rows.append(replace(row, met=None))
        elif row.id != "seam_ratio":
            rows.append(row)
    return rows


def measure(options: argparse.Namespace) -> tuple[QualityRow, ...]:
    """The table. Raises DataError, CheckpointError, TaskError or ValueError."""
    model = studio_or_none(options.models)
    if model is None:
        print(f"There is no characters' model in {options.models}: its column stays empty.", file=sys.stderr)
    renders = _load(options, _painted_as(model))
    judges = judges_of(options.judges, renders, options.judge_steps)
    held_out, painted, ours = renders.held_out, None, None
    if model is not None:
        painter = Painter(model, without_guides(held_out) if options.no_guide else held_out)
        everybody = range(len(held_out.names))
        painted = painter.paint(everybody, everybody, everybody)
        ours = pictures_of(painted[:, 0], held_out.archetypes)
    real = fronts(held_out)
    reference = reference_fronts(options.reference, int(real.classes.bincount().max()))
    rows = picture_rows(Sets(ours, reference, fronts(renders.train), real), judges.classifier)
    rows += agreement_rows(painted, held_out, judges.matcher)
    rows += edge_rows(painted, held_out)
    if model is not None and painted is not None:
        rows += mixing_rows(painter, painted)
        rows += truncation_rows(painter)
        rows += time_rows(options.models, painter, options.threads, options.runs)
        if options.pictures:
            save_sheets(options.pictures, _views(held_out), painted, held_out.archetypes)
    return tuple(rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; exit status 0 when measured, 2 when models or renders cannot be used."""
    options = _parser().parse_args(argv)
    torch.set_num_threads(options.threads)
    try:
        rows = measure(options)
    except TaskError as error:
        print(f"error: {error.message} ({error.detail})", file=sys.stderr)
        return 2
    except (DataError, CheckpointError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps([asdict(row) for row in rows], indent=2))
    else:
        print(table(HEADERS, [cells(row) for row in rows]))
    return 0


def _load(options: argparse.Namespace, net: CharacterNetRecipe) -> Renders:
    """Raises DataError, and ValueError when the model does not paint front and side first."""
    if net.views[:2] != FRONT_AND_SIDE:
        raise ValueError(f"the model paints {', '.join(net.views)}; the figures need front and side first")
    loaded = []
    for folders, wanted in ((options.train, replace(net, views=FRONT_AND_SIDE)), (options.test, net)):
        characters, skipped = load_characters(folders, wanted)
        print_skipped(skipped)
        loaded.append(characters)
    return Renders(*loaded)


def _painted_as(model: Model[CharacterCard] | None) -> CharacterNetRecipe:
    """Views and sizes of the model, or those of the shipped recipe."""
    net = load_character_recipe(RECIPE).net
    if model is None:
        return replace(net, views=FRONT_AND_SIDE)
    card = model.card
    return replace(net, views=card.views, width_px=card.width_px, height_px=card.height_px)


def _views(characters: CharacterSet) -> Bytes:
    """(N, views, 4, H, W), as rendered."""
    return characters.pixels[:, :, :4]


def _picture_set(pictures: Pictures) -> PictureSet:
    turnable = torch.zeros(len(NAMES), dtype=torch.bool)
    return PictureSet(pictures.images, pictures.classes, NAMES, turnable, ())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.character_quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--train", type=Path, nargs="+", required=True, help="folders of training renders")
    parser.add_argument("--test", type=Path, nargs="+", required=True, help="folders of held-out renders")
    parser.add_argument(
        "--judges", type=Path, required=True, help="folder of the judges; trained when they are not there"
    )
    parser.add_argument(
        "--judge-steps", type=int, default=1200, help="of their training (default: %(default)s)"
    )
    parser.add_argument("--models", type=Path, default=REPOSITORY / "ml" / "models", help="model repository")
    parser.add_argument("--reference", type=Path, help=f"model repository that holds {REFERENCE}")
    parser.add_argument(
        "--pictures", type=Path, help="also write a sheet of every archetype into this folder"
    )
    parser.add_argument("--no-guide", action="store_true", help="for a model trained with --no-guide")
    parser.add_argument("--threads", type=int, default=1, help="of torch (default: %(default)s)")
    parser.add_argument(
        "--runs", type=int, default=5, help="of each time, the median counts (default: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
