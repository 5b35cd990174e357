"""Where a texture goes: which objects, which slots, which coordinates, which files. With the fake worker."""

from collections.abc import Callable
from pathlib import Path

import bpy
import pytest

from tests.blender.conftest import FilmAI, content, filmai_image
from tests.blender.objects import add, node, select


@pytest.fixture
def happy(fake: Callable[[str], FilmAI]) -> FilmAI:
    return fake("happy")


def test_every_selected_object_wears_it_and_no_other(happy: FilmAI) -> None:
    cube, same, other = bpy.data.objects["Cube"], add("cube"), add("torus")
    select(cube, same)
    bpy.ops.filmai.generate_texture(size=64)
    assert cube.active_material == same.active_material
    assert cube.active_material.name == "FilmAI Brick 7"
    assert other.active_material is None
    assert cube.material_slots[0].material == cube.active_material


def test_only_the_active_slot_is_replaced(happy: FilmAI) -> None:
    cube = bpy.data.objects["Cube"]
    glass, steel = bpy.data.materials.new("Glass"), bpy.data.materials.new("Steel")
    cube.data.materials.clear()
    for material in (glass, steel):
        cube.data.materials.append(material)
    cube.active_material_index = 1
    bpy.ops.filmai.generate_texture(size=64)
    assert cube.material_slots[0].material == glass
    assert cube.material_slots[1].material.name == "FilmAI Brick 7"
    assert steel.use_fake_user, "a material of the user's is not lost when nothing wears it any more"
    assert not glass.use_fake_user


def test_an_empty_slot_is_filled_and_a_slot_of_the_object_stays_one(happy: FilmAI) -> None:
    cube = bpy.data.objects["Cube"]
    cube.material_slots[0].link = "OBJECT"
    assert cube.material_slots[0].material is None
    bpy.ops.filmai.generate_texture(size=64)
    assert cube.material_slots[0].link == "OBJECT"
    assert cube.material_slots[0].material.name == "FilmAI Brick 7"
    assert cube.data.materials[0].name == "Material"


@pytest.mark.parametrize("kind", ["curve", "font", "surface", "metaball"])
def test_other_kinds_of_objects_that_have_a_surface(happy: FilmAI, kind: str) -> None:
    if kind == "curve":
        bpy.ops.curve.primitive_bezier_circle_add()
    elif kind == "font":
        bpy.ops.object.text_add()
    elif kind == "surface":
        bpy.ops.surface.primitive_nurbs_surface_sphere_add()
    else:
        bpy.ops.object.metaball_add()
    select(bpy.context.object)
    bpy.ops.filmai.generate_texture(size=64)
    assert node(bpy.context.object, "ShaderNodeTexImage").projection == "BOX"


def test_lights_and_cameras_are_left_alone(happy: FilmAI) -> None:
    select(bpy.data.objects["Camera"], bpy.data.objects["Light"])
    bpy.ops.filmai.generate_texture(size=64)
    image = bpy.data.images["FilmAI Brick 7"]
    assert image.use_fake_user
    assert not [material for material in bpy.data.materials if material.name.startswith("FilmAI")]


def test_nothing_selected_makes_the_image_alone_and_saving_keeps_it(happy: FilmAI, tmp_path: Path) -> None:
    select()
    before = content()
    bpy.ops.filmai.generate_texture(size=64)
    assert content()["materials"] == before["materials"]
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    assert bpy.data.images["FilmAI Brick 7"].packed_file is not None


def test_an_open_image_editor_shows_the_image(happy: FilmAI) -> None:
    area = bpy.context.window_manager.windows[0].screen.areas[0]
    area.ui_type = "IMAGE_EDITOR"
    cube = bpy.data.objects["Cube"]
    select(cube)
    bpy.ops.filmai.generate_texture(size=64)
    assert area.spaces.active.image is None, "the user was not looking for it there"
    select()
    bpy.ops.filmai.generate_texture(size=64, seed=8)
    assert area.spaces.active.image == bpy.data.images["FilmAI Brick 8"]


