"""Films for the cut detector: shots joined by transitions whose frames are known exactly.

A film is a window of an endless sequence. Numbers mean what they mean in ``ml.protocol_shots.Transition``: a cut is
the first frame of the new shot; a longer transition goes from the first frame that is of neither shot alone to the
first one of the new shot alone (a fade to black ends with the first frame that is all black). Where a change of frame
rate has mixed the frames at a cut, the mixed one counts as the new shot's first.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
import numpy.typing as npt

from ..protocol_shots import TransitionKind
from .cut_disturbances import disturb
from .cut_look import film_look, graded
from .cut_sources import Floats, Scene, SceneSource
from .cut_wipes import push, wipe_mask

__all__ = ["KINDS", "Film", "FilmSettings", "LabelledTransition", "make_film"]

KINDS: tuple[TransitionKind, ...] = get_args(TransitionKind)
"""In the order of the network's outputs."""

Bytes = npt.NDArray[np.uint8]
Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class FilmSettings:
    """What films are made of."""

    frames: int
    size: tuple[int, int] = (27, 48)
    """Height and width."""
    weights: tuple[float, ...] = (0.55, 0.17, 0.08, 0.08, 0.12)
    """How often each of KINDS joins two shots."""
    disturbed: float = 0.45
    """Share of shots in which something happens that is no cut."""
    degraded: bool = True
    """Whether the film has grain, bars, and what a codec leaves."""
    longest: int = 48
    """Frames of the longest dissolve or wipe."""
    shortest_shot: int = 6
    typical_shots: tuple[float, float] = (20.0, 120.0)
    """A film's shots are about so many frames long, from film to film between these."""


@dataclass(frozen=True, slots=True)
class LabelledTransition:
    """Frames within the film; ``start == end`` for a cut."""

    kind: TransitionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Film:
    """Frames uint8 (T, H, W, 3), what happens in them, and frames (T,) of which nobody can tell."""

    frames: Bytes
    transitions: tuple[LabelledTransition, ...]
    unclear: npt.NDArray[np.bool_]


class _Reel:
    """Frames so far, and their labels."""

    def __init__(self, first: Floats) -> None:
        self.frames = first
        self.labels: list[LabelledTransition] = []

    def cut_to(self, shot: Floats) -> None:
        self._label("cut", len(self.frames), len(self.frames))
        self.frames = np.concatenate([self.frames, shot])

    def overlap(self, kind: TransitionKind, mixed: Floats, rest: Floats) -> None:
        start = len(self.frames) - len(mixed)
        self._label(kind, start, len(self.frames))
        self.frames = np.concatenate([self.frames[:start], mixed, rest])

    def fade_in(self, shot: Floats, length: int, colour: Floats) -> None:
        start = len(self.frames)
        self._label("fade_in", start, start + length)
        shown = _shares(length)[:, None, None, None]
        self.frames = np.concatenate([self.frames, colour + shown * (shot[:length] - colour), shot[length:]])

    def _label(self, kind: TransitionKind, start: int, end: int) -> None:
        self.labels.append(LabelledTransition(kind, start, end))


def make_film(source: SceneSource, settings: FilmSettings, rng: Rng) -> Film:
    """A film of ``settings.frames`` frames. The same source, settings and random stream give the same film."""
    # from here on all shots of the film are about as long
    typical = float(np.exp(rng.uniform(*np.log(settings.typical_shots))))
    settings = replace(settings, typical_shots=(typical, typical))
    shoot = _shooter(source, settings, rng)
    reel = _Reel(_opening(shoot, settings, rng))
    offset = int(rng.integers(0, 40))
    while len(reel.frames) < offset + settings.frames:
        _join(reel, shoot, settings, rng)
    frames = reel.frames[: offset + settings.frames]
    if settings.degraded:
        frames = film_look(frames, rng)
    return _cropped(frames, reel.labels, offset, settings.frames, rng)


def _shooter(source: SceneSource, settings: FilmSettings, rng: Rng) -> Callable[[int], Floats]:
    """Shots of the film: of scenes that come back, in colours that they share."""
    scenes: list[Scene] = [source.scene(rng)]
    shared = rng.random() < 0.5
    film_grade = graded(rng)
    familiar = float(rng.uniform(0.0, 0.7))

    def shoot(frames: int) -> Floats:
        if rng.random() >= familiar:
            scenes.append(source.scene(rng))
        scene = scenes[-1] if rng.random() < 0.5 else scenes[rng.integers(len(scenes))]
        shot = scene.shoot(frames, settings.size, rng)
        shot = film_grade(shot) if shared else graded(rng)(shot)
        return disturb(shot, settings.disturbed, rng)

    return shoot


def _opening(shoot: Callable[[int], Floats], settings: FilmSettings, rng: Rng) -> Floats:
    shot = shoot(_shot_length(settings, rng))
    if rng.random() < 0.1:  # a film may begin black
        return np.broadcast_to(_plain(rng), (int(rng.integers(1, 40)), *settings.size, 3)).copy()
    return shot


