"""Every kind of strip, and what can be wrong with one: it is named, and the others go on."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_effect, add_images, add_movie, captions, editor, set_span, span


def spans() -> list[tuple[int, int]]:
    return [span(strip) for strip in captions()]


def said() -> list[str]:
    return [strip["filmai_text"] for strip in captions()]


def in_sequencer(operator: Any, **options: Any) -> None:
    """An operator of Blender's own that needs an open sequencer."""
    window = bpy.context.window_manager.windows[0]
    if hasattr(window.workspace, "sequencer_scene"):
        window.workspace.sequencer_scene = bpy.context.scene
    area = window.screen.areas[0]
    before, area.type = area.type, "SEQUENCE_EDITOR"
    region = next(region for region in area.regions if region.type == "WINDOW")
    try:
        with bpy.context.temp_override(window=window, area=area, region=region):
            assert operator(**options) == {"FINISHED"}
    finally:
        area.type = before


def add_in_own_time(media: Media, start: int) -> Any:
    """As Blender's own menu adds a film: it keeps its time whatever the scene's frame rate."""
    operator = bpy.ops.sequencer.movie_strip_add
    known = operator.get_rna_type().properties
    options = {"filepath": str(media.movie), "frame_start": start, "channel": 1, "sound": False}
    # Blender 5.2 crashes without an area that was drawn, unless it is told not to look at one
    options |= {name: False for name in ("move_strips", "set_view_transform") if name in known}
    in_sequencer(operator, **options, use_framerate=False, adjust_playback_rate=True)
    (strip,) = bpy.context.scene.sequence_editor.strips
    strip.select = True
    return strip


