"""Command that turns a checkpoint of the shot describer into a shipped model: three ONNX files, card, page, sheet.

Order: the best weights are written as ONNX and must match torch; temperatures and thresholds are fitted on the shots
that were held out of the training renders; the exported files are measured on test renders; only then the model takes
its place.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from ..infer.cards import FieldSpec, PartSpec, ShotCard
from ..infer.describing import load_describer
from ..infer.models import Model
from ..infer.session import SessionCache, make_session
from ..nets.shot_transformer import ShotTransformer
from ..shot_terms import FIELDS
from ..train.checkpoint import CheckpointError, load_checkpoint
from ..train.data import DataError
from ..train.recipe import RecipeError
from ..train.sheets import save_sheet
from ..train.shot_data import ShotSet, split_set
from ..train.shot_recipe import ShotRecipe, shot_config, shot_recipe_from_plain
from ..train.shot_scores import field_scores
from ..train.shot_sheet import draw_shot_rows
from ..train.shot_vocabulary import Vocabulary
from ..train.shots import ShotRun, open_shots, spread
from .card import About, PageWords, TrainingFacts, file_sha256, write_card, write_page
from .half_weights import store_half
from .parity import SEEDS, THRESHOLD, Parity, ParityError
from .shot_figures import calibrate, calibrations, encode_shots, measure_slots, shot_metrics
from .shot_onnx import PARTS, example_inputs, export_parts, part_modules
from .to_onnx import OPSET

__all__ = ["TrainedShots", "main", "open_shot_checkpoint", "write_shot_model"]

EXAMPLES = """example:
  python -m ml.export.shots --checkpoint runs/shots/checkpoint.pt --out ml/models --page docs/models \\
      --data data/shots/train --test data/shots/test
