"""Command that turns a training checkpoint into a shipped model: ONNX file, card, page and sample sheet.

Order: BatchNorm statistics are measured anew, the code's training scale is folded in, the network is written
as ONNX and must match torch, the exported file itself is measured, and only then the card is written.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from ..families import FAMILY_INDEX
from ..infer.cards import LatentSpec, TensorSpec, TextureCard
from ..nets.dcgan import IMAGE_PX, Generator
from ..train.calibration import draw_latents, measure_statistics
from ..train.checkpoint import CheckpointError, load_checkpoint
from ..train.classifier import load_classifier
from ..train.data import DataError, load_pictures
from ..train.dcgan import DCGANRun
from ..train.recipe import DCGANRecipe, RecipeError, recipe_from_plain
from ..train.sheets import save_sheet, to_bytes
from ..train.trainer import LATENT_CHANNELS, LatentLayout, latent_layout, network_config
from .card import About, PageWords, TrainingFacts, file_sha256, write_card, write_page
from .metrics import Metrics, Pictures, measure, not_measured
from .parity import SEEDS, ParityError, measure_parity, onnx_function, seeded_latents
from .to_onnx import OPSET, export_generator, scale_code

__all__ = ["Trained", "main", "open_checkpoint", "write_model"]

STATISTICS_BATCHES = 64
SAMPLES_PER_CLASS = 64
SHEET_COLUMNS = 8

EXAMPLES = """example:
  python -m ml.export.dcgan --checkpoint runs/dcgan/checkpoint.pt --out ml/models --page docs/models \\
      --data data/materials/train --test data/materials/test --classifier runs/classifier.pt
"""


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """A generator ready for export, in evaluation mode, and what its checkpoint says about it."""

    generator: nn.Module
    recipe: DCGANRecipe
    layout: LatentLayout
    names: tuple[str, ...]
    present: Tensor
    """int64: classes that had pictures."""
    steps: int
    minutes: float
    images: int
    torch_version: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Folders and files that the figures need; None leaves the figures out."""

    train: Path | None
    test: Path | None
    classifier: Path | None


def open_checkpoint(path: Path) -> Trained:
    """The generator that the recipe exports, calibrated, code scale folded in. Raises CheckpointError."""
    content = load_checkpoint(path, DCGANRun.kind)
    recipe = recipe_from_plain(content["recipe"])
    names = tuple(content["names"])
    layout = latent_layout(recipe, len(names))
    generator = Generator(network_config(recipe, len(names)))
    generator.load_state_dict(content["state"]["average" if recipe.run.export_average else "generator"])
    present = torch.tensor(content["present"])
    measure_statistics(generator, present, *layout, recipe.net.code_scale, STATISTICS_BATCHES)
    if layout.code_channels:
        scale_code(generator, layout.noise_channels, recipe.net.code_scale)
    return Trained(
        generator,
        recipe,
        layout,
        names,
        present,
        steps=content["state"]["steps"],
        minutes=content["seconds"] / 60,
        images=content["images"],
        torch_version=content["torch"],
    )


