"""How well shots are described: on test renders, and on real clips that were labelled by hand.

One command, one table, in the development environment; n beside each figure. With --pictures it also draws a confusion
matrix for each field. Clips lie in a folder with ``labels.json``; a label that is null is not counted.

    python -m bench.shot_quality --test data/shots/test
    python -m bench.shot_quality --test data/shots/test --clips data/real_clips --pictures docs/images/shots
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.shot_clips import coarse_hits, describe_clips, size_distances
from ml.errors import TaskError
from ml.export.shot_figures import calibrations, encode_shots, measure_slots
from ml.infer.cards import ShotCard
from ml.infer.describing import Describer, load_describer
from ml.infer.models import find_model
from ml.infer.session import SessionCache
from ml.media.errors import MediaError
from ml.shot_terms import FIELD_INDEX, FIELDS
from ml.train.data import DataError
from ml.train.shot_data import ShotSet
from ml.train.shot_scores import confusion, field_scores, split_logits
from ml.train.shots import open_shots
from tooling.console import table

__all__ = ["Figure", "clip_figures", "draw_confusions", "main", "render_figures"]

REPOSITORY = Path(__file__).resolve().parents[1]
MODEL = "shot_describer"
HEADERS = ("figure", "value", "n", "target", "met")
_CALIBRATION_TARGET = 0.05
_F1_TARGETS = {
    "movement (coarse)": 0.95,
    "movement": 0.85,
    "size (coarse)": 0.90,
    "angle": 0.90,
    "light": 0.90,
    "time": 0.90,
    "steadiness": 0.90,
}
_SLOTS_TARGET = 0.85
_SLOT_FIELDS = ("subject", "colour", "action")


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table."""

    name: str
    value: float
    n: int
    target: float | None = None
    at_most: bool = False
    """Whether the target is an upper bound."""

    @property
    def met(self) -> bool | None:
        """None without a target, or when nothing was there to measure."""
        if self.target is None or self.n == 0:
            return None
        return self.value < self.target if self.at_most else self.value >= self.target

    def cells(self) -> tuple[str, ...]:
        """As text."""
        target = "" if self.target is None else f"{'< ' if self.at_most else ''}{self.target:.2f}"
        value = f"{self.value:.3f}" if self.n else "not measured"
        return (self.name, value, f"{self.n}", target, {True: "yes", False: "no", None: ""}[self.met])


def render_figures(card: ShotCard, logits: NDArray[np.float32], shots: ShotSet) -> list[Figure]:
    """Macro-F1, slots and calibration on test renders."""
    figures = [
        Figure(f"renders: {score.field}, macro-F1", score.macro_f1, score.n, _F1_TARGETS.get(score.field))
        for score in field_scores(logits, shots.values)
    ]
    for name in _SLOT_FIELDS:
        index = FIELD_INDEX[name]
        table_ = _confusion(logits, shots.values, index)
        n = int(table_.sum())
        figures.append(
            Figure(f"renders: {name}, slots right", float(np.trace(table_) / max(n, 1)), n, _SLOTS_TARGET)
        )
    for one in calibrations(logits, shots.values, card.fields):
        figures.append(
            Figure(
                f"renders: {one.field}, calibration error",
                one.error,
                one.n,
                _CALIBRATION_TARGET,
                at_most=True,
            )
        )
        certain = round(one.certain_share * one.n) if one.n else 0
        figures.append(Figure(f"renders: {one.field}, certain guesses right", one.certain_right, certain))
    return figures


def clip_figures(describer: Describer, folder: Path) -> list[Figure]:
    """Shares that are right on real clips, and each shot's guesses on stderr."""
    shots = describe_clips(describer, folder)
    for shot in shots:
        said = ", ".join(f"{field}: {shot.guess(field)} (is {value})" for field, value in shot.labels.items())
        print(f"{shot.file} from frame {shot.start}: {said}\n    {shot.described.en}", file=sys.stderr)
    hits, distances = coarse_hits(shots), size_distances(shots)
    figures = [
        Figure("real clips: movement, 4 classes", _share(hits), len(hits), 0.85),
        Figure("real clips: size, 5 classes", _share([d == 0 for d in distances]), len(distances), 0.70),
        Figure("real clips: size, within one", _share([d <= 1 for d in distances]), len(distances), 0.95),
    ]
    for field in FIELDS:
        right = [shot.guess(field.id) == shot.labels[field.id] for shot in shots if field.id in shot.labels]
        if right:
            figures.append(Figure(f"real clips: {field.id}, right", _share(right), len(right)))
    return figures


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else float("nan")


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table. Exit status 0, 2 when model or data cannot be used."""
    options = _parser().parse_args(argv)
    try:
        model = find_model(options.models, MODEL, ShotCard)
        sessions = SessionCache()
        describer = load_describer(model, sessions, "cpu", options.beams)
        figures: list[Figure] = []
        if options.test:
            shots = open_shots(options.test)
            logits, tokens = encode_shots(sessions.load(model, "cpu"), shots)
            figures += render_figures(model.card, logits, shots)
            figures += [
                Figure(f"renders: told values said, {one.language}", one.said, one.told)
                for one in measure_slots(describer, tokens, shots.values)
            ]
            if options.pictures:
                draw_confusions(options.pictures, logits, shots.values, "renders")
        if options.clips:
            figures += clip_figures(describer, options.clips)
    except TaskError as error:
        print(f"error: {error.message} ({error.detail})", file=sys.stderr)
        return 2
    except (DataError, MediaError, OSError, ValueError, KeyError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps([asdict(figure) | {"met": figure.met} for figure in figures], indent=1))
    else:
        print(table(HEADERS, [figure.cells() for figure in figures]))
    return 0


def draw_confusions(folder: Path, logits: NDArray[np.float32], values: NDArray[np.int8], what: str) -> None:
    """One PNG a field: rows are the truth, columns the guess, each row in shares of its shots."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Picture

    folder.mkdir(parents=True, exist_ok=True)
    for index, field in enumerate(FIELDS):
        counts = _confusion(logits, values, index)
        names = [value.id for value in field.values]
        side = 2.4 + 0.42 * len(names)
        picture = Picture(figsize=(side, side), layout="constrained")
        FigureCanvasAgg(picture)
        axes = picture.subplots()
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
        for row, column in np.argwhere(counts > 0):
            colour = "white" if shares[row, column] > 0.5 else "black"
            axes.text(
                column, row, f"{counts[row, column]}", ha="center", va="center", fontsize=7, color=colour
            )
        axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
        axes.set_yticks(range(len(names)), names, fontsize=7)
        axes.set_xlabel("guess")
        axes.set_ylabel("truth")
        axes.set_title(f"{field.en}, {what}, n = {counts.sum()}", fontsize=9)
        picture.savefig(folder / f"confusion_{field.id}.png", dpi=80)


def _confusion(logits: NDArray[np.float32], values: NDArray[np.int8], index: int) -> NDArray[np.int64]:
    field = FIELDS[index]
    guess = split_logits(logits)[field.id].argmax(axis=1)
    return confusion(values[:, index].astype(np.int64), guess, len(field.values))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.shot_quality", description="How well shots are described."
    )
    parser.add_argument("--models", type=Path, default=REPOSITORY / "ml" / "models")
    parser.add_argument("--test", type=Path, nargs="+", help="folders of test renders")
    parser.add_argument("--clips", type=Path, help="folder of real clips with labels.json")
    parser.add_argument("--pictures", type=Path, help="folder for the confusion matrices")
    parser.add_argument("--beams", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="all digits, as JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
