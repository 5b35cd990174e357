"""Trains the matcher of views (``ml.nets.view_matcher``) on rendered characters, and keeps it. A CPU minute or two.

Half of the pairs it sees are front and side of one character, half of two: mostly of the same archetype, so that it
cannot go by the kind alone. Both are lit and degraded alike in kind, so that it cannot go by softness.
"""

from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from ..nets.view_matcher import MatcherConfig, ViewMatcher
from .checkpoint import load_checkpoint, save_checkpoint
from .classifier import compact, degraded

__all__ = ["MATCHER_KIND", "load_matcher", "others", "save_matcher", "train_matcher"]

MATCHER_KIND = "view_matcher"
BATCH = 48
LEARNING_RATE = 2e-3
SAME_ARCHETYPE = 0.75
_JITTER = 0.15
_SHIFT_PX = 3


def train_matcher(fronts: Tensor, sides: Tensor, archetypes: Tensor, steps: int, seed: int) -> ViewMatcher:
    """In evaluation mode; repeatable by seed. uint8 (N, 3, 64, 64) twice, int64 (N,).

    Raises ValueError for fewer than two characters.
    """
    if len(fronts) < 2:
        raise ValueError("pairs of two need at least two characters")
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    network = ViewMatcher(MatcherConfig())
    optimiser = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=steps)
    network.train()
    for _ in range(steps):
        rows = torch.randint(len(fronts), (BATCH,), generator=rng)
        is_one = torch.arange(BATCH) < BATCH // 2
        partners = torch.where(is_one, rows, others(rows, archetypes, rng))
        first, second = _varied(fronts[rows], sides[partners], rng)
        loss = functional.binary_cross_entropy_with_logits(network(first, second), is_one.float())
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        schedule.step()
    return network.eval()


def others(rows: Tensor, archetypes: Tensor, rng: torch.Generator) -> Tensor:
    """Another character for each of these, mostly of the same archetype where there is one."""
    found = []
    for row in rows.tolist():
        other = torch.arange(len(archetypes)) != row
        same = other & (archetypes == archetypes[row])
        alike = bool(same.any()) and float(torch.rand((), generator=rng)) < SAME_ARCHETYPE
        pool = (same if alike else other).nonzero()[:, 0]
        found.append(int(pool[int(torch.randint(len(pool), (1,), generator=rng))]))
    return torch.tensor(found)


def save_matcher(path: Path, network: ViewMatcher) -> None:
    """Keep it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_checkpoint(path, MATCHER_KIND, {"weights": compact(network)})


def load_matcher(path: Path) -> ViewMatcher:
    """In evaluation mode. Raises CheckpointError."""
    content = load_checkpoint(path, MATCHER_KIND)
    network = ViewMatcher(MatcherConfig())
    network.load_state_dict({name: value.float() for name, value in content["weights"].items()})
    return network.eval()


def _varied(first: Tensor, second: Tensor, rng: torch.Generator) -> tuple[Tensor, Tensor]:
    """Float, [-1, 1]: each pair in its own light and at its own height, each view degraded by itself."""
    gain = 1 + (torch.rand(len(first), 1, 1, 1, generator=rng) * 2 - 1) * _JITTER
    shift = int(torch.randint(-_SHIFT_PX, _SHIFT_PX + 1, (1,), generator=rng))
    one, two = (
        degraded((views.float() / 127.5 - 1) * gain, rng).roll(shift, dims=2) for views in (first, second)
    )
    return one, two
