"""The cut detector under training: films made up as it goes, one optimiser, the average of the weights.

Film number i is a function of the recipe's seed and i, and the steps' films are a function of the step, so a resumed
run sees what an uninterrupted one would. No files, no clock, no printing.
"""

import copy
import math
from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from ..infer.cut_finding import Thresholds, transitions_in
from ..nets.cut_detector import CutDetector, CutProbabilities
from .cut_films import KINDS, Film, make_film
from .cut_recipe import CutRecipe
from .cut_scoring import Score, match_transitions
from .cut_sources import SceneSource

__all__ = ["CutLosses", "CutTrainer", "Targets", "film_probabilities", "score_films", "targets_of", "varied"]

TOLERANCE_FRAMES = 2
REPLAY_AFTER_STEPS = 40
HELD_OUT_SEED = 1_000_003
JUDGED_AT = (0.3, 0.5, 0.7, 0.85)
"""Thresholds are chosen at export: a judgement takes the best of these."""


class CutLosses(NamedTuple):
    """Of one step: cross-entropies, and the last F1 on held-out films (0 before the first)."""

    moment: float
    within: float
    kind: float
    f1: float


class Targets(NamedTuple):
    """What the network should say of a batch."""

    moment: Tensor
    """float (B, T): 1 at a cut, and at the middle frame of a longer transition."""
    within: Tensor
    """float (B, T): 1 within a longer transition."""
    kind: Tensor
    """int64 (B, T): index in KINDS where there is a transition, else -1."""
    clear: Tensor
    """float (B, T): 0 where nobody can tell."""


