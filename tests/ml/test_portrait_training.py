"""Training of the portraits' network: what it is told, that it learns, resumes exactly, and names what is wrong."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from ml.character_terms import PORTRAITS
from ml.characters.character import draw_character
from ml.characters.portraits import (
    COLOUR_CONTROLS,
    FACE_NUMBERS,
    PORTRAIT_CONTROL_CHANNELS,
    PORTRAIT_TURNS,
    draw_portrait,
    portrait_controls,
    tell_portrait,
)
from ml.nets.portrait import STYLED_LEVELS
from ml.train import portraits as command
from ml.train.character_data import CharacterSampler, CharacterSet, load_characters
from ml.train.checkpoint import load_checkpoint
from ml.train.portrait_recipe import PortraitRecipe, load_portrait_recipe
from ml.train.portrait_trainer import PortraitTrainer
from ml.train.recipe import RecipeError
from tests.ml.character_renders import (
    SHIPPED_PORTRAITS,
    SIDE_PX,
    tiny_portrait_recipe,
    write_character_render,
    write_portrait_render,
)

SEEDS = (0, 1, 12, 13, 24, 25)
VIEWS = ("front", "three_quarter")


@pytest.fixture(scope="module")
def recipe_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recipe") / "tiny.toml"
    path.write_text(tiny_portrait_recipe(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recipe(recipe_file: Path) -> PortraitRecipe:
    return load_portrait_recipe(recipe_file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three villagers and three monarchs."""
    path = tmp_path_factory.mktemp("renders")
    for seed in SEEDS:
        write_portrait_render(path, seed)
    return path


@pytest.fixture(scope="module")
def heads(folder: Path, recipe: PortraitRecipe) -> CharacterSet:
    return load_characters([folder], recipe.net, portrait_controls)[0]


def test_renders_fit_what_the_worker_draws(heads: CharacterSet) -> None:
    batch = CharacterSampler(heads).take([1])
    told = tell_portrait(draw_portrait("monarch", 1), VIEWS, SIDE_PX)
    assert np.array_equal(batch.labels[0].numpy(), told.labels)
    assert np.abs(batch.relief[0].numpy() - told.relief).max() < 1e-6
    assert np.array_equal(batch.controls[0].numpy(), told.controls)
    assert told.controls.shape == (PORTRAIT_CONTROL_CHANNELS,)


def test_faces_are_told_as_far_as_they_are_drawn() -> None:
    faces = [portrait_controls(draw_portrait("monk", seed))[-len(FACE_NUMBERS) :] for seed in range(60)]
    assert np.abs(faces).max() <= 1
    # training draws each number from the lower part of its range
    assert (np.max(faces, axis=0) > 0.4).all()
    assert (np.min(faces, axis=0) < -0.8).all()


def test_the_words_of_the_contract_are_those_who_are_rendered() -> None:
    assert set(PORTRAITS) == set(PORTRAIT_TURNS)
    with pytest.raises(ValueError, match="no portraits of 'robot'; there are of villager"):
        draw_portrait("robot", 1)
    bare, other = draw_portrait("villager", 3), draw_character("villager", 3)
    assert bare.wearing("hat") == "none"
    assert bare.surfaces == other.surfaces


@pytest.mark.parametrize("mixing", [0.0, 1.0])
def test_levels_are_always_told_what_is_theirs(
    heads: CharacterSet, recipe: PortraitRecipe, mixing: float
) -> None:
    trainer = PortraitTrainer(replace(recipe, data=replace(recipe.data, mixing=mixing)), heads)
    batch = trainer.sampler.take([0, 1, 2])
    styles, controls = (trainer.inputs(batch, trainer.rng)[place] for place in (4, 6))
    coarse = recipe.net.coarse_levels
    assert styles.shape[:2] == controls.shape[:2] == (3, STYLED_LEVELS)
    own = batch.controls[:, None]
    assert (controls[:, :coarse, COLOUR_CONTROLS:] == own[..., COLOUR_CONTROLS:]).all()
    assert (controls[:, coarse:, :COLOUR_CONTROLS] == own[..., :COLOUR_CONTROLS]).all()
    alike = (controls[:, 0] == controls[:, -1]).all(), (styles[:, 0] == styles[:, -1]).all()
    assert [bool(each) for each in alike] == [mixing == 0] * 2


def test_the_generator_learns_the_surfaces_colours(heads: CharacterSet, recipe: PortraitRecipe) -> None:
    trainer = PortraitTrainer(recipe, heads)
    errors = [trainer.step().colours for _ in range(40)]
    assert np.mean(errors[-8:]) < 0.8 * np.mean(errors[:4])


def test_one_command_trains_and_resumes_to_the_same_bytes(
    tmp_path: Path, folder: Path, recipe_file: Path
) -> None:
    command_line = ["--recipe", str(recipe_file), "--data", str(folder)]
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert command.main([*command_line, "--out", str(whole), "--steps", "4"]) == 0
    assert command.main([*command_line, "--out", str(parts), "--steps", "2"]) == 0
    assert command.main([*command_line, "--out", str(parts), "--steps", "4", "--resume"]) == 0
    expected, actual = (load_checkpoint(path / "checkpoint.pt", "portraits") for path in (whole, parts))
    for name in ("generator", "discriminator", "average"):
        for key, value in expected["state"][name].items():
            assert torch.equal(value, actual["state"][name][key]), key
    with Image.open(whole / "sheets" / "step_000004.png") as sheet:
        assert sheet.width > 4 * SIDE_PX, "two views, rendered and painted"


def test_renders_of_whole_figures_are_refused(
    tmp_path: Path, recipe_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_character_render(tmp_path / "data", 0)
    command_line = [
        "--recipe",
        str(recipe_file),
        "--data",
        str(tmp_path / "data"),
        "--out",
        str(tmp_path / "o"),
    ]
    assert command.main(command_line) == 2
    assert "views have [32, 48] pixels, the recipe [48, 48]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (f"width_px = {SIDE_PX}", "width_px = 64", "portraits are square"),
        ("coarse_levels = 2", "coarse_levels = 5", "coarse_levels is within 1 to 4"),
        ("mapping_layers = 4", "mapping_layers = 0", "mapping_layers is positive"),
        ("mixing = 0.5", "mixing = 1.5", "mixing is within 0 to 1"),
        ("mixing = 0.5", "", "missing mixing"),
        ("shift_px = 4", "shift_px = 400", "shift_px 0 to 64"),
    ],
)
def test_a_recipe_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "bad.toml"
    assert old in tiny_portrait_recipe()
    path.write_text(tiny_portrait_recipe().replace(old, new), encoding="utf-8")
    with pytest.raises(RecipeError, match=words):
        load_portrait_recipe(path)


def test_the_shipped_recipe_is_valid() -> None:
    assert load_portrait_recipe(SHIPPED_PORTRAITS).net.views == VIEWS
