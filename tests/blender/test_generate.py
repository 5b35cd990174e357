"""The main job with the worker and the network that are in the zip: press, look at the scene, undo, save, redo."""

import hashlib
import sys
from pathlib import Path

import bpy
import numpy as np
import pytest

from tests.blender.conftest import FilmAI, content, filmai_image


def pixels(image: bpy.types.Image) -> np.ndarray:
    """Shape (height, width, 4), float32, rows from the bottom."""
    values = np.empty(image.size[0] * image.size[1] * 4, np.float32)
    image.pixels.foreach_get(values)
    return values.reshape(image.size[1], image.size[0], 4)


def test_a_script_call_blocks_until_the_texture_is_on_the_object(filmai: FilmAI) -> None:
    result = bpy.ops.filmai.generate_texture(family="BRICK", seed=7, size=256)
    assert result == {"FINISHED"}
    cube = bpy.data.objects["Cube"]
    image = filmai_image(cube)
    assert tuple(image.size) == (256, 256)
    assert image.packed_file is not None
    assert image.colorspace_settings.name == "sRGB"
    assert pixels(image)[..., :3].std() > 0.02, "a texture is no plain colour"
    assert image["filmai_family"] == "brick"
    assert (image["filmai_seed"], image["filmai_size_px"], image["filmai_network_px"]) == (7, 256, 64)
    assert image["filmai_device"] in ("cpu", "cuda")
    assert hashlib.sha256(image.packed_file.data).hexdigest() == image["filmai_png_sha256"]
    assert dict(cube.active_material) == dict(image)
    assert filmai.job_folders() == [], "a delivered result leaves no files behind"
    assert "onnxruntime" not in sys.modules, "the runtime stays out of Blender's process"


def test_the_network_named_on_the_image_is_the_one_in_the_zip(filmai: FilmAI) -> None:
    bpy.ops.filmai.generate_texture(family="MOSS", seed=1, size=64)
    image = filmai_image(bpy.data.objects["Cube"])
    folder = filmai.module("paths").models_folder() / image["filmai_model"] / image["filmai_model_version"]
    assert hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest() == image["filmai_model_sha256"]


def test_the_button_returns_at_once_and_the_pump_delivers(filmai: FilmAI) -> None:
    before = content()
    job = filmai.press(family="SAND", seed=3, size=256)
    assert filmai.reports == ["Queued: Sand 3"]
    assert content() == before
    assert filmai.wait_for(job) == "COMPLETED"
    assert filmai_image(bpy.data.objects["Cube"])["filmai_family"] == "sand"
    assert content()["meshes"] == before["meshes"]


def test_the_scenes_settings_serve_where_nothing_is_given(filmai: FilmAI) -> None:
    settings = bpy.context.scene.filmai
    settings.family, settings.seed, settings.size, settings.variations = "LAVA", 12, "256", 2
    bpy.ops.filmai.generate_texture()
    origins = [(i["filmai_family"], i["filmai_seed"]) for i in bpy.data.images if "filmai_family" in i]
    assert origins == [("lava", 12), ("lava", 13)]


def test_one_undo_takes_everything_away_and_redo_brings_it_back(filmai: FilmAI) -> None:
    before = content()
    assert filmai.wait_for(filmai.press(family="BRICK", seed=7, size=128, variations=3)) == "COMPLETED"
    after = content()
    assert len(after["images"]) == len(before["images"]) + 3
    bpy.ops.ed.undo()
    assert content() == before
    bpy.ops.ed.redo()
    assert content() == after


def test_one_undo_in_edit_mode_keeps_what_was_modelled(filmai: FilmAI) -> None:
    bpy.context.view_layer.objects.active = bpy.data.objects["Cube"]
    bpy.ops.object.mode_set(mode="EDIT")
    bpy.ops.mesh.select_all(action="SELECT")
    bpy.ops.transform.translate(value=(1.0, 0.0, 0.0))
    bpy.ops.ed.undo_push(message="move")
    assert filmai.wait_for(filmai.press(size=64)) == "COMPLETED"
    assert bpy.context.mode == "EDIT_MESH"
    assert filmai_image(bpy.data.objects["Cube"]).name.startswith("FilmAI Brick")
    bpy.ops.ed.undo()
    bpy.ops.object.mode_set(mode="OBJECT")
    cube = bpy.data.objects["Cube"]
    assert cube.active_material.name == "Material"
    assert not [image for image in bpy.data.images if "filmai_family" in image]
    assert max(vertex.co.x for vertex in cube.data.vertices) == pytest.approx(2.0)


