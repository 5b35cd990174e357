"""How well the enlarger brings back large renders that were made small, beside plain interpolation (Lanczos).

Colours are weighed by alpha throughout. The outline is where, within two pixels, the render goes from clear to solid.
No files here.
"""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from ..train.enlarger_data import LargeViews, degraded, reduced, weighed
from ..train.enlarger_recipe import EnlargerDataRecipe
from ..train.enlarger_trainer import GROUNDS, decibels, laid_on
from .metrics import MetricRow, Metrics

__all__ = ["Enlarge", "enlarger_metrics", "halo", "outline"]

Enlarge = Callable[[Tensor], Tensor]
"""A weighed view (4, h, w) to a larger one, within 0 to 1."""

_SEED = 4
_NOTE = (
    "Over {count} held-out views, made {factor} times smaller by area and enlarged again; Lanczos is what the worker "
    "does without this network. PSNR: of the colours times alpha, in the box that the figure fills. Alpha "
    "and halo are mean absolute errors along the outline, from 0 to 100: of the alpha, and of the colours as they lie "
    "on black, mid grey and white. As if painted: what is enlarged was also blurred, grainy and stained at random, as "
    "in training but with other draws, since views that a network painted are never as clean as renders."
)
_ON = ("black", "mid grey", "white")


def enlarger_metrics(
    network: Enlarge, plain: Enlarge, views: LargeViews, factor: int, recipe: EnlargerDataRecipe
) -> Metrics:
    """All figures of both, on clean small views and on degraded ones."""
    rng = torch.Generator().manual_seed(_SEED)
    sums: dict[str, Tensor] = {}
    for pixels in views.pixels:
        real = weighed(pixels)
        small = reduced(real[None], factor)
        for name, given in (("clean", small[0]), ("painted", degraded(small, recipe, rng)[0])):
            both = torch.stack([_figures(enlarge(given), real) for enlarge in (network, plain)])
            sums[name] = sums.get(name, torch.zeros_like(both)) + both / len(views.pixels)
    rows = []
    for name, ending in (("clean", ""), ("painted", ", as if painted")):
        ours, lanczos = sums[name].tolist()
        for (key, label), own, other in zip(_labels(), ours, lanczos, strict=True):
            rows.append(MetricRow(f"{key}_{name}", label + ending, round(own, 3), round(other, 3)))
    note = _NOTE.format(count=len(views.pixels), factor=factor)
    return Metrics(note, tuple(rows), (), ("network", "Lanczos"))


def outline(real: Tensor) -> Tensor:
    """bool (H, W): where a weighed view (4, H, W) goes from clear to solid within two pixels."""
    alpha = real[None, 3:]
    high = functional.max_pool2d(alpha, 5, 1, 2)
    low = -functional.max_pool2d(-alpha, 5, 1, 2)
    edge: Tensor = ((high > 0) & (low < 1))[0, 0]
    return edge


def halo(made: Tensor, real: Tensor, ground: float) -> float:
    """Mean absolute error along the outline, 0 to 1, of the colours on a ground of that brightness."""
    difference = (laid_on(made, ground) - laid_on(real, ground)).abs().mean(0)
    return float(difference[outline(real)].mean())


def _figures(made: Tensor, real: Tensor) -> Tensor:
    """In the order of ``_labels``."""
    alpha = float((made[3] - real[3]).abs()[outline(real)].mean())
    return torch.tensor(
        [decibels(made, real), 100 * alpha, *(100 * halo(made, real, ground) for ground in GROUNDS)],
        dtype=torch.float64,
    )


def _labels() -> tuple[tuple[str, str], ...]:
    halos = tuple((f"halo_{name.split()[-1]}", f"Halo on {name}") for name in _ON)
    return (("psnr", "PSNR in dB"), ("alpha", "Alpha along the outline"), *halos)
