"""Small pictures and recipes, so that training takes a second."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from ml.train.data import PictureSet
from ml.train.recipe import DataRecipe, DCGANRecipe, NetRecipe, OptimiserRecipe, RunRecipe


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Fastest for networks this small, and the same everywhere: sums depend on it in their last digit."""
    torch.set_num_threads(1)


def tiny_recipe(batch: int = 8, steps: int = 1000) -> DCGANRecipe:
    """The reference's form with narrow layers."""
    return DCGANRecipe(
        name="tiny",
        data=DataRecipe(pattern="*.png", periodic=True, roll="none", mirror=False, turn=False),
        net=NetRecipe(
            noise_channels=68,
            code_scale=4.0,
            generator_channels=(16, 12, 8, 8),
            discriminator_channels=(8, 8, 12, 16),
            discriminator_norm=True,
        ),
        optimiser=OptimiserRecipe(
            loss="cross_entropy",
            penalty=0.0,
            penalty_every_steps=1,
            batch=batch,
            classes_per_batch=0,
            discriminator_group=0,
            real_target=1.0,
            learning_rate_generator=4e-3,
            learning_rate_discriminator=2e-3,
            decay_from_step=1000,
            beta1=0.5,
            beta2=0.999,
            instance_noise=0.5,
            instance_noise_steps=300,
            ema_decay=0.95,
            seed=3,
        ),
        run=RunRecipe(
            steps=steps, sheet_every_steps=1000, checkpoint_every_minutes=60.0, export_average=True
        ),
    )


def two_class_pictures() -> PictureSet:
    """One red and one blue picture, each with a soft gradient."""
    ramp = torch.linspace(0, 80, 64).to(torch.uint8)
    images = torch.zeros(2, 3, 64, 64, dtype=torch.uint8)
    images[0, 0], images[0, 1] = 220, ramp
    images[1, 2], images[1, 1] = 220, ramp[:, None]
    return PictureSet(images, torch.tensor([0, 1]), ("blood", "sky"), torch.tensor([False, False]), ())


@pytest.fixture
def picture_folder(tmp_path: Path) -> Path:
    """Two families, three 40 px pictures each."""
    rng = np.random.default_rng(0)
    for family in ("brick", "sand"):
        (tmp_path / "pictures" / family).mkdir(parents=True)
        for index in range(3):
            pixels = rng.integers(0, 256, (40, 40, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(tmp_path / "pictures" / family / f"{index}.png")
    return tmp_path / "pictures"
