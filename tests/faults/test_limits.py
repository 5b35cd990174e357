"""No memory, no room, no folder: at every place where something is written."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import bpy
import pytest

from tests.blender.media import Media, add_movie
from tests.faults.stage import PATIENCE_SECONDS, Stage

try:
    import resource
except ModuleNotFoundError:
    resource = None  # Windows

limits = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")


@contextmanager
def limited(kind: str, value: int, process: int = 0) -> Iterator[None]:
    """A limit on that process, 0 being Blender's own, taken away again."""
    number = getattr(resource, kind)
    soft, hard = resource.prlimit(process, number)
    resource.prlimit(process, number, (value, hard))
    try:
        yield
    finally:
        resource.prlimit(process, number, (soft, hard))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody can write there meanwhile, however much they may otherwise."""
    if os.geteuid() != 0:
        folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
        for path in folders:
            path.chmod(0o555)
        yield
        for path in folders:
            path.chmod(0o755)
        return
    # the superuser may write wherever the file system lets him, so it has to be that
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False).returncode != 0:
        pytest.skip("the superuser can write everywhere, and nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder, folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def memory_of(process: int) -> int:
    """Bytes of address space that it has taken."""
    line = next(line for line in Path(f"/proc/{process}/status").read_text().splitlines() if "VmSize" in line)
    return int(line.split()[1]) * 1024


@limits
@pytest.mark.fault("worker is out of memory")
def test_out_of_memory(stage: Stage) -> None:
    stage.filmai.assert_works()
    stage.remember()
    worker = stage.filmai.workers[0].pid
    with limited("RLIMIT_AS", memory_of(worker) + (64 << 20), worker):
        job = stage.filmai.press_material(width=8192, height=8192)
        stage.ends(job, "FAILED", "OUT_OF_MEMORY", "not enough memory")
    stage.unharmed()
    assert len(stage.filmai.workers) == 1, "the worker lives on"


@limits
@pytest.mark.fault("disk full when the worker writes its first file")
def test_no_room_for_the_first_file(stage: Stage) -> None:
    stage.filmai.assert_works()
    stage.remember()
    worker = stage.filmai.workers[0].pid
    with limited("RLIMIT_FSIZE", 0, worker):
        stage.ends(stage.filmai.press(size=64), "FAILED", "DISK_FULL", "Free some space")
    stage.unharmed()
    assert len(stage.filmai.workers) == 1, "the worker lives on"


@limits
@pytest.mark.fault("disk full when the worker writes a later file")
def test_no_room_for_a_later_file(stage: Stage) -> None:
    stage.filmai.assert_works()
    stage.remember()
    worker = stage.filmai.workers[0].pid
    job = stage.filmai.press(size=1024, variations=8)
    end = time.monotonic() + PATIENCE_SECONDS
    while not list(stage.job_folder(job).glob("*.png")):
        assert time.monotonic() < end
        stage.filmai.pump.tick()
    with limited("RLIMIT_FSIZE", 4096, worker):
        stage.ends(job, "FAILED", "DISK_FULL", "Free some space")
    stage.unharmed()


@limits
@pytest.mark.fault("disk full in the middle of a material's maps")
def test_no_room_for_a_map(stage: Stage) -> None:
    stage.filmai.assert_works()
    stage.remember()
    worker = stage.filmai.workers[0].pid
    # room for the small maps and not for the colours
    with limited("RLIMIT_FSIZE", 100_000, worker):
        job = stage.filmai.press_material(width=512, height=512)
        stage.ends(job, "FAILED", "DISK_FULL", "Free some space")
    stage.unharmed()


@limits
@pytest.mark.fault("disk full when the result is copied to the user's folder")
def test_no_room_in_the_users_folder(stage: Stage) -> None:
    folder = stage.folder / "pictures"
    folder.mkdir()
    stage.filmai.preferences.image_storage, stage.filmai.preferences.images_folder = "FOLDER", str(folder)
    job = stage.filmai.press(size=64)
    stage.wait_for_result(job)
    with limited("RLIMIT_FSIZE", 100):
        stage.ends(job, "FAILED", "NOT_DELIVERED", str(folder), "Choose another folder")
    assert list(folder.iterdir()) == [], "no half picture is left"
    stage.filmai.preferences.image_storage = "PACKED"
    stage.unharmed(kept=1)


@limits
@pytest.mark.fault("disk full when the layout picture is handed over")
def test_no_room_for_the_layout_picture(stage: Stage) -> None:
    bpy.data.images.new("Plan", 256, 256)
    bpy.context.scene.filmai_studio.layout_image = bpy.data.images["Plan"]
    stage.remember()
    with limited("RLIMIT_FSIZE", 100):
        stage.refused(lambda: stage.filmai.press_material(width=128, height=128), "Free some space")
    stage.unharmed()


@limits
@pytest.mark.fault("disk full when a material's maps are saved")
def test_no_room_for_saved_maps(stage: Stage) -> None:
    assert stage.filmai.wait_for(stage.filmai.press_material(width=128, height=128)) == "COMPLETED"
    stage.remember()
    folder = stage.folder / "maps"
    # room for the small ones: they are taken away again
    with limited("RLIMIT_FSIZE", 5000):
        stage.refused(
            lambda: bpy.ops.filmai.save_material_maps(directory=str(folder)), "Choose another folder"
        )
    assert list(folder.iterdir()) == []
    stage.unharmed()


@limits
@pytest.mark.fault("disk full for Blender's and the worker's logs")
def test_no_room_for_the_logs(stage: Stage) -> None:
    # whoever starts while there is no room inherits that there is none
    with limited("RLIMIT_FSIZE", 0):
        job = stage.filmai.press(size=64)
        stage.ends(job, "FAILED", "DISK_FULL", "Free some space")
    stage.filmai.module("session").close()
    stage.unharmed()


@limits
@pytest.mark.fault("disk full when a shot list is exported")
def test_no_room_for_an_export(stage: Stage, media: Media) -> None:
    stage.monkeypatch.setenv("FILMAI_FAKE_SCENARIO", "happy")
    add_movie(media)
    assert stage.filmai.wait_for(stage.filmai.press_captions()) == "COMPLETED"
    stage.remember()
    older = stage.folder / "list.csv"
    older.write_text("precious", encoding="utf-8")
    worker = stage.filmai.workers[0].pid
    with limited("RLIMIT_FSIZE", 10, worker):
        stage.refused(
            lambda: bpy.ops.filmai.export_shot_list(
                filepath=str(older), list_format="CSV", check_existing=False
            ),
            "cannot be written",
        )
    assert older.read_text(encoding="utf-8") == "precious"
    stage.unharmed()


@pytest.mark.fault("the job's folder is removed in mid-job")
def test_the_folder_is_removed(stage: Stage) -> None:
    job = stage.start_long_job()
    shutil.rmtree(stage.job_folder(job))
    stage.ends(job, "FAILED", "FOLDER_NOT_WRITABLE", "cannot write into")
    stage.unharmed()


@pytest.mark.fault("the job's folder is removed before its result is delivered")
def test_the_result_is_removed(stage: Stage) -> None:
    job = stage.filmai.press(size=64)
    stage.wait_for_result(job)
    shutil.rmtree(stage.job_folder(job))
    stage.ends(job, "FAILED", "NOT_DELIVERED", "cannot be read")
    stage.unharmed()


@pytest.mark.fault("the user's folder for pictures is removed in mid-job")
def test_the_users_folder_is_removed(stage: Stage) -> None:
    folder = stage.folder / "pictures"
    folder.mkdir()
    stage.filmai.preferences.image_storage, stage.filmai.preferences.images_folder = "FOLDER", str(folder)
    job = stage.filmai.press(size=64)
    folder.rmdir()
    stage.delivered(job)


@pytest.mark.fault("a profile that is read-only")
def test_a_read_only_profile(stage: Stage) -> None:
    profile = stage.filmai.module("paths").job_root().parent
    with read_only(profile):
        stage.refused(lambda: stage.filmai.press(size=64), "cannot be written", "permissions")
    stage.unharmed()


@pytest.mark.fault("a profile that becomes read-only in mid-job")
def test_the_profile_becomes_read_only(stage: Stage) -> None:
    job = stage.start_long_job()
    with read_only(stage.filmai.module("paths").job_root().parent):
        stage.ends(job, "FAILED", "FOLDER_NOT_WRITABLE", "cannot write into")
    # it could not be removed either, and is in a week
    stage.unharmed(kept=1)
