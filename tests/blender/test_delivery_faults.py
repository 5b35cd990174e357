"""What happens to the scene while a job runs, and what goes wrong when its result is written: it is said,
and nothing of the user's is lost."""

import json
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI, content


def test_nothing_is_written_while_blender_renders(filmai: FilmAI, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content()
    reason = ["Waiting for the render to end"]
    monkeypatch.setattr(filmai.module("pump"), "busy_reason", lambda: reason[0])
    monkeypatch.setattr(filmai.module("operators.job_submit"), "busy_reason", lambda: reason[0])
    job = filmai.press(size=64)
    filmai.tick_until(lambda: filmai.rows[-1].status == reason[0])
    assert content() == before
    with pytest.raises(RuntimeError, match="render"):
        bpy.ops.filmai.generate_texture(size=64)
    reason[0] = ""
    assert filmai.wait_for(job) == "COMPLETED"


def test_one_of_two_objects_that_was_taken_out_of_the_scene(filmai: FilmAI) -> None:
    cube = bpy.data.objects["Cube"]
    other = cube.copy()
    bpy.context.collection.objects.link(other)
    other.select_set(True)
    keeper = bpy.data.objects.new("Keeper", None)
    bpy.context.collection.objects.link(keeper)
    keeper.constraints.new("COPY_LOCATION").target = other
    job = filmai.press(size=64)
    bpy.context.collection.objects.unlink(other)
    assert filmai.wait_for(job) == "COMPLETED"
    assert filmai.rows[-1].note.startswith("1 of 2 objects are gone")


@pytest.mark.parametrize("kind", ["a file is in the way", "the kernel's own folder"])
def test_a_folder_that_cannot_be_written(filmai: FilmAI, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "pictures" if kind == "a file is in the way" else Path("/proc/filmai")
    if kind == "a file is in the way":
        folder.write_text("precious")
    filmai.preferences.image_storage, filmai.preferences.images_folder = "FOLDER", str(folder)
    before = content()
    job = filmai.press(size=64)
    assert filmai.wait_for(job) == "FAILED"
    assert content() == before
    assert str(folder) in filmai.failure(job).message
    (kept,) = filmai.job_folders()
    assert kept in filmai.failure(job).hint
    filmai.preferences.image_storage = "PACKED"
    filmai.assert_works()


def test_a_mistake_in_the_delivery_ends_that_job_alone(
    filmai: FilmAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content()
    assignment = filmai.module("scene.assignment")
    with monkeypatch.context() as patch:
        patch.setattr(assignment, "assign_material", lambda *_args, **_options: json.loads("no"))
        job = filmai.press(size=64, variations=2)
        assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "BUG"
    assert "JSONDecodeError" in filmai.failure(job).detail
    assert content() == before, "what was made until then is taken back"
    filmai.assert_works()


def test_a_failure_halfway_gives_the_first_object_its_material_back(
    filmai: FilmAI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cube = bpy.data.objects["Cube"]
    bare = bpy.data.objects.new("Bare", bpy.data.meshes.new("Bare"))
    bpy.context.collection.objects.link(bare)
    bare.select_set(True)
    filmai.preferences.image_storage, filmai.preferences.images_folder = "FOLDER", str(tmp_path)
    before = content()
    assignment = filmai.module("scene.assignment")
    assign = assignment.assign_material

    for first, second in ((bare, cube), (cube, bare)):

        def fail_at_the_second(obj: Any, material: Any, second: Any = second, **options: Any) -> Any:
            if obj == second:
                raise ValueError("halfway")
            return assign(obj, material, **options)

        monkeypatch.setattr(assignment, "assign_material", fail_at_the_second)
        bpy.context.view_layer.objects.active = first
        assert filmai.wait_for(filmai.press(size=64)) == "FAILED"
        assert content() == before
        assert list(tmp_path.iterdir()) == []
