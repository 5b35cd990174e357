"""A real Blender with the packaged extension installed into a profile of the tests' own.

The zip is named by the environment variable FILMAI_ZIP; tests that need it are skipped where it is not set.
"""

import hashlib
import importlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MethodType, ModuleType, SimpleNamespace
from typing import Any

import pytest

# Blender reads this while it is imported; the user's own profile is never touched
PROFILE = Path(tempfile.mkdtemp(prefix="filmai-test-profile-"))
os.environ["BLENDER_USER_RESOURCES"] = str(PROFILE)

try:
    import bpy
except ModuleNotFoundError:
    collect_ignore_glob = ["test_*.py"]

PACKAGE = "bl_ext.user_default.filmai"
FAKE_WORKER = Path(__file__).resolve().parents[1] / "fakes" / "fake_worker.py"


def pytest_sessionfinish() -> None:
    shutil.rmtree(PROFILE, ignore_errors=True)


class FilmAI:
    """The installed extension, and what a user would do with it and see of it."""

    def __init__(self) -> None:
        self.workers: list[Any] = []
        """Every WorkerProcess that was started in this test, oldest first."""
        self.reports: list[str] = []
        """What the button said."""

    def module(self, name: str) -> ModuleType:
        """One of the extension's modules."""
        return importlib.import_module(f"{PACKAGE}.{name}")

    @property
    def pump(self) -> Any:
        return self.module("session").pump()

    @property
    def preferences(self) -> Any:
        return bpy.context.preferences.addons[PACKAGE].preferences

    @property
    def rows(self) -> tuple[Any, ...]:
        """What the panel lists, oldest first."""
        return self.module("job_view").job_rows()

    def press(self, **settings: Any) -> str:
        """The button of concept textures: returns at once; the id of the job."""
        return self._press("generate_texture", settings)

    def press_material(self, **settings: Any) -> str:
        """The button of the Texture Studio."""
        return self._press("generate_material", settings)

    def press_sheet(self, **settings: Any) -> str:
        """The button of the preview sheet."""
        return self._press("preview_sheet", {"further": False, "like": -1} | settings)

    def press_captions(self, **settings: Any) -> str:
        """The button of captions."""
        return self._press("caption_strips", settings)

    def press_cuts(self, **settings: Any) -> str:
        """The button of cuts."""
        return self._press("detect_cuts", settings)

    def _press(self, verb: str, settings: dict[str, Any]) -> str:
        """Without windows Blender calls ``execute`` even when asked to invoke, so this calls ``invoke`` itself."""
        operator = getattr(self.module(f"operators.{verb}"), f"FILMAI_OT_{verb}")
        button = SimpleNamespace(
            bl_idname=operator.bl_idname,
            properties=SimpleNamespace(is_property_set=settings.__contains__),
            report=lambda _level, text: self.reports.append(text),
            **settings,
        )
        for name in ("wish", "_with_given"):
            if hasattr(operator, name):
                setattr(button, name, MethodType(getattr(operator, name), button))
        if operator.invoke(button, bpy.context, None) != {"FINISHED"}:
            raise RuntimeError(self.reports[-1])
        return self.rows[-1].job_id

    def tick_until(self, condition: Callable[[], bool], seconds: float = 240.0) -> None:
        """Blender's timer by hand, since the module runs none. ``seconds`` are many: the machine may be busy."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"nothing happened for {seconds} s: {self.rows}"
            self.pump.tick()
            time.sleep(0.005)

    def state(self, job_id: str) -> str:
        return next(row.state for row in self.rows if row.job_id == job_id)

    def wait_for(self, job_id: str, *states: str) -> str:
        """Tick until the job is in one of the states (default: has ended); returns the state."""
        ended = ("COMPLETED", "FAILED", "CANCELLED")
        self.tick_until(lambda: self.state(job_id) in (*states, *ended))
        state = self.state(job_id)
        assert not states or state in states, self.rows
        return state

    def assert_works(self) -> None:
        """The next job is well, with whatever worker there is by now."""
        assert self.wait_for(self.press(family="MOSS", seed=99, size=64)) == "COMPLETED"
        assert "FilmAI Moss 99" in bpy.data.images

    def failure(self, job_id: str) -> Any:
        return self.pump.job(job_id).failure

    def job_folders(self) -> list[str]:
        return sorted(path.name for path in self.module("paths").job_root().iterdir())


@pytest.fixture(scope="session")
def installed() -> None:
    """The zip, installed as "Install from Disk" does it."""
    archive = os.environ.get("FILMAI_ZIP")
    if not archive:
        pytest.skip("FILMAI_ZIP names no packaged extension")
    result = bpy.ops.extensions.package_install_files(
        filepath=archive, repo="user_default", enable_on_install=True
    )
    assert result == {"FINISHED"}


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A film and pictures that Blender has rendered."""
    from tests.blender.media import make_media

    return make_media(tmp_path_factory.mktemp("media"))


