"""Characters in the scene: as references, as a plane, as images; the panel, the sheet and the mix."""

import hashlib
import math
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bpy
import pytest
from mathutils import Vector

from tests.blender.conftest import FilmAI, content
from tests.blender.objects import add, select
from tests.blender.test_panels import drawn
from tests.fakes.tiny_characters import HEIGHT_PX, write_tiny_characters

FRONT, SIDE, BACK = (f"FilmAI Knight 7 {view}" for view in ("Front", "Side", "Back"))


@pytest.fixture
def happy(fake: Callable[[str], FilmAI]) -> FilmAI:
    return with_network(fake("happy"))


@pytest.fixture
def tiny(filmai: FilmAI) -> Iterator[FilmAI]:
    """The real worker with a tiny network in the package."""
    folder = filmai.module("paths").models_folder()
    kept = folder / filmai.module("contract").CHARACTER_MODEL
    if kept.is_dir():
        kept.rename(folder.parent / "characters kept")
    write_tiny_characters(folder)
    yield with_network(filmai)
    filmai.module("session").close()
    shutil.rmtree(kept)
    if (folder.parent / "characters kept").is_dir():
        (folder.parent / "characters kept").rename(kept)


def with_network(filmai: FilmAI) -> FilmAI:
    filmai.module("character_view").publish(True)
    return filmai


def make(**settings: Any) -> None:
    assert bpy.ops.filmai.generate_character(size=192, **settings) == {"FINISHED"}


def press(filmai: FilmAI, **settings: Any) -> str:
    return filmai._press("generate_character", {"size": 192} | settings)


def references() -> dict[str, Any]:
    """The scene's image empties by their views."""
    empties = [obj for obj in bpy.context.scene.objects if obj.type == "EMPTY"]
    return {obj["filmai_view"]: obj for obj in empties if "filmai_view" in obj}


def corners(obj: Any) -> dict[str, Vector]:
    """Where the picture's corners and its ground line lie in the world."""
    bpy.context.view_layer.update()
    width, height = obj.data.size
    longer = max(width, height)
    wide, high = obj.empty_display_size * width / longer, obj.empty_display_size * height / longer
    left, low = obj.empty_image_offset[0] * wide, obj.empty_image_offset[1] * high
    places = {"low left": (left, low), "high right": (left + wide, low + high)}
    return {name: obj.matrix_world @ Vector((*place, 0)) for name, place in places.items()}


def test_front_and_side_stand_upright_on_the_ground_in_real_height(happy: FilmAI) -> None:
    make()
    found = references()
    assert sorted(found) == ["back", "front", "side"]
    # two metres of picture, of which six centimetres lie under the ground line
    for view, right in (("front", (1, 0, 0)), ("side", (0, 1, 0)), ("back", (-1, 0, 0))):
        places = corners(found[view])
        assert places["low left"].z == pytest.approx(-0.06, abs=1e-5)
        assert places["high right"].z == pytest.approx(1.94, abs=1e-5)
        across = places["high right"] - places["low left"]
        assert across.dot(Vector(right)) == pytest.approx(2 * 128 / 192, abs=1e-4)
        middle = (places["high right"] + places["low left"]) / 2
        assert max(abs(middle.x), abs(middle.y)) < 1e-5
    # the way that they are looked at from: Numpad 1, 3 and Ctrl 1
    for view, towards in (("front", (0, -1, 0)), ("side", (1, 0, 0)), ("back", (0, 1, 0))):
        facing = found[view].matrix_world.to_quaternion() @ Vector((0, 0, 1))
        assert (facing - Vector(towards)).length < 1e-5


def test_references_are_seen_through_and_in_orthographic_views_only(happy: FilmAI) -> None:
    bpy.context.scene.filmai_character.opacity = 0.25
    make()
    for obj in references().values():
        assert obj.empty_display_type == "IMAGE"
        assert obj.use_empty_image_alpha
        assert obj.color[3] == pytest.approx(0.25)
        assert obj.show_empty_image_orthographic
        assert not obj.show_empty_image_perspective
        assert obj.show_empty_image_only_axis_aligned
        assert (obj.empty_image_depth, obj.empty_image_side) == ("BACK", "FRONT")
    assert "Numpad 3" in happy.rows[-1].note


