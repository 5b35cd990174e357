"""Command that turns a checkpoint of the cut detector into a shipped model.

Order: the weights that were best on held-out films are written as ONNX and must match torch; the exported file's
thresholds are chosen on more held-out films; its figures are taken on others still; only then the card is written.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..infer.cards import CutCard, TensorSpec
from ..infer.cut_finding import Thresholds, thresholds_at
from ..nets.cut_detector import CutDetector, CutProbabilities
from ..train.checkpoint import CheckpointError, load_checkpoint
from ..train.cut_files import load_clips, load_pictures_for_scenes
from ..train.cut_films import KINDS, Film, make_film
from ..train.cut_recipe import CutRecipe, cut_recipe_from_plain
from ..train.cut_sheets import transition_rows
from ..train.cut_sources import SceneSource
from ..train.cut_trainer import HELD_OUT_SEED
from ..train.cuts import CutRun
from ..train.data import DataError
from ..train.recipe import RecipeError
from ..train.sheets import save_sheet
from .card import About, PageWords, TrainingFacts, file_sha256, write_card, write_page
from .cut_figures import choose_thresholds, cut_metrics
from .parity import SEEDS, ParityError, measure_painter_parity, painter_function
from .to_onnx import OPSET, export_cut_detector

__all__ = ["TrainedCuts", "main", "open_cut_checkpoint", "write_cut_model"]

FILM_FRAMES = 800
TYPICAL_SHOTS = (60.0, 160.0)
"""Training crowds its films with transitions; thresholds are for shots of 2 to 7 seconds, as films have them."""
SHORTEST_SHOT = 16

EXAMPLES = """example:
  python -m ml.export.cuts --checkpoint runs/cuts/checkpoint.pt --out ml/models --page docs/models \\
      --test data/whole/test data/close/test
"""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class TrainedCuts:
    """A detector ready for export, in evaluation mode, and what its checkpoint says about it."""

    detector: CutDetector
    recipe: CutRecipe
    steps: int
    minutes: float
    images: int
    torch_version: str


def open_cut_checkpoint(path: Path) -> TrainedCuts:
    """The best weights of a checkpoint. Raises CheckpointError or RecipeError."""
    content = load_checkpoint(path, CutRun.kind)
    recipe = cut_recipe_from_plain(content["recipe"])
    detector = CutDetector(recipe.net.config())
    detector.load_state_dict(content["state"]["best"])
    return TrainedCuts(
        detector.eval().requires_grad_(False),
        recipe,
        content["state"]["steps"],
        content["seconds"] / 60,
        content["images"],
        content["torch"],
    )


def write_cut_model(
    trained: TrainedCuts, folder: Path, page: Path, data_note: str, held_out: SceneSource, films: int
) -> CutCard:
    """Export into ``folder`` (a version of a model), with page and sheet in ``page``; returns the card.

    ``films`` are made up for the thresholds and as many for the figures. Raises ParityError when the file does not
    match torch. Whatever stops it, a model that lay in ``folder`` stays as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page.mkdir(parents=True, exist_ok=True)
    draft = folder / "draft.onnx"
    try:
        export_cut_detector(trained.detector, draft)
        inputs = [_frames_like_films(seed, held_out, trained.recipe) for seed in SEEDS]
        parity = measure_painter_parity(CutProbabilities(trained.detector), draft, inputs, "probabilities")
        print(f"parity: largest difference {parity.max_abs_error:.2e} over {len(SEEDS)} seeds")
        tuning = _films(held_out, trained.recipe, films, HELD_OUT_SEED + 1)
        thresholds = choose_thresholds(tuning, _said(draft, trained, tuning))
        card = _card(trained, draft, thresholds)
        judging = _films(held_out, trained.recipe, films, HELD_OUT_SEED + 2)
        metrics = cut_metrics(judging, _said(draft, trained, judging), thresholds_at(card, 0.5))
        about = About(_training_facts(trained, data_note), parity, metrics, _limits(card))
        draft.replace(folder / card.file)
        write_card(card, about, folder / "card.json")
    finally:
        draft.unlink(missing_ok=True)
    sheet = f"{card.name}_samples.png"
    save_sheet(page / sheet, transition_rows(trained.detector, judging), KINDS)
    write_page(card, about, _page_words(), page / f"{card.name}.md", sheet)
    return card


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when exported, 2 when checkpoint or data cannot be used, 3 when parity fails."""
    options = _parser().parse_args(argv)
    try:
        trained = open_cut_checkpoint(options.checkpoint)
        held_out = SceneSource(
            load_pictures_for_scenes(options.test, trained.recipe.data.pattern),
            load_clips(options.test_clips),
            trained.recipe.data.clip_share,
        )
        folder = options.out / trained.recipe.name / options.version
        card = write_cut_model(trained, folder, options.page, options.data_note, held_out, options.films)
    except (CheckpointError, RecipeError, DataError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ParityError as error:
        print(f"error: {error}", file=sys.stderr)
        return 3
    print(f"{card.name} version {card.version} written to {folder}")
    return 0


def _frames_like_films(seed: int, source: SceneSource, recipe: CutRecipe) -> dict[str, Floats]:
    """A film of the seed's own length as the network takes it."""
    film = make_film(
        source, recipe.data.films(64 + 16 * seed), np.random.default_rng((HELD_OUT_SEED, 3, seed))
    )
    return {"frames": film.frames[None].astype(np.float32) / np.float32(255)}


