"""Cuts and captions by the packaged networks, end to end: films that Blender wrote, read in the worker."""

import json
from pathlib import Path

import bpy
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.media import (
    Media,
    add_effect,
    add_images,
    add_movie,
    captions,
    editor,
    set_span,
    span,
    texts,
)
from tests.blender.test_sequencer_render import finish, small_scene


def test_the_packaged_networks_find_the_cuts_of_a_film(filmai: FilmAI, media: Media) -> None:
    add_movie(media, start=11)
    assert bpy.ops.filmai.detect_cuts() == {"FINISHED"}
    assert [marker.frame for marker in bpy.context.scene.timeline_markers] == [36, 61]


def test_the_packaged_networks_caption_every_shot_and_export_the_list(
    filmai: FilmAI, media: Media, tmp_path: Path
) -> None:
    add_movie(media)
    assert bpy.ops.filmai.caption_strips() == {"FINISHED"}
    assert [span(strip) for strip in captions()] == [(1, 26), (26, 51), (51, 76)]
    shots = bpy.context.scene.filmai_shots.shots
    assert all(shot.en.endswith(".") and shot.zh.endswith("。") for shot in shots)
    assert all(text.strip() for text in texts())
    assert {shot.model.split()[0] for shot in shots} == {"shot_describer"}
    path = tmp_path / "film.srt"
    assert bpy.ops.filmai.export_shot_list(filepath=str(path), check_existing=False) == {"FINISHED"}
    assert path.read_text(encoding="utf-8").count("-->") == 3


def test_the_same_strip_is_captioned_alike_again(filmai: FilmAI, media: Media) -> None:
    add_images(media.pictures)
    said = []
    for _ in range(2):
        assert bpy.ops.filmai.caption_strips() == {"FINISHED"}
        said.append(texts())
    assert said[0] == said[1] != []


def test_captions_in_chinese(filmai: FilmAI, media: Media) -> None:
    bpy.context.scene.filmai_shots.language = "zh"
    add_movie(media)
    assert bpy.ops.filmai.caption_strips(divide=False) == {"FINISHED"}
    (text,) = texts()
    assert any("一" <= letter <= "鿿" for letter in text)


def test_every_kind_of_strip_at_once(filmai: FilmAI, media: Media) -> None:
    strips = editor().strips
    add_movie(media, "Film", 1)
    add_images(media.pictures, "Frames", 3)
    set_span(add_images(media.pictures[:1], "Still", 5), 1, 25)
    stage = strips.new_scene(name="Stage", scene=small_scene("Stage"), channel=7, frame_start=1)
    set_span(stage, 1, 13)
    inside = add_effect(strips, "COLOR", 30, 1, 13)
    meta = strips.new_meta(name="Act", channel=9, frame_start=1)
    inside.move_to_meta(meta)
    set_span(meta, 1, 13)
    colour = add_effect(strips, "COLOR", 11, 1, 13)
    for strip in (stage, meta, colour):
        strip.select = True
    job = filmai.press_captions(divide=False)
    assert finish(filmai, job) == "COMPLETED", filmai.failure(job)
    shots = bpy.context.scene.filmai_shots.shots
    assert {shot.strip for shot in shots} == {"Film", "Frames", "Still", "Stage", "Act", colour.name}
    assert all(shot.en.endswith(".") and shot.zh.endswith("。") for shot in shots)
    assert {caption["filmai_caption"] for caption in captions()} == {shot.strip for shot in shots}


@pytest.mark.parametrize("flip", ["", "use_flip_x", "use_reverse_frames"])
def test_the_sentence_of_a_mirrored_or_reversed_strip_goes_the_other_way(
    filmai: FilmAI, tmp_path: Path, flip: str
) -> None:
    from tests.fakes.films import write_film
    from tests.fakes.moving_pictures import panning

    path = write_film(tmp_path / "pan.mp4", panning(64))
    bpy.context.scene.render.fps = 24
    scene_editor = bpy.context.scene.sequence_editor_create()
    strip = scene_editor.strips.new_movie(name="Pan", filepath=str(path), channel=1, frame_start=1)
    strip.select = strip.mute = True
    if flip:
        setattr(strip, flip, True)
    assert filmai.wait_for(filmai.press_captions(divide=False)) == "COMPLETED"
    (shot,) = bpy.context.scene.filmai_shots.shots
    values = {guess["field"]: guess["value"] for guess in json.loads(shot.fields_json)}
    wanted, other = ("left", "right") if flip else ("right", "left")
    assert values["movement"] in (f"pan_{wanted}", f"truck_{wanted}")
    assert f"to the {other}" not in shot.en