def write_model(trained: Trained, folder: Path, page: Path, data_note: str, sources: Sources) -> TextureCard:
    """Export into ``folder`` (a version of a model), with page and sheet in ``page``; returns the card.

    Raises ParityError when the file does not match torch. Whatever stops it, a model that lay in ``folder`` stays
    as it was: the file takes its place only when its card is ready.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page.mkdir(parents=True, exist_ok=True)
    draft = folder / "draft.onnx"
    try:
        export_generator(trained.generator, LATENT_CHANNELS, draft)
        latents = seeded_latents(SEEDS, *trained.layout, max(len(trained.names), 1))
        parity = measure_parity(trained.generator, draft, latents)
        print(f"parity: largest difference {parity.max_abs_error:.2e} over {len(SEEDS)} seeds")
        generated = generate(draft, trained.present, trained.layout, SAMPLES_PER_CLASS)
        metrics = _measure(generated, trained, sources)
        for row in metrics.rows:
            print(f"{row.label}: generated {row.generated}, real {row.real}")
        card = _card(trained, draft)
        about = About(_training_facts(trained, data_note), parity, metrics, _limits(trained))
        draft.replace(folder / card.file)
        write_card(card, about, folder / "card.json")
    finally:
        draft.unlink(missing_ok=True)
    sheet = f"{card.name}_samples.png"
    by_class = generated.images.reshape(len(trained.present), SAMPLES_PER_CLASS, 3, IMAGE_PX, IMAGE_PX)
    rows = by_class[:, :SHEET_COLUMNS]
    labels = [trained.names[index] for index in trained.present.tolist()] if trained.names else []
    save_sheet(page / sheet, rows, labels)
    write_page(card, about, _page_words(card), page / f"{card.name}.md", sheet)
    return card


def generate(file: Path, present: Tensor, layout: LatentLayout, per_class: int) -> Pictures:
    """``per_class`` pictures of each present class from the exported file, grouped by class, seeded."""
    run = onnx_function(file)
    rng = torch.Generator().manual_seed(0)
    images, classes = [], []
    for index in present.tolist():
        wanted = torch.full((per_class,), index)
        latents = draw_latents(wanted, *layout, 1.0, rng)
        images.append(to_bytes(torch.from_numpy(run(latents.numpy()))))
        classes.append(wanted)
    return Pictures(torch.cat(images), torch.cat(classes))


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when exported, 2 when checkpoint or data cannot be used, 3 when parity fails."""
    options = _parser().parse_args(argv)
    sources = Sources(options.data, options.test, options.classifier)
    try:
        trained = open_checkpoint(options.checkpoint)
        folder = options.out / trained.recipe.name / options.version
        card = write_model(trained, folder, options.page, options.data_note, sources)
    except (CheckpointError, RecipeError, DataError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ParityError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    print(f"{card.name} version {card.version} written to {folder}")
    return 0


def _measure(generated: Pictures, trained: Trained, sources: Sources) -> Metrics:
    if sources.train is None or sources.test is None or sources.classifier is None:
        return not_measured("Not measured: the export had no --data, --test and --classifier.")
    classifier, names, _ = load_classifier(sources.classifier)
    if names != trained.names:
        raise DataError("the classifier was trained on other classes than the generator")
    settings = trained.recipe.data
    train, test = (
        load_pictures(folder, settings.pattern, settings.periodic, IMAGE_PX)
        for folder in (sources.train, sources.test)
    )
    return measure(
        generated,
        Pictures(train.images, train.classes),
        Pictures(test.images, test.classes),
        classifier,
        names,
    )


def _card(trained: Trained, file: Path) -> TextureCard:
    return TextureCard(
        name=trained.recipe.name,
        version=file.parent.name,
        task="texture",
        file="model.onnx",
        sha256=file_sha256(file),
        opset=OPSET,
        inputs=(TensorSpec("latent", "float32", ("batch", f"{LATENT_CHANNELS}", "1", "1")),),
        outputs=(TensorSpec("image", "float32", ("batch", "3", f"{IMAGE_PX}", f"{IMAGE_PX}")),),
        families=trained.names,
        licence="CC0-1.0",
        latent=LatentSpec(*trained.layout, truncation=1.0),
        network_px=IMAGE_PX,
    )


def _training_facts(trained: Trained, data_note: str) -> TrainingFacts:
    averaged = trained.recipe.run.export_average
    return TrainingFacts(
        recipe=trained.recipe,
        steps=trained.steps,
        minutes=round(trained.minutes, 1),
        images=trained.images,
        data=data_note,
        weights="the running average of the generator's weights" if averaged else "the last generator",
        torch=trained.torch_version,
    )


def _page_words(card: TextureCard) -> PageWords:
    latent, source, target = card.latent, card.inputs[0], card.outputs[0]
    return PageWords(
        lead=f"Draws {card.network_px} x {card.network_px} concept textures of a chosen family from noise.",
        sheet="One row per family, in the order below; the latents are fixed by seed, nothing was picked.",
        interface=(
            (
                f"Input `{source.name}`: {source.dtype} ({', '.join(source.axes)}): "
                f"{latent.noise_channels} standard-normal channels times {latent.truncation:g}, "
                f"then {latent.code_channels} channels that are one-hot for the family."
            ),
            (
                f"Output `{target.name}`: {target.dtype} ({', '.join(target.axes)}), "
                "RGB, sRGB-encoded, -1 to 1."
            ),
        ),
    )


def _limits(trained: Trained) -> tuple[str, ...]:
    limits = [
        f"It draws {IMAGE_PX} x {IMAGE_PX} pixels; anything larger is upscaled, without new detail.",
        "Its pictures tile only roughly: the network pads with zeros at its borders.",
        (
            "BatchNorm statistics were measured anew before the export, over "
            f"{STATISTICS_BATCHES} batches of 128 latents with all trained families in turn."
        ),
    ]
    if trained.names:
        limits.append(
            "The family is honoured in this way: it is a one-hot part of the latent, and in training the "
            "discriminator had one output per family, so each family was judged against its own pictures only."
        )
    untrained = sorted(set(range(len(trained.names))) - set(trained.present.tolist()))
    if untrained:
        listed = ", ".join(trained.names[index] for index in untrained)
        limits.append(f"Never trained, and without meaning: {listed}.")
    if trained.names and set(trained.names) - FAMILY_INDEX.keys():
        limits.append("Its classes are not FilmAI's families, so the panel cannot offer them.")
    return tuple(limits)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.export.dcgan",
        description="Export a DCGAN checkpoint as ONNX, with parity, figures and model card.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt of a training run")
    parser.add_argument("--out", type=Path, required=True, help="model repository, for example ml/models")
    parser.add_argument("--version", default="1", help="version folder to write (default: %(default)s)")
    parser.add_argument("--page", type=Path, default=Path("docs/models"), help="folder for page and sheet")
    parser.add_argument("--data", type=Path, help="training pictures, for the figures")
    parser.add_argument("--test", type=Path, help="held-out pictures, for the figures")
    parser.add_argument("--classifier", type=Path, help="checkpoint of ml.train.classifier, for the figures")
    parser.add_argument(
        "--data-note",
        default="rendered by ml.datagen with Blender's Cycles, CC0",
        help="what the pictures are, for the card (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
