"""Pictures of the studio have a size in metres, whatever the object's size, scale and units. With the fake worker."""

import math
from collections.abc import Callable
from pathlib import Path

import bpy
import numpy as np
import pytest
from mathutils import Vector

from tests.blender.conftest import FilmAI
from tests.blender.objects import add, node, pictures_across, select, without_uvs


@pytest.fixture
def happy(fake: Callable[[str], FilmAI]) -> FilmAI:
    filmai = fake("happy")
    form = bpy.context.scene.filmai_studio
    form.size, form.custom_width, form.custom_height = "CUSTOM", 64, 64
    form.use_real_size, form.picture_width, form.relief_depth = False, 1.0, 0.01
    return filmai


def across(*objects: bpy.types.Object, **settings: object) -> tuple[float, float, float]:
    """How many pictures lie along each axis of the first of the objects, which all get the material."""
    select(*reversed(objects))
    assert bpy.ops.filmai.generate_material(**settings) == {"FINISHED"}
    return pictures_across(objects[0].active_material)


def test_a_plane_of_two_metres_shows_two_pictures_of_one(happy: FilmAI) -> None:
    assert across(add("plane", size=2.0))[:2] == pytest.approx((2, 2))


def test_one_and_a_half_picture_where_the_plane_ends_there(happy: FilmAI) -> None:
    bpy.context.scene.filmai_studio.picture_width = 1.2
    assert across(add("plane", size=3.0))[:2] == pytest.approx((2.5, 2.5), rel=1e-4)


def test_a_scaled_object_is_as_large_as_it_looks(happy: FilmAI) -> None:
    plane = add("plane", size=2.0)
    plane.scale = (3.0, 0.5, 1.0)
    assert across(plane)[:2] == pytest.approx((6, 1))
    plane.scale, plane.rotation_euler = (2.0, 2.0, 2.0), (0.3, 1.0, 0.2)
    assert across(plane)[:2] == pytest.approx((4, 4), rel=1e-3)
    plane.scale = (-2.0, 2.0, 2.0)
    assert across(plane)[:2] == pytest.approx((4, 4), rel=1e-3)


def test_a_parents_scale_counts(happy: FilmAI) -> None:
    empty = bpy.data.objects.new("Parent", None)
    bpy.context.collection.objects.link(empty)
    empty.scale = (2.0, 2.0, 2.0)
    plane = add("plane", size=2.0)
    plane.parent = empty
    assert across(plane)[:2] == pytest.approx((4, 4))


@pytest.mark.parametrize(("system", "times"), [("METRIC", 2 * 0.01), ("NONE", 2)])
def test_the_scenes_units_are_respected(happy: FilmAI, system: str, times: float) -> None:
    units = bpy.context.scene.unit_settings
    units.system, units.scale_length = system, 0.01
    form = bpy.context.scene.filmai_studio
    # one metre, which is a hundred units of a centimetre; without units the number is what it is
    form.picture_width = 100.0 if system == "METRIC" else 1.0
    assert across(add("plane", size=2.0))[:2] == pytest.approx((times, times), rel=1e-4)


def test_the_familys_own_size_follows_the_units(happy: FilmAI) -> None:
    form = bpy.context.scene.filmai_studio
    bpy.context.scene.unit_settings.scale_length = 0.01
    form.family = "LAVA"
    form.use_real_size = True
    assert form.picture_width == pytest.approx(300.0), "three metres in centimetres"
    form.family = "FABRIC_WEAVE"
    assert form.picture_width == pytest.approx(5.0)
    assert across(add("plane", size=100.0))[:2] == pytest.approx((20, 20), rel=1e-4)


def test_a_uv_map_that_is_used_in_part_is_reckoned_with(happy: FilmAI) -> None:
    # each face of the cube takes a quarter of the UV square, and is two metres wide
    assert across(bpy.data.objects["Cube"])[:2] == pytest.approx((8, 8), rel=1e-3)


def test_around_a_closed_uv_map_pictures_meet_themselves(happy: FilmAI) -> None:
    round_, tall = add("cylinder", radius=1.1, depth=3.3, end_fill_type="NOTHING"), 3.3
    x, y, _ = across(round_)
    assert x == round(2 * math.pi * 1.1) == 7
    upright = [loop.uv.y for loop in round_.data.uv_layers[0].data]
    # Blender lays the cylinder's side over half of the square
    assert y == pytest.approx(tall / (max(upright) - min(upright)), rel=1e-3)
    assert y != round(y)


def test_a_picture_that_is_not_square_keeps_its_shape(happy: FilmAI) -> None:
    assert across(add("plane", size=2.0), width=128, height=64)[:2] == pytest.approx((2, 4))
    bare = without_uvs()
    x, y, z = across(bare, width=128, height=64, projection="BOX")
    assert (x, y, z) == pytest.approx((1, 1, 2))
    assert "stretched on top" in happy.rows[-1].note


