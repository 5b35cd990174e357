"""Guides: what a network is given at work, drawn in numpy, is what it was given in training, rendered."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("bpy")
pytest.importorskip("tqdm")

from PIL import Image

from ml.datagen.render import MaterialRenderer
from ml.families import FAMILY_INDEX
from ml.materials.arrays import ArrayGraph
from ml.materials.params import Params
from ml.materials.recipe import RECIPES

SIZE_PX = 96


@pytest.fixture(scope="module")
def renderer() -> MaterialRenderer:
    return MaterialRenderer(SIZE_PX, samples=16)


@pytest.mark.parametrize("family", sorted(RECIPES))
def test_numpy_draws_the_same_guide_as_blender(
    renderer: MaterialRenderer, tmp_path: Path, family: str
) -> None:
    with Image.open(renderer.render(family, 3, "train", tmp_path)["guide"]) as picture:
        assert picture.mode == "RGBA"
        rendered = np.asarray(picture, dtype=np.float64) / 255  # (32, 32, 4)
    px = 2 * SIZE_PX
    graph = ArrayGraph(px, Params((FAMILY_INDEX[family], 3), "train"))
    guide = RECIPES[family](graph, graph.params, px).guide
    parts = (guide.relief, guide.cell, guide.detail, guide.wear)
    drawn = np.stack([graph.array(part) for part in parts], axis=-1).clip(0, 1)
    assert np.isfinite(drawn).all()
    small = drawn.reshape(SIZE_PX, 2, SIZE_PX, 2, 4).mean(axis=(1, 3))
    for channel, name in enumerate(("relief", "cell", "detail", "wear")):
        # the renderer's few samples per pixel leave noise where a pixel holds several cells
        difference = np.abs(small[..., channel] - rendered[..., channel]).mean()
        assert difference < 0.05, name
        elsewhere = np.abs(small[..., channel] - np.roll(rendered[..., channel], (7, 5), (0, 1))).mean()
        assert elsewhere > 3 * difference or rendered[..., channel].std() < 0.1, f"{name} is out of place"
