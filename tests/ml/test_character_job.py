"""The character job on a network that came out of the export, not on a stand-in."""

from pathlib import Path

import numpy as np
from PIL import Image

from ml.export import characters as export
from ml.protocol_characters import CharacterResult, GenerateCharacter
from ml.tasks import TaskContext, make_networks, run_task
from ml.train import characters as train
from tests.ml.character_renders import tiny_character_recipe, write_character_render


def test_the_worker_paints_with_what_the_export_wrote(tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(tiny_character_recipe(), encoding="utf-8")
    for seed in (0, 1, 12, 13):
        write_character_render(tmp_path / "data", seed)
    command = ["--recipe", str(tmp_path / "tiny.toml"), "--data", str(tmp_path / "data")]
    assert train.main([*command, "--out", str(tmp_path / "run"), "--steps", "2"]) == 0
    wrote = ["--out", str(tmp_path / "models"), "--page", str(tmp_path / "pages")]
    assert export.main(["--checkpoint", str(tmp_path / "run" / "checkpoint.pt"), *wrote]) == 0
    folder = tmp_path / "out"
    folder.mkdir()
    request = GenerateCharacter(
        *("a", "wizard", 7, "pirate", 12, 1, "both", "slim", 2.0, (), None, None, 0.7, 192, True, "cpu"),
        str(folder),
    )
    context = TaskContext(tmp_path / "models", make_networks(), lambda *_: None)
    results = [run_task(request, context) for _ in range(2)]
    first, again = results
    assert isinstance(first, CharacterResult)
    assert isinstance(again, CharacterResult)
    assert first.characters == again.characters
    (made,) = first.characters
    assert [view.view for view in made.views] == ["front", "side"]
    for view in made.views:
        with Image.open(view.path) as picture:
            assert np.asarray(picture).shape == (192, 128, 4)
