"""How good the texture studio's pictures are: beside the reference DCGAN, and beside real renders in their place.

One command, one table, in the development environment. Needs renders of whole tiles, 128 pixels wide, with guides
(``python -m ml.datagen.materials``, see docs/retrain.md), of training and held out. Everything is seeded: the same
models and renders give the same table. Without the texture studio's model only the other columns are measured.

    python -m bench.material_quality --train data/whole/train --test data/whole/test
    python -m bench.material_quality --train data/whole/train --test data/whole/test --json
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ml.colour import ciede2000, lab
from ml.controls import CENTRES, SCALES, measure_controls
from ml.errors import TaskError
from ml.export.dcgan import generate
from ml.export.guided_painter import paint_each
from ml.export.material_metrics import Sets, quality_rows, reduced
from ml.export.metrics import Pictures
from ml.export.obedience import Followed, Obedience
from ml.export.quality import QualityRow
from ml.families import FAMILIES
from ml.infer.cards import MaterialCard, TextureCard
from ml.infer.models import find_model
from ml.materials.drawing import GuideWish, draw_guide
from ml.nets.guided import GuidedConfig
from ml.train.checkpoint import CheckpointError
from ml.train.classifier import load_classifier
from ml.train.data import DataError
from ml.train.guided_data import Render, load_renders
from ml.train.guided_recipe import load_guided_recipe
from ml.train.trainer import LatentLayout
from tooling.console import table

REPOSITORY = Path(__file__).resolve().parents[1]
RECIPE = REPOSITORY / "ml" / "configs" / "texture_studio.toml"
CLASSIFIER = REPOSITORY / "tests" / "ml" / "data" / "material_classifier.pt"
STUDIO, REFERENCE = "texture_studio", "dcgan_texture"
WEAR_PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)
WEAR_SEEDS = (0, 1)
HEADERS = ("figure", "ours", "DCGAN", "training", "floor", "what the floor is", "target", "met")

Maps = NDArray[np.float32]
Paint = Callable[[Sequence[Render], Sequence[int]], Maps]
"""What ``paint_each`` does with a model: maps (N, 6, px, px), 0 to 1, painted on the guides
of these renders, in their families and controls, each with the noise of its own seed."""


def pictures_of(renders: Sequence[Render], albedo: NDArray[np.uint8] | None = None) -> Pictures:
    """The albedo (N, 3, px, px) of these renders, or what was painted in their place, at 64 pixels."""
    if albedo is None:
        albedo = np.stack([render.pixels[:3] for render in renders])
    classes = torch.tensor([render.family for render in renders])
    return Pictures(reduced(torch.from_numpy(albedo)), classes)


def reference_pictures(models: Path, per_class: int, name: str = REFERENCE) -> Pictures:
    """``per_class`` pictures of each class of a reference DCGAN. Raises TaskError when it is not there."""
    model = find_model(models, name, TextureCard)
    latent = model.card.latent
    layout = LatentLayout(latent.noise_channels, latent.code_channels)
    present = torch.arange(len(model.card.families))
    return generate(model.folder / model.card.file, present, layout, per_class)


def told_otherwise(renders: Sequence[Render]) -> list[Render]:
    """Each render with the controls of the next one of its family."""
    changed = []
    for index in sorted({render.family for render in renders}):
        own = [render for render in renders if render.family == index]
        for render, other in pairwise([*own, own[0]]):
            changed.append(Render(index, render.whole, render.pixels, other.controls))
    return changed


def worn(renders: Sequence[Render]) -> tuple[list[Render], list[float], list[int]]:
    """Layouts of every wear, with the wear and a number for what differs in nothing else.

    Families whose guides do not show wear are left out; families come in the looks of their first renders.
    """
    changed: list[Render] = []
    wear: list[float] = []
    groups: list[int] = []
    px = renders[0].pixels.shape[-1]
    for index in sorted({render.family for render in renders}):
        looks = [render.controls for render in renders if render.family == index]
        for seed in WEAR_SEEDS:
            wishes = [GuideWish(FAMILIES[index].id, seed, {}, {}, place, None) for place in WEAR_PLACES]
            guides = [draw_guide(wish, px, "test").guide for wish in wishes]
            if np.array_equal(guides[0], guides[-1]):
                continue
            for place, guide in zip(WEAR_PLACES, guides, strict=True):
                pixels = np.zeros((10, px, px), np.uint8)
                pixels[6:] = np.rint(guide.transpose(2, 0, 1) * 255)
                changed.append(Render(index, True, pixels, looks[seed % len(looks)]))
                wear.append(place)
                groups.append(index * len(WEAR_SEEDS) + seed)
    return changed, wear, groups


def wear_shown(paint: Paint, renders: Sequence[Render]) -> Followed:
    """How far each worn picture is from the same one without wear: mean CIEDE2000 over its pixels."""
    changed, wear, groups = worn(renders)
    maps = paint(changed, groups)
    seen = lab(maps[:, :3].transpose(0, 2, 3, 1))  # (N, px, px, 3)
    asked, got, group = [], [], []
    for place, own in enumerate(groups):
        if wear[place] > 0:
            unworn = groups.index(own)
            asked.append(wear[place])
            got.append(float(ciede2000(seen[unworn], seen[place]).mean()))
            group.append(own)
    return Followed(np.array(asked), np.array(got), np.array(group))


def obedience_of(paint: Paint, renders: Sequence[Render]) -> Obedience:
    """What follows from telling the painter other looks than those of the layouts' own renders."""
    changed = told_otherwise(renders)
    maps = paint(changed, range(len(changed)))
    told = np.stack([render.controls for render in changed]).astype(np.float64)
    asked = told * SCALES + CENTRES  # (N, 10)
    got = np.stack([_measured(own, render) for own, render in zip(maps, changed, strict=True)])
    kept = np.stack([_measured(_maps_of(render), render) for render in changed])
    groups = np.array([render.family for render in changed])
    columns = {"contrast": 6, "roughness": 7, "metallic": 8}
    followed = {name: Followed(asked[:, place], got[:, place], groups) for name, place in columns.items()}
    return Obedience(asked[:, :3], got[:, :3], kept[:, :3], wear=wear_shown(paint, renders), **followed)


