"""Train on a Folder in the preferences, with a script in the trainer's place; and the family that it makes."""

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI, is_running
from tests.blender.test_panels import Drawing
from tests.blender.test_panels import drawn as drawn_panel
from tests.fakes.tiny_model import write_tiny_own

FAKE_TRAINER = Path(__file__).resolve().parents[1] / "fakes" / "fake_trainer.py"
OWN = "USER:MY_SLATE"


@pytest.fixture
def own_models(filmai: FilmAI) -> Iterator[Path]:
    """The user's model folder, empty before and after."""
    folder: Path = filmai.module("paths").own_models_folder()
    yield folder
    for left in folder.iterdir():
        shutil.rmtree(left)
    filmai.module("own_families").refresh()


@pytest.fixture
def trainer(
    filmai: FilmAI, own_models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Any]:
    """The preferences filled in, and the fake trainer started instead of the real one."""
    session = filmai.module("training_session")

    def command(python: Path, _root: Path, options: tuple[str, ...]) -> tuple[str, ...]:
        return (str(python), "-I", str(FAKE_TRAINER), *options)

    monkeypatch.setattr(session, "training_command", command)
    (tmp_path / "pictures").mkdir()
    values = filmai.preferences
    values.train_python, values.train_folder, values.train_name = (
        sys.executable,
        str(tmp_path / "pictures"),
        "My slate",
    )
    yield session
    session.close()
    for name in ("train_python", "train_folder", "train_name", "train_layout", "train_turn"):
        # not the ones from before: registering again makes new ones
        filmai.preferences.property_unset(name)
    shutil.rmtree(filmai.module("paths").training_folder("my_slate"))


def state(filmai: FilmAI) -> str:
    report = filmai.module("training_view").report()
    return report.state if report is not None else ""


def poll_until(filmai: FilmAI, session: Any, *states: str, seconds: float = 30.0) -> None:
    """Blender's timer by hand, since the module runs none."""
    end = time.monotonic() + seconds
    while state(filmai) not in states:
        assert time.monotonic() < end, filmai.module("training_view").lines()
        session.poll()
        time.sleep(0.02)


def wait_for_end(session: Any) -> None:
    while session.is_running():
        time.sleep(0.02)


def drawn(filmai: FilmAI) -> list[str]:
    """What the preferences show."""
    layout = Drawing()
    preferences = filmai.module("preferences").FILMAI_AP_preferences
    names = [name for name in preferences.__annotations__ if name != "bl_idname"]
    values = {name: getattr(filmai.preferences, name) for name in names}
    preferences.draw(SimpleNamespace(layout=layout, bl_rna=preferences.bl_rna, **values), bpy.context)
    return layout.log


def test_start_pause_resume_and_finish(filmai: FilmAI, trainer: Any) -> None:
    assert bpy.ops.filmai.train_on_folder() == {"FINISHED"}
    poll_until(filmai, trainer, "training")
    with pytest.raises(RuntimeError, match="running already"):
        bpy.ops.filmai.train_on_folder()
    assert bpy.ops.filmai.end_training(how="PAUSE") == {"FINISHED"}
    poll_until(filmai, trainer, "paused")
    wait_for_end(trainer)
    assert bpy.ops.filmai.train_on_folder(resume=True) == {"FINISHED"}
    poll_until(filmai, trainer, "training")
    assert filmai.module("training_view").report().step >= 500
    assert bpy.ops.filmai.end_training(how="FINISH") == {"FINISHED"}
    poll_until(filmai, trainer, "done")


def test_stop_ends_the_process_and_throws_the_run_away(filmai: FilmAI, trainer: Any) -> None:
    bpy.ops.filmai.train_on_folder()
    poll_until(filmai, trainer, "training")
    pid = trainer._process.pid
    assert bpy.ops.filmai.end_training(how="STOP") == {"FINISHED"}
    assert not is_running(pid)
    assert state(filmai) == ""
    assert list(filmai.module("paths").training_folder("my_slate").iterdir()) == []
    with pytest.raises(RuntimeError, match="No training is running"):
        bpy.ops.filmai.end_training(how="PAUSE")


def test_the_training_ends_with_the_add_on(filmai: FilmAI, trainer: Any) -> None:
    bpy.ops.filmai.train_on_folder()
    pid = trainer._process.pid
    filmai.module("registration").unregister()
    assert not is_running(pid)
    filmai.module("registration").register()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("train_python", "", "No Python is chosen"),
        ("train_python", "/nowhere/python", "There is no Python at"),
        ("train_folder", "", "No folder is chosen"),
        ("train_name", " ", "That name cannot be used"),
    ],
)
def test_what_is_missing_is_said(filmai: FilmAI, trainer: Any, name: str, value: str, words: str) -> None:
    setattr(filmai.preferences, name, value)
    with pytest.raises(RuntimeError, match=words):
        bpy.ops.filmai.train_on_folder()
    assert not trainer.is_running()


