"""The demo's film made in a real Blender: each shot rendered once, joined by cuts and dissolves."""

from pathlib import Path

import pytest

bpy = pytest.importorskip("bpy")
pytest.importorskip("PIL")

import numpy as np  # noqa: E402  (skipped before it where Blender is missing)
from PIL import Image  # noqa: E402

from tooling import demo_cut, demo_film  # noqa: E402
from tooling.film_recipe import FilmShot  # noqa: E402

PX = (64, 36)
RED, GREEN, BLUE = (230, 20, 20), (20, 200, 20), (20, 20, 230)


def test_a_shot_that_another_process_has_begun_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_film, "FILM_PX", PX)
    (tmp_path / "00").mkdir()
    shot = FilmShot(246, 3.0, 2, ())
    demo_film.render_shots((shot, shot), tmp_path)
    assert list((tmp_path / "00").iterdir()) == []
    frames = sorted((tmp_path / "01").iterdir())
    assert [path.name for path in frames] == ["0000.png", "0001.png"]
    pictures = [np.asarray(Image.open(path)).astype(int) for path in frames]
    assert pictures[0].shape == (36, 64, 3)
    assert pictures[0].std() > 3
    assert (pictures[0] != pictures[1]).any(), "somebody walks"


def test_shots_become_a_movie_with_a_cut_and_a_dissolve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_cut, "FILM_PX", PX)
    shots = (FilmShot(1, 0.0, 6, ()), FilmShot(2, 0.0, 12, ()), FilmShot(3, 0.0, 12, (), dissolve=6))
    for place, (shot, colour) in enumerate(zip(shots, (RED, GREEN, BLUE), strict=True)):
        (tmp_path / f"{place:02d}").mkdir()
        for number in range(shot.frames):
            Image.new("RGB", PX, colour).save(tmp_path / f"{place:02d}" / f"{number:04d}.png")
    bpy.ops.wm.read_homefile(use_factory_startup=True, use_empty=True)
    movie = tmp_path / "film.mp4"
    demo_cut.write_movie(shots, tmp_path, movie)
    clip = bpy.data.movieclips.load(str(movie))
    assert (clip.frame_duration, tuple(clip.size), clip.fps) == (24, PX, 24.0)
    shown = _shown(movie, (6, 7, 12, 16, 20), tmp_path)
    assert shown[0] == pytest.approx(RED, abs=12)
    assert shown[1] == pytest.approx(GREEN, abs=12)
    assert shown[2] == pytest.approx(GREEN, abs=12)
    assert shown[4] == pytest.approx(BLUE, abs=12)
    assert min(shown[3][1], shown[3][2]) > 60, "in a dissolve both shots are seen"


def _shown(movie: Path, frames: tuple[int, ...], folder: Path) -> list[tuple[float, ...]]:
    """Mean colour of those frames of the movie, from 1."""
    bpy.ops.wm.read_homefile(use_factory_startup=True, use_empty=True)
    scene = bpy.context.scene
    scene.sequence_editor_create().strips.new_movie("film", str(movie), channel=1, frame_start=1)
    (scene.render.resolution_x, scene.render.resolution_y) = PX
    scene.view_settings.view_transform = "Standard"
    found = []
    for frame in frames:
        scene.frame_set(frame)
        scene.render.filepath = str(folder / "shown.png")
        bpy.ops.render.render(write_still=True)
        with Image.open(folder / "shown.png") as picture:
            found.append(tuple(np.asarray(picture.convert("RGB")).mean(axis=(0, 1))))
    return found
