"""Training of the guided network: it learns, obeys, resumes exactly, and names what is wrong with its data."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from ml.controls import Controls, measure_controls
from ml.train import guided
from ml.train.checkpoint import load_checkpoint
from ml.train.data import DataError
from ml.train.guided_controls import measured_controls
from ml.train.guided_data import GuidedSampler, Render, load_renders
from ml.train.guided_recipe import GuidedRecipe, load_guided_recipe
from ml.train.guided_trainer import GuidedTrainer
from ml.train.recipe import RecipeError
from tests.ml.guided_renders import SHIPPED, tiny_recipe, write_render


@pytest.fixture(scope="module")
def recipe_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recipe") / "tiny.toml"
    path.write_text(tiny_recipe(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recipe(recipe_file: Path) -> GuidedRecipe:
    return load_guided_recipe(recipe_file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two families, each with two whole tiles and a part of a larger one."""
    path = tmp_path_factory.mktemp("renders")
    for family in ("brick", "sand"):
        for seed in (0, 1):
            write_render(path, family, seed, 32, 32)
        write_render(path, family, 2, 48, 96)
    return path


@pytest.fixture(scope="module")
def renders(folder: Path, recipe: GuidedRecipe) -> list[Render]:
    return load_renders([folder], recipe.data)[0]


def test_renders_are_read_with_what_they_look_like(renders: list[Render]) -> None:
    assert [(render.whole, render.pixels.shape) for render in renders[:3]] == [
        (True, (10, 32, 32)),
        (True, (10, 32, 32)),
        (False, (10, 48, 48)),
    ]
    brick, sand = Controls.of_vector(renders[0].controls), Controls.of_vector(renders[3].controls)
    assert brick.base[1] > 0.1 > sand.base[1], "a is red"
    assert sand.base[2] < -0.1, "b is blue"
    assert brick.base[0] > brick.second[0] + 0.1, "joints are dark"
    assert (brick.roughness, brick.metallic) == (pytest.approx(0.8, abs=0.01), pytest.approx(0, abs=0.01))
    assert (brick.tile_px, Controls.of_vector(renders[2].controls).tile_px) == pytest.approx((32, 96))


def test_batches_take_families_in_turn_and_keep_maps_and_guide_together(
    renders: list[Render], recipe: GuidedRecipe
) -> None:
    batch = GuidedSampler(renders, recipe.data).draw(6, torch.Generator().manual_seed(0))
    assert torch.bincount(batch.families)[[0, 16]].tolist() == [3, 3]
    assert batch.maps.shape == (6, 6, 32, 32)
    assert batch.around.shape == (6, 4, 48, 48)
    # the renders' height is the guide's relief
    assert torch.equal(batch.maps[:, 3], batch.around[:, 0, 8:-8, 8:-8])


def test_torch_and_numpy_measure_the_same(renders: list[Render]) -> None:
    for render in renders:
        pixels = render.pixels.astype(np.float32) / 255
        tensor = torch.from_numpy(pixels)[None]
        numbers = measured_controls(tensor[:, :6], tensor[:, 6:])[0].numpy()
        same = measure_controls(pixels[:3].transpose(1, 2, 0), pixels[4], pixels[5], pixels[6], 32)
        assert numbers == pytest.approx(same.vector()[:9], abs=0.02)


def test_the_generator_learns_to_obey(renders: list[Render], recipe: GuidedRecipe) -> None:
    trainer = GuidedTrainer(recipe, renders, 32)
    errors = [trainer.step().controls for _ in range(120)]
    assert np.mean(errors[-10:]) < 0.35 * np.mean(errors[:5])


def test_a_resumed_run_continues_as_if_it_had_not_stopped(
    renders: list[Render], recipe: GuidedRecipe
) -> None:
    unbroken, first = (GuidedTrainer(recipe, renders, 32) for _ in range(2))
    for _ in range(3):
        unbroken.step()
        first.step()
    second = GuidedTrainer(recipe, renders, 32)
    second.load_state(first.state())
    expected, actual = [unbroken.step() for _ in range(3)], [second.step() for _ in range(3)]
    assert actual == expected
    for name in ("generator", "discriminator", "average"):
        for left, right in zip(unbroken.state()[name].values(), second.state()[name].values(), strict=True):
            assert torch.equal(left, right)


