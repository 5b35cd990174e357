"""Strips that only Blender can show: rendered in a background Blender on a copy of the file, then described."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI, content
from tests.blender.media import Media, add_effect, add_movie, captions, editor, set_span, span

PATIENCE_SECONDS = 300.0


def finish(filmai: FilmAI, job: str) -> str:
    """A second Blender takes its time to start."""
    ended = ("COMPLETED", "FAILED", "CANCELLED")
    filmai.tick_until(lambda: filmai.state(job) in ended, PATIENCE_SECONDS)
    return filmai.state(job)


def mean_colour(path: str) -> tuple[float, ...]:
    image = bpy.data.images.load(path)
    pixels = image.pixels[:]
    bpy.data.images.remove(image)
    return tuple(sum(pixels[channel::4]) / (len(pixels) / 4) for channel in range(3))


def small_scene(name: str) -> Any:
    """A scene that a processor renders in an instant: a bright world."""
    scene = bpy.data.scenes.new(name)
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 1
    scene.world = bpy.data.worlds.new(name)
    tree = scene.world.node_tree
    if tree is None:
        scene.world.use_nodes = True
        tree = scene.world.node_tree
    background = next(node for node in tree.nodes if node.type == "BACKGROUND")
    background.inputs["Color"].default_value = (0.0, 1.0, 0.0, 1.0)
    camera = bpy.data.objects.new(name, bpy.data.cameras.new(name))
    scene.collection.objects.link(camera)
    scene.camera = camera
    return scene


def test_scene_meta_and_effect_strips_are_described_from_what_blender_renders(
    fake: Callable[[str], FilmAI], media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    filmai = fake("happy")
    strips = editor().strips
    add_movie(media, "Film", 1)
    scene = strips.new_scene(name="Stage", scene=small_scene("Stage"), channel=2, frame_start=1)
    set_span(scene, 1, 13)
    inside = add_effect(strips, "COLOR", 9, 1, 13)
    inside.color, inside.name = (0.0, 0.0, 1.0), "Inside"
    meta = strips.new_meta(name="Act", channel=3, frame_start=1)
    inside.move_to_meta(meta)
    set_span(meta, 1, 13)
    colour = add_effect(strips, "COLOR", 4, 1, 13)
    colour.name, colour.color, colour.mute = "Red", (1.0, 0.0, 0.0), True
    for strip in (scene, meta, colour):
        strip.select = True
    before = content()
    kept: list[Path] = []
    monkeypatch.setattr(filmai.module("pump"), "remove_job_folder", kept.append)
    job = filmai.press_captions(divide=False)
    assert filmai.state(job) == "PREPARING"
    assert finish(filmai, job) == "COMPLETED", filmai.failure(job)
    described = {strip["filmai_caption"]: span(strip) for strip in captions()}
    assert described == {"Film": (1, 76), "Stage": (1, 13), "Act": (1, 13), "Red": (1, 13)}
    assert content() == before
    assert colour.mute, "what is muted in the copy is not muted here, and the other way round"
    clips = filmai.pump.job(job).request.clips
    pictures = {
        clip.name: Path(clip.path).read_text().splitlines()[0] for clip in clips if clip.kind == "sequence"
    }
    assert {clip.rate for clip in clips if clip.kind == "sequence"} == {12.5}
    assert all(
        len(Path(clip.path).read_text().splitlines()) == 6 for clip in clips if clip.kind == "sequence"
    )
    assert brightest(pictures["Stage"]) == 1
    assert brightest(pictures["Act"]) == 2
    assert brightest(pictures["Red"]) == 0


def brightest(path: str) -> int:
    """0 red, 1 green, 2 blue."""
    colour = mean_colour(path)
    return colour.index(max(colour))


def test_cancel_ends_the_background_blender(fake: Callable[[str], FilmAI], media: Media) -> None:
    filmai = fake("happy")
    add_effect(editor().strips, "COLOR", 1, 1, 2000).select = True
    job = filmai.press_captions()
    filmai.tick_until(lambda: bool(filmai.pump._renders._renders[0]._process), PATIENCE_SECONDS)
    process = filmai.pump._renders._renders[0]._process
    assert process.poll() is None
    bpy.ops.filmai.cancel_job(job=job)
    assert finish(filmai, job) == "CANCELLED"
    filmai.pump.tick()
    assert process.poll() is not None
    assert filmai.job_folders() == []
    assert captions() == []


def test_a_render_that_fails_is_said_with_what_blender_printed(
    fake: Callable[[str], FilmAI], media: Media, monkeypatch: pytest.MonkeyPatch
) -> None:
    filmai = fake("happy")
    add_effect(editor().strips, "COLOR", 1, 1, 10).select = True
    broken = filmai.module("paths").addon_folder() / "no_such_script.py"
    monkeypatch.setattr(filmai.module("operators.render_submit"), "_SCRIPT", broken.name)
    job = filmai.press_captions()
    assert finish(filmai, job) == "FAILED"
    assert filmai.failure(job).code == "RENDER_FAILED"
    assert "no_such_script.py" in filmai.failure(job).detail


def test_too_many_frames_are_refused_at_once(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("happy")
    add_effect(editor().strips, "COLOR", 1, 1, 200_000).select = True
    with pytest.raises(RuntimeError, match="would have to be rendered"):
        filmai.press_captions()
    assert filmai.job_folders() == []


def test_a_scene_strip_whose_scene_is_gone(fake: Callable[[str], FilmAI]) -> None:
    fake("happy")
    stage = bpy.data.scenes.new("Stage")
    editor().strips.new_scene(name="Stage", scene=stage, channel=1, frame_start=1).select = True
    bpy.data.scenes.remove(stage)
    with pytest.raises(RuntimeError, match="Stage"):
        bpy.ops.filmai.caption_strips()
