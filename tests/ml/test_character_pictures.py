"""Front views as plain pictures: what the reference network is trained on."""

from pathlib import Path

import pytest

from ml.train import character_pictures
from ml.train.data import load_pictures
from ml.train.recipe import load_recipe
from tests.ml.character_renders import SHIPPED, tiny_character_recipe, write_character_render


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    (tmp_path / "tiny.toml").write_text(tiny_character_recipe(), encoding="utf-8")
    write_character_render(tmp_path / "train", 0)
    write_character_render(tmp_path / "train", 1)
    return ["--recipe", str(tmp_path / "tiny.toml"), "--data", str(tmp_path / "train")]


def test_each_archetype_has_a_folder_that_the_reference_network_can_read(
    tmp_path: Path, command: list[str]
) -> None:
    assert character_pictures.main([*command, "--out", str(tmp_path / "fronts")]) == 0
    recipe = load_recipe(SHIPPED.with_name("dcgan_characters.toml"))
    pictures = load_pictures(tmp_path / "fronts", recipe.data.pattern, recipe.data.periodic, 64)
    assert pictures.names == ("alien", "knight")
    assert pictures.images.shape == (2, 3, 64, 64)
    borders = pictures.images[..., [0, -1]].float()
    assert (borders - 127.5).abs().max() <= 1, "grey beside the figure"
    # the figure is upright, in the middle, as high as it was rendered
    rows = (pictures.images.float() - 127.5).abs().amax(dim=(1, 3)) > 12
    assert (rows.sum(1) > 50).all()


def test_a_view_or_folder_that_is_not_there_is_refused(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "fronts")]
    assert character_pictures.main([*command, *out, "--view", "below"]) == 2
    assert "views are one or more of front" in capsys.readouterr().err
    assert character_pictures.main([*command[:2], "--data", str(tmp_path / "absent"), *out]) == 2
    assert "there is no folder" in capsys.readouterr().err
