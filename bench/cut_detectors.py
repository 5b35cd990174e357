"""The detectors that ``bench.cuts`` compares, each as a function from a film's file to frames; and made-up films."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from scenedetect import detect, detectors

from ml.infer.cards import CutCard
from ml.infer.cut_finding import find_transitions
from ml.infer.session import Network
from ml.train.cut_films import Film, FilmSettings, make_film
from ml.train.cut_sources import SceneSource

__all__ = [
    "BASELINES",
    "LabelledFilm",
    "TrueChange",
    "baseline",
    "changes_of",
    "frames_of",
    "made_up_films",
    "ours",
    "read_labels",
]

SIZE = (108, 192)
RATE = 24
CHUNK = 256
FADE_HOLD_FRAMES = 60

Find = Callable[[Path], list[int]]
"""The frames at which a film's shots change: a cut's first new frame, a longer transition's middle."""

BASELINES = ("ContentDetector", "AdaptiveDetector", "ThresholdDetector", "HashDetector", "HistogramDetector")
"""PySceneDetect's, with its default settings."""


@dataclass(frozen=True, slots=True)
class TrueChange:
    """One change of shot, in frames; start and end are the same for a cut."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LabelledFilm:
    """A film's file and its changes of shot, and stretches (start, end) of which nobody can tell."""

    path: Path
    changes: tuple[TrueChange, ...]
    unclear: tuple[tuple[int, int], ...] = ()


def baseline(name: str) -> Find:
    """One of BASELINES."""

    def find(path: Path) -> list[int]:
        detector = getattr(detectors, name)()
        return [scene[0].frame_num for scene in detect(str(path), detector)[1:]]

    return find


def ours(network: Network[CutCard], sensitivity: float) -> Find:
    """FilmAI's."""

    def find(path: Path) -> list[int]:
        found = find_transitions(network, frames_of(path), sensitivity)
        return [(transition.start + transition.end) // 2 for transition in found]

    return find


def read_labels(folder: Path) -> list[LabelledFilm]:
    """The clips that the folder's ``labels.json`` names. Raises FileNotFoundError when one is missing."""
    clips: dict[str, Any] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))["clips"]
    films = []
    for name, label in clips.items():
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder / name} is missing, and labels.json names it")
        changes = [TrueChange("cut", frame, frame) for frame in label["cuts"]]
        for other in label.get("transitions", ()):
            changes.append(TrueChange(other["kind"], other["start"], other["end"]))
        films.append(LabelledFilm(folder / name, tuple(sorted(changes, key=lambda change: change.start))))
    return films


def made_up_films(
    source: SceneSource, count: int, frames: int, seed: int, folder: Path
) -> Iterator[LabelledFilm]:
    """Films with every kind of transition and of disturbance, written as MP4.

    No shot is shorter than 24 frames: PySceneDetect's defaults do not look for any below 15.
    """
    settings = FilmSettings(frames, SIZE, shortest_shot=24, typical_shots=(60.0, 60.0), disturbed=0.5)
    for number in range(count):
        film = make_film(source, settings, np.random.default_rng((seed, number)))
        path = folder / f"{number:03d}.mp4"
        _write(path, film.frames)
        edges = np.flatnonzero(np.diff(np.pad(film.unclear.astype(np.int8), 1))).reshape(-1, 2)
        yield LabelledFilm(path, changes_of(film), tuple((int(start), int(end)) for start, end in edges))


def changes_of(film: Film) -> tuple[TrueChange, ...]:
    """The film's changes of shot: what goes through black or white is one, and is called a fade."""
    changes: list[TrueChange] = []
    for label in film.transitions:
        if film.unclear[label.start : label.end + 1].any():
            continue
        fades = label.kind in ("fade_in", "fade_out")
        change = TrueChange("fade" if fades else label.kind, label.start, label.end)
        last = changes[-1] if changes else None
        if last and label.start - last.end <= FADE_HOLD_FRAMES and _one_change(last, label.kind):
            changes[-1] = replace(last, kind="fade", end=label.end)
        else:
            changes.append(change)
    return tuple(changes)


def _one_change(last: TrueChange, kind: str) -> bool:
    """A fade out, then a cut or a fade in; or a cut to black, then a fade in."""
    return (last.kind == "fade" and kind in ("cut", "fade_in")) or (last.kind == "cut" and kind == "fade_in")


def _write(path: Path, frames: npt.NDArray[np.uint8]) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"crf": "23", "preset": "veryfast"})
        stream.height, stream.width = frames.shape[1:3]
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, RATE)
        for picture in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))


def frames_of(path: Path) -> Iterator[npt.NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        chunk: list[npt.NDArray[np.uint8]] = []
        for frame in container.decode(stream):
            small = frame.reformat(48, 27, "rgb24", interpolation="AREA")
            chunk.append(small.to_ndarray().astype(np.uint8, copy=False))
            if len(chunk) == CHUNK:
                yield np.stack(chunk)
                chunk = []
        if chunk:
            yield np.stack(chunk)


def detectors_to_compare(network: Network[CutCard], sensitivity: float) -> Sequence[tuple[str, Find]]:
    """Ours first."""
    return [("FilmAI", ours(network, sensitivity)), *((name, baseline(name)) for name in BASELINES)]
