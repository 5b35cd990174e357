"""The panels draw in every state of a job, from finished lines alone."""

from collections.abc import Callable
from types import MethodType, SimpleNamespace
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI


class Drawing:
    """A layout that notes what is put into it; Blender's own cannot be made by a script.

    Options that Blender's own does not know, and icons that it has not, are errors here too.
    """

    def __init__(self, log: list[str] | None = None) -> None:
        self.log: list[str] = [] if log is None else log

    def row(self, **options: Any) -> "Drawing":
        known("row", options)
        return Drawing(self.log)

    def column(self, **options: Any) -> "Drawing":
        known("column", options)
        return Drawing(self.log)

    def grid_flow(self, **options: Any) -> "Drawing":
        known("grid_flow", options)
        return Drawing(self.log)

    def template_icon(self, **options: Any) -> None:
        known("template_icon", options)
        self.log.append("[icon]")

    def box(self) -> "Drawing":
        return Drawing(self.log)

    def separator(self) -> None:
        self.log.append("---")

    def label(self, text: str = "", **options: Any) -> None:
        known("label", options)
        self.log.append(text)

    def prop(self, owner: Any, name: str, **options: Any) -> None:
        known("prop", options)
        assert name in owner.bl_rna.properties
        self.log.append(f"<{name}>")

    def prop_enum(self, owner: Any, name: str, value: str) -> None:
        self.log.append(f"<{name}={value}>")

    def template_ID(self, owner: Any, name: str, **options: Any) -> None:  # noqa: N802
        known("template_ID", options)
        assert name in owner.bl_rna.properties
        self.log.append(f"<{name}>")

    def template_list(
        self, cls: str, _id: str, data: Any, name: str, active: Any, active_name: str, **options: Any
    ) -> None:
        known("template_list", options)
        assert hasattr(bpy.types, cls)
        assert name in data.bl_rna.properties
        assert active_name in active.bl_rna.properties
        self.log.append(f"{{{name}}}")

    def menu(self, name: str, **options: Any) -> None:
        known("menu", options)
        assert hasattr(bpy.types, name)
        self.log.append(f"[{name}]")

    def progress(self, factor: float, text: str) -> None:
        assert 0.0 <= factor <= 1.0
        self.log.append(f"[{text}]")

    def operator(self, name: str, text: str | None = None, **options: Any) -> SimpleNamespace:
        known("operator", options)
        group, verb = name.split(".")
        getattr(getattr(bpy.ops, group), verb).get_rna_type()
        self.log.append(f"({name if text is None else text or name})")
        return SimpleNamespace()


def known(function: str, options: dict[str, Any]) -> None:
    """Blender draws nothing below a call that it refuses."""
    parameters = bpy.types.UILayout.bl_rna.functions[function].parameters
    for name, value in options.items():
        assert name in parameters, f"{function} has no {name}"
        if name == "icon":
            assert value in parameters["icon"].enum_items, f"there is no icon {value}"


def drawn(filmai: FilmAI, panel: str, context: Any = None) -> list[str]:
    """What the panel shows now."""
    return drawn_by(getattr(bpy.types, panel), context or bpy.context)


def drawn_by(cls: Any, context: Any) -> list[str]:
    """What a panel of that class shows in that context."""
    layout = Drawing()
    itself = SimpleNamespace(layout=layout)
    for name in ("split_column", "_draw_shot"):
        if hasattr(cls, name):
            setattr(itself, name, MethodType(getattr(cls, name), itself))
    cls.draw(itself, context)
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
    assert "Cancelling" in drawn(filmai, "FILMAI_PT_texture_view3d", view3d)
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
    assert "Solid shading ignores the repeat" in drawn(filmai, "FILMAI_PT_texture_view3d", view3d)
    view3d.space_data.shading.type = "MATERIAL"
    assert "Solid shading hides textures" not in drawn(filmai, "FILMAI_PT_texture_view3d", view3d)


STUDIO = [
    *("<family>", "<use_mix>", "<mix_family>"),
    *("<layout_seed>", "(filmai.randomize_seed)", "<look_seed>", "(filmai.randomize_seed)", "<variations>"),
    "(filmai.generate_material)",
]
ACTIONS = ["(New Layout)", "(New Look)", "(Edit This Material)", "(Save Maps)", "(Mark as Asset)"]


def test_the_studio_before_any_job(filmai: FilmAI, view3d: SimpleNamespace) -> None:
    assert drawn(filmai, "FILMAI_PT_studio_view3d", view3d) == ["<prompt>", *STUDIO, *ACTIONS]
    view3d.space_data = SimpleNamespace(type="IMAGE_EDITOR")
    assert drawn(filmai, "FILMAI_PT_studio_image", view3d) == ["<prompt>", *STUDIO, *ACTIONS]


