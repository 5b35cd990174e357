"""Figures for the model card, each with what real pictures get in the same place.

No downloaded networks: classes and features come from the material classifier that is trained on the same
renders (``ml.train.classifier``), so FilmAI-FID must never be compared with published FID figures.
All pictures here are uint8 (N, 3, 64, 64) with class indices (N,).
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from ..nets.material_classifier import MaterialClassifier
from .distances import frechet_distance, moments, nearest_distances, pixel_spread, seam_ratio

__all__ = ["FamilyFigures", "MetricRow", "Metrics", "Pictures", "measure", "not_measured"]

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
    columns: tuple[str, ...] = ("generated", "real, for comparison")
    """What the two numbers of each row are, for the page."""


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
            round(pixel_spread(generated.of(index)) / pixel_spread(train.of(index)), 3),
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
        _row("seam_ratio", "Seam ratio", seam_ratio(generated.images), seam_ratio(held_out.images)),
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
        frechet_distance(_moments(classifier, generated), reference),
        frechet_distance(_moments(classifier, held_out), reference),
    )


def _moments(classifier: MaterialClassifier, pictures: Pictures) -> tuple[Tensor, Tensor]:
    parts = torch.split(pictures.images, 256)
    return moments(torch.cat([classifier.features_of(part) for part in parts]).double())


def _mean_spread(pictures: Pictures, classes: list[int]) -> float:
    spreads = [pixel_spread(pictures.of(index)) for index in classes if len(pictures.of(index)) > 1]
    return sum(spreads) / max(len(spreads), 1)


def _nearest(pictures: Pictures, train: Pictures, per_class: int = 16) -> Tensor:
    """Median over pictures of the distance to the nearest training picture of the class, over all shifts."""
    nearest = [
        nearest_distances(pictures.of(index)[:per_class], train.of(index))
        for index in sorted(set(pictures.classes.tolist()))
        if len(train.of(index))
    ]
    return torch.cat(nearest).median()
