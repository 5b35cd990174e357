"""The demo's film: its recipe, that it is rendered once, and what a failure says."""

import json
import sys
from pathlib import Path

import pytest

from tooling import blender_script, film
from tooling.console import Console
from tooling.errors import BuildError
from tooling.film_recipe import SHOTS, FilmShot, film_frames, recipe_digest, starts


def test_shots_follow_each_other_and_overlap_in_a_dissolve() -> None:
    shots = (FilmShot(1, 0.0, 20, ()), FilmShot(2, 0.0, 30, ()), FilmShot(3, 0.0, 10, (), dissolve=4))
    assert starts(shots) == (0, 20, 46)
    assert film_frames(shots) == 56


def test_the_recipe_knows_the_blender_and_every_source(tmp_path: Path) -> None:
    source = tmp_path / "ml" / "datagen" / "shots" / "stage.py"
    source.parent.mkdir(parents=True)
    source.write_bytes(b"one\ntwo\n")
    first = recipe_digest("5.2", tmp_path)
    assert recipe_digest("4.5", tmp_path) != first
    source.write_bytes(b"one\r\ntwo\r\n")
    assert recipe_digest("5.2", tmp_path) == first
    source.write_bytes(b"one\nthree\n")
    assert recipe_digest("5.2", tmp_path) != first


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scripts in place of those that need Blender."""
    folder = tmp_path / "tooling"
    folder.mkdir()
    arguments = "import sys; from pathlib import Path; words = sys.argv\n"
    (folder / "demo_film.py").write_text(
        arguments + "out = Path(words[2]) / '00'; out.mkdir(parents=True, exist_ok=True)\n"
    )
    (folder / "demo_cut.py").write_text(arguments + "Path(words[4]).write_text('a film')\n")
    monkeypatch.setattr(blender_script, "REPOSITORY", tmp_path)
    return folder


def _make(folder: Path, blender: str = "5.2") -> str:
    said = folder / "said.txt"
    with said.open("w", encoding="utf-8") as stream:
        film.make_film(Path(sys.executable), blender, folder, Console(stream, live=False))
    return said.read_text(encoding="utf-8")


def test_a_film_is_rendered_again_only_when_it_is_another_or_was_touched(
    scripts: Path, tmp_path: Path
) -> None:
    movie = tmp_path / film.MOVIE
    assert "Rendering" in _make(tmp_path)
    assert movie.read_text() == "a film"
    assert "is there already" in _make(tmp_path)
    assert "Rendering" in _make(tmp_path, blender="4.5")
    movie.write_text("half a fil")
    assert "Rendering" in _make(tmp_path, blender="4.5")
    (tmp_path / "film.json").write_bytes(b"\xff{")
    assert "Rendering" in _make(tmp_path, blender="4.5")
    assert json.loads((tmp_path / "film.json").read_text())["recipe"] == recipe_digest("4.5")


def test_a_process_that_fails_ends_the_others_and_leaves_no_film(scripts: Path, tmp_path: Path) -> None:
    (scripts / "demo_film.py").write_text(
        "import sys, time; from pathlib import Path\n"
        "try: Path(sys.argv[2]).mkdir(parents=True)\n"
        "except FileExistsError: time.sleep(60)\n"
        "sys.exit(3)\n"
    )
    with pytest.raises(BuildError, match="exit code 3"):
        _make(tmp_path)
    assert not (tmp_path / film.MOVIE).exists()
    assert list(tmp_path.glob("profile-*")) == []


def test_progress_says_what_is_left() -> None:
    total = sum(shot.frames for shot in SHOTS)
    assert film.progress(0, 10.0) == f"0 of {total} frames"
    assert film.progress(total // 2, 30.0) == f"{total // 2} of {total} frames, about 30 s left"
