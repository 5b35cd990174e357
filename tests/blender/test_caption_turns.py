"""Captions and the shot list are written a few at a time; nothing of the user's is lost in between."""

import time
from collections.abc import Callable
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_movie, editor, span

MOVIES, SHOTS = 5, 15
"""Three each: four turns of four."""


@pytest.fixture
def filmai(fake: Callable[[str], FilmAI], media: Media) -> FilmAI:
    used = fake("happy")
    for number in range(MOVIES):
        add_movie(media, start=1 + 60 * number)
    for strip in editor().strips:
        strip.select = True
    return used


def captions() -> list[Any]:
    return sorted((strip for strip in editor().strips_all if "filmai_caption" in strip), key=span)


def content() -> tuple[list[Any], list[str]]:
    strips = sorted((strip.name, *span(strip), strip.channel) for strip in editor().strips_all)
    return strips, [shot.shot_id for shot in bpy.context.scene.filmai_shots.shots]


def one_turn_until(filmai: FilmAI, reached: Callable[[], bool]) -> None:
    """Turns of one piece each."""
    for _ in range(4000):
        if reached():
            return
        filmai.pump.tick(0.0)
        time.sleep(0.002)
    raise AssertionError("that was never reached")


def test_many_captions_come_in_turns_and_one_undo_takes_them_and_the_list_away(filmai: FilmAI) -> None:
    bpy.ops.ed.undo_push(message="strips")
    job = filmai.press_captions()
    seen: set[tuple[int, int]] = set()
    while filmai.state(job) not in ("COMPLETED", "FAILED"):
        filmai.pump.tick(0.0)
        time.sleep(0.002)
        seen.add((len(captions()), len(bpy.context.scene.filmai_shots.shots)))
    assert filmai.state(job) == "COMPLETED"
    assert {(4, 0), (8, 0), (12, 0), (15, 4), (15, 8), (15, 15)} <= seen
    assert [caption.name for caption in captions()] == [f"FilmAI Shot {n + 1:03d}" for n in range(SHOTS)]
    bpy.ops.ed.undo()
    assert captions() == []
    assert len(bpy.context.scene.filmai_shots.shots) == 0


@pytest.mark.parametrize("stage", ["captions", "list"])
def test_cancelling_in_between_leaves_the_captions_and_the_list_of_before(filmai: FilmAI, stage: str) -> None:
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    before = content()
    job = filmai.press_captions()
    one_turn_until(filmai, lambda: len(captions()) > len(before[1]))
    assert content()[1] == before[1]
    if stage == "list":
        one_turn_until(filmai, lambda: content()[1] != before[1])
    assert filmai.state(job) == "DELIVERING"
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.state(job) == "CANCELLED"
    assert content() == before
    filmai.assert_works()


def test_a_field_that_is_set_meanwhile_stays(filmai: FilmAI) -> None:
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    for strip in editor().strips:
        strip.select = strip.name in ("Film", "Film.001")
    job = filmai.press_captions()
    one_turn_until(filmai, lambda: len(captions()) > SHOTS)
    last = bpy.context.scene.filmai_shots.shots[-1]
    last.movement = "ROLL"
    assert filmai.wait_for(job) == "COMPLETED"
    last = bpy.context.scene.filmai_shots.shots[-1]
    assert (last.movement, last.movement_note) == ("ROLL", "by hand")
    assert len(captions()) == SHOTS


@pytest.mark.parametrize("change", ["undo", "captions deleted", "editor cleared", "list cleared"])
def test_a_film_that_changes_under_the_captions_ends_the_job_politely(filmai: FilmAI, change: str) -> None:
    bpy.ops.ed.undo_push(message="strips")
    editor().strips[0].channel = 30
    bpy.ops.ed.undo_push(message="a move")
    job = filmai.press_captions()
    one_turn_until(filmai, lambda: len(captions()) > 0)
    if change == "undo":
        bpy.ops.ed.undo()
    elif change == "captions deleted":
        for strip in captions():
            editor().strips.remove(strip)
    elif change == "editor cleared":
        bpy.context.scene.sequence_editor_clear()
    else:
        one_turn_until(filmai, lambda: len(bpy.context.scene.filmai_shots.shots) > 0)
        bpy.context.scene.filmai_shots.shots.clear()
    assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "NOT_DELIVERED"
    assert "was changed" in filmai.failure(job).message
    assert not bpy.context.scene.sequence_editor or captions() == []
    assert len(bpy.context.scene.filmai_shots.shots) == 0
    filmai.assert_works()