@pytest.fixture
def filmai(installed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[FilmAI]:
    """The extension in a fresh factory scene, with a worker of its own that ends with the test."""
    bpy.ops.wm.read_homefile(use_factory_startup=True)
    if PACKAGE not in bpy.context.preferences.addons:
        # tests that render have set all of Blender back
        bpy.ops.preferences.addon_enable(module=PACKAGE)
    bpy.ops.ed.undo_push(message="the user's last step")
    stage = FilmAI()
    process = stage.module("worker_client").WorkerProcess

    def start(*args: Any) -> Any:
        stage.workers.append(process(*args))
        return stage.workers[-1]

    monkeypatch.setattr(stage.module("pump"), "WorkerProcess", start)
    yield stage
    stage.module("session").close()
    stage.module("training_session").close()
    preferences = stage.preferences
    for name in ("device", "runtime", "external_python", "image_storage", "images_folder", "idle_seconds"):
        preferences.property_unset(name)
    for left in stage.module("paths").job_root().iterdir():
        shutil.rmtree(left)


@pytest.fixture
def fake(filmai: FilmAI, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], FilmAI]:
    """``fake(scenario)``: the extension with the fake worker in place of the real one."""

    def use(scenario: str) -> FilmAI:
        argv = (sys.executable, "-I", str(FAKE_WORKER), "worker")
        monkeypatch.setattr(filmai.module("runtime"), "worker_argv", lambda _settings: argv)
        monkeypatch.setenv("FILMAI_FAKE_SCENARIO", scenario)
        return filmai

    return use


def content() -> dict[str, Any]:
    """Everything in the open file that is the user's: what a job that failed may not have changed."""
    return {
        "objects": {obj.name: [slot.name for slot in obj.material_slots] for obj in bpy.data.objects},
        "meshes": {mesh.name: _digest(mesh) for mesh in bpy.data.meshes},
        "materials": {mat.name: (mat.users, mat.use_fake_user) for mat in bpy.data.materials},
        "images": {image.name: image.users for image in bpy.data.images},
        "scenes": [scene.name for scene in bpy.data.scenes],
        "selected": sorted(obj.name for obj in bpy.context.view_layer.objects if obj.select_get()),
    }


def _digest(mesh: Any) -> str:
    coordinates = b"".join(bytes(str(tuple(vertex.co)), "ascii") for vertex in mesh.vertices)
    return hashlib.sha256(coordinates).hexdigest()


def is_running(pid: int) -> bool:
    """True while that process runs; one that ended and was not waited for does not count."""
    if not Path("/proc/self").exists():
        try:
            os.kill(pid, 0)
        except OSError:
            return False
        return True
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def filmai_image(obj: Any) -> Any:
    """The image that the object wears."""
    nodes = obj.active_material.node_tree.nodes
    return next(node.image for node in nodes if node.bl_idname == "ShaderNodeTexImage")