def test_images_are_packed_named_and_say_how_they_were_made(happy: FilmAI, tmp_path: Path) -> None:
    make(placing="IMAGES", archetype="WIZARD", body_seed=3, look_seed=5)
    assert references() == {}
    assert content()["objects"].keys() == {"Cube", "Camera", "Light"}
    image = bpy.data.images["FilmAI Wizard 3-5 Front"]
    assert image.packed_file is not None
    assert image.colorspace_settings.name == "sRGB"
    assert (image["filmai_view"], image["filmai_model"]) == ("front", "fake_texture")
    assert '"archetype":"wizard"' in image["filmai_character"]
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.wm.open_mainfile(filepath=str(tmp_path / "scene.blend"))
    for view in ("Front", "Side", "Back"):
        assert bpy.data.images[f"FilmAI Wizard 3-5 {view}"].packed_file is not None


def test_a_plane_stands_on_the_ground_turns_to_the_camera_and_is_clear_around(happy: FilmAI) -> None:
    make(placing="PLANE")
    plane = bpy.data.objects["FilmAI Knight 7"]
    bpy.context.view_layer.update()
    heights = [(plane.matrix_world @ vertex.co).z for vertex in plane.data.vertices]
    assert (min(heights), max(heights)) == (pytest.approx(-0.06, abs=1e-5), pytest.approx(1.94, abs=1e-5))
    depsgraph = bpy.context.evaluated_depsgraph_get()
    turned = plane.evaluated_get(depsgraph).matrix_world
    camera = bpy.data.objects["Camera"].matrix_world.translation
    facing = (turned.to_3x3() @ plane.data.polygons[0].normal).normalized()
    towards = Vector((camera.x, camera.y, 0)).normalized()
    assert facing.dot(towards) == pytest.approx(1, abs=1e-4)
    assert abs(facing.z) < 1e-5
    nodes = plane.active_material.node_tree.nodes
    texture = next(node for node in nodes if node.bl_idname == "ShaderNodeTexImage")
    surface = next(node for node in nodes if node.bl_idname == "ShaderNodeBsdfPrincipled")
    assert texture.image.name == FRONT
    assert surface.inputs["Alpha"].links[0].from_socket == texture.outputs["Alpha"]
    assert surface.inputs["Base Color"].links[0].from_node == texture
    uvs = [tuple(loop.uv) for loop in plane.data.uv_layers.active.data]
    low = [
        uv
        for loop, uv in zip(plane.data.loops, uvs, strict=True)
        if plane.data.vertices[loop.vertex_index].co.z < 0
    ]
    assert {uv[1] for uv in low} == {0.0}


def test_a_plane_without_a_camera_looks_to_the_front_and_says_so(happy: FilmAI) -> None:
    bpy.context.scene.camera = None
    make(placing="PLANE")
    plane = bpy.data.objects["FilmAI Knight 7"]
    assert not plane.constraints
    assert plane.data.polygons[0].normal.y == pytest.approx(-1)
    assert "no camera" in happy.rows[-1].note


def test_the_scene_decides_what_a_unit_is(happy: FilmAI) -> None:
    bpy.context.scene.unit_settings.scale_length = 0.01
    form = bpy.context.scene.filmai_character
    form.use_height, form.height = True, 270.0
    make()
    places = corners(references()["front"])
    assert places["high right"].z - places["low left"].z == pytest.approx(300, rel=1e-5)
    assert happy.pump.job(happy.rows[-1].job_id).request.height_m == pytest.approx(2.7)


def test_the_feet_stand_at_the_cursor_where_it_was_at_the_click(happy: FilmAI) -> None:
    bpy.context.scene.cursor.location = (1, 2, 3)
    job = press(happy, location="CURSOR")
    bpy.context.scene.cursor.location = (9, 9, 9)
    assert happy.wait_for(job) == "COMPLETED"
    for obj in references().values():
        assert tuple(obj.location) == (1, 2, 3)