def test_the_studio_says_what_it_understood_of_a_description(filmai: FilmAI, view3d: SimpleNamespace) -> None:
    view3d.scene.filmai_studio.prompt = "mossy cobblestone, blargh"
    view3d.scene.filmai_studio.variations = 3
    main = drawn(filmai, "FILMAI_PT_studio_view3d", view3d)
    assert main[:4] == [
        "<prompt>",
        "mossy: Moss mixed in, 35%",
        "cobblestone: material: Cobblestone",
        "Not understood: blargh",
    ]
    assert "<mix>" in main, "how much is asked where something is mixed in"
    assert "<vary>" in main, "what varies is asked where there are variations"


@pytest.mark.parametrize("part", ["look", "layout", "output"])
@pytest.mark.parametrize("space", ["view3d", "image"])
def test_every_setting_of_the_studio_is_in_one_of_its_panels(filmai: FilmAI, part: str, space: str) -> None:
    form = bpy.context.scene.filmai_studio
    form.size = "CUSTOM"
    shown = drawn(filmai, f"FILMAI_PT_studio_{part}_{space}")
    expected = {
        "look": {"base", "second", "lightness", "contrast", "roughness", "wear"},
        "layout": {"across", "pattern", "rows", "columns", "gap", "regularity", "layout_image"},
        "output": {"size", "custom_width", "custom_height", "picture_width", "relief_depth", "relief"},
    }[part]
    assert {f"<{name}>" for name in expected} <= set(shown)


def test_nothing_of_the_studio_is_left_out(filmai: FilmAI, view3d: SimpleNamespace) -> None:
    form = bpy.context.scene.filmai_studio
    form.size, form.use_mix, form.variations = "CUSTOM", True, 2
    panels = ("studio", "studio_look", "studio_layout", "studio_output")
    shown = {line for panel in panels for line in drawn(filmai, f"FILMAI_PT_{panel}_view3d", view3d)}
    settings = {prop.identifier for prop in form.bl_rna.properties} - {"rna_type", "name"}
    # the last is shown for a material of the user's own, see test_training
    hidden = {"understood", "not_understood", "own_layout"}
    assert settings - {line.strip("<>") for line in shown} == hidden


def test_a_running_material_is_shown_in_the_studio_alone(
    fake: Callable[[str], FilmAI], view3d: SimpleNamespace
) -> None:
    filmai = fake("slow")
    job = filmai.press_material(family="MOSS", layout_seed=3, look_seed=4)
    filmai.wait_for(job, "RUNNING")
    filmai.tick_until(lambda: "left" in filmai.rows[0].status)
    main = drawn(filmai, "FILMAI_PT_studio_view3d", view3d)
    assert main[10:12] == ["Moss 3-4", "(Cancel)"]
    assert main[12].startswith("[draw, ")
    assert "Moss 3-4" not in drawn(filmai, "FILMAI_PT_texture_view3d", view3d)
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.wait_for(job) == "CANCELLED"


def test_a_finished_material_can_be_redone_from_the_list(
    fake: Callable[[str], FilmAI], view3d: SimpleNamespace
) -> None:
    filmai = fake("happy")
    view3d.scene.filmai_studio.pattern = "HERRINGBONE"
    assert filmai.wait_for(filmai.press_material(width=64, height=64)) == "COMPLETED"
    jobs = drawn(filmai, "FILMAI_PT_jobs_view3d", view3d)
    assert jobs[:2] == ["Brick 7, herringbone", "(filmai.redo_job)"]
    assert "Solid shading hides textures" in drawn(filmai, "FILMAI_PT_studio_view3d", view3d)
    assert "Solid shading hides textures" not in drawn(filmai, "FILMAI_PT_texture_view3d", view3d)
    view3d.space_data.shading.color_type = "TEXTURE"
    assert "Solid shading ignores real sizes" in drawn(filmai, "FILMAI_PT_studio_view3d", view3d)


def test_the_studio_is_open_and_the_concept_texture_below_it_closed(filmai: FilmAI) -> None:
    classes = [cls.__name__ for cls in filmai.module("registration").CLASSES]
    for space in ("view3d", "image"):
        studio = getattr(bpy.types, f"FILMAI_PT_studio_{space}")
        concept = getattr(bpy.types, f"FILMAI_PT_texture_{space}")
        assert "DEFAULT_CLOSED" not in getattr(studio, "bl_options", ())
        assert "DEFAULT_CLOSED" in concept.bl_options
        assert classes.index(studio.__name__) < classes.index(concept.__name__)


def test_the_menu_names_everything_that_can_be_searched_for(filmai: FilmAI) -> None:
    filmai.module("character_view").publish(True)
    layout = Drawing()
    bpy.types.FILMAI_MT_main.draw(SimpleNamespace(layout=layout), bpy.context)
    assert layout.log == [
        "(filmai.generate_material)",
        "(filmai.preview_sheet)",
        "(More Like This: New Layout)",
        "(More Like This: New Look)",
        "(filmai.blend_materials)",
        "(filmai.edit_material)",
        "(filmai.save_material_maps)",
        "(filmai.mark_material_asset)",
        "---",
        "(filmai.generate_texture)",
        "(filmai.generate_character)",
        "(filmai.preview_characters)",
        "(filmai.mix_characters)",
        "(filmai.edit_character)",
        "---",
        "(Redo Material, Texture or Character with the Same Seed)",
    ]


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
