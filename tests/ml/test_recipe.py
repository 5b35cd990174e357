"""Recipes: the shipped one is valid, and no mistake passes in silence."""

from pathlib import Path

import pytest

from ml.train.recipe import RecipeError, load_recipe, recipe_from_plain, recipe_to_plain

SHIPPED = Path(__file__).parents[2] / "ml" / "configs" / "dcgan_texture.toml"


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "recipe.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_the_shipped_recipe_is_the_reference() -> None:
    recipe = load_recipe(SHIPPED)
    assert recipe.net.generator_channels == (512, 256, 128, 64)
    assert recipe.net.discriminator_channels == (64, 128, 256, 512)
    assert recipe.net.noise_channels == 68
    assert recipe.optimiser.beta1 == 0.5


def test_a_recipe_survives_the_way_through_a_checkpoint() -> None:
    recipe = load_recipe(SHIPPED)
    assert recipe_from_plain(recipe_to_plain(recipe)) == recipe


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("mirror = true", "miror = true", "mirror"),
        ("mirror = true", "mirror = 1", "mirror"),
        ("mirror = true", "mirror = true\nextra = 3", "extra"),
        ("beta1 = 0.5", 'beta1 = "0.5"', "beta1"),
        ("beta1 = 0.5", "beta1 = 1.5", "beta1"),
        ("discriminator_group = 16", "discriminator_group = 5", "discriminator_group"),
        ("discriminator_group = 16", "discriminator_group = 1", "discriminator_group"),
        ('loss = "cross_entropy"', 'loss = "hinge"', "loss"),
        ("penalty = 0.0", "penalty = -1.0", "penalty"),
        ("penalty_every_steps = 1", "penalty_every_steps = 0", "penalty_every_steps"),
        ("real_target = 0.9", "real_target = 1.1", "real_target"),
        ("beta2 = 0.999", "beta2 = nan", "beta2"),
        ("noise_channels = 68", "noise_channels = 100", "noise_channels"),
        ("[512, 256, 128, 64]", "[512, 256, 128]", "generator_channels"),
        ("[512, 256, 128, 64]", '[512, 256, 128, "64"]', r"generator_channels\[3\]"),
        ("periodic = true", "periodic = false", "roll"),
        ('pattern = "*_albedo.png"', 'pattern = "../*.png"', "pattern"),
        ('name = "dcgan_texture"', 'name = "../../etc"', "name"),
        ("[run]", "[walk]", "run"),
        ("[run]", "[run", "TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(RecipeError, match=named):
        load_recipe(changed(tmp_path, old, new))


def test_an_absent_recipe_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"nowhere\.toml"):
        load_recipe(tmp_path / "nowhere.toml")
