"""Training of the characters' network: it learns colours, resumes exactly, and names what is wrong with its data."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from ml.characters.character import draw_character
from ml.characters.network_inputs import CONTROL_CHANNELS, mixed_archetypes, tell
from ml.train import characters as command
from ml.train.character_augment import moved, shown
from ml.train.character_data import (
    CharacterSampler,
    CharacterSet,
    load_characters,
    split_characters,
    without_guides,
)
from ml.train.character_recipe import CharacterRecipe, load_character_recipe
from ml.train.character_trainer import CharacterTrainer
from ml.train.checkpoint import load_checkpoint
from ml.train.data import DataError
from ml.train.recipe import RecipeError
from tests.ml.character_renders import (
    HEIGHT_PX,
    SHIPPED,
    WIDTH_PX,
    tiny_character_recipe,
    write_character_render,
)

SEEDS = (0, 1, 12, 13, 24, 25)


@pytest.fixture(scope="module")
def recipe_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recipe") / "tiny.toml"
    path.write_text(tiny_character_recipe(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def recipe(recipe_file: Path) -> CharacterRecipe:
    return load_character_recipe(recipe_file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three knights and three aliens, in three views."""
    path = tmp_path_factory.mktemp("renders")
    for seed in SEEDS:
        write_character_render(path, seed)
    return path


@pytest.fixture(scope="module")
def characters(folder: Path, recipe: CharacterRecipe) -> CharacterSet:
    return load_characters([folder], recipe.net)[0]


def test_views_are_read_in_the_recipes_order_and_fit_what_the_worker_draws(characters: CharacterSet) -> None:
    assert characters.pixels.shape == (6, 2, 9, HEIGHT_PX, WIDTH_PX)
    batch = CharacterSampler(characters).take([0])
    told = tell(draw_character("knight", 0), ("front", "side"), WIDTH_PX, HEIGHT_PX)
    assert np.array_equal(batch.labels[0].numpy(), told.labels)
    assert np.abs(batch.relief[0].numpy() - told.relief).max() < 1e-6
    assert np.array_equal(batch.controls[0].numpy(), told.controls)
    assert batch.archetypes.tolist() == [int(told.archetype.argmax())]


def test_archetypes_take_turns(characters: CharacterSet) -> None:
    batch = CharacterSampler(characters).draw(6, torch.Generator().manual_seed(0))
    assert torch.bincount(batch.archetypes)[[0, 7]].tolist() == [3, 3]


def test_held_out_characters_stay_held_out_when_more_are_rendered(characters: CharacterSet) -> None:
    train, held_out = split_characters(characters, 0.5)
    assert set(train.names) | set(held_out.names) == set(characters.names)
    assert not set(train.names) & set(held_out.names)
    # whole rounds of archetypes: each is there to be looked at
    assert set(held_out.archetypes.tolist()) == {0, 7}
    fewer, _ = split_characters(characters.part(np.arange(4)), 0.5)
    assert set(fewer.names) <= set(train.names)


def test_too_few_characters_to_hold_some_out_are_refused(characters: CharacterSet) -> None:
    with pytest.raises(DataError, match="render more"):
        split_characters(characters.part(np.arange(2)), 0.5)


def test_views_guides_and_both_pictures_are_moved_alike(
    characters: CharacterSet, recipe: CharacterRecipe
) -> None:
    batch = CharacterSampler(characters).take([0, 1])
    real = shown(batch.pictures)
    seen, same, (labels, relief) = moved(
        real, real, (batch.labels, batch.relief), recipe.data, 1.0, torch.Generator().manual_seed(3)
    )
    assert torch.equal(seen, same)
    assert not torch.equal(seen, real)
    # where something is drawn, something is seen: the pictures are as opaque as their guides
    assert torch.equal(seen[:, :, 3] == 1, labels[:, :, 0] > 0)
    hidden = seen[:, :, 3] == 0.5
    assert hidden.any(dim=2).any(dim=2).all(), "a part of every view"
    assert torch.equal(hidden.any(dim=3)[:, 0], hidden.any(dim=3)[:, 1]), "the same rows in both views"
    assert (relief[:, :, 0][hidden] == 0).all()


def test_nobody_sees_colours_that_are_transparent() -> None:
    pictures = torch.rand(1, 2, 4, 16, 16)
    pictures[:, :, 3] = 0
    assert (shown(pictures)[:, :, :3] == 0.5).all()


