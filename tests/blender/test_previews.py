"""The preview sheet: small pictures in the panel, and the very material when one is clicked."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bpy
import numpy as np
import pytest

from tests.blender.conftest import FilmAI, content
from tests.blender.test_panels import Drawing, drawn

SHEET, BETWEEN = "FILMAI_PT_studio_sheet_view3d", "FILMAI_PT_studio_between_view3d"
EMPTY = ["<count>", "<vary>", "(filmai.preview_sheet)"]


def cells(filmai: FilmAI) -> tuple[Any, ...]:
    return tuple(filmai.module("sheet_view").MATERIALS.cells())


def icons(filmai: FilmAI) -> Any:
    """The collection that holds the pictures now, or None."""
    return filmai.module("scene.preview_sheet")._icons.get("materials")


def pixels(icon: Any) -> np.ndarray:
    width, height = icon.image_size
    values = np.empty(width * height * 4, np.float32)
    icon.image_pixels_float.foreach_get(values)
    return values.reshape(height, width, 4)


def worn_maps() -> dict[str, bytes]:
    material = bpy.data.objects["Cube"].active_material
    nodes = [node for node in material.node_tree.nodes if node.bl_idname == "ShaderNodeTexImage"]
    return {node.label: hashlib.sha256(node.image.packed_file.data).digest() for node in nodes}


def base_colour() -> np.ndarray:
    """The worn base colour, 0 to 1, from the bottom up."""
    material = bpy.data.objects["Cube"].active_material
    image = next(
        node.image for node in material.node_tree.nodes if getattr(node, "label", "") == "Base Color"
    )
    width, height = image.size
    values = np.empty(width * height * 4, np.float32)
    image.pixels.foreach_get(values)
    return values.reshape(height, width, 4)[..., :3]


def shown(filmai: FilmAI, panel: str = SHEET, width: int = 292) -> list[str]:
    """What the panel shows in a sidebar of that width; a Blender without windows has none of its own."""
    # nor has it a scale of the interface
    system = SimpleNamespace(ui_scale=1.25)
    context = SimpleNamespace(
        scene=bpy.context.scene,
        preferences=SimpleNamespace(system=system),
        region=SimpleNamespace(width=width),
    )
    return drawn(filmai, panel, context)


def test_a_sheet_appears_and_nothing_in_the_file_changes(filmai: FilmAI) -> None:
    assert shown(filmai) == EMPTY
    before = content()
    assert bpy.ops.filmai.preview_sheet(count="9") == {"FINISHED"}
    one = ["[icon]", "(Make)", "(filmai.show_preview_menu)"]
    expected = [*EMPTY, *one * 9, "(Next Previews)"]
    for panel, width in ((SHEET, 292), ("FILMAI_PT_studio_sheet_image", 50)):
        assert shown(filmai, panel, width) == expected
    assert [cell.title for cell in cells(filmai)][:2] == ["Brick 7", "Brick 8"]
    pictures = [pixels(icons(filmai)[str(index)]) for index in range(9)]
    assert {picture.shape for picture in pictures} == {(128, 128, 4)}
    assert all(picture[..., :3].std() > 0.01 for picture in pictures)
    assert len({picture.tobytes() for picture in pictures}) == 9
    assert content() == before
    assert filmai.job_folders() == []


def test_undo_takes_back_the_users_last_step_and_not_the_sheet(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("happy")
    bpy.data.objects["Cube"].location.x = 5
    bpy.ops.ed.undo_push(message="moved")
    assert bpy.ops.filmai.preview_sheet() == {"FINISHED"}
    bpy.ops.ed.undo()
    assert bpy.data.objects["Cube"].location.x == 0
    assert len(cells(filmai)) == 9


def test_a_click_makes_that_very_material(filmai: FilmAI) -> None:
    form = bpy.context.scene.filmai_studio
    form.prompt = "red bricks, herringbone, white mortar"
    form.size, form.custom_width, form.custom_height = "CUSTOM", 128, 128
    bpy.ops.filmai.preview_sheet(vary="BOTH")
    # what the panel says by now does not matter
    form.family = "SAND"
    cell = cells(filmai)[4]
    assert (cell.settings.layout_seed, cell.settings.look_seed) == (11, 11)
    preview = pixels(icons(filmai)["4"])[..., :3]
    assert bpy.ops.filmai.choose_preview(index=4) == {"FINISHED"}
    chosen, colours = worn_maps(), base_colour()
    # lit, so that only joints and edges differ
    assert np.abs(np.median(preview - colours, axis=(0, 1))).max() < 0.08
    assert np.corrcoef(preview.mean(-1).ravel(), colours.mean(-1).ravel())[0, 1] > 0.8
    bpy.ops.filmai.generate_material(
        prompt="red bricks, herringbone, white mortar", layout_seed=11, look_seed=11
    )
    assert worn_maps() == chosen, "and the same as with those seeds in the panel"
    assert len(cells(filmai)) == 9, "the sheet stays to choose another"


@pytest.mark.parametrize(("vary", "seeds"), [("LAYOUT", [(9, 9), (10, 9)]), ("LOOK", [(9, 9), (9, 10)])])
def test_more_like_one_of_them(
    fake: Callable[[str], FilmAI], vary: str, seeds: list[tuple[int, int]]
) -> None:
    filmai = fake("happy")
    bpy.ops.filmai.preview_sheet()
    bpy.ops.filmai.preview_sheet(like=2, vary=vary, count="16")
    found = [(cell.settings.layout_seed, cell.settings.look_seed) for cell in cells(filmai)]
    assert len(found) == 16
    assert found[:2] == seeds
    bpy.ops.filmai.preview_sheet(further=True)
    following = cells(filmai)[0].settings
    step = 16
    assert (following.layout_seed, following.look_seed) == (
        9 + step * (vary == "LAYOUT"),
        9 + step * (vary == "LOOK"),
    )


def test_a_new_sheet_frees_the_one_before(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("happy")
    bpy.ops.filmai.preview_sheet(count="16")
    first = icons(filmai)
    before = pixels(first["0"]).tobytes()
    bpy.ops.filmai.preview_sheet(further=True, count="16")
    assert icons(filmai) is not first
    assert len(first) == 0, "its icons are freed"
    assert pixels(icons(filmai)["0"]).tobytes() != before


def test_previews_are_freed_with_the_add_on(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("happy")
    bpy.ops.filmai.preview_sheet()
    held = icons(filmai)
    filmai.module("session").close()
    assert (len(held), icons(filmai), cells(filmai)) == (0, None, ())
    assert shown(filmai) == EMPTY
    with pytest.raises(RuntimeError, match="no preview 0"):
        bpy.ops.filmai.choose_preview(index=0)
    with pytest.raises(RuntimeError, match="no sheet yet"):
        bpy.ops.filmai.preview_sheet(further=True)


def test_a_sheet_can_be_cancelled_and_the_one_before_stays(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("happy")
    bpy.ops.filmai.preview_sheet()
    before = cells(filmai)
    filmai = fake("slow")
    filmai.module("session").pump().dispatcher.close(0.5)
    job = filmai.press_sheet()
    filmai.wait_for(job, "RUNNING")
    assert "9 previews of Brick" in drawn_open(filmai)
    bpy.ops.filmai.cancel_job(job=job)
    assert filmai.wait_for(job) == "CANCELLED"
    assert cells(filmai) == before
    assert filmai.job_folders() == []


def drawn_open(filmai: FilmAI) -> list[str]:
    """What the panel of the studio shows of jobs."""
    layout = Drawing()
    for row in filmai.module("job_view").open_rows():
        filmai.module("panels.job_boxes").draw_open_job(layout, row)
    return layout.log


def test_another_press_takes_the_place_of_a_sheet_under_way(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("slow")
    first = filmai.press_sheet()
    filmai.wait_for(first, "RUNNING")
    second = filmai.press_sheet(further=False)
    assert filmai.wait_for(first) == "CANCELLED"
    bpy.ops.filmai.cancel_job(job=second)
    assert filmai.wait_for(second) == "CANCELLED"


@pytest.mark.parametrize("damage", ["missing", "empty", "no picture"])
def test_a_picture_that_is_not_there_is_told_and_the_sheet_before_stays(
    fake: Callable[[str], FilmAI], monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    filmai = fake("happy")
    bpy.ops.filmai.preview_sheet()
    before, held = cells(filmai), icons(filmai)
    images = len(bpy.data.images)
    delivery = filmai.module("scene.delivery")
    show = delivery.show_sheet

    def show_damaged(result: Any, target: Any) -> Any:
        path = Path(result.previews[3].path)
        path.unlink()
        if damage != "missing":
            path.write_bytes(b"" if damage == "empty" else b"no picture at all")
        return show(result, target)

    monkeypatch.setattr(delivery, "show_sheet", show_damaged)
    with pytest.raises(RuntimeError, match="Press Preview Sheet again"):
        bpy.ops.filmai.preview_sheet(further=True)
    assert (cells(filmai), icons(filmai)) == (before, held)
    assert len(bpy.data.images) == images


def test_settings_that_do_not_fit_are_told(fake: Callable[[str], FilmAI]) -> None:
    fake("happy")
    bpy.context.scene.filmai_studio.further_layout = "no value"
    with pytest.raises(RuntimeError, match="do not fit"):
        bpy.ops.filmai.preview_sheet()


def test_a_failed_sheet_says_why(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("fail")
    with pytest.raises(RuntimeError, match="as told"):
        bpy.ops.filmai.preview_sheet()
    assert cells(filmai) == ()


# ---- between two


def test_two_previews_are_picked_and_mixed(filmai: FilmAI) -> None:
    form = bpy.context.scene.filmai_studio
    form.size, form.custom_width, form.custom_height = "CUSTOM", 64, 64
    assert "First: pick one" in drawn(filmai, BETWEEN)
    bpy.ops.filmai.preview_sheet()
    bpy.ops.filmai.pick_end(end="FIRST", preview=0)
    bpy.ops.filmai.pick_end(end="SECOND", preview=5)
    assert drawn(filmai, BETWEEN) == [
        *("Brick 7", "(filmai.pick_end)", "Brick 12", "(filmai.pick_end)"),
        *("<blend>", "<layout_from>", "(filmai.blend_materials)"),
    ]
    made = {}
    for blend in (0.0, 0.5, 1.0):
        assert bpy.ops.filmai.blend_materials(blend=blend, layout_from="FIRST") == {"FINISHED"}
        made[blend] = (worn_maps(), base_colour().mean((0, 1)))
    bpy.ops.filmai.choose_preview(index=0)
    assert worn_maps() == made[0.0][0], "0 is the first"
    bpy.ops.filmai.generate_material(layout_seed=7, look_seed=12)
    assert worn_maps() == made[1.0][0], "1 is the look of the second"
    ends = [made[end][1] for end in (0.0, 1.0)]
    assert all(np.abs(made[0.5][1] - end).max() < np.abs(ends[1] - ends[0]).max() for end in ends)


def test_materials_of_the_file_can_be_mixed_redone_and_edited(filmai: FilmAI) -> None:
    names = []
    for family in ("BRICK", "MOSS"):
        bpy.ops.filmai.generate_material(family=family, width=64, height=64)
        names.append(bpy.data.objects["Cube"].active_material.name)
        bpy.data.objects["Cube"].active_material.use_fake_user = True
    assert bpy.ops.filmai.blend_materials(first=names[0], second=names[1], blend=0.25) == {"FINISHED"}
    before = worn_maps()
    assert bpy.ops.filmai.redo_job() == {"FINISHED"}
    assert worn_maps() == before
    assert bpy.ops.filmai.edit_material() == {"FINISHED"}
    form = bpy.context.scene.filmai_sheet
    assert (form.first_title, form.second_title) == ("Brick 7", "Moss 7")
    assert form.blend == pytest.approx(0.25)
    assert bpy.ops.filmai.blend_materials() == {"FINISHED"}
    assert worn_maps() == before, "what was edited makes the same again"
    assert bpy.ops.filmai.pick_end(end="FIRST") == {"FINISHED"}
    with pytest.raises(RuntimeError, match="between two others itself"):
        bpy.ops.filmai.blend_materials()


def test_what_cannot_be_mixed_is_told(fake: Callable[[str], FilmAI]) -> None:
    filmai = fake("happy")
    with pytest.raises(RuntimeError, match="first of the two materials is not picked"):
        bpy.ops.filmai.blend_materials()
    with pytest.raises(RuntimeError, match="wears no material"):
        bpy.ops.filmai.pick_end(end="SECOND")
    with pytest.raises(RuntimeError, match="no preview 3"):
        bpy.ops.filmai.pick_end(end="FIRST", preview=3)
    with pytest.raises(RuntimeError, match="'Cheese' is no material"):
        bpy.ops.filmai.blend_materials(first="Cheese", second="Cheese")
    bpy.context.scene.filmai_sheet.first = "{}"
    with pytest.raises(RuntimeError, match="cannot be read"):
        bpy.ops.filmai.blend_materials()
    assert filmai.rows == ()


def test_the_menu_of_a_preview_names_what_can_be_done(filmai: FilmAI) -> None:
    layout = Drawing()
    filmai.module("operators.show_preview_menu").draw_preview_menu(layout, 3)
    assert layout.log == [
        "(New Layouts)",
        "(New Looks)",
        "---",
        "(Use as First of Two)",
        "(Use as Second of Two)",
    ]