def test_one_undo_takes_all_of_it_away(happy: FilmAI) -> None:
    select(bpy.data.objects["Cube"])
    bpy.ops.ed.undo_push(message="selected")
    for placing in ("REFERENCES", "PLANE", "IMAGES"):
        before = content()
        make(placing=placing)
        assert content() != before
        bpy.ops.ed.undo()
        assert content() == before


def test_a_later_run_takes_the_place_of_ours_and_leaves_the_users(happy: FilmAI) -> None:
    make()
    mine = bpy.data.objects.new("My Reference", None)
    mine.empty_display_type = "IMAGE"
    mine.data = bpy.data.images[FRONT]
    mine.rotation_euler = (math.pi / 2, 0, 0)
    bpy.context.collection.objects.link(mine)
    moved = references()["side"]
    moved.location.x = 4
    cube = bpy.data.objects["Cube"]
    cube.parent = references()["back"]
    make(body_seed=8, look_seed=8)
    names = {obj.name for obj in bpy.context.scene.objects if obj.type == "EMPTY"}
    # ours that were moved, or that something hangs on, are the user's by now
    assert names == {"My Reference", SIDE, BACK, *(f"FilmAI Knight 8 {v}" for v in ("Front", "Side", "Back"))}
    assert cube.parent.name == BACK
    bpy.ops.ed.undo()
    assert FRONT in bpy.data.objects
    assert "FilmAI Knight 8 Front" not in bpy.data.objects


def test_a_plane_gives_way_to_a_plane_with_its_mesh_and_material(happy: FilmAI) -> None:
    make(placing="PLANE")
    make()
    assert "FilmAI Knight 7" in bpy.data.objects, "references are of another kind"
    make(placing="PLANE", look_seed=9)
    assert [obj.name for obj in bpy.data.objects if obj.type == "MESH"] == ["Cube", "FilmAI Knight 7-9"]
    assert "FilmAI Knight 7" not in bpy.data.meshes
    assert "FilmAI Knight 7" not in bpy.data.materials


def test_variations_wait_in_the_list_of_images(happy: FilmAI) -> None:
    bpy.context.scene.filmai_character.variations = 3
    make()
    assert len(references()) == 3
    for seed, waits in ((7, False), (8, True), (9, True)):
        assert bpy.data.images[f"FilmAI Knight {seed} Front"].use_fake_user == waits


def test_pictures_go_into_the_users_folder_and_overwrite_nothing(happy: FilmAI, tmp_path: Path) -> None:
    happy.preferences.image_storage, happy.preferences.images_folder = "FOLDER", str(tmp_path)
    (tmp_path / "knight_07_side.png").write_bytes(b"mine")
    make()
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"knight_07_side.png", *(f"knight_07_2_{view}.png" for view in ("front", "side", "back"))}
    assert (tmp_path / "knight_07_side.png").read_bytes() == b"mine"


def test_the_active_collection_holds_them(happy: FilmAI) -> None:
    collection = bpy.data.collections.new("Cast")
    bpy.context.scene.collection.children.link(collection)
    layer = bpy.context.view_layer.layer_collection.children["Cast"]
    bpy.context.view_layer.active_layer_collection = layer
    make()
    assert {obj["filmai_view"] for obj in collection.objects} == {"front", "side", "back"}


def test_a_collection_that_went_meanwhile_is_replaced_by_the_scenes_own(happy: FilmAI) -> None:
    collection = bpy.data.collections.new("Cast")
    bpy.context.scene.collection.children.link(collection)
    layer = bpy.context.view_layer.layer_collection.children["Cast"]
    bpy.context.view_layer.active_layer_collection = layer
    job = press(happy)
    bpy.data.collections.remove(collection)
    assert happy.wait_for(job) == "COMPLETED"
    assert {obj.name for obj in bpy.context.scene.collection.objects} == {FRONT, SIDE, BACK}
    assert "Cast is gone" in happy.rows[-1].note


def test_a_scene_that_went_meanwhile_fails_the_job_and_keeps_its_files(happy: FilmAI) -> None:
    other = bpy.data.scenes.new("Other")
    bpy.context.window_manager.windows[0].scene = other
    job = press(happy)
    bpy.context.window_manager.windows[0].scene = bpy.data.scenes["Scene"]
    bpy.data.scenes.remove(other)
    before = content()
    assert happy.wait_for(job) == "FAILED"
    assert "'Other' is not there any more" in happy.failure(job).message
    assert content() == before
    assert len(happy.job_folders()) == 1