def test_saved_and_loaded_again_the_bytes_are_the_same(filmai: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_texture(family="ROCK", seed=5, size=128, variations=2)
    names = [image.name for image in bpy.data.images if "filmai_family" in image]
    data = {name: bytes(bpy.data.images[name].packed_file.data) for name in names}
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    assert len(data) == 2
    for name, packed in data.items():
        assert bytes(bpy.data.images[name].packed_file.data) == packed
        assert bpy.data.images[name].filepath.startswith("//textures/filmai_rock_")
    assert tuple(filmai_image(bpy.data.objects["Cube"]).size) == (128, 128)
    assert pixels(filmai_image(bpy.data.objects["Cube"])).std() > 0.02


def test_redo_with_the_same_seed_gives_the_same_bytes(filmai: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_texture(family="BRICK", seed=41, size=192, variations=2)
    second = bpy.data.images["FilmAI Brick 42"]
    data = bytes(second.packed_file.data)
    # worn alone, in a file that was saved, by a worker that was started afresh
    cube = bpy.data.objects["Cube"]
    cube.active_material = bpy.data.materials["FilmAI Brick 42"]
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    filmai.module("session").close()
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    assert bpy.ops.filmai.redo_job() == {"FINISHED"}
    again = filmai_image(bpy.data.objects["Cube"])
    assert again.name == "FilmAI Brick 42.001"
    assert bytes(again.packed_file.data) == data


def test_redo_refuses_politely_where_there_is_nothing_to_redo(filmai: FilmAI) -> None:
    with pytest.raises(RuntimeError, match="nothing of FilmAI's here"):
        bpy.ops.filmai.redo_job()


def test_another_seed_and_another_family_give_other_pictures(filmai: FilmAI) -> None:
    digests = set()
    for family, seed in (("BRICK", 1), ("BRICK", 2), ("MOSS", 1)):
        bpy.ops.filmai.generate_texture(family=family, seed=seed, size=64)
        digests.add(filmai_image(bpy.data.objects["Cube"])["filmai_png_sha256"])
    assert len(digests) == 3


def test_two_jobs_are_done_in_order(filmai: FilmAI) -> None:
    first = filmai.press(family="BRICK", seed=1, size=512)
    second = filmai.press(family="MOSS", seed=2, size=64)
    filmai.wait_for(second)
    assert (filmai.state(first), filmai.state(second)) == ("COMPLETED", "COMPLETED")
    ended = [filmai.pump.job(job).ended_seconds for job in (first, second)]
    assert ended == sorted(ended)
    assert filmai_image(bpy.data.objects["Cube"])["filmai_family"] == "moss"


def test_cuda_where_there_is_none_runs_on_the_cpu_and_says_why(filmai: FilmAI) -> None:
    filmai.preferences.device = "cuda"
    job = filmai.press(size=64)
    assert filmai.wait_for(job) == "COMPLETED"
    image = filmai_image(bpy.data.objects["Cube"])
    if image["filmai_device"] == "cuda":
        pytest.skip("this machine has CUDA")
    assert image["filmai_device_reason"]
    assert filmai.rows[-1].note == f"CPU: {image['filmai_device_reason']}"


def test_memory_is_released_on_request(filmai: FilmAI) -> None:
    assert bpy.ops.filmai.release_memory() == {"FINISHED"}
    assert filmai.rows == (), "nothing is loaded before the first job"
    bpy.ops.filmai.generate_texture(size=64)
    bpy.ops.filmai.release_memory()
    job = filmai.rows[-1].job_id
    assert filmai.wait_for(job) == "COMPLETED"
    assert filmai.pump.job(job).result.models == 1


def test_the_bundled_runtime_passes_its_test(filmai: FilmAI) -> None:
    bpy.ops.filmai.test_runtime()
    view = filmai.module("job_view")
    filmai.tick_until(lambda: view.probe_lines() not in ((), ("Testing ...",)))
    lines = view.probe_lines()
    assert lines[0].startswith(f"Python {sys.version.split()[0]}, onnxruntime 1.")
    assert "missing" not in lines[0]
    assert "CPU: runs on CPU" in lines
    assert not [line for line in lines if line.startswith("Problem")]


def test_an_external_python_without_the_packages_says_so(filmai: FilmAI) -> None:
    filmai.preferences.runtime = "EXTERNAL"
    with pytest.raises(RuntimeError, match="No Python is chosen"):
        bpy.ops.filmai.test_runtime()
    filmai.preferences.external_python = "/nowhere/python"
    with pytest.raises(RuntimeError, match="no Python at"):
        bpy.ops.filmai.generate_texture(size=64)
    # the interpreter that runs this has no onnxruntime of its own
    filmai.preferences.external_python = sys.executable
    bpy.ops.filmai.test_runtime()
    view = filmai.module("job_view")
    filmai.tick_until(lambda: view.probe_lines() not in ((), ("Testing ...",)))
    assert "onnxruntime missing" in view.probe_lines()[0]


def test_a_log_that_nothing_can_open_is_named(filmai: FilmAI, monkeypatch: pytest.MonkeyPatch) -> None:
    bpy.ops.filmai.generate_texture(size=64)
    monkeypatch.setenv("PATH", "")
    if sys.platform == "linux":
        with pytest.raises(RuntimeError, match=r"xdg-open is missing.*filmai\.log"):
            bpy.ops.filmai.open_log()


def test_the_log_tells_what_happened(filmai: FilmAI) -> None:
    bpy.ops.filmai.generate_texture(family="BRICK", seed=7, size=64)
    log = filmai.module("paths").log_file().read_text(encoding="utf-8")
    assert "worker ready: onnxruntime 1." in log
    assert "(Brick 7) is COMPLETED" in log