def test_a_python_that_lacks_torch_says_what_to_install(
    filmai: FilmAI, trainer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # the real trainer of the zip, in Blender's own Python
    monkeypatch.setattr(trainer, "training_command", filmai.module("worker_client").training_command)
    bpy.ops.filmai.train_on_folder()
    poll_until(filmai, trainer, "failed")
    said = " ".join(filmai.module("training_view").lines())
    assert "lacks torch" in said
    assert "-m pip install torch" in said


def test_the_preferences_show_what_fits_the_moment(filmai: FilmAI, trainer: Any) -> None:
    assert {"<train_python>", "<train_folder>", "<train_name>", "(Start)"} <= set(drawn(filmai))
    bpy.ops.filmai.train_on_folder()
    poll_until(filmai, trainer, "training")
    shown = drawn(filmai)
    assert {"(Pause)", "(Finish Now)", "(Stop)"} <= set(shown)
    assert "(Start)" not in shown
    assert any(text.startswith("Step ") for text in shown)
    assert any(text.endswith("%]") for text in shown)


def test_the_samples_are_opened_as_an_image(filmai: FilmAI, trainer: Any) -> None:
    with pytest.raises(RuntimeError, match="no samples as yet"):
        bpy.ops.filmai.show_training_sheet()
    bpy.ops.filmai.train_on_folder()
    poll_until(filmai, trainer, "training")
    with pytest.raises(RuntimeError, match="not there"):
        bpy.ops.filmai.show_training_sheet()
    sheet = Path(filmai.module("training_view").report().sheet)
    source = bpy.data.images.new("source", 8, 4)
    source.filepath_raw, source.file_format = str(sheet), "PNG"
    source.save()
    for _ in range(2):
        assert bpy.ops.filmai.show_training_sheet() == {"FINISHED"}
    assert tuple(bpy.data.images["FilmAI Training Samples"].size) == (8, 4)
    assert "FilmAI Training Samples.001" not in bpy.data.images


def items(filmai: FilmAI) -> list[str]:
    return [entry[0] for entry in filmai.module("own_families").family_items(None, None)]


def test_a_family_of_ones_own_stands_after_the_shipped_ones(filmai: FilmAI, own_models: Path) -> None:
    assert len(items(filmai)) == 32
    write_tiny_own(own_models)
    (own_models / "half a folder").mkdir()
    filmai.module("own_families").refresh()
    listed = filmai.module("own_families").family_items(None, None)
    assert [entry[:2] for entry in listed[32:]] == [("", "Your Own"), (OWN, "My slate")]
    settings = bpy.context.scene.filmai_studio
    view3d = SimpleNamespace(scene=bpy.context.scene)
    assert "<own_layout>" not in drawn_panel(filmai, "FILMAI_PT_studio_layout_view3d", view3d)
    settings.family = OWN
    assert settings.family == OWN
    assert "<own_layout>" in drawn_panel(filmai, "FILMAI_PT_studio_layout_view3d", view3d)


def test_a_finished_training_shows_its_family(filmai: FilmAI, trainer: Any, own_models: Path) -> None:
    bpy.ops.filmai.train_on_folder()
    poll_until(filmai, trainer, "training")
    write_tiny_own(own_models)
    assert OWN not in items(filmai)
    bpy.ops.filmai.end_training(how="FINISH")
    poll_until(filmai, trainer, "done")
    wait_for_end(trainer)
    trainer.poll()
    assert OWN in items(filmai)


def test_the_studio_paints_it_and_everything_after_works_too(
    filmai: FilmAI, own_models: Path, tmp_path: Path
) -> None:
    write_tiny_own(own_models)
    filmai.module("own_families").refresh()
    settings = bpy.context.scene.filmai_studio
    settings.family, settings.own_layout, settings.use_mix = OWN, "BRICK", True
    assert bpy.ops.filmai.generate_material(width=64, height=64) == {"FINISHED"}
    material = bpy.data.objects["Cube"].active_material
    assert material.name.startswith("FilmAI My Slate")
    settings.family, settings.own_layout = "MOSS", "USUAL"
    assert bpy.ops.filmai.edit_material() == {"FINISHED"}
    assert (settings.family, settings.own_layout, settings.use_mix) == (OWN, "BRICK", False)
    assert bpy.ops.filmai.save_material_maps(directory=str(tmp_path)) == {"FINISHED"}
    assert (tmp_path / "my_slate_07_basecolor.png").is_file()
    assert bpy.ops.filmai.generate_material(family="BRICK", width=64, height=64) == {"FINISHED"}


def test_a_damaged_family_fails_alone(filmai: FilmAI, own_models: Path) -> None:
    folder = write_tiny_own(own_models)
    filmai.module("own_families").refresh()
    (folder / "model.onnx").write_bytes(b"damaged")
    with pytest.raises(RuntimeError, match=r"my_slate .* is damaged\. Train it again"):
        bpy.ops.filmai.generate_material(family=OWN, width=64, height=64)
    assert bpy.ops.filmai.generate_material(family="BRICK", width=64, height=64) == {"FINISHED"}


def test_a_family_that_is_gone_says_so(filmai: FilmAI, own_models: Path) -> None:
    write_tiny_own(own_models)
    filmai.module("own_families").refresh()
    settings = bpy.context.scene.filmai_studio
    settings.family = OWN
    bpy.ops.filmai.generate_material(width=64, height=64)
    shutil.rmtree(own_models / "my_slate")
    filmai.module("own_families").refresh()
    with pytest.raises(RuntimeError, match="not there any more"):
        bpy.ops.filmai.generate_material(width=64, height=64)
    with pytest.raises(RuntimeError, match="not among yours any more"):
        bpy.ops.filmai.edit_material()
    settings.family = "BRICK"
    assert bpy.ops.filmai.generate_material(width=64, height=64) == {"FINISHED"}