def test_variations_wait_in_the_list_of_materials_and_are_saved(happy: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_texture(size=64, seed=7, variations=3)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    names = [f"FilmAI Brick {seed}" for seed in (7, 8, 9)]
    assert [bpy.data.materials[name].use_fake_user for name in names] == [False, True, True]
    assert bpy.data.objects["Cube"].active_material.name == names[0]


def test_objects_of_another_file_are_left_alone_and_named(happy: FilmAI, tmp_path: Path) -> None:
    library = tmp_path / "library.blend"
    bpy.data.objects["Cube"].name = "Linked"
    bpy.data.libraries.write(str(library), {bpy.data.objects["Linked"]})
    bpy.ops.wm.read_homefile(use_factory_startup=True)
    with bpy.data.libraries.load(str(library), link=True) as (_there, here):
        here.objects = ["Linked"]
    linked = bpy.data.objects["Linked"]
    bpy.context.collection.objects.link(linked)
    cube = bpy.data.objects["Cube"]
    select(linked, cube)
    bpy.ops.filmai.generate_texture(size=64)
    assert cube.active_material.name == "FilmAI Brick 7"
    assert linked.active_material.name == "Material"
    assert "Linked from another file" in filmai_note(happy)


def test_a_local_object_with_another_files_mesh_wears_it_itself(happy: FilmAI, tmp_path: Path) -> None:
    library = tmp_path / "library.blend"
    bpy.data.libraries.write(str(library), {bpy.data.objects["Cube"].data})
    bpy.ops.wm.read_homefile(use_factory_startup=True)
    with bpy.data.libraries.load(str(library), link=True) as (_there, here):
        here.meshes = ["Cube"]
    obj = bpy.data.objects.new("Mine", here.meshes[0])
    bpy.context.collection.objects.link(obj)
    select(obj)
    bpy.ops.filmai.generate_texture(size=64)
    assert (obj.material_slots[0].link, obj.active_material.name) == ("OBJECT", "FilmAI Brick 7")
    assert obj.data.materials[0].name == "Material"


def filmai_note(filmai: FilmAI) -> str:
    return filmai.rows[-1].note


@pytest.mark.parametrize("name", ["plain", "mit Umlaut ä", "a 'quoted' \"name\"", "日本 語"])
def test_pictures_in_a_folder_of_the_users(happy: FilmAI, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    happy.preferences.image_storage, happy.preferences.images_folder = "FOLDER", str(folder)
    for _twice in range(2):
        bpy.ops.filmai.generate_texture(size=64)
    assert sorted(path.name for path in folder.iterdir()) == [
        "filmai_brick_7_64px.png",
        "filmai_brick_7_64px_2.png",
    ]
    image = filmai_image(bpy.data.objects["Cube"])
    assert image.packed_file is None
    assert Path(bpy.path.abspath(image.filepath)) == folder / "filmai_brick_7_64px_2.png"
    assert tuple(image.size) == (64, 64)
    assert happy.job_folders() == []


def test_a_folder_beside_the_file_is_named_relative_to_it(happy: FilmAI, tmp_path: Path) -> None:
    happy.preferences.image_storage, happy.preferences.images_folder = "FOLDER", "//textures/"
    with pytest.raises(RuntimeError, match="never saved"):
        bpy.ops.filmai.generate_texture(size=64)
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.filmai.generate_texture(size=64)
    assert filmai_image(bpy.data.objects["Cube"]).filepath == "//textures/filmai_brick_7_64px.png"
    assert (tmp_path / "textures" / "filmai_brick_7_64px.png").is_file()


def test_a_files_own_pictures_are_never_overwritten(happy: FilmAI, tmp_path: Path) -> None:
    mine = tmp_path / "filmai_brick_7_64px.png"
    mine.write_text("precious")
    happy.preferences.image_storage, happy.preferences.images_folder = "FOLDER", str(tmp_path)
    bpy.ops.filmai.generate_texture(size=64)
    assert mine.read_text() == "precious"


def test_redo_repeats_what_the_image_editor_shows(happy: FilmAI) -> None:
    bpy.ops.filmai.generate_texture(size=64, family="MOSS", seed=70)
    shown = bpy.data.images["FilmAI Moss 70"]
    bpy.ops.filmai.generate_texture(size=64, family="BRICK", seed=7)
    window = bpy.context.window_manager.windows[0]
    area = window.screen.areas[0]
    area.ui_type = "IMAGE_EDITOR"
    area.spaces.active.image = shown
    with bpy.context.temp_override(window=window, area=area):
        bpy.ops.filmai.redo_job()
    assert filmai_image(bpy.data.objects["Cube"])["filmai_seed"] == 70
    assert area.spaces.active.image.name == "FilmAI Moss 70.001"


def test_redo_from_a_changed_note_is_refused(happy: FilmAI) -> None:
    bpy.ops.filmai.generate_texture(size=64)
    bpy.data.objects["Cube"].active_material["filmai_seed"] = "seven"
    with pytest.raises(RuntimeError, match="cannot be read"):
        bpy.ops.filmai.redo_job()


def test_redo_with_another_network_says_so(happy: FilmAI) -> None:
    bpy.ops.filmai.generate_texture(size=64)
    bpy.data.objects["Cube"].active_material["filmai_model_sha256"] = "f" * 64
    bpy.ops.filmai.redo_job()
    assert "Another version of the network" in filmai_note(happy)