"""


@dataclass(frozen=True, slots=True, eq=False)
class TrainedShots:
    """The weights that were best on held-out shots, and what the checkpoint says about them."""

    network: ShotTransformer
    recipe: ShotRecipe
    vocabulary: Vocabulary
    steps: int
    """Of the best weights."""
    minutes: float
    shots: int
    torch_version: str


def open_shot_checkpoint(path: Path) -> TrainedShots:
    """The best weights of a checkpoint. Raises CheckpointError or RecipeError."""
    content = load_checkpoint(path, ShotRun.kind)
    recipe = shot_recipe_from_plain(content["recipe"])
    state = content["state"]
    vocabulary = Vocabulary(state["vocabulary"])
    network = ShotTransformer(shot_config(recipe, len(vocabulary.words)))
    network.load_state_dict(state["best"])
    return TrainedShots(
        network.eval().requires_grad_(False),
        recipe,
        vocabulary,
        state["best_step"],
        content["seconds"] / 60,
        content["images"],
        content["torch"],
    )


def write_shot_model(
    trained: TrainedShots, folder: Path, page: Path, data_note: str, held_out: ShotSet, test: ShotSet
) -> ShotCard:
    """Export into ``folder`` (a version of a model), with page and sheet in ``page``; returns the card.

    Raises ParityError when the files do not match torch. Whatever stops it, a model that lay in ``folder`` stays as
    it was.
    """
    draft = folder.parent / "draft" / folder.name
    draft.mkdir(parents=True, exist_ok=True)
    page.mkdir(parents=True, exist_ok=True)
    try:
        parts = export_parts(trained.network, draft)
        parity = measure_part_parity(trained.network, draft)
        print(f"parity: largest difference {parity.max_abs_error:.2e} over {len(SEEDS)} seeds")
        parts = {name: _stored_half(part, draft) for name, part in parts.items()}
        rounded = largest_difference(trained.network, draft)
        print(f"weights stored with 16 bits: largest difference {rounded:.2e}")
        card = _card(trained, folder.name, parts, _uncalibrated())
        sessions = SessionCache()
        encoder = sessions.load(Model(card, draft), "cpu")
        card = replace(card, fields=calibrate(encode_shots(encoder, held_out)[0], held_out.values))
        logits, tokens = encode_shots(encoder, test)
        slots = measure_slots(load_describer(Model(card, draft), sessions, "cpu"), tokens, test.values)
        metrics = shot_metrics(
            field_scores(logits, test.values), calibrations(logits, test.values, card.fields), slots
        )
        about = About(_training_facts(trained, data_note), parity, metrics, _limits(held_out, rounded))
        folder.mkdir(parents=True, exist_ok=True)
        for part in card.parts:
            (draft / part.file).replace(folder / part.file)
        write_card(card, about, folder / "card.json")
    finally:
        shutil.rmtree(draft.parent, ignore_errors=True)
    sheet = f"{card.name}_samples.png"
    save_sheet(page / sheet, draw_shot_rows(trained.network, trained.vocabulary, spread(test)), [])
    write_page(card, about, _page_words(card), page / f"{card.name}.md", sheet)
    return card


def measure_part_parity(network: ShotTransformer, folder: Path) -> Parity:
    """Compare every part with its file in ``folder``. Raises ParityError."""
    worst = largest_difference(network, folder)
    if not worst < THRESHOLD:
        raise ParityError(
            f"the ONNX files differ from torch by {worst:.2e}; allowed is under {THRESHOLD:.0e}"
        )
    return Parity(worst, SEEDS)


def largest_difference(network: ShotTransformer, folder: Path) -> float:
    """Of any number that a part's file in ``folder`` gives, from torch's; alone and in batches."""
    worst = 0.0
    modules = part_modules(network)
    for name in PARTS:
        session, _ = make_session((folder / f"{name}.onnx").read_bytes(), "cpu")
        for seed in SEEDS:
            inputs = example_inputs(network, 1 + seed % 3, torch.Generator().manual_seed(seed))[name]
            with torch.no_grad():
                expected = modules[name](*inputs.values())
            actual = session.run(None, {key: tensor.numpy() for key, tensor in inputs.items()})
            for one, other in zip(actual, expected, strict=True):
                # written so that NaN stays
                worst = float(np.maximum(worst, np.abs(one - other.numpy()).max()))
    return worst


def _stored_half(part: PartSpec, folder: Path) -> PartSpec:
    store_half(folder / part.file)
    return replace(part, sha256=file_sha256(folder / part.file))


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when exported, 2 when checkpoint or data cannot be used, 3 when parity fails."""
    options = _parser().parse_args(argv)
    try:
        trained = open_shot_checkpoint(options.checkpoint)
        _, held_out = split_set(open_shots(options.data), trained.recipe.data.held_out)
        folder = options.out / trained.recipe.name / options.version
        card = write_shot_model(
            trained, folder, options.page, options.data_note, held_out, open_shots(options.test)
        )
    except (CheckpointError, RecipeError, DataError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ParityError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    print(f"{card.name} version {card.version} written to {folder}")
    return 0


def _card(
    trained: TrainedShots, version: str, parts: dict[str, PartSpec], fields: tuple[FieldSpec, ...]
) -> ShotCard:
    encoder = parts["encoder"]
    return ShotCard(
        name=trained.recipe.name,
        version=version,
        task="shots",
        file=encoder.file,
        sha256=encoder.sha256,
        opset=OPSET,
        inputs=encoder.inputs,
        outputs=encoder.outputs,
        families=(),
        licence="CC0-1.0",
        memory=parts["memory"],
        step=parts["step"],
        fields=fields,
        vocabulary=trained.vocabulary.words,
        max_words=trained.network.config.max_words,
    )


def _uncalibrated() -> tuple[FieldSpec, ...]:
    return tuple(FieldSpec(field.id, tuple(value.id for value in field.values), 1.0, 1.0) for field in FIELDS)


def _training_facts(trained: TrainedShots, data_note: str) -> TrainingFacts:
    return TrainingFacts(
        recipe=trained.recipe,
        steps=trained.steps,
        minutes=round(trained.minutes, 1),
        images=trained.shots,
        data=data_note,
        weights="those that were best on held-out shots, of the running average",
        torch=trained.torch_version,
    )


def _limits(held_out: ShotSet, rounded: float) -> tuple[str, ...]:
    return (
        "It was trained on renders alone; on real film it is less sure and less right.",
        "It looks at eight instants of a shot: what happens between them it does not see.",
        "It sees 96 x 54 pixels: small subjects are guessed from little.",
        f"Temperatures and thresholds were fitted on {len(held_out.names)} renders that were held out of training.",
        "It knows the fields and values of `ml/shot_terms.py` and no other subjects, places or actions.",
        f"Its weights are stored with 16 bits, which changes what the files give by {rounded:.1e} at most.",
    )


def _page_words(card: ShotCard) -> PageWords:
    words = {
        "frames": "eight instants of a shot, RGB, sRGB-encoded, 0 to 1",
        "flow": "motion on a grid, within each instant (per 1/12 s), then to the next: x, y in widths, sureness",
        "motion": "each motion in eight numbers, as `ml/media/motion.py` has them",
        "facts": "log(1 + seconds), aspect, 1 for a single picture, 0",
        "logits": "of every field's values, in the order of the card's fields",
        "tokens": "what the decoder looks at",
    }
    lines = [
        f"{side} `{spec.name}`: {spec.dtype} ({', '.join(spec.axes)}): {words[spec.name]}."
        for side, specs in (("Input", card.inputs), ("Output", card.outputs))
        for spec in specs
    ]
    lines += [
        f"File `{part.file}`, SHA-256 `{part.sha256}`: {what}."
        for part, what in (
            (card.memory, "tokens and told values to the decoder's cross keys and values, once a sentence"),
            (card.step, "one word more, with the keys and values of the words before it"),
        )
    ]
    return PageWords(
        lead="Names a shot's fields, says how sure it is of each, and puts them into a sentence in two languages.",
        sheet=(
            "Test shots from the first to the last, nothing was picked: three frames, every field's guess (green: "
            "right, red: wrong) with its confidence before calibration, and the sentence."
        ),
        interface=tuple(lines),
        picture="Test shots with guesses and sentences",
        counted="shots and single pictures",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.export.shots",
        description="Export a checkpoint of the shot describer as ONNX, with parity, calibration and model card.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt of a training run")
    parser.add_argument("--out", type=Path, required=True, help="model repository, for example ml/models")
    parser.add_argument("--version", default="1", help="version folder to write (default: %(default)s)")
    parser.add_argument("--page", type=Path, default=Path("docs/models"), help="folder for page and sheet")
    parser.add_argument(
        "--data",
        type=Path,
        nargs="+",
        required=True,
        help="the folders that it was trained on, for calibration",
    )
    parser.add_argument("--test", type=Path, nargs="+", required=True, help="folders of test renders")
    parser.add_argument(
        "--data-note",
        default="rendered by ml.datagen with Blender, CC0",
        help="what the shots are, for the card (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
