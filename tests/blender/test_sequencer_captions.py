"""Captions over strips: where they are, what they say, what is replaced and what is left alone."""

import itertools
from collections.abc import Callable

import bpy
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_effect, add_movie, captions, editor, set_span, span, texts


def test_each_shot_of_a_film_has_a_text_strip_exactly_over_it(
    fake: Callable[[str], FilmAI], media: Media
) -> None:
    filmai = fake("happy")
    add_movie(media, start=11)
    assert filmai.wait_for(filmai.press_captions()) == "COMPLETED"
    assert [span(strip) for strip in captions()] == [(11, 36), (36, 61), (61, 86)]
    assert {strip.channel for strip in captions()} == {2}
    assert texts()[1].replace("\n", " ") == "A fake wide shot of three colours.mp4, 1.000 to 2.000 s."
    assert max(len(line) for text in texts() for line in text.split("\n")) <= 42
    assert filmai.job_folders() == [], "a delivered result leaves no files behind"


def test_a_script_waits_for_the_captions(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    assert bpy.ops.filmai.caption_strips() == {"FINISHED"}
    assert len(captions()) == 3


def test_one_undo_takes_all_captions_away(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    bpy.ops.ed.undo_push(message="a strip")
    bpy.ops.filmai.caption_strips()
    assert len(bpy.context.scene.filmai_shots.shots) == 3
    bpy.ops.ed.undo()
    assert captions() == []
    assert len(bpy.context.scene.filmai_shots.shots) == 0
    assert [strip.name for strip in bpy.context.scene.sequence_editor.strips] == ["Film"]


def test_a_strip_that_is_not_divided_is_one_shot(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips(divide=False)
    assert [span(strip) for strip in captions()] == [(1, 76)]


def test_captions_are_replaced_and_the_user_s_own_text_stays(
    fake: Callable[[str], FilmAI], media: Media
) -> None:
    fake("happy")
    film = add_movie(media)
    own = add_effect(editor().strips, "TEXT", 2, 30, 40)
    own.text, own.select = "mine", False
    bpy.ops.filmai.caption_strips()
    assert {strip.channel for strip in captions()} == {3}, "channel 2 is not free over the whole range"
    set_span(film, 1, 51)
    bpy.ops.filmai.caption_strips(language="zh")
    assert [span(strip) for strip in captions()] == [(1, 26), (26, 51)]
    assert [strip.name for strip in captions()] == ["FilmAI Shot 001", "FilmAI Shot 002"]
    assert texts()[0] == "假的大远景。"
    assert (own.text, span(own), own.channel) == ("mine", (30, 40), 2)
    assert len(bpy.context.scene.filmai_shots.shots) == 2


def test_captions_of_a_strip_that_was_cut_in_two_do_not_lie_doubled(
    fake: Callable[[str], FilmAI], media: Media
) -> None:
    fake("happy")
    film = add_movie(media)
    bpy.ops.filmai.caption_strips()
    right = film.split(frame=51, split_method="SOFT")
    film.select, right.select = False, True
    bpy.ops.filmai.caption_strips()
    assert [span(strip) for strip in captions()] == [(1, 26), (26, 51), (51, 76)]
    assert [strip["filmai_caption"] for strip in captions()] == ["Film", "Film", right.name]


def test_a_strip_that_was_renamed_since_it_was_captioned(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    film = add_movie(media)
    bpy.ops.filmai.caption_strips()
    film.name = "Hero"
    bpy.ops.filmai.caption_strips()
    assert [strip["filmai_caption"] for strip in captions()] == ["Hero"] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SENTENCE", "A fake extreme wide shot of"),
        ("FIELDS", "High angle, shaky"),
        ("BOTH", "High angle, shaky"),
    ],
)
def test_what_is_said(fake: Callable[[str], FilmAI], media: Media, text: str, expected: str) -> None:
    fake("happy")
    bpy.context.scene.filmai_shots.number = True
    add_movie(media)
    bpy.ops.filmai.caption_strips(text=text)
    said = [strip["filmai_text"] for strip in captions()]
    assert said[0].startswith(f"1. {expected}")
    assert ("A fake" in said[0]) == (text != "FIELDS")
    assert "uncertain" not in said[0]


def test_a_long_text_follows_itself_in_two_lines_at_a_time(
    fake: Callable[[str], FilmAI], media: Media
) -> None:
    fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips(text="BOTH", divide=False)
    cards = captions()
    assert len(cards) > 1
    assert span(cards[0])[0] == 1
    assert span(cards[-1])[1] == 76
    assert all(span(one)[1] == span(after)[0] for one, after in itertools.pairwise(cards))
    assert all(len(card.text.split("\n")) <= 2 for card in cards)
    assert len({card["filmai_shot"] for card in cards}) == 1


def test_how_a_caption_was_made_is_noted_on_it(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    add_movie(media)
    bpy.ops.filmai.caption_strips()
    strip, shot = captions()[0], bpy.context.scene.filmai_shots.shots[0]
    assert strip["filmai_model"] == "fake_texture"
    assert len(strip["filmai_model_sha256"]) == 64
    assert strip["filmai_version"] == filmai.module("core.version").filmai_version()
    assert strip["filmai_shot"] == shot.shot_id
    assert strip["filmai_fields"] == shot.fields_json
    assert "confidence" in strip["filmai_fields"]


def test_the_style_is_the_panel_s(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y = 1920, 1080
    style = scene.filmai_shots
    style.position, style.size_percent, style.use_box, style.box_opacity = "TOP", 5.0, True, 0.25
    add_movie(media)
    bpy.ops.filmai.caption_strips()
    strip = captions()[0]
    assert strip.font_size == pytest.approx(54.0)
    assert (strip.anchor_y, strip.location[1]) == ("TOP", pytest.approx(0.92))
    assert strip.use_box
    assert strip.box_color[3] == 0.25
    scene.render.resolution_x, scene.render.resolution_y = 1080, 1920
    bpy.ops.filmai.caption_strips()
    assert captions()[0].font_size * 42 * 0.6 == pytest.approx(0.9 * 1080), "a full line fits across"


def test_the_font_of_blender_shows_both_languages(
    fake: Callable[[str], FilmAI], media: Media, tmp_path: object
) -> None:
    """Two Chinese characters that Blender's font lacks would both be the same empty box."""
    fake("happy")
    scene = bpy.context.scene
    add_movie(media).mute = True
    bpy.ops.filmai.caption_strips(language="zh", divide=False)
    strip = captions()[0]
    strip.use_box, strip.location, strip.anchor_y = False, (0.5, 0.5), "CENTER"
    scene.render.resolution_x, scene.render.resolution_y = 128, 64
    strip.font_size = 40
    scene.render.image_settings.file_format = "PNG"
    shown = set()
    for character in "景仰红车":
        strip.text = character
        scene.render.filepath = f"{tmp_path}/{ord(character)}.png"
        scene.frame_set(5)
        bpy.ops.render.render(write_still=True)
        image = bpy.data.images.load(scene.render.filepath)
        pixels = tuple(round(value, 1) for value in image.pixels[:][::4])
        assert max(pixels) > 0.5, f"{character} is not drawn"
        shown.add(pixels)
    assert len(shown) == 4


def test_no_free_channel_changes_nothing(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    add_movie(media, channel=126)
    for channel in (127, 128):
        add_effect(editor().strips, "COLOR", channel, 60, 70).select = False
    before = sorted(strip.name for strip in editor().strips)
    job = filmai.press_captions()
    assert filmai.wait_for(job) == "FAILED"
    assert "No channel from 127 to 128 is free" in filmai.failure(job).message
    assert sorted(strip.name for strip in editor().strips) == before
    assert len(bpy.context.scene.filmai_shots.shots) == 0
    bpy.ops.filmai.caption_strips(channel=5)
    assert {strip.channel for strip in captions()} == {5}


def test_a_locked_channel_is_passed_over(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    add_movie(media)
    bpy.context.scene.sequence_editor.channels[2].lock = True
    bpy.ops.filmai.caption_strips()
    assert {strip.channel for strip in captions()} == {3}


def test_all_strips_of_a_channel(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    for name, channel in (("One", 1), ("Two", 3)):
        add_movie(media, name, channel).select = False
    bpy.ops.filmai.caption_strips(strips_channel=3, divide=False)
    assert [strip["filmai_caption"] for strip in captions()] == ["Two"]
    settings = bpy.context.scene.filmai_shots
    settings.strips, settings.strips_channel = "CHANNEL", 1
    bpy.ops.filmai.caption_strips(divide=False)
    assert sorted(strip["filmai_caption"] for strip in captions()) == ["One", "Two"]


def test_strips_within_an_open_meta_strip(fake: Callable[[str], FilmAI], media: Media) -> None:
    fake("happy")
    film = add_movie(media)
    meta = editor().strips.new_meta(name="Scene 1", channel=4, frame_start=1)
    film.move_to_meta(meta)
    bpy.context.scene.sequence_editor.display_stack(meta)
    bpy.ops.filmai.caption_strips()
    assert {strip.parent_meta().name for strip in captions()} == {"Scene 1"}
    assert [span(strip) for strip in captions()] == [(1, 26), (26, 51), (51, 76)]