def test_another_file_gets_nothing(happy: FilmAI) -> None:
    job = press(happy)
    bpy.ops.wm.read_homefile(use_factory_startup=True)
    assert happy.wait_for(job) == "FAILED"
    assert references() == {}


@pytest.mark.parametrize("broken", ["front", "back"])
def test_a_picture_that_cannot_be_read_leaves_the_scene_as_it_was(
    happy: FilmAI, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make()
    before = content()
    pump = happy.module("pump")
    delivery = pump.Delivery

    def spoiled(job: Any) -> Any:
        view = next(view for view in job.result.characters[0].views if view.view == broken)
        Path(view.path).unlink()
        return delivery(job)

    monkeypatch.setattr(pump, "Delivery", spoiled)
    with pytest.raises(RuntimeError, match="cannot be read"):
        make(look_seed=8)
    assert content() == before


def test_a_cancelled_job_changes_nothing(fake: Callable[[str], FilmAI]) -> None:
    filmai = with_network(fake("slow"))
    before = content()
    job = press(filmai)
    filmai.wait_for(job, "RUNNING")
    filmai.pump.cancel(job)
    assert filmai.wait_for(job) == "CANCELLED"
    assert content() == before
    assert filmai.job_folders() == []


def test_redo_makes_the_very_same_and_edit_brings_its_settings_back(happy: FilmAI) -> None:
    form = bpy.context.scene.filmai_character
    form.use_main, form.main, form.use_legs, form.legs = True, (0.25, 0.5, 0.75), True, 0.75
    make(archetype="ROBOT", body_seed=4, look_seed=9, build="HEAVY", truncation=0.5)
    before = bpy.data.images["FilmAI Robot 4-9 Front"]["filmai_character"]
    form.use_main, form.use_legs, form.archetype = False, False, "ALIEN"
    select(references()["side"])
    assert bpy.ops.filmai.redo_job() == {"FINISHED"}
    assert references()["front"].data["filmai_character"] == before
    assert bpy.context.object.name == "FilmAI Robot 4-9 Side", "what was selected stays selected"
    assert bpy.ops.filmai.edit_character() == {"FINISHED"}
    assert (form.archetype, form.body_seed, form.look_seed) == ("ROBOT", 4, 9)
    assert (form.build, form.use_main, form.use_legs) == ("HEAVY", True, True)
    assert (form.truncation, form.legs, form.size, form.custom_size) == (0.5, 0.75, "CUSTOM", 192)
    assert tuple(form.main) == pytest.approx((0.25, 0.5, 0.75))
    make()
    assert references()["front"].data["filmai_character"] == before


def test_redo_works_on_a_plane_and_on_the_last_job(happy: FilmAI) -> None:
    make(placing="PLANE")
    select(bpy.data.objects["FilmAI Knight 7"])
    assert bpy.ops.filmai.redo_job() == {"FINISHED"}
    select()
    assert bpy.ops.filmai.redo_job() == {"FINISHED"}
    assert [obj.name for obj in bpy.data.objects if obj.type == "MESH"] == ["Cube", "FilmAI Knight 7"]


def test_spoiled_notes_are_an_error_that_says_what_to_do(happy: FilmAI) -> None:
    make()
    front = references()["front"]
    select(front)
    for spoiled in ("{}", "nonsense", front.data["filmai_character"].replace("1.0", '"much"')):
        front.data["filmai_character"] = spoiled
        with pytest.raises(RuntimeError, match="Character panel instead"):
            bpy.ops.filmai.redo_job()
        with pytest.raises(RuntimeError, match="Character panel instead"):
            bpy.ops.filmai.edit_character()


def test_impossible_heights_and_empty_picks_are_told(happy: FilmAI) -> None:
    form = bpy.context.scene.filmai_character
    form.use_height, form.height = True, 12.0
    with pytest.raises(RuntimeError, match="height_m 12"):
        make()
    form.use_height = False
    with pytest.raises(RuntimeError, match="gives the body is not picked yet"):
        bpy.ops.filmai.mix_characters()
    with pytest.raises(RuntimeError, match="no preview 3"):
        bpy.ops.filmai.choose_character(index=3)
    with pytest.raises(RuntimeError, match="shows no character"):
        bpy.ops.filmai.pick_character(end="BODY")
    with pytest.raises(RuntimeError, match="no image of a character"):
        bpy.ops.filmai.mix_characters(body="Cube", look="Cube")


def cells(filmai: FilmAI) -> tuple[Any, ...]:
    return tuple(filmai.module("sheet_view").CHARACTERS.cells())


def test_a_sheet_to_choose_from_changes_nothing_in_the_file(happy: FilmAI) -> None:
    before = content()
    assert bpy.ops.filmai.preview_characters(count="9", vary="LOOK") == {"FINISHED"}
    assert content() == before
    assert [cell.title for cell in cells(happy)][:3] == ["Knight 7", "Knight 7-8", "Knight 7-9"]
    icon = happy.module("scene.preview_sheet")._icons["characters"]["4"]
    assert tuple(icon.image_size) == (192, 192)
    bpy.ops.filmai.preview_characters(further=True)
    assert cells(happy)[0].settings.look_seed == 16
    bpy.ops.filmai.preview_characters(like=2, vary="BODY", count="16")
    seeds = [(cell.settings.body_seed, cell.settings.look_seed) for cell in cells(happy)]
    assert (len(seeds), seeds[0], seeds[1]) == (16, (7, 18), (8, 18))
    assert happy.module("sheet_view").MATERIALS.cells() == ()


def test_a_click_makes_that_very_character_placed_as_the_panel_says(happy: FilmAI) -> None:
    form = bpy.context.scene.filmai_character
    bpy.ops.filmai.preview_characters(vary="BOTH")
    form.archetype, form.placing, form.size = "MONK", "PLANE", "512"
    assert bpy.ops.filmai.choose_character(index=3) == {"FINISHED"}
    plane = bpy.data.objects["FilmAI Knight 10"]
    assert plane.active_material.node_tree.nodes.active.image.size[1] == 512


def test_mixing_takes_the_body_of_one_and_the_look_of_the_other(happy: FilmAI) -> None:
    form = bpy.context.scene.filmai_character
    bpy.ops.filmai.preview_characters(vary="BOTH")
    bpy.ops.filmai.pick_character(end="BODY", preview=1)
    form.use_main, form.main = True, (1, 0, 0)
    make(archetype="PIRATE", body_seed=20, look_seed=20, placing="IMAGES")
    bpy.ops.filmai.preview_characters(like=-1)
    select()
    make(archetype="PIRATE", body_seed=20, look_seed=20)
    select(references()["front"])
    bpy.ops.filmai.pick_character(end="LOOK")
    assert (form.body_title, form.look_title) == ("Knight 8", "Pirate 20")
    assert bpy.ops.filmai.mix_characters() == {"FINISHED"}
    settings = happy.pump.job(happy.rows[-1].job_id).target.settings
    assert (settings.archetype, settings.body_seed) == ("knight", 8)
    assert (settings.look_archetype, settings.look_seed, settings.main.red) == ("pirate", 20, 1)
    assert "FilmAI Knight 8 as Pirate 20 Front" in bpy.data.images
    assert bpy.ops.filmai.mix_characters(
        body="FilmAI Pirate 20 Front", look="FilmAI Knight 8 as Pirate 20 Side"
    )


def panel(filmai: FilmAI, name: str) -> list[str]:
    context = SimpleNamespace(
        scene=bpy.context.scene,
        preferences=SimpleNamespace(system=SimpleNamespace(ui_scale=1.25)),
        region=SimpleNamespace(width=292),
        space_data=SimpleNamespace(type="IMAGE_EDITOR"),
    )
    return drawn(filmai, name, context)


def test_the_panels_draw_and_show_progress(fake: Callable[[str], FilmAI]) -> None:
    filmai = with_network(fake("slow"))
    job = press(filmai)
    filmai.wait_for(job, "RUNNING")
    for space in ("view3d", "image"):
        shown = panel(filmai, f"FILMAI_PT_character_{space}")
        assert {"<archetype>", "<body_seed>", "<truncation>", "<placing>", "<opacity>", "Knight 7"} <= set(
            shown
        )
        assert "(filmai.generate_character)" in shown
        assert "<legs>" in panel(filmai, f"FILMAI_PT_character_body_{space}")
        assert "Body: pick one" in panel(filmai, f"FILMAI_PT_character_mix_{space}")
        assert panel(filmai, f"FILMAI_PT_character_sheet_{space}")[-1] == "(filmai.preview_characters)"
    assert "Knight 7" not in panel(filmai, "FILMAI_PT_texture_view3d")


def test_the_sheets_panel_shows_its_pictures(happy: FilmAI) -> None:
    bpy.ops.filmai.preview_characters(count="9")
    shown = panel(happy, "FILMAI_PT_character_sheet_view3d")
    assert shown.count("[icon]") == 9
    assert shown.count("(Make)") == 9


def test_without_its_network_nothing_is_offered_and_the_job_says_why(filmai: FilmAI) -> None:
    view = filmai.module("character_view")
    view.publish(False)
    assert not bpy.ops.filmai.generate_character.poll()
    assert not bpy.types.FILMAI_PT_character_view3d.poll(bpy.context)
    assert not any("character" in line for line in drawn(filmai, "FILMAI_MT_main"))
    with_network(filmai)
    folder = filmai.module("paths").models_folder() / filmai.module("contract").CHARACTER_MODEL
    away = folder.parent.parent / "characters away"
    folder.rename(away)
    try:
        with pytest.raises(RuntimeError, match="without its network for characters"):
            make()
    finally:
        filmai.module("session").close()
        away.rename(folder)
    assert any("generate_character" in line for line in drawn(filmai, "FILMAI_MT_main"))


def test_the_search_finds_it_by_its_name(happy: FilmAI) -> None:
    assert bpy.ops.filmai.generate_character.get_rna_type().name == "Generate Character Concept"
    for verb in ("generate_character", "preview_characters", "choose_character", "mix_characters"):
        kind = getattr(bpy.ops.filmai, verb).get_rna_type()
        assert kind.description
        assert all(prop.description for prop in kind.properties if prop.identifier != "rna_type")


def test_the_same_seed_has_the_same_bytes_by_button_and_by_script(tiny: FilmAI) -> None:
    def digests() -> list[bytes]:
        return [hashlib.sha256(obj.data.packed_file.data).digest() for _, obj in sorted(references().items())]

    make(archetype="CREATURE", body_seed=3, look_seed=3)
    first = digests()
    assert len(first) == 2
    assert tiny.wait_for(press(tiny, archetype="CREATURE", body_seed=3, look_seed=3)) == "COMPLETED"
    assert digests() == first
    make(archetype="CREATURE", body_seed=3, look_seed=4)
    assert not set(digests()) & set(first)


def test_the_painted_figure_stands_with_its_feet_on_the_ground(tiny: FilmAI) -> None:
    form = bpy.context.scene.filmai_character
    form.use_height, form.height = True, 1.75
    make(archetype="ROBOT")
    for view in ("front", "side"):
        obj = references()[view]
        width, height = obj.data.size
        pixels = list(obj.data.pixels)
        alpha = [max(pixels[row * width * 4 + 3 : (row + 1) * width * 4 : 4]) for row in range(height)]
        solid = [row for row, value in enumerate(alpha) if value > 0.5]
        places = corners(obj)
        metres = (places["high right"].z - places["low left"].z) / height
        feet, top = (places["low left"].z + row * metres for row in (solid[0], solid[-1] + 1))
        # within a pixel of the network's
        assert abs(feet) <= height * metres / HEIGHT_PX
        assert top >= 1.75 - height * metres / HEIGHT_PX


def test_nothing_selected_changes_and_other_objects_stay(happy: FilmAI) -> None:
    cube, other = bpy.data.objects["Cube"], add("torus")
    select(cube, other)
    before = content()
    make()
    after = content()
    assert after["selected"] == before["selected"]
    assert {name: after["objects"][name] for name in before["objects"]} == before["objects"]
