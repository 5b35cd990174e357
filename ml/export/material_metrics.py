"""The figures of the texture studio: how near its pictures come to held-out renders, and whether it obeys.

Every set of pictures is measured *in the place of* the held-out renders, picture for picture of the same family, so
that all columns of a row come about alike: those painted by the texture studio, those of the reference network, as
many training renders, and the held-out renders themselves, whose value is the row's floor.

Which floor is the honest one: the texture studio is told the layouts and looks of the held-out renders, so nothing
keeps it from their own figure, the column ``floor``. A network that knows the training renders alone can at best
reach the column ``training``, since half of the held-out renders' parameters lie outside the ranges of training. So
the reference network is to be read against ``training``, and the texture studio against both. What the texture studio
is told helps it: that it comes nearer than the reference network is in part the worth of the layouts.

No downloaded networks: features and classes are those of ``ml.train.classifier``, never to be compared with
published figures. Pictures are 64 pixels wide, since the reference network draws no larger ones. No files here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ..nets.material_classifier import MaterialClassifier
from .distances import (
    kernel_distance,
    laplacian_levels,
    nearest_distances,
    nearest_neighbour_accuracy,
    pixel_spread,
    seam_ratio,
    sliced_wasserstein,
)
from .metrics import Pictures
from .obedience import Obedience, obedience_rows
from .quality import QualityRow, Target

__all__ = ["Sets", "quality_rows", "reduced", "taken"]

PX = 64
LEVELS = (64, 32, 16)
HALVINGS = 64
"""FilmAI-KID and the 1-NN accuracy are means over so many random halvings of the held-out renders."""
SLICED_HALVINGS = 8
"""Those of the sliced Wasserstein distance, in which both halves have as many of each family: it scatters less."""
SEED = 20
"""Of every random choice: the same pictures give the same figures."""


@dataclass(frozen=True, slots=True, eq=False)
class Sets:
    """Pictures to compare."""

    ours: Pictures | None
    """One for each held-out render, in the same order, painted on its layout and in its look."""
    reference: Pictures | None
    """At least as many of each family as were held out; the first ones count."""
    train: Pictures
    """Likewise; those that count are chosen at random."""
    held_out: Pictures


_QUARTER = Target(
    "a quarter of the reference's at most",
    lambda ours, reference, _: reference is not None and ours <= reference / 4,
)
_NEAR_FLOOR = Target("1.5 times the floor at most", lambda ours, _, floor: ours <= 1.5 * floor)
_NAMED = Target("at least 0.95", lambda ours, *_: ours >= 0.95)
_MIXED_UP = Target("at most 0.70", lambda ours, *_: ours <= 0.70)
_DIVERSE = Target("0.85 to 1.15", lambda ours, *_: 0.85 <= ours <= 1.15)
_NO_COPY = Target("no nearer than held-out renders", lambda ours, _, floor: ours >= 0.99 * floor)
_SEAMLESS = Target(
    "0.98 to 1.02, or that near to renders",
    lambda ours, _, floor: min(abs(ours - 1), abs(ours - floor)) <= 0.02,
)

_HALVES = "held-out renders, half against half, {times} times, \u00b1 {scatter:.2g}"
_BY_DEFINITION = "1 by definition (held-out renders)"
_HELD_OUT = "held-out renders"


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """Pictures in the place of the held-out renders, and what is computed of them once."""

    pictures: Pictures
    features: Tensor
    """(N, F)."""
    right: float
    """Share whose family the classifier names."""
    levels: list[Tensor]
    """The Laplacian pyramid, one for each of LEVELS."""


def reduced(images: Tensor) -> Tensor:
    """uint8 (N, 3, S, S) to (N, 3, 64, 64): each pixel the mean of those it replaces. S is a multiple of 64.

    Raises ValueError for other sizes.
    """
    height, width = images.shape[-2:]
    if height != width or height % PX:
        raise ValueError(f"pictures of {width} x {height} pixels cannot be reduced to {PX} by area")
    return functional.avg_pool2d(images.float(), height // PX).round().to(torch.uint8)


def taken(pool: Pictures, classes: Tensor, rng: np.random.Generator | None = None) -> Pictures:
    """Pictures of ``pool`` with exactly these classes in this order, none twice: the first ones, or at random.

    Raises ValueError when the pool has too few of a class.
    """
    chosen = torch.empty(len(classes), dtype=torch.int64)
    for index in sorted(set(classes.tolist())):
        own = (pool.classes == index).nonzero()[:, 0]
        places = (classes == index).nonzero()[:, 0]
        if len(own) < len(places):
            raise ValueError(f"{len(places)} pictures of class {index} are needed, there are {len(own)}")
        order = np.arange(len(own)) if rng is None else rng.permutation(len(own))
        chosen[places] = own[torch.from_numpy(order[: len(places)])]
    return Pictures(pool.images[chosen], pool.classes[chosen])


def quality_rows(
    sets: Sets, classifier: MaterialClassifier, obedience: Obedience | None = None
) -> tuple[QualityRow, ...]:
    """The whole table; ``classifier`` in evaluation mode.

    Raises ValueError when fewer than two held-out renders are of some family, when another set has too few of one,
    and when ``ours`` does not go with the held-out renders.
    """
    return (*_Comparison(sets, classifier).rows(), *obedience_rows(obedience))


class _Comparison:
    """All sets in the place of the held-out renders, and the figures of each."""

    def __init__(self, sets: Sets, classifier: MaterialClassifier) -> None:
        classes = sets.held_out.classes
        self._present = sorted(set(classes.tolist()))
        if not self._present or min(len(sets.held_out.of(index)) for index in self._present) < 2:
            raise ValueError("at least two held-out renders of each family are needed")
        if sets.ours is not None and not torch.equal(sets.ours.classes, classes):
            raise ValueError("there is not one picture of ours for each held-out render, in the same order")
        training = taken(sets.train, classes, np.random.default_rng(SEED))
        reference = None if sets.reference is None else taken(sets.reference, classes)
        self._train = sets.train
        self._held_out = _candidate(sets.held_out, classifier)
        self._training = _candidate(training, classifier)
        self._ours = None if sets.ours is None else _candidate(sets.ours, classifier)
        self._reference = None if reference is None else _candidate(reference, classifier)

    def rows(self) -> list[QualityRow]:
        """One for each figure of pictures."""
        return [
            self._row("filmai_kid", "FilmAI-KID x 1000", self._kernel, _HALVES, _QUARTER),
            *(
                self._row(
                    f"sliced_wasserstein_{px}",
                    f"Sliced Wasserstein x 1000, {px} px",
                    partial(self._sliced, level),
                    _HALVES,
                    _NEAR_FLOOR,
                )
                for level, px in enumerate(LEVELS)
            ),
            self._row("class_accuracy", "Class accuracy ratio", self._accuracy, _BY_DEFINITION, _NAMED),
            self._row("nearest_neighbour", "1-NN two-sample accuracy", self._told_apart, _HALVES, _MIXED_UP),
            self._row("diversity", "Diversity ratio", self._diversity, _BY_DEFINITION, _DIVERSE),
            self._row("nearest_training", "Nearest training render", self._nearest, _HELD_OUT, _NO_COPY),
            self._row("seam_ratio", "Seam ratio", _seam, _HELD_OUT, _SEAMLESS),
        ]

    def _row(
        self,
        name: str,
        label: str,
        measure: Callable[[_Candidate], list[float]],
        floor_is: str,
        target: Target,
    ) -> QualityRow:
        values = measure(self._held_out)
        floor, training = _mean(values), _mean(measure(self._training))
        ours = None if self._ours is None else _mean(measure(self._ours))
        reference = None if self._reference is None else _mean(measure(self._reference))
        return QualityRow(
            id=name,
            label=label,
            ours=ours,
            reference=reference,
            # training renders are their own nearest ones
            training=None if name == "nearest_training" else training,
            floor=floor,
            floor_is=floor_is.format(times=len(values), scatter=float(np.std(values))),
            target=target.text,
            met=None if ours is None else target.reached(ours, reference, floor),
        )

    def _kernel(self, candidate: _Candidate) -> list[float]:
        return [
            1000 * kernel_distance(candidate.features[one], self._held_out.features[other])
            for one, other in self._halves(HALVINGS)
        ]

    def _told_apart(self, candidate: _Candidate) -> list[float]:
        return [
            nearest_neighbour_accuracy(candidate.features[one], self._held_out.features[other])
            for one, other in self._halves(HALVINGS)
        ]

    def _sliced(self, level: int, candidate: _Candidate) -> list[float]:
        rng = np.random.default_rng((SEED, level))
        return [
            sliced_wasserstein(candidate.levels[level][one], self._held_out.levels[level][other], rng)
            for one, other in self._balanced_halves(SLICED_HALVINGS)
        ]

    def _accuracy(self, candidate: _Candidate) -> list[float]:
        return [candidate.right / max(self._held_out.right, 1e-9)]

    def _diversity(self, candidate: _Candidate) -> list[float]:
        own, real = (
            sum(pixel_spread(part.pictures.of(index)) for index in self._present)
            for part in (candidate, self._held_out)
        )
        return [own / max(real, 1e-9)]

    def _nearest(self, candidate: _Candidate) -> list[float]:
        nearest = [
            nearest_distances(candidate.pictures.of(index), self._train.of(index)) for index in self._present
        ]
        return [float(torch.cat(nearest).median())]

    def _halves(self, times: int) -> list[tuple[Tensor, Tensor]]:
        """Places of one half, where the candidate stands in, and of the other, whatever their families: so the
        kernel distance of held-out renders is 0 on average. A layout and its own render never meet."""
        count = len(self._held_out.features)
        orders = [np.random.default_rng((SEED, turn)).permutation(count) for turn in range(times)]
        half = count // 2
        return [(torch.from_numpy(o[:half]), torch.from_numpy(o[half : 2 * half])) for o in orders]

    def _balanced_halves(self, times: int) -> list[tuple[Tensor, Tensor]]:
        """Likewise, with as many of each family in both."""
        pairs = []
        for turn in range(times):
            rng = np.random.default_rng((SEED, turn))
            one, other = [], []
            for index in self._present:
                own = rng.permutation((self._held_out.pictures.classes == index).nonzero()[:, 0].numpy())
                one.append(own[: len(own) // 2])
                other.append(own[len(own) // 2 : len(own) // 2 * 2])
            pairs.append((torch.from_numpy(np.concatenate(one)), torch.from_numpy(np.concatenate(other))))
        return pairs


def _candidate(pictures: Pictures, classifier: MaterialClassifier) -> _Candidate:
    parts = torch.split(pictures.images, 256)
    right = torch.cat([classifier.classify(part) for part in parts]) == pictures.classes
    return _Candidate(
        pictures,
        features=torch.cat([classifier.features_of(part) for part in parts]),
        right=float(right.float().mean()),
        levels=laplacian_levels(pictures.images, LEVELS[-1]),
    )


def _seam(candidate: _Candidate) -> list[float]:
    return [seam_ratio(candidate.pictures.images)]


def _mean(values: list[float]) -> float:
    return float(np.mean(values))
