"""What goes wrong while a material is made: the scene is as it was, nothing is left behind, the next one is well."""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.blender.conftest import FilmAI, content

try:
    import resource
except ModuleNotFoundError:
    resource = None  # Windows

SMALL = {"width": 128, "height": 128}
LONG = {"width": 4096, "height": 4096}
"""A material that takes long enough to interfere with."""


def assert_works(filmai: FilmAI) -> None:
    assert filmai.wait_for(filmai.press_material(**SMALL)) == "COMPLETED"


def start_long_material(filmai: FilmAI) -> str:
    job = filmai.press_material(**LONG)
    filmai.wait_for(job, "RUNNING")
    return job


def kill(filmai: FilmAI) -> None:
    os.kill(filmai.workers[0].pid, signal.SIGKILL)


def cancel(filmai: FilmAI) -> None:
    filmai.pump.cancel(filmai.rows[-1].job_id)


@pytest.mark.parametrize(
    ("interfere", "state", "workers"),
    [
        pytest.param(
            kill, "FAILED", 2, marks=pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
        ),
        (cancel, "CANCELLED", 1),
    ],
)
def test_a_material_that_is_interrupted(
    filmai: FilmAI, interfere: Callable[[FilmAI], None], state: str, workers: int
) -> None:
    before = content()
    job = start_long_material(filmai)
    interfere(filmai)
    assert filmai.wait_for(job) == state
    assert content() == before
    assert filmai.job_folders() == []
    assert_works(filmai)
    assert len(filmai.workers) == workers


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux limits another process")
def test_a_full_disk(filmai: FilmAI) -> None:
    assert_works(filmai)
    before = content()
    worker = filmai.workers[0].pid
    _soft, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (4096, hard))
    job = filmai.press_material(width=512, height=256)
    assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "DISK_FULL"
    assert content() == before
    assert filmai.job_folders() == []
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (hard, hard))
    assert_works(filmai)


def test_weights_that_are_cut_short(filmai: FilmAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content()
    paths = filmai.module("paths")
    models = tmp_path / "models"
    shutil.copytree(paths.models_folder(), models)
    network = models / "texture_studio" / "1" / "model.onnx"
    network.write_bytes(network.read_bytes()[:1000])
    with monkeypatch.context() as patch:
        patch.setattr(paths, "models_folder", lambda: models)
        job = filmai.press_material(**SMALL)
        assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "MODEL_CORRUPT"
    assert content() == before
    assert filmai.job_folders() == []
    assert_works(filmai)
