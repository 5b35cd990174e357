"""Cuts and captions by the packaged networks, end to end: films that Blender wrote, read in the worker."""

from pathlib import Path

import bpy

from tests.blender.conftest import FilmAI
from tests.blender.media import Media, add_images, add_movie, captions, span, texts


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
