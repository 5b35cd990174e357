"""How well cuts are found: FilmAI's detector beside PySceneDetect's five, on made-up films and on real ones.

One command, in the development environment. The made-up films come from held-out pictures (``ml.datagen.materials``;
docs/retrain.md) and are written as MP4, so that all detectors read the same files. Real clips are a folder with a
``labels.json``. A finding is a frame; it counts when it is at most two frames from a change of shot. Of further
findings within a change that was found nobody is told off.

    python -m bench.cuts --pictures data/whole/test data/close/test
    python -m bench.cuts --pictures data/whole/test --real clips --films 24 --json
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import av

from bench.cut_detectors import (
    Find,
    LabelledFilm,
    TrueChange,
    detectors_to_compare,
    made_up_films,
    read_labels,
)
from bench.measure import machine_lines
from ml.errors import TaskError
from ml.infer.cards import CutCard
from ml.infer.models import find_model
from ml.infer.session import SessionCache
from ml.train.cut_files import load_clips, load_pictures_for_scenes
from ml.train.cut_scoring import Score, match_transitions
from ml.train.cut_sources import SceneSource
from ml.train.data import DataError
from tooling.console import table

__all__ = ["main", "scored"]

REPOSITORY = Path(__file__).resolve().parents[1]
TOLERANCE_FRAMES = 2
SEED = 2_000_003
FRAMES = 600
HEADERS = (
    "detector",
    "F1",
    "precision",
    "recall",
    "n",
    "F1, cuts alone",
    "n",
    "recall by kind (n)",
    "frames/s",
)


@dataclass(slots=True)
class Result:
    """One detector on one set of films."""

    name: str
    every: Score = field(default_factory=Score)
    cuts: Score = field(default_factory=Score)
    kinds: dict[str, Score] = field(default_factory=dict)
    frames: int = 0
    seconds: float = 0.0

    def cells(self) -> list[str]:
        """The row of the table."""
        by_kind = [
            f"{kind} {score.recall:.2f} ({_there(score)})" for kind, score in sorted(self.kinds.items())
        ]
        return [
            self.name,
            f"{self.every.f1:.3f}",
            f"{self.every.precision:.3f}",
            f"{self.every.recall:.3f}",
            str(_there(self.every)),
            f"{self.cuts.f1:.3f}",
            str(_there(self.cuts)),
            ", ".join(by_kind),
            f"{self.frames / max(self.seconds, 1e-9):.0f}",
        ]


def scored(film: LabelledFilm, found: Sequence[int]) -> tuple[Score, Score, dict[str, Score]]:
    """All changes; cuts alone, where findings at longer changes count for nothing; and hits and misses by kind."""
    points = [TrueChange("", frame, frame) for frame in found]
    pairs, left = match_transitions(film.changes, points, TOLERANCE_FRAMES)
    hit = {index for index, _ in pairs}
    unclear = [TrueChange("", start, end) for start, end in film.unclear]
    stray = [points[other] for other in left]
    wrong = sum(not _near(point, [*unclear, *film.changes]) for point in stray)
    kinds: dict[str, Score] = {}
    for index, change in enumerate(film.changes):
        score = Score(hits=int(index in hit), missed=int(index not in hit))
        kinds[change.kind] = kinds.get(change.kind, Score()) + score
    cuts = kinds.get("cut", Score())
    return (
        Score(len(hit), len(film.changes) - len(hit), wrong),
        Score(cuts.hits, cuts.missed, wrong),
        kinds,
    )


def measured(films: Sequence[LabelledFilm], detectors: Sequence[tuple[str, Find]]) -> list[Result]:
    """Every detector on every film."""
    results = [Result(name) for name, _ in detectors]
    for film in films:
        with av.open(str(film.path)) as container:
            frames = sum(1 for _ in container.decode(video=0))
        for result, (_, find) in zip(results, detectors, strict=True):
            start = time.perf_counter()
            found = find(film.path)
            result.seconds += time.perf_counter() - start
            result.frames += frames
            every, cuts, kinds = scored(film, found)
            result.every += every
            result.cuts += cuts
            for kind, score in kinds.items():
                result.kinds[kind] = result.kinds.get(kind, Score()) + score
    return results


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 0 when measured, 2 when model or data cannot be used."""
    options = _parser().parse_args(argv)
    try:
        model = find_model(options.models, "cut_detector", CutCard)
        network = SessionCache().load(model, "cpu")
        detectors = detectors_to_compare(network, options.sensitivity)
        sets: dict[str, list[Result]] = {}
        with tempfile.TemporaryDirectory(prefix="filmai-bench-", ignore_cleanup_errors=True) as scratch:
            if options.pictures:
                source = SceneSource(
                    load_pictures_for_scenes(options.pictures, "*_albedo.png"), load_clips(options.clips)
                )
                films = list(made_up_films(source, options.films, FRAMES, SEED, Path(scratch)))
                sets["made-up films"] = measured(films, detectors)
        if options.real:
            sets["real clips"] = measured(read_labels(options.real), detectors)
    except (TaskError, DataError, OSError, ValueError, KeyError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        plain = {name: [asdict(result) for result in results] for name, results in sets.items()}
        print(json.dumps({"machine": machine_lines(), **plain}, indent=1))
        return 0
    print("\n".join(machine_lines()))
    for name, results in sets.items():
        print(f"\n{name}, {results[0].frames} frames\n")
        print(table(HEADERS, [result.cells() for result in results]))
    return 0


def _near(point: TrueChange, spans: Sequence[TrueChange]) -> bool:
    return any(span.start - TOLERANCE_FRAMES <= point.start <= span.end + TOLERANCE_FRAMES for span in spans)


def _there(score: Score) -> int:
    return score.hits + score.missed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.cuts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pictures", type=Path, nargs="+", default=(), help="folders of held-out pictures")
    parser.add_argument("--clips", type=Path, nargs="+", default=(), help="folders of held-out clips (.npz)")
    parser.add_argument("--real", type=Path, help="folder of real clips with a labels.json")
    parser.add_argument("--films", type=int, default=24, help="made-up films (default: %(default)s)")
    parser.add_argument("--sensitivity", type=float, default=0.5, help="of ours (default: %(default)s)")
    parser.add_argument("--models", type=Path, default=REPOSITORY / "ml" / "models", help="model repository")
    parser.add_argument("--json", action="store_true", help="print the counts")
    return parser


if __name__ == "__main__":
    sys.exit(main())