def _films(source: SceneSource, recipe: CutRecipe, count: int, seed: int) -> list[Film]:
    settings = replace(
        recipe.data.films(FILM_FRAMES), typical_shots=TYPICAL_SHOTS, shortest_shot=SHORTEST_SHOT
    )
    return [make_film(source, settings, np.random.default_rng((seed, number))) for number in range(count)]


def _said(file: Path, trained: TrainedCuts, films: Sequence[Film]) -> list[Floats]:
    """What the exported file says of each film, with held ends."""
    run, reach = painter_function(file, "probabilities"), trained.detector.config.reach
    said = []
    for film in films:
        padded = np.pad(film.frames, ((reach, reach), (0, 0), (0, 0), (0, 0)), mode="edge")
        answer = run({"frames": padded[None].astype(np.float32) / np.float32(255)})
        said.append(answer[0, reach : reach + len(film.frames)])
    return said


def _card(trained: TrainedCuts, file: Path, thresholds: Sequence[Thresholds]) -> CutCard:
    return CutCard(
        name=trained.recipe.name,
        version=file.parent.name,
        task="cuts",
        file="model.onnx",
        sha256=file_sha256(file),
        opset=OPSET,
        inputs=(TensorSpec("frames", "float32", ("1", "frames", "27", "48", "3")),),
        outputs=(TensorSpec("probabilities", "float32", ("1", "frames", f"{2 + len(KINDS)}")),),
        families=KINDS,
        licence="CC0-1.0",
        reach_frames=trained.detector.config.reach,
        cut_thresholds=tuple(pair.cut for pair in thresholds),
        longer_thresholds=tuple(pair.longer for pair in thresholds),
    )


def _training_facts(trained: TrainedCuts, data_note: str) -> TrainingFacts:
    return TrainingFacts(
        recipe=trained.recipe,
        steps=trained.steps,
        minutes=round(trained.minutes, 1),
        images=trained.images,
        data=data_note,
        weights="those that were best on held-out films, of the running average",
        torch=trained.torch_version,
    )


def _limits(card: CutCard) -> tuple[str, ...]:
    return (
        "It sees 48 x 27 pixels: a change in a small part of the frame is no cut to it.",
        f"It looks {card.reach_frames} frames back and ahead; slower dissolves may be missed.",
        "All its films were made up. On real film it finds changes that are none; docs/cuts.md says how many.",
        "It has seen films at 24 to 30 frames a second; at higher rates, leave frames out.",
        "A shot of one or two frames between two like ones counts as a flash.",
    )


def _page_words() -> PageWords:
    names = ", ".join(KINDS)
    return PageWords(
        lead="Finds where the shots of a film change, and how: cuts, dissolves, fades and wipes.",
        sheet=(
            "A made-up film's first transition of each kind, from before it to after it. Below each frame, how sure "
            "the network is of a cut or a transition's middle (red), and of being within a transition (green)."
        ),
        interface=(
            "Input `frames`: float32 (1, frames, 27, 48, 3): the film, sRGB, 0 to 1, reduced by area.",
            (
                "Output `probabilities`: float32 (1, frames, 7): a cut falls before this frame or it is a longer "
                f"transition's middle; the frame lies within a longer transition; the kinds ({names}), which sum to 1."
            ),
        ),
        picture="Transitions, one row per kind",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ml.export.cuts",
        description="Export a checkpoint of the cut detector as ONNX, with parity and model card.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt of a training run")
    parser.add_argument("--out", type=Path, required=True, help="model repository, for example ml/models")
    parser.add_argument("--version", default="1", help="version folder to write (default: %(default)s)")
    parser.add_argument("--page", type=Path, default=Path("docs/models"), help="folder for page and sheet")
    parser.add_argument("--test", type=Path, nargs="+", required=True, help="folders of held-out pictures")
    parser.add_argument("--test-clips", type=Path, nargs="+", default=(), help="folders of held-out clips")
    parser.add_argument(
        "--films",
        type=int,
        default=40,
        help="films for the thresholds, and for the figures (default: %(default)s)",
    )
    parser.add_argument(
        "--data-note",
        default="films made up from renders of ml.datagen with Blender's Cycles, CC0",
        help="what the training data are, for the card (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
