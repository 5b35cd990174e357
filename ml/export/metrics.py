"""Figures for the model card, each with what real pictures get in the same place.

No downloaded networks: classes and features come from the material classifier that is trained on the same
renders (``ml.train.classifier``), so FilmAI-FID must never be compared with published FID figures.
All pictures here are uint8 (N, 3, 64, 64) with class indices (N,).
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from ..nets.material_classifier import MaterialClassifier

__all__ = ["FamilyFigures", "MetricRow", "Metrics", "Pictures", "measure", "not_measured"]

DISTANCE_PX = 32
"""Pictures are compared pixel by pixel at this size: layout and colour count, grain does not."""

NOTE = (
    "Class accuracy, features and FilmAI-FID come from a small classifier trained on the training renders; "
    "the real column is measured on held-out renders, with seeds that training never saw and about half of "
    "their parameters outside the ranges of training. "
    "Diversity ratio: mean pairwise distance within a family over the training renders' own. Nearest "
    "training picture: median root-mean-square distance to the closest training render under every shift "
    "(0 would be a copy). Seam ratio: mean step across the wrapped edge over the mean step inside; 1 is "
    "seamless."
)


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One figure; None where it was not measured."""

    id: str
    label: str
    generated: float | None
    real: float | None


@dataclass(frozen=True, slots=True)
class FamilyFigures:
    """Two figures of the generated pictures of one family."""

    family: str
    class_accuracy: float
    diversity_ratio: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """What was measured, and how to read it."""

    note: str
    rows: tuple[MetricRow, ...]
    families: tuple[FamilyFigures, ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """uint8 (N, 3, 64, 64) pictures and their int64 (N,) classes."""

    images: Tensor
    classes: Tensor

    def of(self, class_index: int) -> Tensor:
        """The pictures of one class."""
        return self.images[self.classes == class_index]


def not_measured(reason: str) -> Metrics:
    """A card without figures, with the reason why."""
    return Metrics(reason, (), ())


def measure(
    generated: Pictures,
    train: Pictures,
    held_out: Pictures,
    classifier: MaterialClassifier,
    names: tuple[str, ...],
) -> Metrics:
    """All figures; only classes that occur in all three sets are compared."""
    accuracy = {"generated": _right(classifier, generated), "real": _right(classifier, held_out)}
    common = [
        index for index in range(len(names)) if all(len(part.of(index)) > 1 for part in (generated, train))
    ]
    right = accuracy["generated"]
    families = tuple(
        FamilyFigures(
            names[index],
            round(float(right[generated.classes == index].float().mean()), 3),
            round(_spread(generated.of(index)) / _spread(train.of(index)), 3),
        )
        for index in common
    )
    rows = (
        _row("class_accuracy", "Class accuracy", right.float().mean(), accuracy["real"].float().mean()),
        _row("filmai_fid", "FilmAI-FID", *_frechet_pair(classifier, generated, train, held_out)),
        _row(
            "diversity_ratio",
            "Diversity ratio",
            torch.tensor([row.diversity_ratio for row in families]).mean(),
            _mean_spread(held_out, common) / _mean_spread(train, common),
        ),
        _row(
            "nearest_training",
            "Nearest training picture",
            _nearest(generated, train),
            _nearest(held_out, train),
        ),
        _row("seam_ratio", "Seam ratio", _seam_ratio(generated.images), _seam_ratio(held_out.images)),
    )
    return Metrics(NOTE, rows, families)


def _row(name: str, label: str, generated: Tensor | float, real: Tensor | float) -> MetricRow:
    return MetricRow(name, label, round(float(generated), 4), round(float(real), 4))


def _right(classifier: MaterialClassifier, pictures: Pictures) -> Tensor:
    predicted = [classifier.classify(part) for part in torch.split(pictures.images, 256)]
    return torch.cat(predicted) == pictures.classes  # (N,)


def _frechet_pair(
    classifier: MaterialClassifier, generated: Pictures, train: Pictures, held_out: Pictures
) -> tuple[float, float]:
    reference = _moments(classifier, train)
    return (
        _frechet(_moments(classifier, generated), reference),
        _frechet(_moments(classifier, held_out), reference),
    )


def _moments(classifier: MaterialClassifier, pictures: Pictures) -> tuple[Tensor, Tensor]:
    features = torch.cat(
        [classifier.features_of(part) for part in torch.split(pictures.images, 256)]
    ).double()
    return features.mean(0), features.T.cov()  # (F,), (F, F)


def _frechet(first: tuple[Tensor, Tensor], second: tuple[Tensor, Tensor]) -> float:
    """Squared Frechet distance of two normal distributions (Heusel et al., arXiv 1706.08500)."""
    (mean_a, cov_a), (mean_b, cov_b) = first, second
    # the trace of the root of A B is the sum of the roots of its eigenvalues, which are real and not negative
    roots = torch.linalg.eigvals(cov_a @ cov_b).real.clamp_min(0).sqrt().sum()
    distance = (mean_a - mean_b).square().sum() + cov_a.trace() + cov_b.trace() - 2 * roots
    return float(distance)


def _small(images: Tensor) -> Tensor:
    return functional.interpolate(images.float() / 255, size=DISTANCE_PX, mode="area")  # (N, 3, 32, 32)


def _spread(images: Tensor) -> float:
    """Mean distance of all pairs, as root-mean-square pixel difference."""
    flat = _small(images[:200]).flatten(1)
    return float(torch.pdist(flat).mean()) / math.sqrt(flat.shape[1])


def _mean_spread(pictures: Pictures, classes: list[int]) -> float:
    spreads = [_spread(pictures.of(index)) for index in classes if len(pictures.of(index)) > 1]
    return sum(spreads) / max(len(spreads), 1)


def _nearest(pictures: Pictures, train: Pictures, per_class: int = 16) -> Tensor:
    """Median over pictures of the distance to the nearest training picture of the class, over all shifts."""
    nearest = [
        _shifted_distances(_small(pictures.of(index)[:per_class]), _small(train.of(index))).amin(1)
        for index in sorted(set(pictures.classes.tolist()))
        if len(train.of(index))
    ]
    return torch.cat(nearest).median()


def _shifted_distances(queries: Tensor, references: Tensor) -> Tensor:
    """(Q, 3, S, S) against (R, 3, S, S): least root-mean-square difference over wrapped shifts: (Q, R)."""
    spectra = torch.fft.rfft2(references)
    energy = references.square().sum((1, 2, 3))  # (R,)
    rows = []
    for query in queries:
        product = (torch.fft.rfft2(query).conj() * spectra).sum(1)  # (R, S, S / 2 + 1), summed over colours
        best = torch.fft.irfft2(product, s=query.shape[-2:]).amax((1, 2))  # (R,) greatest correlation
        rows.append((query.square().sum() + energy - 2 * best).clamp_min(0) / query.numel())
    return torch.stack(rows).sqrt()


def _seam_ratio(images: Tensor) -> float:
    values = images.float()
    seam, inside = 0.0, 0.0
    for axis in (2, 3):
        steps = (values - values.roll(1, axis)).abs()
        seam += float(steps.select(axis, 0).mean())
        inside += float(steps.narrow(axis, 1, steps.shape[axis] - 1).mean())
    return seam / max(inside, 1e-9)
