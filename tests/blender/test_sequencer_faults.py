"""What happens to strips while a job runs: it ends politely, and what can be written is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_movie, captions, editor, set_span, span


def film_content() -> dict[str, Any]:
    scene = bpy.context.scene
    return {
        "strips": sorted(
            (strip.name, strip.type, *span(strip), strip.channel) for strip in editor().strips_all
        )
        if scene.sequence_editor
        else [],
        "markers": [marker.frame for marker in scene.timeline_markers],
        "shots": [shot.shot_id for shot in scene.filmai_shots.shots],
    }


@pytest.mark.parametrize("verb", ["press_captions", "press_cuts"])
def test_the_strip_is_deleted(fake: Callable[[str], FilmAI], media: Media, verb: str) -> None:
    filmai = fake("happy")
    film = add_movie(media)
    job = getattr(filmai, verb)()
    editor().strips.remove(film)
    before = film_content()
    assert filmai.wait_for(job) == "FAILED"
    assert "Film is not there any more" in filmai.failure(job).message
    assert film_content() == before


def test_one_of_two_strips_is_deleted(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    film = add_movie(media)
    add_movie(media, "Other", 2)
    job = filmai.press_captions()
    editor().strips.remove(film)
    assert filmai.wait_for(job) == "COMPLETED"
    assert "Film is not there any more" in filmai.rows[-1].note
    assert {strip["filmai_caption"] for strip in captions()} == {"Other"}


def test_the_strip_is_deleted_and_another_of_its_name_is_there(
    fake: Callable[[str], FilmAI], media: Media
) -> None:
    filmai = fake("happy")
    film = add_movie(media)
    job = filmai.press_captions()
    editor().strips.remove(film)
    editor().strips.new_image(name="Film", filepath=str(media.pictures[0]), channel=1, frame_start=1)
    assert filmai.wait_for(job) == "FAILED"
    assert captions() == []


def test_the_strip_is_renamed_moved_and_trimmed(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    film = add_movie(media)
    job = filmai.press_captions()
    film.name = "Hero"
    assert filmai.wait_for(job) == "COMPLETED"
    assert {strip["filmai_caption"] for strip in captions()} == {"Hero"}
    job = filmai.press_captions()
    set_span(film, 11, 61)
    film.channel = 7
    assert filmai.wait_for(job) == "COMPLETED"
    assert [span(strip) for strip in captions()] == [(11, 26), (26, 51), (51, 61)]
    assert {strip.channel for strip in captions()} == {8}


def test_a_shot_that_is_trimmed_off_during_the_job(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    film = add_movie(media)
    job = filmai.press_captions()
    set_span(film, 1, 30)
    assert filmai.wait_for(job) == "COMPLETED"
    assert [span(strip) for strip in captions()] == [(1, 26), (26, 30)]
    assert "1 shot is not seen" in filmai.rows[-1].note


def test_an_undo_during_the_job(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    add_movie(media)
    bpy.ops.ed.undo_push(message="a strip")
    editor().strips["Film"].channel = 5
    bpy.ops.ed.undo_push(message="a move")
    job = filmai.press_captions()
    bpy.ops.ed.undo()
    assert filmai.wait_for(job) == "COMPLETED"
    assert {strip.channel for strip in captions()} == {2}


def test_another_file_is_opened(fake: Callable[[str], FilmAI], media: Media, tmp_path: Path) -> None:
    filmai = fake("happy")
    add_movie(media)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "other.blend"))
    job = filmai.press_captions()
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "other.blend"))
    assert filmai.wait_for(job) == "FAILED"
    assert "not there any more" in filmai.failure(job).message
    assert captions() == []


def test_cancel(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("slow")
    add_movie(media)
    before = film_content()
    job = filmai.press_captions()
    filmai.wait_for(job, "RUNNING")
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.wait_for(job) == "CANCELLED"
    assert film_content() == before
    assert filmai.job_folders() == []


def test_the_worker_dies(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("die_midjob")
    add_movie(media)
    before = film_content()
    job = filmai.press_cuts()
    assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "WORKER_DIED"
    assert film_content() == before


def test_a_mistake_halfway_takes_back_what_was_made(
    fake: Callable[[str], FilmAI], media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    filmai = fake("happy")
    add_movie(media)
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    before = film_content()
    delivery = filmai.module("scene.caption_delivery")
    write = delivery.write_entries
    calls: list[int] = []

    def fail_once(scene: Any, entries: Any, **place: int) -> None:
        calls.append(1)
        write(scene, entries, **place)
        if len(calls) == 1:
            raise ValueError("halfway")

    monkeypatch.setattr(delivery, "write_entries", fail_once)
    job = filmai.press_captions(divide=False)
    assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "BUG"
    assert film_content() == before


def test_no_model_is_said(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("problem")
    add_movie(media)
    job = filmai.press_captions()
    assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "MODEL_MISSING"
