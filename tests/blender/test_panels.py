"""The panels draw in every state of a job, from finished lines alone."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI


class Drawing:
    """A layout that notes what is put into it; Blender's own cannot be made by a script."""

    def __init__(self, log: list[str] | None = None) -> None:
        self.log: list[str] = [] if log is None else log

    def box(self, **_options: Any) -> "Drawing":
        return Drawing(self.log)

    row = column = box

    def label(self, text: str = "", **_options: Any) -> None:
        self.log.append(text)

    def prop(self, owner: Any, name: str, **_options: Any) -> None:
        assert name in owner.bl_rna.properties
        self.log.append(f"<{name}>")

    def prop_enum(self, owner: Any, name: str, value: str) -> None:
        self.log.append(f"<{name}={value}>")

    def progress(self, factor: float, text: str) -> None:
        assert 0.0 <= factor <= 1.0
        self.log.append(f"[{text}]")

    def operator(self, name: str, text: str | None = None, **_options: Any) -> SimpleNamespace:
        group, verb = name.split(".")
        getattr(getattr(bpy.ops, group), verb).get_rna_type()
        self.log.append(f"({name if text is None else text or name})")
        return SimpleNamespace()


def drawn(filmai: FilmAI, panel: str, context: Any = None) -> list[str]:
    """What the panel shows now."""
    layout = Drawing()
    cls = getattr(filmai.module("panels.texture"), panel)
    cls.draw(SimpleNamespace(layout=layout), context or bpy.context)
    return layout.log


@pytest.fixture
def view3d() -> SimpleNamespace:
    """The context of a 3D View; a Blender without windows has no area of its own."""
    shading = SimpleNamespace(type="SOLID", color_type="MATERIAL")
    return SimpleNamespace(
        scene=bpy.context.scene, space_data=SimpleNamespace(type="VIEW_3D", shading=shading)
    )


def test_before_any_job(filmai: FilmAI, view3d: SimpleNamespace) -> None:
    main = drawn(filmai, "FILMAI_PT_texture_view3d", view3d)
    assert main == [
        "<family>",
        "<seed>",
        "(filmai.randomize_seed)",
        "<variations>",
        "<size>",
        "<repeat>",
        "(filmai.generate_texture)",
        "Drawn at 64 px, then enlarged",
    ]
    assert drawn(filmai, "FILMAI_PT_jobs_view3d", view3d)[0] == "None in this session"


def test_while_a_job_runs_and_is_cancelled(fake: Callable[[str], FilmAI], view3d: SimpleNamespace) -> None:
    filmai = fake("slow")
    job = filmai.press(family="MOSS", seed=3, size=64)
    filmai.wait_for(job, "RUNNING")
    filmai.tick_until(lambda: "left" in filmai.rows[0].status)
    main = drawn(filmai, "FILMAI_PT_texture_view3d", view3d)
    assert main[8:10] == ["Moss 3", "(Cancel)"]
    assert main[10].startswith("[draw, ")
    bpy.ops.filmai.cancel_job(job=job)
    assert "CANCELLING" in drawn(filmai, "FILMAI_PT_texture_view3d", view3d)
    assert filmai.wait_for(job) == "CANCELLED"
    assert "Cancelled" in "".join(drawn(filmai, "FILMAI_PT_jobs_view3d", view3d))


def test_after_a_job_the_device_and_why(fake: Callable[[str], FilmAI], view3d: SimpleNamespace) -> None:
    filmai = fake("happy")
    assert filmai.wait_for(filmai.press(size=64)) == "COMPLETED"
    jobs = drawn(filmai, "FILMAI_PT_jobs_view3d", view3d)
    assert jobs[0] == "Brick 7"
    assert jobs[2].endswith("s, CPU")
    assert jobs[3] == "CPU: the fake worker has no other device"
    assert jobs[-3:] == ["(filmai.redo_job)", "(filmai.release_memory)", "(filmai.open_log)"]
    assert "Solid shading hides textures" in drawn(filmai, "FILMAI_PT_texture_view3d", view3d)
    view3d.space_data.shading.color_type = "TEXTURE"
    assert "Solid shading ignores Repeat" in drawn(filmai, "FILMAI_PT_texture_view3d", view3d)
    view3d.space_data.shading.type = "MATERIAL"
    assert "Solid shading hides textures" not in drawn(filmai, "FILMAI_PT_texture_view3d", view3d)


def test_after_a_failure_the_message_and_its_details(
    fake: Callable[[str], FilmAI], view3d: SimpleNamespace
) -> None:
    filmai = fake("fail")
    job = filmai.press(size=64)
    assert filmai.wait_for(job) == "FAILED"
    jobs = drawn(filmai, "FILMAI_PT_jobs_view3d", view3d)
    assert "The fake worker fails, as told." in jobs
    assert "(Details)" in jobs
    dialog = Drawing()
    show_error = filmai.module("operators.show_error").FILMAI_OT_show_error
    show_error.draw(SimpleNamespace(layout=dialog, job=job), bpy.context)
    assert dialog.log == ["Brick 7: DISK_FULL", "The fake worker fails, as told.", "a detail"]


def test_the_preferences_show_what_belongs_together(filmai: FilmAI) -> None:
    page = filmai.module("preferences").FILMAI_AP_preferences
    preferences = filmai.preferences

    def shown() -> list[str]:
        layout = Drawing()
        names = {name: getattr(preferences, name) for name in ("runtime", "image_storage", "external_python")}
        page.draw(SimpleNamespace(layout=layout, bl_rna=page.bl_rna, **names), bpy.context)
        return layout.log

    assert "<external_python>" not in shown()
    assert "<images_folder>" not in shown()
    filmai.module("job_view").publish_probe(("Python 3, bundled",), None)
    assert "Python 3, bundled" in shown()
    preferences.runtime, preferences.image_storage = "EXTERNAL", "FOLDER"
    assert "<external_python>" in shown()
    assert "Python 3, bundled" not in shown(), "what was found in one Python says nothing about another"
    assert "<images_folder>" in shown()
