"""The proof that the ONNX file computes what the torch network computes: same latents, same pictures.

One latent per seed, through torch and through ONNX Runtime, at two batch sizes. The largest difference of any
pixel value (range -1 to 1) must stay under THRESHOLD, else the export fails.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from ..infer.session import make_session

__all__ = [
    "SEEDS",
    "THRESHOLD",
    "Named",
    "Parity",
    "ParityError",
    "measure_painter_parity",
    "measure_parity",
    "onnx_function",
    "painter_function",
    "seeded_latents",
]

THRESHOLD = 1e-4
SEEDS = tuple(range(16))

Floats = npt.NDArray[np.float32]
Named = npt.NDArray[np.float32] | npt.NDArray[np.int64]
"""What may go into a network: numbers, or labels."""


class ParityError(RuntimeError):
    """The exported network differs from the trained one."""


@dataclass(frozen=True, slots=True)
class Parity:
    """Largest absolute difference over all seeds, the seeds, and what is allowed."""

    max_abs_error: float
    seeds: tuple[int, ...]
    allowed: float = THRESHOLD


def seeded_latents(seeds: Sequence[int], noise_channels: int, code_channels: int, classes: int) -> Floats:
    """One latent per seed as the worker makes it, classes in turn: float32 (B, noise + code, 1, 1)."""
    latents = np.zeros((len(seeds), noise_channels + code_channels, 1, 1), np.float32)
    for row, seed in enumerate(seeds):
        latents[row, :noise_channels, 0, 0] = np.random.default_rng(seed).standard_normal(noise_channels)
        if code_channels:
            latents[row, noise_channels + row % classes, 0, 0] = 1.0
    return latents


def measure_parity(
    generator: nn.Module, path: Path, latents: Floats, seeds: tuple[int, ...] = SEEDS
) -> Parity:
    """Compare ``generator`` with the file at ``path``; ``latents`` is (B, C, 1, 1) with one row per seed.

    Raises ParityError when they differ by THRESHOLD or more anywhere.
    """
    run = onnx_function(path)
    generator.eval()
    with torch.no_grad():
        expected = generator(torch.from_numpy(latents)).numpy()
    together = run(latents)
    one_by_one = np.concatenate([run(latents[row : row + 1]) for row in range(len(latents))])
    worst = max(float(np.abs(actual - expected).max()) for actual in (together, one_by_one))
    return _judged(worst, seeds)


def measure_painter_parity(
    generator: nn.Module, path: Path, inputs: Sequence[Mapping[str, Named]], output: str = "maps"
) -> Parity:
    """Compare a network of named inputs with the file at ``path`` on each of these inputs, one per seed.

    Raises ParityError when they differ by THRESHOLD or more anywhere.
    """
    run = painter_function(path, output)
    generator.eval()
    worst = 0.0
    for named in inputs:
        with torch.no_grad():
            expected = generator(**{name: torch.from_numpy(array) for name, array in named.items()}).numpy()
        # written so that NaN stays
        worst = float(np.maximum(worst, np.abs(run(named) - expected).max()))
    return _judged(worst, SEEDS[: len(inputs)])


def onnx_function(path: Path) -> Callable[[Floats], Floats]:
    """The network in that file as a function on the CPU: latents (B, C, 1, 1) to images (B, 3, 64, 64)."""
    # the worker's own session, so that what is proven here is what users run
    session, _ = make_session(path.read_bytes(), "cpu")

    def run(latents: Floats) -> Floats:
        images: Floats = session.run(["image"], {"latent": latents})[0]
        return images

    return run


def painter_function(path: Path, output: str = "maps") -> Callable[[Mapping[str, Named]], Floats]:
    """The network in that file as a function on the CPU: named inputs to an output, maps (1, 6, H, W)."""
    session, _ = make_session(path.read_bytes(), "cpu")

    def run(named: Mapping[str, Named]) -> Floats:
        maps: Floats = session.run([output], dict(named))[0]
        return maps

    return run


def _judged(worst: float, seeds: tuple[int, ...]) -> Parity:
    if not worst < THRESHOLD:  # written so that NaN fails too
        raise ParityError(
            f"the ONNX file differs from torch by {worst:.2e}; allowed is under {THRESHOLD:.0e}"
        )
    return Parity(worst, seeds)