class CutTrainer:
    """Takes scenes to train on and others to be judged on."""

    def __init__(self, recipe: CutRecipe, train: SceneSource, held_out: SceneSource) -> None:
        self.recipe = recipe
        self.present = tuple(range(len(KINDS)))
        self.steps_done = 0
        self.best_f1 = 0.0
        self._f1 = 0.0
        torch.manual_seed(recipe.optimiser.seed)
        self.network = CutDetector(recipe.net.config()).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = copy.deepcopy(self.network).requires_grad_(False)
        self.best = copy.deepcopy(self.average.state_dict())
        self._optimiser = torch.optim.AdamW(
            self.network.parameters(),
            recipe.optimiser.learning_rate,
            weight_decay=recipe.optimiser.weight_decay,
        )
        self._source, self._held_out = train, held_out
        self._films: dict[int, Film] = {}
        self._judges: list[Film] = []

    def step(self) -> CutLosses:
        """One update on a batch of films, some new and some seen before in another guise."""
        settings = self.recipe.loss
        films = self._next_films()
        frames = torch.from_numpy(np.stack([film.frames for film in films])).float() / 255
        targets = targets_of(films)
        self._set_learning_rate()
        self.network.train()
        logits = self.network(frames)
        weight = targets.clear * (1 + (settings.positive - 1) * targets.moment)
        moment = _entropy(logits[..., 0], targets.moment, weight)
        within = _entropy(logits[..., 1], targets.within, targets.clear)
        kind = functional.cross_entropy(
            logits[..., 2:].flatten(0, 1), targets.kind.flatten(), ignore_index=-1, reduction="sum"
        ) / (targets.kind >= 0).sum().clamp(min=1)
        self._optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(moment + settings.within * within + settings.kind * kind)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimiser.step()
        self._update_average()
        self.steps_done += 1
        return CutLosses(float(moment.detach()), float(within.detach()), float(kind.detach()), self._f1)

    def judge(self) -> float:
        """F1 of the weights that would be shipped now on held-out films; the best so far are kept."""
        network = self.average if self.recipe.run.export_average else self.network
        films = self.held_out_films()
        said = [film_probabilities(network, film) for film in films]
        self._f1 = max(
            score_films(films, said, Thresholds(*pair)).f1 for pair in product(JUDGED_AT, JUDGED_AT)
        )
        if self._f1 > self.best_f1:
            self.best_f1 = self._f1
            self.best = copy.deepcopy(network.state_dict())
        return self._f1

    def held_out_films(self) -> list[Film]:
        """Always the same ones."""
        if not self._judges:
            settings = self.recipe.data.films(self.recipe.validation.frames)
            self._judges = [
                make_film(self._held_out, settings, np.random.default_rng((HELD_OUT_SEED, number)))
                for number in range(self.recipe.validation.films)
            ]
        return self._judges

    def state(self) -> dict[str, Any]:
        """Everything that the next step depends on, as tensors and plain values."""
        return {
            "steps": self.steps_done,
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "best": self.best,
            "best_f1": self.best_f1,
            "f1": self._f1,
        }

    def load_state(self, state: dict[str, Any]) -> None:
        """Continue from ``state``."""
        self.steps_done = state["steps"]
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.best, self.best_f1, self._f1 = state["best"], state["best_f1"], state["f1"]

    def _next_films(self) -> list[Film]:
        """The step's films: number 0, 1, ... are new in turn; each returns ``replayed`` times, steps later."""
        batch, times = self.recipe.optimiser.batch, self.recipe.data.replayed + 1
        fresh = max(1, batch // times)
        films = []
        for place in range(batch):
            ago, within = divmod(place, fresh)
            number = (self.steps_done - ago * REPLAY_AFTER_STEPS) * fresh + within
            rng = np.random.default_rng((self.recipe.optimiser.seed, 2, self.steps_done, place))
            film = self._film(
                max(number, 0) if ago <= self.recipe.data.replayed else int(rng.integers(1 << 30))
            )
            films.append(varied(film, rng) if ago else film)
        oldest = (self.steps_done - times * REPLAY_AFTER_STEPS) * fresh
        self._films = {number: film for number, film in self._films.items() if number >= oldest}
        return films

    def _film(self, number: int) -> Film:
        if number not in self._films:
            rng = np.random.default_rng((self.recipe.optimiser.seed, 1, number))
            self._films[number] = make_film(self._source, self.recipe.data.films(), rng)
        return self._films[number]

    def _set_learning_rate(self) -> None:
        settings, last = self.recipe.optimiser, self.recipe.run.steps
        risen = min(1.0, (self.steps_done + 1) / max(settings.warmup_steps, 1))
        sunk = 0.5 * (1 + math.cos(math.pi * min(1.0, self.steps_done / last)))
        for group in self._optimiser.param_groups:
            group["lr"] = settings.learning_rate * risen * sunk

    @torch.no_grad()
    def _update_average(self) -> None:
        decay = min(self.recipe.optimiser.ema_decay, (1 + self.steps_done) / (10 + self.steps_done))
        now = self.network.state_dict()
        for name, mean in self.average.state_dict().items():
            if mean.is_floating_point():
                mean.lerp_(now[name], 1 - decay)
            else:
                mean.copy_(now[name])


def targets_of(films: list[Film]) -> Targets:
    """The films' labels, frame by frame."""
    shape = (len(films), len(films[0].frames))
    moment, within = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    kind = np.full(shape, -1, np.int64)
    clear = np.stack([1 - film.unclear.astype(np.float32) for film in films])
    for row, film in enumerate(films):
        for label in film.transitions:
            middle = (label.start + label.end) // 2
            moment[row, middle] = 1
            within[row, label.start : label.end] = 1
            kind[row, label.start : max(label.end, label.start + 1)] = KINDS.index(label.kind)
    kind[clear == 0] = -1
    return Targets(*(torch.from_numpy(array) for array in (moment, within, kind, clear)))


def varied(film: Film, rng: np.random.Generator) -> Film:
    """The film mirrored, upside down, with swapped colours or inverted; its labels hold for each."""
    frames = film.frames
    if rng.random() < 0.5:
        frames = frames[:, :, ::-1]
    if rng.random() < 0.2:
        frames = frames[:, ::-1]
    frames = frames[..., rng.permutation(3)]
    if rng.random() < 0.1:
        frames = 255 - frames
    return Film(np.ascontiguousarray(frames), film.transitions, film.unclear)


@torch.no_grad()
def film_probabilities(network: CutDetector, film: Film) -> npt.NDArray[np.float32]:
    """What the network says of the film, with its ends held as the finder does: (T, 2 + kinds)."""
    reach = network.config.reach
    padded = np.pad(film.frames, ((reach, reach), (0, 0), (0, 0), (0, 0)), mode="edge")
    said = CutProbabilities(network).eval()(torch.from_numpy(padded)[None].float() / 255)
    probabilities: npt.NDArray[np.float32] = said[0, reach : reach + len(film.frames)].numpy()
    return probabilities


def score_films(
    films: Sequence[Film], probabilities: Sequence[npt.NDArray[np.float32]], thresholds: Thresholds
) -> Score:
    """All kinds together, two frames of tolerance; what lies where nobody can tell counts for nothing."""
    total = Score()
    for film, said in zip(films, probabilities, strict=True):
        found = transitions_in(said, thresholds, KINDS)
        pairs, left = match_transitions(film.transitions, found, TOLERANCE_FRAMES)
        paired = {true for true, _ in pairs}
        missed = [label for index, label in enumerate(film.transitions) if index not in paired]
        total += Score(
            hits=len(pairs),
            missed=sum(not film.unclear[label.start : label.end + 1].any() for label in missed),
            wrong=sum(
                not film.unclear[max(found[other].start - 2, 0) : found[other].end + 3].any()
                for other in left
            ),
        )
    return total


def _entropy(logits: Tensor, targets: Tensor, weight: Tensor) -> Tensor:
    losses = functional.binary_cross_entropy_with_logits(logits, targets, weight, reduction="sum")
    return losses / weight.sum().clamp(min=1)