def _join(reel: _Reel, shoot: Callable[[int], Floats], settings: FilmSettings, rng: Rng) -> None:
    """Put one more shot behind the reel."""
    kind = KINDS[rng.choice(len(KINDS), p=settings.weights)]
    length = _transition_length(settings.longest, rng)
    shot = shoot(length + _shot_length(settings, rng))
    # the last label's end is where the shot before begins to stand alone, which it does for a moment at least
    free = len(reel.frames) - (reel.labels[-1].end if reel.labels else 0) - 3
    length = min(length, free)
    if kind == "cut" or length < 3:
        shot = shot[: max(len(shot) - length, 2)]
        if rng.random() < 0.08:  # a frame-rate change has mixed the frames on both sides
            shot[0] += float(rng.uniform(0.2, 0.6)) * (reel.frames[-1] - shot[0])
        reel.cut_to(shot)
    elif kind in ("fade_in", "fade_out"):
        _fade(reel, shot, kind, length, settings, rng)
    else:
        before, after = reel.frames[len(reel.frames) - length :], shot[:length]
        reel.overlap(kind, _mixed(kind, before, after, rng), shot[length:])


def _mixed(kind: TransitionKind, before: Floats, after: Floats, rng: Rng) -> Floats:
    shares = _shares(len(before))
    if kind == "dissolve":
        gamma = rng.choice((1.0, 1.0, 2.2))  # mixed as light, by some programs
        share = shares[:, None, None, None]
        mixed: Floats = ((1 - share) * before**gamma + share * after**gamma) ** (1 / gamma)
        return mixed.astype(np.float32)
    if rng.random() < 0.2:
        return push(before, after, shares, rng)
    mask = wipe_mask(shares, before.shape[1:3], rng)[..., None]
    return before + mask * (after - before)


def _fade(
    reel: _Reel, shot: Floats, kind: TransitionKind, length: int, settings: FilmSettings, rng: Rng
) -> None:
    """Over black or white: out and in, or hard on one side."""
    colour = _plain(rng)
    both = rng.random() < 0.5
    hold = int(rng.choice((0, 1, 4, 12, 30))) if both else int(rng.integers(4, 40))
    held = np.broadcast_to(colour, (hold, *settings.size, 3))
    if kind == "fade_out" or both:
        shown = 1 - _shares(length)[:, None, None, None]
        before = reel.frames[len(reel.frames) - length :]
        reel.overlap("fade_out", colour + shown * (before - colour), held.astype(np.float32))
    else:
        reel.cut_to(held.astype(np.float32))
    if kind == "fade_in" or both:
        reel.fade_in(shot, min(_transition_length(settings.longest, rng), len(shot) - 1), colour)
    else:
        reel.cut_to(shot)


def _shares(length: int) -> Floats:
    """How much of the new shot each frame of a transition has: more than 0, less than 1."""
    return ((np.arange(length) + 1) / (length + 1)).astype(np.float32)


def _shot_length(settings: FilmSettings, rng: Rng) -> int:
    typical = settings.typical_shots[0]
    return int(np.clip(rng.lognormal(np.log(typical), 0.7), settings.shortest_shot, 4 * typical))


def _transition_length(longest: int, rng: Rng) -> int:
    return round(float(np.exp(rng.uniform(np.log(4), np.log(longest)))))


def _plain(rng: Rng) -> Floats:
    """Black most often, white, or nearly so."""
    level = rng.choice((0.0, 0.0, 0.0, 0.03, 0.06, 1.0, 0.95))
    return np.full(3, level, np.float32)


def _cropped(frames: Floats, labels: list[LabelledTransition], offset: int, length: int, rng: Rng) -> Film:
    """A window of ``length`` frames from ``offset``; what its border cuts through is unclear.

    Now and then the first or last frames are repeated ones, as the finder pads a film's ends.
    """
    held_first = int(rng.integers(1, length // 3)) if rng.random() < 0.12 else 0
    held_last = int(rng.integers(1, length // 3)) if rng.random() < 0.12 else 0
    shown = length - held_first - held_last
    window = frames[offset : offset + shown]
    unclear = np.zeros(length, bool)
    kept = []
    for label in labels:
        start, end = label.start - offset, label.end - offset
        if start + (label.kind != "cut") > 0 and end <= shown and start < shown:
            moved = LabelledTransition(label.kind, start + held_first, end + held_first)
            kept.append(moved)
            if _hardly_seen(window, start, end):
                unclear[max(moved.start - 1, 0) : moved.end + 1] = True
        else:
            unclear[max(start + held_first, 0) : max(end + held_first, 0)] = True
    index = np.clip(np.arange(length) - held_first, 0, shown - 1)
    return Film((window[index] * 255).round().astype(np.uint8), tuple(kept), unclear)


def _hardly_seen(frames: Floats, start: int, end: int) -> bool:
    """Whether the pictures on both sides are so alike that the eye would not see the transition."""
    last, first = max(start - 1, 0), min(end, len(frames) - 1)
    return bool(np.abs(frames[first] - frames[last]).mean() < 0.03)