def studio_painter(models: Path) -> Paint | None:
    """The shipped model, or None where there is none. Raises TaskError when it cannot be used."""
    try:
        model = find_model(models, STUDIO, MaterialCard)
    except TaskError as error:
        if error.code != "MODEL_MISSING":
            raise
        return None
    card = model.card
    config = GuidedConfig(
        len(card.families), local_channels=card.local_channels, style_channels=card.style_channels
    )

    def paint(renders: Sequence[Render], seeds: Sequence[int]) -> Maps:
        return paint_each(model.folder / card.file, config, renders, seeds)

    return paint


def measure(options: argparse.Namespace) -> tuple[QualityRow, ...]:
    """The table. Raises DataError, CheckpointError, TaskError or ValueError."""
    data = load_guided_recipe(RECIPE).data
    train, test = (
        [render for render in load_renders(folders, data)[0] if render.whole]
        for folders in (options.train, options.test)
    )
    if not train or not test:
        raise DataError("there are no renders of whole tiles: only those can be compared")
    classifier, names, _ = load_classifier(options.classifier)
    if names != tuple(family.id for family in FAMILIES):
        raise DataError(f"{options.classifier} does not tell FilmAI's families apart")
    paint = studio_painter(options.models)
    ours, obedience = None, None
    if paint is None:
        print(f"There is no model {STUDIO} in {options.models}: its column stays empty.", file=sys.stderr)
    else:
        painted = paint(test, range(len(test)))[:, :3]
        ours = pictures_of(test, np.rint(painted.clip(0, 1) * 255).astype(np.uint8))
        obedience = obedience_of(paint, test)
    held_out = pictures_of(test)
    per_class = int(held_out.classes.bincount().max())
    sets = Sets(ours, reference_pictures(options.models, per_class), pictures_of(train), held_out)
    return quality_rows(sets, classifier, obedience)


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


def _maps_of(render: Render) -> Maps:
    return np.divide(render.pixels[:6], 255, dtype=np.float32)


def _measured(maps: Maps, render: Render) -> NDArray[np.float64]:
    """Base, second, contrast, roughness, metallic of maps (6, px, px) on that render's guide."""
    relief = np.divide(render.pixels[6], 255, dtype=np.float32)
    look = measure_controls(maps[:3].transpose(1, 2, 0), maps[4], maps[5], relief, relief.shape[1])
    return np.array([*look.base, *look.second, look.contrast, look.roughness, look.metallic])


def cells(row: QualityRow) -> tuple[str, ...]:
    """As the table has them."""
    numbers = [_number(value) for value in (row.ours, row.reference, row.training, row.floor)]
    met = "-" if row.met is None else ("yes" if row.met else "no")
    return (row.label, *numbers, row.floor_is, row.target, met)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.material_quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--train", type=Path, nargs="+", required=True, help="folders of training renders")
    parser.add_argument("--test", type=Path, nargs="+", required=True, help="folders of held-out renders")
    parser.add_argument("--models", type=Path, default=REPOSITORY / "ml" / "models", help="model repository")
    parser.add_argument(
        "--classifier", type=Path, default=CLASSIFIER, help="checkpoint of ml.train.classifier"
    )
    parser.add_argument("--threads", type=int, default=1, help="of torch (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
