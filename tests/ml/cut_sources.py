"""Sources for tests of the cut detector: scenes of one colour, whose films can be checked to the frame."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from ml.train.cut_sources import Scene, SceneSource

__all__ = ["FlatSource", "noisy_source", "tiny_cut_recipe", "write_pictures"]

SHIPPED = Path(__file__).parents[2] / "ml" / "configs" / "cut_detector.toml"
TINY = {
    "frames = 96": "frames = 32",
    "longest = 48": "longest = 12",
    "[16, 24]": "[4, 4]",
    "[48, 64, 96]": "[4, 8]",
    "dilations = [1, 2, 4, 8]": "dilations = [1, 2]",
    "embedding = 64": "embedding = 4",
    "band_frames = 24": "band_frames = 6",
    "head_channels = 128": "head_channels = 16",
    "head_dilations = [1, 2, 4]": "head_dilations = [1]",
    "batch = 8": "batch = 4",
    "warmup_steps = 100": "warmup_steps = 2",
    "films = 30": "films = 2",
    "frames = 400": "frames = 64",
}


@dataclass(frozen=True)
class FlatScene:
    colour: np.ndarray

    def shoot(self, frames: int, size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
        return np.broadcast_to(self.colour, (frames, *size, 3)).astype(np.float32).copy()


class FlatSource(SceneSource):
    """Every scene has a colour of its own."""

    def __init__(self) -> None:
        super().__init__([np.zeros((32, 32, 3), np.uint8)])

    def scene(self, rng: np.random.Generator) -> Scene:
        return FlatScene(rng.random(3))  # type: ignore[return-value]


def noisy_source(seed: int = 0) -> SceneSource:
    """Scenes painted from pictures of coarse noise."""
    rng = np.random.default_rng(seed)
    return SceneSource([rng.integers(0, 256, (64, 64, 3), dtype=np.uint8) for _ in range(4)])


def write_pictures(folder: Path, seed: int) -> Path:
    """Three pictures as ``ml.datagen.materials`` names them."""
    (folder / "brick").mkdir(parents=True)
    rng = np.random.default_rng(seed)
    for index in range(3):
        pixels = rng.integers(0, 256, (40, 40, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / "brick" / f"{index:06d}_albedo.png")
    return folder


def tiny_cut_recipe() -> str:
    """The shipped recipe for a network of a few channels and films of 32 frames."""
    text = SHIPPED.read_text(encoding="utf-8")
    for shipped, tiny in TINY.items():
        assert shipped in text, f"{shipped} is no longer in the recipe"
        text = text.replace(shipped, tiny)
    return text
