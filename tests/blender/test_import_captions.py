"""Subtitle files of whole films: written a few captions at a time while the user works on, and taken back whole."""

import time
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_effect, add_movie, editor, span

MANY = 600


@pytest.fixture
def film_srt(tmp_path: Path) -> Path:
    """Captions of two seconds each, one after the other."""
    path = tmp_path / "film.srt"
    lines = (f"{n + 1}\n{clock(2 * n)} --> {clock(2 * n + 2)}\nLine {n + 1}\n" for n in range(MANY))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},000"


def imported() -> list[Any]:
    editor = bpy.context.scene.sequence_editor
    strips = editor.strips_all if editor is not None else ()
    return sorted((strip for strip in strips if "filmai_import" in strip), key=span)


def press_import(filmai: FilmAI, path: Path) -> str:
    """What the file dialog does once a file is chosen."""
    assert bpy.ops.filmai.import_captions(filepath=str(path), from_dialog=True) == {"FINISHED"}
    return filmai.rows[-1].job_id


def half_written(filmai: FilmAI, path: Path) -> str:
    job = press_import(filmai, path)
    filmai.tick_until(lambda: len(imported()) > 0)
    assert len(imported()) < MANY
    assert filmai.state(job) == "DELIVERING"
    return job


def test_a_long_file_is_written_in_short_turns_and_one_undo_takes_it_away(
    filmai: FilmAI, media: Media, film_srt: Path
) -> None:
    add_movie(media)
    bpy.ops.ed.undo_push(message="a strip")
    job = press_import(filmai, film_srt)
    turns = 0
    shares: set[float] = set()
    while filmai.state(job) not in ("COMPLETED", "FAILED"):
        filmai.pump.tick(0.001)  # seconds: a fast machine needs several turns too
        if imported() and filmai.rows[-1].is_open:
            turns += 1
            shares.add(filmai.rows[-1].fraction)
        time.sleep(0.001)
    assert filmai.state(job) == "COMPLETED", filmai.rows
    assert turns > 10
    assert len(shares) > 10
    strips = imported()
    assert [strip.text for strip in strips] == [f"Line {n + 1}" for n in range(MANY)]
    assert [span(strip) for strip in strips] == [(1 + 50 * n, 51 + 50 * n) for n in range(MANY)]
    assert {strip.channel for strip in strips} == {2}
    bpy.ops.ed.undo()
    assert [strip.name for strip in bpy.context.scene.sequence_editor.strips] == ["Film"]


def test_the_user_goes_on_working_meanwhile(filmai: FilmAI, media: Media, film_srt: Path) -> None:
    job = half_written(filmai, film_srt)
    film = add_movie(media, channel=7)
    film.name = "Added meanwhile"
    imported()[0].text = "edited"
    assert filmai.wait_for(job) == "COMPLETED"
    assert len(imported()) == MANY
    assert imported()[0].text == "edited"
    assert "Added meanwhile" in editor().strips


def test_cancelling_takes_back_what_was_written(filmai: FilmAI, media: Media, film_srt: Path) -> None:
    add_movie(media)
    own = add_effect(editor().strips, "TEXT", 5, 1, 100)
    bpy.ops.filmai.import_captions(filepath=str(film_srt), channel=9)
    first = len(imported())
    job = press_import(filmai, film_srt)
    filmai.tick_until(lambda: len(imported()) > first)
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.state(job) == "CANCELLED"
    assert len(imported()) == first == MANY, "an earlier import of the same file stays"
    assert {strip.channel for strip in imported()} == {9}
    assert own.name in editor().strips
    assert filmai.pump.tick() is True or filmai.job_folders() == []
    filmai.assert_works()


@pytest.mark.parametrize("change", ["undo", "deleted", "editor cleared", "scene removed"])
def test_a_timeline_that_changes_under_the_captions_ends_the_job_politely(
    filmai: FilmAI, media: Media, film_srt: Path, change: str
) -> None:
    stage = bpy.context.scene
    add_movie(media)
    bpy.ops.ed.undo_push(message="a strip")
    job = half_written(filmai, film_srt)
    if change == "undo":
        editor().strips["Film"].channel = 30
        bpy.ops.ed.undo_push(message="a move")
        bpy.ops.ed.undo()
    elif change == "deleted":
        for strip in imported()[3:]:
            editor().strips.remove(strip)
    elif change == "editor cleared":
        stage.sequence_editor_clear()
    else:
        bpy.context.window.scene = bpy.data.scenes.new("Other")
        bpy.data.scenes.remove(stage)
    assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "NOT_DELIVERED"
    words = "not there any more" if change == "scene removed" else "The timeline was changed"
    assert words in filmai.failure(job).message
    assert imported() == []
    filmai.assert_works()


def test_another_file_that_is_opened_meanwhile_is_left_alone(
    filmai: FilmAI, film_srt: Path, tmp_path: Path
) -> None:
    editor()
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "other.blend"))
    job = half_written(filmai, film_srt)
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "other.blend"))
    assert filmai.wait_for(job) == "FAILED"
    assert imported() == []


def test_captions_go_into_the_open_meta_strip_even_when_it_is_closed_meanwhile(
    filmai: FilmAI, media: Media, film_srt: Path
) -> None:
    film = add_movie(media)
    meta = editor().strips.new_meta(name="Scene 1", channel=4, frame_start=1)
    film.move_to_meta(meta)
    editor().display_stack(meta)
    job = half_written(filmai, film_srt)
    editor().display_stack(None)
    assert filmai.wait_for(job) == "COMPLETED"
    assert {strip.parent_meta().name for strip in imported()} == {"Scene 1"}
    assert len(imported()) == MANY


def test_a_render_makes_the_writing_wait(
    filmai: FilmAI, film_srt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor()
    job = half_written(filmai, film_srt)
    so_far = len(imported())
    monkeypatch.setattr(filmai.module("pump"), "busy_reason", lambda: "Waiting for the render to end")
    for _ in range(3):
        filmai.pump.tick()
    assert len(imported()) == so_far
    bpy.ops.filmai.cancel_job(job=job)
    assert len(imported()) == so_far, "nothing is removed either while Blender renders"
    monkeypatch.undo()
    assert filmai.pump.tick()
    assert imported() == []


def test_disabling_the_add_on_takes_back_what_was_written(filmai: FilmAI, film_srt: Path) -> None:
    editor()
    half_written(filmai, film_srt)
    filmai.module("session").close()
    assert imported() == []


def test_a_mistake_halfway_takes_back_what_was_written(
    filmai: FilmAI, film_srt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor()
    job = half_written(filmai, film_srt)

    def fail(*_: Any) -> None:
        raise ValueError("halfway")

    monkeypatch.setattr(filmai.module("scene.text_strips"), "_set_style", fail)
    assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "BUG"
    assert imported() == []
    assert len(editor().strips) == 0, "nor is the strip that was just being made left"