def test_a_trimmed_film(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    set_span(add_movie(media, start=101), 111, 151)
    bpy.ops.filmai.caption_strips()
    assert spans() == [(111, 126), (126, 151)]
    assert "0.400 to 1.000 s" in said()[0]


def test_a_film_that_is_held_beyond_its_end(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    set_span(add_movie(media), 1, 200)
    bpy.ops.filmai.caption_strips()
    assert spans() == [(1, 26), (26, 51), (51, 200)]


def test_frames_that_are_cut_off_for_good(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    film = add_movie(media, start=1)
    trim = "content_trim_start" if hasattr(film, "content_trim_start") else "animation_offset_start"
    setattr(film, trim, 10)
    first, last = span(film)
    bpy.ops.filmai.caption_strips()
    assert "0.400 to 1.000 s" in said()[0]
    assert spans()[0] == (first, first + 15)
    assert spans()[-1][1] == last


def test_a_film_backwards(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    film = add_movie(media)
    set_span(film, 1, 61)
    film.use_reverse_frames = True
    bpy.ops.filmai.caption_strips()
    assert spans() == [(1, 26), (26, 51), (51, 61)]
    assert "2.000 to 3.000 s, backwards" in said()[0]
    assert "0.600 to 1.000 s" in said()[2]


def test_a_mirrored_film_that_is_muted(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    film = add_movie(media)
    film.use_flip_x, film.mute = True, True
    bpy.ops.filmai.caption_strips(divide=False)
    assert "mirrored" in said()[0]
    film.use_flip_x = False
    bpy.ops.filmai.caption_strips(divide=False)
    assert "mirrored" not in said()[0]


def test_a_film_frame_by_frame_at_another_rate(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    bpy.context.scene.render.fps = 50
    bpy.ops.filmai.caption_strips()
    assert spans() == [(1, 26), (26, 51), (51, 76)]


@pytest.mark.parametrize(("fps", "expected"), [(50, [10, 59, 109, 160]), (24, [10, 34, 58, 82])])
def test_a_film_in_its_own_time_at_another_rate(
    fake: Callable[[str], FilmAI], media: Media, fps: int, expected: list[int]
) -> None:
    fake("happy")
    bpy.context.scene.render.fps = fps
    add_in_own_time(media, 10)
    bpy.ops.filmai.caption_strips()
    assert [start for start, _end in spans()] + [spans()[-1][1]] == expected
    assert "1.000 to 2.000 s" in said()[1]


def test_a_film_at_half_its_speed(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    film = add_movie(media)
    editor().active_strip = film
    in_sequencer(bpy.ops.sequencer.retiming_segment_speed_set, speed=50.0)
    _first, last = span(film)
    assert last > 140
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    starts = [start for start, _end in spans()]
    assert starts == pytest.approx([1, 50, 100], abs=1)
    assert spans()[-1][1] == last
    request = filmai.pump.job(filmai.rows[-1].job_id).request
    assert request.clips[0].speed == pytest.approx(0.5, rel=0.02)


def test_a_single_picture_and_a_sequence(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    set_span(add_images(media.pictures[:1], "Still", 1, 1), 1, 41)
    frames = add_images(media.pictures, "Frames", 1, 51)
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    assert spans() == [(1, 41), (51, 76), (76, 81)]
    still, sequence = filmai.pump.job(filmai.rows[-1].job_id).request.clips
    assert (still.kind, sequence.kind, sequence.rate) == ("image", "sequence", 25.0)
    assert Path(still.path) == media.pictures[0]
    assert span(frames) == (51, 81)


def test_the_frames_of_a_sequence_are_listed_in_order_for_the_worker(
    fake: Callable[[str], FilmAI], media: Media
) -> None:
    filmai = fake("slow")
    add_images(media.pictures)
    job = filmai.press_captions()
    (clip,) = filmai.pump.job(job).request.clips
    listed = Path(clip.path).read_text(encoding="utf-8").splitlines()
    assert [Path(line) for line in listed] == list(media.pictures)
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.wait_for(job) == "CANCELLED"


def test_missing_media_fail_by_name_and_the_others_go_on(
    fake: Callable[[str], FilmAI], media: Media, tmp_path: Path
) -> None:
    filmai = fake("happy")
    add_movie(media, "Good")
    editor().strips.new_movie(
        name="Gone", filepath=str(tmp_path / "gone.mp4"), channel=2, frame_start=1
    ).select = True
    pictures = add_images(media.pictures[:3], "Holes", 3)
    pictures.elements[1].filename = "nothing.png"
    job = filmai.press_captions()
    assert filmai.wait_for(job) == "COMPLETED"
    assert {strip["filmai_caption"] for strip in captions()} == {"Good"}
    note = filmai.rows[-1].note
    assert "Gone: its file is missing" in note
    assert "Holes: 1 of its 3 pictures are missing" in note


def test_a_film_that_the_worker_cannot_read_fails_by_name(
    fake: Callable[[str], FilmAI], media: Media
) -> None:
    filmai = fake("happy")
    add_movie(media, "Good")
    broken = add_movie(media, "broken", 3)
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    assert "broken cannot be decoded" in filmai.rows[-1].note
    assert {strip["filmai_caption"] for strip in captions()} == {"Good"}
    editor().strips["Good"].select = False
    broken.select = True
    job = filmai.press_captions()
    assert filmai.wait_for(job) == "FAILED"
    assert "broken cannot be decoded" in filmai.failure(job).message


def test_a_file_without_pictures(fake: Callable[[str], FilmAI], tmp_path: Path) -> None:
    fake("happy")
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(b"nothing that could be played" * 100)
    editor().strips.new_movie(name="Noise", filepath=str(noise), channel=1, frame_start=1).select = True
    with pytest.raises(RuntimeError, match="Noise has no picture"):
        bpy.ops.filmai.caption_strips()


def test_a_name_in_another_script(fake: Callable[[str], FilmAI], media: Media, tmp_path: Path) -> None:
    filmai = fake("happy")
    film = tmp_path / "фильм 电影" / "夜 (1).mp4"
    film.parent.mkdir()
    film.write_bytes(media.movie.read_bytes())
    editor().strips.new_movie(name="夜", filepath=str(film), channel=1, frame_start=1).select = True
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    assert captions()[0]["filmai_caption"] == "夜"


def test_sounds_and_texts_are_left_out(fake: Callable[[str], FilmAI], media: Media, tmp_path: Path) -> None:
    filmai = fake("happy")
    add_movie(media)
    text = add_effect(editor().strips, "TEXT", 4, 1, 10)
    text.select = True
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    assert "Text shows nothing that could be described" in filmai.rows[-1].note
    assert {strip["filmai_caption"] for strip in captions()} == {"Film"}


def test_a_strip_of_one_frame(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    set_span(add_movie(media), 30, 31)
    bpy.ops.filmai.caption_strips()
    assert spans() == [(30, 31)]


def test_nothing_selected(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    add_movie(media).select = False
    with pytest.raises(RuntimeError, match="No strip is selected"):
        bpy.ops.filmai.caption_strips()
    operator = filmai.module("operators.caption_strips").FILMAI_OT_caption_strips
    assert why_grey(operator, bpy.context.scene) == "Select the strips to look at"
    bpy.context.scene.filmai_shots.strips = "CHANNEL"
    assert why_grey(operator, bpy.context.scene) == ""
    bpy.context.scene.filmai_shots.strips_channel = 9
    assert why_grey(operator, bpy.context.scene) == "Channel 9 has no strip"


def test_a_sequencer_without_a_scene(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    add_movie(media)
    for verb in ("caption_strips", "detect_cuts"):
        operator = getattr(filmai.module(f"operators.{verb}"), f"FILMAI_OT_{verb}")
        assert "shows no scene" in why_grey(operator, None)


def why_grey(operator: Any, scene: Any) -> str:
    """The message of the button in a sequencer that shows that scene; empty when it can be pressed."""
    reasons: list[str] = []
    button = SimpleNamespace(poll_message_set=reasons.append)
    context = SimpleNamespace(
        sequencer_scene=scene, scene=bpy.context.scene, space_data=SimpleNamespace(type="SEQUENCE_EDITOR")
    )
    assert operator.poll.__func__(button, context) is not bool(reasons)
    return "".join(reasons)