def test_the_generator_learns_the_surfaces_colours(characters: CharacterSet, recipe: CharacterRecipe) -> None:
    trainer = CharacterTrainer(recipe, characters)
    errors = [trainer.step().colours for _ in range(60)]
    assert np.mean(errors[-10:]) < 0.8 * np.mean(errors[:5])


def test_every_pixel_counts_from_the_recipes_step_on(
    characters: CharacterSet, recipe: CharacterRecipe
) -> None:
    def trained(weight: float, from_step: int) -> tuple[CharacterTrainer, float]:
        loss = replace(recipe.loss, pixels=weight, pixels_from_step=from_step)
        trainer = CharacterTrainer(replace(recipe, loss=loss), characters)
        for _ in range(40):
            trainer.step()
        batch = trainer.sampler.take([0, 1])
        made = trainer.generator(*trainer.inputs(batch, torch.Generator().manual_seed(1)))
        return trainer, float((shown(made) - shown(batch.pictures)).abs().mean().detach())

    without, far = trained(0.0, 0)
    too_late, _ = trained(30.0, 40)
    _, near = trained(30.0, 0)
    assert near < 0.9 * far
    for mine, other in zip(without.generator.parameters(), too_late.generator.parameters(), strict=True):
        assert torch.equal(mine, other)


def test_one_command_trains_and_resumes_to_the_same_bytes(
    tmp_path: Path, folder: Path, recipe_file: Path
) -> None:
    command_line = ["--recipe", str(recipe_file), "--data", str(folder)]
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert command.main([*command_line, "--out", str(whole), "--steps", "4"]) == 0
    assert command.main([*command_line, "--out", str(parts), "--steps", "2"]) == 0
    assert command.main([*command_line, "--out", str(parts), "--steps", "4", "--resume"]) == 0
    expected, actual = (load_checkpoint(path / "checkpoint.pt", "characters") for path in (whole, parts))
    assert torch.equal(expected["history"], actual["history"])
    for name in ("generator", "discriminator", "average"):
        for key, value in expected["state"][name].items():
            assert torch.equal(value, actual["state"][name][key]), key
    assert (whole / "losses.png").is_file()
    with Image.open(whole / "sheets" / "step_000004.png") as sheet:
        assert sheet.width > 4 * WIDTH_PX, "two views, rendered and painted"