def test_the_penalty_keeps_the_discriminator_smooth(renders: list[Render], recipe: GuidedRecipe) -> None:
    def slope(penalty: float) -> float:
        loss = replace(recipe.loss, penalty_first=penalty, penalty=penalty)
        trainer = GuidedTrainer(replace(recipe, loss=loss), renders, 32)
        for _ in range(40):
            trainer.step()
        batch = trainer.sampler.take([0, 16], torch.Generator().manual_seed(5))
        maps = batch.maps.clone().requires_grad_()
        family = torch.eye(32)[batch.families]
        guide = trainer.without_halo(batch.around)
        trainer.discriminator(maps, guide, family, batch.controls).sum().backward()
        assert maps.grad is not None
        return float(maps.grad.square().mean())

    assert slope(300.0) < 0.5 * slope(1e-6)


def test_matching_what_the_discriminator_sees_brings_pictures_nearer_to_their_renders(
    renders: list[Render], recipe: GuidedRecipe
) -> None:
    def distance(weight: float) -> float:
        loss = replace(recipe.loss, match=0.0, features=weight, features_from_step=0)
        trainer = GuidedTrainer(replace(recipe, loss=loss), renders, 32)
        for _ in range(60):
            trainer.step()
        batch = trainer.sampler.take([0, 16] * 4, torch.Generator().manual_seed(5))
        with torch.no_grad():
            made = trainer.generator(*trainer.inputs(batch, torch.Generator().manual_seed(6)))
        return float((trainer.without_halo(made) - batch.maps).abs().mean())

    assert distance(5.0) < 0.9 * distance(0.0)


def test_the_command_trains_then_resumes(tmp_path: Path, folder: Path, recipe_file: Path) -> None:
    out = tmp_path / "run"
    base = ["--recipe", str(recipe_file), "--data", str(folder), "--out", str(out)]
    assert guided.main([*base, "--steps", "2"]) == 0
    assert guided.main([*base, "--steps", "4"]) == 2, "a second run must not overwrite the first"
    assert guided.main([*base, "--steps", "4", "--resume"]) == 0
    content = load_checkpoint(out / "checkpoint.pt", "guided")
    assert content["state"]["steps"] == 4
    assert content["history"].shape == (4, 4)
    assert content["present"] == [0, 16]
    assert sorted(path.name for path in (out / "sheets").iterdir()) == ["step_000002.png", "step_000004.png"]
    assert (out / "losses.png").exists()


def test_what_cannot_be_used_is_skipped_and_named(tmp_path: Path, recipe: GuidedRecipe) -> None:
    for seed in range(5):
        write_render(tmp_path, "brick", seed, 32, 32)
    (tmp_path / "brick" / "000001_guide.png").unlink()
    (tmp_path / "brick" / "000002_maps.png").write_bytes(b"no picture")
    write_render(tmp_path, "brick", 3, 40, 40)
    (tmp_path / "brick" / "000004_truth.json").write_text(json.dumps({"family": "cheese"}))
    found, skipped = load_renders([tmp_path], recipe.data)
    assert len(found) == 1
    assert [line.split(":")[0] for line in skipped] == [
        f"brick/00000{seed}_truth.json" for seed in (1, 2, 3, 4)
    ]
    assert "40 pixels a side" in skipped[2]


def test_a_folder_without_renders_is_an_error(tmp_path: Path, recipe: GuidedRecipe) -> None:
    with pytest.raises(DataError, match="no usable render"):
        load_renders([tmp_path], recipe.data)
    with pytest.raises(DataError, match="no folder"):
        load_renders([tmp_path / "nowhere"], recipe.data)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("crop_px = 128", "crop_px = 100", "crop_px"),
        ("ema_decay = 0.997", "ema_decay = 1.0", "ema_decay"),
        ("cutout = 0.3", "cutoff = 0.3", "cutout"),
        ("penalty = 0.03", "penalty = 0.0", "penalty"),
        ("penalty_first = 1.0", "penalty_first = 0.0", "penalty_first"),
        ("features = 5.0", "features = -1.0", "features"),
        ("match = 4.0", "match = -1.0", "match"),
        ("match_steps = 500", "match_steps = -1", "match_steps"),
    ],
)
def test_a_mistake_in_the_recipe_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "recipe.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RecipeError, match=named):
        load_guided_recipe(path)
