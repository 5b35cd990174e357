"""The user goes on working while a job runs: whatever becomes of its place, nothing else is touched."""

from collections.abc import Callable

import bpy
import pytest

from tests.blender.conftest import filmai_image
from tests.faults.stage import Stage


def delete(_stage: Stage) -> None:
    bpy.data.objects.remove(bpy.data.objects["Cube"])
    bpy.context.view_layer.update()


def delete_and_replace(stage: Stage) -> None:
    delete(stage)
    impostor = bpy.data.objects.new("Cube", bpy.data.meshes.new("Cube"))
    bpy.context.collection.objects.link(impostor)


def open_another_file(stage: Stage) -> None:
    bpy.ops.wm.open_mainfile(filepath=str(stage.folder / "other.blend"))


def begin_a_new_file(_stage: Stage) -> None:
    bpy.ops.wm.read_homefile(use_factory_startup=True)


def delete_the_scene(_stage: Stage) -> None:
    bpy.ops.scene.new(type="NEW")
    other = bpy.context.scene
    bpy.ops.mesh.primitive_cube_add()
    bpy.data.scenes.remove(next(scene for scene in bpy.data.scenes if scene != other))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(delete, marks=pytest.mark.fault("the object is deleted in mid-job")),
        pytest.param(
            delete_and_replace,
            marks=pytest.mark.fault("the object is deleted, another takes its name, in mid-job"),
        ),
        pytest.param(open_another_file, marks=pytest.mark.fault("another file is opened in mid-job")),
        pytest.param(begin_a_new_file, marks=pytest.mark.fault("a new file is begun in mid-job")),
        pytest.param(delete_the_scene, marks=pytest.mark.fault("the scene is deleted in mid-job")),
    ],
)
def test_the_place_is_gone(stage: Stage, change: Callable[[Stage], None]) -> None:
    bpy.ops.wm.save_as_mainfile(filepath=str(stage.folder / "other.blend"))
    job = stage.filmai.press(size=64)
    change(stage)
    stage.remember()
    stage.ends(job, "FAILED", "NOT_DELIVERED", "not there any more", stage.filmai.job_folders()[0])
    assert list(stage.job_folder(job).glob("*.png")), "the pictures are kept"
    stage.unharmed(kept=1)


@pytest.mark.fault("the object is renamed in mid-job")
def test_the_object_is_renamed(stage: Stage) -> None:
    job = stage.filmai.press(size=64)
    bpy.data.objects["Cube"].name = "Hero"
    bpy.ops.ed.undo_push(message="rename")
    stage.remember()
    stage.wait_for_result(job)
    stage.delivered(job)


@pytest.mark.fault("another scene is made and shown in mid-job")
def test_another_scene_is_shown(stage: Stage) -> None:
    job = stage.filmai.press(size=64)
    bpy.ops.scene.new(type="NEW")
    bpy.ops.ed.undo_push(message="new scene")
    stage.remember()
    assert stage.filmai.wait_for(job) == "COMPLETED"
    assert filmai_image(bpy.data.objects["Cube"])["filmai_family"] == "brick"
    stage.delivered(job)


@pytest.mark.fault("undo in mid-job")
def test_undo(stage: Stage) -> None:
    bpy.data.objects["Cube"].location.x = 5.0
    bpy.ops.ed.undo_push(message="move")
    job = stage.filmai.press(size=64)
    bpy.ops.ed.undo()
    assert stage.filmai.wait_for(job) == "COMPLETED"
    assert bpy.data.objects["Cube"].location.x == 0.0
    assert filmai_image(bpy.data.objects["Cube"])["filmai_family"] == "brick"
    stage.delivered(job)


@pytest.mark.fault("the file is saved in mid-job")
def test_save(stage: Stage) -> None:
    job = stage.filmai.press(size=64)
    bpy.ops.wm.save_as_mainfile(filepath=str(stage.folder / "scene.blend"))
    stage.delivered(job)


@pytest.mark.fault("a render in mid-job")
def test_render(stage: Stage) -> None:
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 1
    scene.render.resolution_x = scene.render.resolution_y = 32
    scene.render.filepath = str(stage.folder / "picture.png")
    bpy.ops.ed.undo_push(message="render settings")
    rendered: list[str] = []

    def note(*_args: object) -> None:
        rendered.append(stage.filmai.state(job))

    # with the first one Blender makes an image of its own that holds the picture
    bpy.ops.render.render(write_still=True)
    bpy.ops.ed.undo_push(message="a render")
    stage.remember()
    job = stage.start_long_job()
    bpy.app.handlers.render_post.append(note)
    try:
        bpy.ops.render.render(write_still=True)
    finally:
        bpy.app.handlers.render_post.remove(note)
    assert rendered == ["RUNNING"]
    assert (stage.folder / "picture.png").stat().st_size > 0
    stage.delivered(job)


@pytest.mark.fault("a render that begins when the result is there")
def test_the_result_waits_for_a_render(stage: Stage) -> None:
    reason = ["Waiting for the render to end"]
    stage.monkeypatch.setattr(stage.filmai.module("pump"), "busy_reason", lambda: reason[0])
    before = stage.looks()
    job = stage.filmai.press(size=64)
    stage.filmai.tick_until(lambda: stage.filmai.rows[-1].status == reason[0])
    for _turn in range(20):
        stage.filmai.pump.tick()
    assert stage.looks() == before
    reason[0] = ""
    stage.delivered(job)