def test_without_a_guide_nothing_of_it_reaches_the_networks(
    tmp_path: Path,
    folder: Path,
    recipe_file: Path,
    characters: CharacterSet,
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = [
        "--recipe",
        str(recipe_file),
        "--data",
        str(folder),
        "--out",
        str(tmp_path / "run"),
        "--steps",
        "2",
    ]
    assert command.main([*line, "--no-guide"]) == 0
    content = load_checkpoint(tmp_path / "run" / "checkpoint.pt", "characters")
    history, loss = content["history"], content["recipe"]["loss"]
    assert [loss[name] for name in ("control", "match", "features", "pixels")] == [0.0] * 4
    assert torch.isfinite(history).all()
    blank, seen = (CharacterSampler(each).take([0, 1]) for each in (without_guides(characters), characters))
    assert not blank.labels.any()
    assert blank.relief.abs().max() < 0.01
    assert torch.equal(blank.pictures, seen.pictures)
    assert seen.labels.any(), "the set itself stays as it is"


def test_a_new_run_may_begin_with_what_another_one_learned(
    tmp_path: Path, folder: Path, recipe_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    command_line = ["--recipe", str(recipe_file), "--data", str(folder)]
    assert command.main([*command_line, "--out", str(first), "--steps", "3"]) == 0
    init = ["--init", str(first / "checkpoint.pt"), "--steps", "1"]
    assert command.main([*command_line, "--out", str(second), *init]) == 0
    learned, begun = (load_checkpoint(path / "checkpoint.pt", "characters") for path in (first, second))
    assert begun["state"]["steps"] == 1
    weights = learned["state"]["average"]["last.weight"]
    assert (begun["state"]["generator"]["last.weight"] - weights).abs().max() < 0.02
    other = tmp_path / "other.toml"
    other.write_text(tiny_character_recipe().replace("[24, 16,", "[32, 16,"), encoding="utf-8")
    command_line = ["--recipe", str(other), "--data", str(folder), "--out", str(tmp_path / "third")]
    assert command.main([*command_line, *init]) == 2
    assert "other views, sizes or widths" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command.main([*command_line, *init, "--resume"])


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("no guide", "No such file"),
        ("broken picture", "PNG|image"),
        ("wrong size", "not \\(48, 96, 4\\)"),
        ("other colours", "render it again"),
        ("unknown part", "does not know"),
        ("no side", "no view 'side'"),
        ("text for a number", "could not convert"),
        ("no object", "TypeError"),
    ],
)
def test_a_character_that_cannot_be_used_is_named_with_the_reason(
    tmp_path: Path, recipe: CharacterRecipe, damage: str, words: str
) -> None:
    write_character_render(tmp_path, 0)
    views = ("front", "back", "three_quarter" if damage == "no side" else "side")
    bad = write_character_render(tmp_path, 1, views)
    picture, guide = bad.with_name("000001.png"), bad.with_name("000001_guide.png")
    truth = json.loads(bad.read_text())
    if damage == "no guide":
        guide.unlink()
    elif damage == "broken picture":
        picture.write_bytes(picture.read_bytes()[:200])
    elif damage == "wrong size":
        Image.new("RGBA", (32, 48)).save(picture)
    elif damage == "unknown part":
        with Image.open(guide) as drawn:
            pixels = np.asarray(drawn).copy()
        pixels[0, 0, 0] = 99
        Image.fromarray(pixels).save(guide)
    elif damage == "other colours":
        bad.write_text(json.dumps({**truth, "colours_linear": {"main": [0.1, 0.2, 0.3]}}))
    elif damage == "text for a number":
        bad.write_text(json.dumps({**truth, "metres_per_px": "wide"}))
    elif damage == "no object":
        bad.write_text("[]")
    characters, skipped = load_characters([tmp_path], recipe.net)
    assert len(characters.names) == len(skipped) == 1
    assert skipped[0].startswith(f"{tmp_path.name}/000001.json: ")
    assert re.search(words, skipped[0]), skipped[0]


def test_folders_without_characters_are_refused(
    tmp_path: Path, recipe_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for data, words in ((tmp_path / "absent", "there is no folder"), (tmp_path, "no usable character")):
        command_line = ["--recipe", str(recipe_file), "--data", str(data), "--out", str(tmp_path / "out")]
        assert command.main(command_line) == 2
        assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('["front", "side"]', '["front", "below"]', "views are one or more of front"),
        ('["front", "side"]', '["front", "front"]', "each once"),
        ("width_px = 32", "width_px = 40", "multiples of 16"),
        ("held_out = 0.5", "held_out = 0.0", "held_out is above 0"),
        ("jitter = 0.1", "jitter = 0.1\nmirror = true", "unknown mirror"),
        ("cutout = 0.3", 'cutout = "much"', "cutout: expected float"),
        ("pixels = 10.0", "pixels = -1.0", "pixels and pixels_from_step are not negative"),
        ("features = 5.0", "features = -5.0", "features and features_from_step are not negative"),
        ("batch = 3", "batch = 0", "batch and learning rates are positive"),
    ],
)
def test_a_recipe_that_cannot_be_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "bad.toml"
    assert old in tiny_character_recipe()
    path.write_text(tiny_character_recipe().replace(old, new), encoding="utf-8")
    with pytest.raises(RecipeError, match=words):
        load_character_recipe(path)


def test_the_shipped_recipe_is_valid() -> None:
    assert load_character_recipe(SHIPPED).net.views == ("front", "side", "three_quarter", "back")


def test_what_the_network_is_told_has_to_be_possible() -> None:
    character = draw_character("robot", 3)
    assert tell(character, ["back"], 32, 48).controls.shape == (CONTROL_CHANNELS,)
    with pytest.raises(ValueError, match="whole cells of 16"):
        tell(character, ["back"], 30, 48)
    with pytest.raises(ValueError, match="no view 'top'"):
        tell(character, ["top"], 32, 48)
    assert mixed_archetypes({"knight": 1, "robot": 3}).sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="'dentist'"):
        mixed_archetypes({"dentist": 1})
    with pytest.raises(ValueError, match="not negative"):
        mixed_archetypes({"knight": -1.0})
