"""A studio material is made again, varied and edited from what is noted on it. With the fake worker."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI, content
from tests.blender.objects import add, maps_of, select


@pytest.fixture
def happy(fake: Callable[[str], FilmAI]) -> FilmAI:
    filmai = fake("happy")
    form = bpy.context.scene.filmai_studio
    form.size, form.custom_width, form.custom_height = "CUSTOM", 64, 64
    return filmai


def form() -> Any:
    return bpy.context.scene.filmai_studio


def worn() -> Any:
    return bpy.context.view_layer.objects.active.active_material


def choose_everything() -> None:
    """Nothing as it is by default."""
    image = bpy.data.images.new("Mask", 32, 32)
    values: dict[str, Any] = {
        "prompt": "mossy brick",
        "family": "BRICK",
        "use_mix": True,
        "mix_family": "MOSS",
        "mix": 0.4,
        "layout_seed": 3,
        "look_seed": 9,
        "use_base": True,
        "base": (0.5, 0.25, 0.125),
        "use_second": True,
        "second": (0.9, 0.8, 0.7),
        "lightness": -0.25,
        "contrast": 1.5,
        "roughness": 0.3,
        "use_wear": True,
        "wear": 0.8,
        "across": 3,
        "pattern": "HERRINGBONE",
        "use_rows": True,
        "rows": 8,
        "use_columns": True,
        "columns": 5,
        "use_gap": True,
        "gap": 0.3,
        "use_regularity": True,
        "regularity": 0.7,
        "further_layout": "boards=5, weave=twill",
        "layout_image": image,
        "size": "CUSTOM",
        "custom_width": 128,
        "custom_height": 64,
        "use_real_size": False,
        "picture_width": 2.5,
        "relief_depth": 0.04,
        "relief": "BUMP",
        "projection": "BOX",
    }
    for name, value in values.items():
        setattr(form(), name, value)


def reset() -> None:
    """The panel as in a new file."""
    for prop in form().bl_rna.properties:
        if prop.identifier not in ("rna_type", "name"):
            form().property_unset(prop.identifier)


def test_every_setting_is_noted_and_comes_back_into_the_panel(happy: FilmAI, tmp_path: Path) -> None:
    read_form = happy.module("studio_form").read_form
    choose_everything()
    chosen = read_form(form())
    assert bpy.ops.filmai.generate_material() == {"FINISHED"}
    noted = json.loads(worn()["filmai_material"])
    assert (noted["prompt"], noted["contrast"], noted["wear"]) == ("mossy brick", 1.5, 0.8)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    reset()
    assert read_form(form()) != chosen
    assert bpy.ops.filmai.edit_material() == {"FINISHED"}
    assert read_form(form()) == chosen


def test_the_notes_name_what_made_it_on_material_and_images(happy: FilmAI) -> None:
    bpy.ops.filmai.generate_material(variations=2)
    second = bpy.data.materials["FilmAI Brick 8"]
    for datablock in (second, *maps_of(second).values()):
        assert datablock["filmai_model"] == "fake_texture"
        assert (datablock["filmai_model_version"], datablock["filmai_model_sha256"]) == ("1", "0" * 64)
        assert (datablock["filmai_device"], datablock["filmai_version"]) == ("cpu", "0.1.0")
        assert datablock["filmai_device_reason"] == "the fake worker has no other device"
        noted = json.loads(datablock["filmai_material"])
        assert (noted["layout_seed"], noted["look_seed"], noted["variations"]) == (8, 8, 1)


def test_one_undo_takes_everything_away_and_redo_brings_it_back(happy: FilmAI) -> None:
    before = content()
    assert happy.wait_for(happy.press_material(family="BRICK", variations=3)) == "COMPLETED"
    after = content()
    assert len(after["images"]) == len(before["images"]) + 18
    bpy.ops.ed.undo()
    assert content() == before
    bpy.ops.ed.redo()
    assert content() == after


def test_the_button_returns_at_once(happy: FilmAI) -> None:
    before = content()
    job = happy.press_material(family="SAND", layout_seed=3, look_seed=4)
    assert happy.reports == ["Queued: Sand 3-4"]
    assert content() == before
    assert happy.wait_for(job) == "COMPLETED"
    assert worn().name == "FilmAI Sand 3-4"
    assert happy.rows[-1].note.startswith("CPU: ")


def test_redo_gives_the_same_bytes_wherever_it_is_asked(happy: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_material(family="MOSS", layout_seed=11, look_seed=12)
    first = {kind: bytes(image.packed_file.data) for kind, image in maps_of(worn()).items()}
    job = happy.rows[-1].job_id
    form().family = "LAVA"
    for again in ({}, {"job": job}):
        bpy.ops.filmai.redo_job(**again)
        assert {kind: bytes(image.packed_file.data) for kind, image in maps_of(worn()).items()} == first
    # from a map that is shown
    area = bpy.context.window_manager.windows[0].screen.areas[0]
    area.ui_type = "IMAGE_EDITOR"
    area.spaces.active.image = bpy.data.images["FilmAI Moss 11-12 Roughness"]
    select()
    bpy.context.view_layer.objects.active = None
    with bpy.context.temp_override(window=bpy.context.window_manager.windows[0], area=area):
        bpy.ops.filmai.redo_job()
    assert area.spaces.active.image.name.startswith("FilmAI Moss 11-12 Base Color.0")


def test_redo_of_a_concept_texture_and_of_a_material_side_by_side(happy: FilmAI) -> None:
    cube, plane = bpy.data.objects["Cube"], add("plane")
    select(cube)
    bpy.ops.filmai.generate_texture(family="ROCK", seed=5, size=64)
    select(plane)
    bpy.ops.filmai.generate_material(family="SNOW", layout_seed=2, look_seed=2)
    select(cube)
    bpy.ops.filmai.redo_job()
    assert cube.active_material.name == "FilmAI Rock 5.001"
    select(plane)
    bpy.ops.filmai.redo_job()
    assert plane.active_material.name == "FilmAI Snow 2.001"


def test_redo_with_another_network_says_so(happy: FilmAI) -> None:
    bpy.ops.filmai.generate_material()
    worn()["filmai_model_sha256"] = "f" * 64
    bpy.ops.filmai.redo_job()
    assert "Another version of the network" in happy.rows[-1].note


@pytest.mark.parametrize(
    ("change", "seed", "other"), [("LAYOUT", "layout", "look"), ("LOOK", "look", "layout")]
)
def test_more_like_this_changes_one_seed_alone(happy: FilmAI, change: str, seed: str, other: str) -> None:
    choose_everything()
    bpy.ops.filmai.generate_material()
    reset()
    before = json.loads(worn()["filmai_material"])
    bpy.ops.filmai.vary_material(change=change)
    after = json.loads(worn()["filmai_material"])
    assert after.pop(f"{seed}_seed") != before.pop(f"{seed}_seed")
    assert after[f"{other}_seed"] == before[f"{other}_seed"]
    assert after == before


def test_without_a_material_of_ours_the_buttons_are_grey_and_say_why(happy: FilmAI) -> None:
    for verb in ("vary_material", "edit_material", "save_material_maps", "mark_material_asset"):
        assert not getattr(bpy.ops.filmai, verb).poll()
        with pytest.raises(RuntimeError, match="wears no material of FilmAI's Texture Studio"):
            getattr(bpy.ops.filmai, verb)()
    bpy.ops.filmai.generate_texture(size=64)
    assert not bpy.ops.filmai.edit_material.poll(), "a concept texture has other settings"
    assert not bpy.ops.filmai.vary_material.poll()


@pytest.mark.parametrize(
    "note",
    [
        7,
        "",
        "no JSON",
        "[1, 2]",
        "{}",
        '{"family": "cheese"}',
        "[" * 5000,
        "x" * 100_000,
    ],
)
@pytest.mark.parametrize("verb", ["redo_job", "edit_material", "vary_material"])
def test_notes_that_somebody_changed_are_refused(happy: FilmAI, verb: str, note: object) -> None:
    bpy.ops.filmai.generate_material()
    worn()["filmai_material"] = note
    before = content()
    with pytest.raises(RuntimeError, match=r"cannot be read\. Set it up in the Texture Studio panel"):
        getattr(bpy.ops.filmai, verb)()
    assert content() == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("width_px", 63),
        ("mix", 2.0),
        ("relief", "CARVED"),
        ("contrast", None),
        ("depth_m", 99.0),
        ("seed", 1),
    ],
)
def test_a_single_note_that_is_impossible_is_refused(happy: FilmAI, name: str, value: object) -> None:
    bpy.ops.filmai.generate_material()
    noted = json.loads(worn()["filmai_material"])
    worn()["filmai_material"] = json.dumps(noted | {name: value})
    with pytest.raises(RuntimeError, match="cannot be read"):
        bpy.ops.filmai.redo_job()


def test_settings_that_do_not_fit_together_are_refused_before_anything_starts(happy: FilmAI) -> None:
    form().use_real_size, form().picture_width, form().relief_depth = False, 0.1, 0.5
    with pytest.raises(RuntimeError, match=r"a relief 0\.5 m deep does not fit a picture 0\.1 m wide"):
        bpy.ops.filmai.generate_material()
    form().relief_depth = 0.01
    form().further_layout = "boards 5"
    with pytest.raises(RuntimeError, match="'boards 5' is no name=value"):
        bpy.ops.filmai.generate_material()
    form().further_layout, form().picture_width = "", 1e-4
    with pytest.raises(RuntimeError, match=r"is not within 0\.001 to 10000 m"):
        bpy.ops.filmai.generate_material()
    assert happy.rows == ()
    assert happy.job_folders() == []


def test_sizes_are_multiples_of_sixteen(happy: FilmAI) -> None:
    form().custom_width, form().custom_height = 100, 1000
    assert (form().custom_width, form().custom_height) == (96, 992)
    bpy.ops.filmai.generate_material(width=100, height=72)
    assert tuple(maps_of(worn())["height"].size) == (96, 64)


def test_words_that_a_script_says_set_the_look_and_leave_the_rest(happy: FilmAI) -> None:
    choose_everything()
    bpy.ops.filmai.generate_material(prompt="white marble", width=64, height=64)
    noted = json.loads(worn()["filmai_material"])
    assert (noted["family"], noted["mix"], noted["wear"], noted["across"]) == ("marble", 0.0, None, 1)
    assert noted["base"]["red"] > 0.8
    assert (noted["layout_seed"], noted["relief"], noted["width_m"]) == (3, "BUMP", 2.5)
    assert form().prompt == "mossy brick", "what a script asks for is not the panel's"


def test_words_set_the_panel_and_editing_by_hand_stays_possible(happy: FilmAI) -> None:
    choose_everything()
    form().prompt = "slightly mossy cobblestone, blargh"
    assert (form().family, form().use_mix, form().mix_family) == ("COBBLESTONE", True, "MOSS")
    assert (form().use_base, form().pattern, form().use_rows, form().further_layout) == (
        False,
        "OWN",
        False,
        "",
    )
    assert form().not_understood == "Not understood: blargh"
    assert any(line.startswith("cobblestone: ") for line in form().understood.splitlines())
    assert (form().layout_seed, form().relief, form().picture_width) == (3, "BUMP", 2.5)
    form().use_mix = False
    bpy.ops.filmai.generate_material()
    assert json.loads(worn()["filmai_material"])["mix"] == 0.0
    form().prompt = ""
    assert (form().understood, form().not_understood, form().family) == ("", "", "COBBLESTONE")


def test_words_bring_the_familys_own_size_along(happy: FilmAI) -> None:
    form().prompt = "lava"
    assert form().picture_width == pytest.approx(3.0)
    bpy.ops.filmai.generate_material(family="KNIT")
    assert json.loads(worn()["filmai_material"])["width_m"] == pytest.approx(0.12)
