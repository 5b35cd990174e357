"""Cuts on the timeline: as markers, or as strips that are split."""

from collections.abc import Callable

import bpy
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_movie, captions, editor, set_span, span


def markers() -> list[tuple[str, int]]:
    return sorted((marker.name, marker.frame) for marker in bpy.context.scene.timeline_markers)


def test_markers_at_the_cuts_and_the_strips_as_they_were(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    film = add_movie(media, start=11)
    set_span(film, 21, 86)
    bpy.context.scene.timeline_markers.new("mine", frame=40)
    assert filmai.wait_for(filmai.press_cuts()) == "COMPLETED"
    assert markers() == [("FilmAI Cut", 36), ("FilmAI Cut", 61), ("mine", 40)]
    assert [span(strip) for strip in editor().strips] == [(21, 86)]
    assert filmai.rows[-1].note.startswith("2 cuts found")


def test_markers_are_replaced_and_those_that_were_renamed_stay(
    fake: Callable[[str], FilmAI], media: Media
) -> None:
    fake("happy")
    add_movie(media)
    bpy.context.scene.timeline_markers.new("FilmAI Cut", frame=900)
    bpy.ops.filmai.detect_cuts()
    next(marker for marker in bpy.context.scene.timeline_markers if marker.frame == 26).name = "Act 2"
    bpy.ops.filmai.detect_cuts()
    assert markers() == [("Act 2", 26), ("FilmAI Cut", 26), ("FilmAI Cut", 51), ("FilmAI Cut", 900)]


def test_strips_are_split_at_their_cuts_in_one_undo_step(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    bpy.ops.ed.undo_push(message="a strip")
    bpy.ops.filmai.detect_cuts(cuts_as="SPLIT")
    strips = sorted(editor().strips, key=span)
    assert [span(strip) for strip in strips] == [(1, 26), (26, 51), (51, 76)]
    assert strips[0].name == "Film"
    assert markers() == []
    bpy.ops.ed.undo()
    assert [span(strip) for strip in bpy.context.scene.sequence_editor.strips] == [(1, 76)]


def test_split_strips_can_be_captioned_each_as_one_shot(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    bpy.ops.filmai.detect_cuts(cuts_as="SPLIT")
    for strip in editor().strips:
        strip.select = True
    bpy.ops.filmai.caption_strips(divide=False)
    assert [span(strip) for strip in captions()] == [(1, 26), (26, 51), (51, 76)]
    assert len({strip["filmai_caption"] for strip in captions()}) == 3


def test_a_reversed_strip_is_split_where_its_shots_meet(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    film = add_movie(media)
    set_span(film, 1, 61)
    film.use_reverse_frames = True
    bpy.ops.filmai.detect_cuts()
    assert [frame for _name, frame in markers()] == [26, 51]


def test_a_locked_strip_is_not_split(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media).lock = True
    with pytest.raises(RuntimeError, match="Film: locked"):
        bpy.ops.filmai.detect_cuts(cuts_as="SPLIT")
    assert len(editor().strips) == 1
    bpy.ops.filmai.detect_cuts(cuts_as="MARKERS")
    assert len(markers()) == 2


def test_no_cut_is_said_and_the_sensitivity_is_sent(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    add_movie(media)
    bpy.context.scene.filmai_shots.sensitivity = 0.0
    assert filmai.wait_for(filmai.press_cuts()) == "COMPLETED"
    assert filmai.rows[-1].note.startswith("No cut was found")
    assert filmai.wait_for(filmai.press_cuts(sensitivity=0.75)) == "COMPLETED"
    assert filmai.pump.job(filmai.rows[-1].job_id).request.sensitivity == 0.75
    assert len(markers()) == 2