def test_projected_pictures_have_their_size_on_a_scaled_object(happy: FilmAI) -> None:
    bare = without_uvs()
    bare.scale = (2.0, 1.0, 0.5)
    assert across(bare) == pytest.approx((2, 1, 0.5))
    bpy.context.scene.unit_settings.scale_length = 10.0
    bpy.context.scene.filmai_studio.picture_width = 0.1
    bpy.context.scene.filmai_studio.relief_depth = 0.001
    assert across(bare) == pytest.approx((20, 10, 5))


@pytest.mark.parametrize("turn", [(math.pi / 2, 0.0, 0.0), (0.0, math.pi / 2, 0.0)])
def test_a_plane_that_stands_shows_the_projected_picture_upright(
    happy: FilmAI, tmp_path: Path, turn: tuple[float, float, float]
) -> None:
    bpy.context.scene.filmai_studio.picture_width = 2.0
    wall = add("plane", size=2.0, location=(0.0, 50.0, 0.0))
    wall.rotation_euler = turn
    wall.data.uv_layers.remove(wall.data.uv_layers[0])
    bpy.context.view_layer.update()
    select(wall)
    assert bpy.ops.filmai.generate_material() == {"FINISHED"}
    seen = looked_at(wall, stripes(), tmp_path / "seen.png")
    # which end is up depends on how the plane was turned; a joint that lies must not stand
    assert seen.std(axis=0).mean() > 10 * seen.std(axis=1).mean() + 0.05


def stripes() -> bpy.types.Image:
    """Four bright and four dark rows."""
    image = bpy.data.images.new("Stripes", 8, 8)
    image.pixels[:] = [value for row in range(8) for value in 8 * (row % 2, row % 2, row % 2, 1)]
    return image


def looked_at(wall: bpy.types.Object, picture: bpy.types.Image, path: Path) -> np.ndarray:
    """Brightness (32, 32) of the wall as Cycles sees it from straight in front, wearing that picture."""
    tree = wall.active_material.node_tree
    texture, output = node(wall, "ShaderNodeTexImage"), node(wall, "ShaderNodeOutputMaterial")
    texture.image, texture.interpolation = picture, "Closest"
    glow = tree.nodes.new("ShaderNodeEmission")
    tree.links.new(texture.outputs["Color"], glow.inputs["Color"])
    tree.links.new(glow.outputs[0], output.inputs["Surface"])
    data = bpy.data.cameras.new("Eye")
    data.type, data.ortho_scale = "ORTHO", 1.9
    eye = bpy.data.objects.new("Eye", data)
    bpy.context.collection.objects.link(eye)
    away = wall.matrix_world.to_3x3() @ Vector((0.0, 0.0, 1.0))
    eye.location = wall.location + 5 * away
    eye.rotation_euler = away.to_track_quat("Z", "Y").to_euler()
    scene = bpy.context.scene
    scene.camera, scene.render.engine, scene.cycles.samples = eye, "CYCLES", 1
    scene.render.resolution_x = scene.render.resolution_y = 32
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    seen = bpy.data.images.load(str(path))
    return np.array(seen.pixels[:], np.float32).reshape(32, 32, 4)[..., 0]


def test_objects_of_one_size_share_a_material_and_all_share_the_images(happy: FilmAI) -> None:
    small, same, large = add("plane", size=2.0), add("plane", size=2.0), add("plane", size=4.0)
    small.rotation_euler = (0.1, 0.7, 2.0)
    across(small, same, large)
    assert small.active_material == same.active_material != large.active_material
    assert pictures_across(large.active_material)[:2] == pytest.approx((4, 4))
    assert len([image for image in bpy.data.images if "filmai_map" in image]) == 6


def test_copies_of_one_mesh_in_two_sizes_wear_a_material_each(happy: FilmAI) -> None:
    plane = add("plane", size=2.0)
    large = plane.copy()
    bpy.context.collection.objects.link(large)
    large.scale = (2.0, 2.0, 2.0)
    for _twice in range(2):
        across(plane, large)
        assert pictures_across(plane.active_material)[:2] == pytest.approx((2, 2))
        assert pictures_across(large.active_material)[:2] == pytest.approx((4, 4))
    assert plane.data == large.data
    assert len(plane.material_slots) == 1


def test_in_edit_mode_the_size_is_that_of_what_is_edited(happy: FilmAI) -> None:
    plane = add("plane", size=2.0)
    select(plane)
    bpy.ops.object.mode_set(mode="EDIT")
    assert across(plane)[:2] == pytest.approx((2, 2), rel=1e-3)
    assert bpy.context.mode == "EDIT_MESH"


def test_a_uv_map_without_area_or_an_object_without_faces_is_no_error(happy: FilmAI) -> None:
    flat = add("plane")
    for corner in flat.data.uv_layers[0].data:
        corner.uv = (0.5, 0.5)
    assert across(flat)[:2] == (1, 1)
    empty = bpy.data.objects.new("Empty", bpy.data.meshes.new("Empty"))
    bpy.context.collection.objects.link(empty)
    empty.data.uv_layers.new()
    across(empty)
    nothing = add("plane")
    nothing.scale = (0.0, 0.0, 0.0)
    across(nothing)


def test_text_and_curves_are_projected(happy: FilmAI) -> None:
    bpy.ops.object.text_add()
    assert across(bpy.context.object) == pytest.approx((1, 1, 1))
