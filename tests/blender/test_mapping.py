"""How a picture is laid onto objects: UV maps, projection, repeats. With the fake worker."""

from collections.abc import Callable

import bpy
import pytest

from tests.blender.conftest import FilmAI, filmai_image
from tests.blender.objects import add, node, select, source_of, without_uvs


@pytest.fixture
def happy(fake: Callable[[str], FilmAI]) -> FilmAI:
    return fake("happy")


def test_the_material_is_principled_and_reads_the_objects_uvs(happy: FilmAI) -> None:
    cube = bpy.data.objects["Cube"]
    cube.data.uv_layers[0].name = "Bake"
    bpy.ops.filmai.generate_texture(size=64)
    output = node(cube, "ShaderNodeOutputMaterial")
    surface = source_of(output.inputs["Surface"])
    texture = source_of(surface.inputs["Base Color"])
    mapping = source_of(texture.inputs["Vector"])
    uv_map = source_of(mapping.inputs["Vector"])
    assert (surface.bl_idname, texture.bl_idname) == ("ShaderNodeBsdfPrincipled", "ShaderNodeTexImage")
    assert (uv_map.bl_idname, uv_map.uv_map) == ("ShaderNodeUVMap", "Bake")
    assert cube.active_material.node_tree.nodes.active == texture


def test_an_object_without_uvs_gets_one_picture_across_its_longest_side(happy: FilmAI) -> None:
    bare = without_uvs((2.0, 4.0, 8.0))
    select(bare)
    bpy.ops.filmai.generate_texture(size=64)
    texture = node(bare, "ShaderNodeTexImage")
    assert (texture.projection, round(texture.projection_blend, 3)) == ("BOX", 0.2)
    mapping = source_of(texture.inputs["Vector"])
    assert tuple(mapping.inputs["Scale"].default_value) == pytest.approx((1 / 8, 1 / 8, 1 / 8))
    assert tuple(mapping.inputs["Location"].default_value) == pytest.approx((0.5, 0.5, 0.5))
    link = mapping.inputs["Vector"].links[0]
    assert (link.from_node.bl_idname, link.from_socket.name) == ("ShaderNodeTexCoord", "Object")


def pictures(obj: bpy.types.Object) -> float:
    """How many lie side by side across the UV square, or across one Blender unit."""
    scale = source_of(node(obj, "ShaderNodeTexImage").inputs["Vector"]).inputs["Scale"].default_value
    assert scale[0] == scale[1] == scale[2]
    return float(scale[0])


def test_one_picture_spans_a_face_however_small_its_part_of_the_uv_map(happy: FilmAI) -> None:
    # the cube's faces take a quarter of the UV square each, the plane's one takes all
    cube, plane, sphere = bpy.data.objects["Cube"], add("plane"), add("uv_sphere")
    select(cube, plane, sphere)
    bpy.ops.filmai.generate_texture(size=64)
    assert (pictures(cube), pictures(plane), pictures(sphere)) == (4, 1, 2)
    assert filmai_image(cube) == filmai_image(plane) == filmai_image(sphere)
    # of a heavy mesh a part of the faces is looked at
    heavy = add("uv_sphere", segments=128, ring_count=64)
    select(heavy)
    bpy.ops.filmai.generate_texture(size=64)
    assert pictures(heavy) == 2


def test_repeat_multiplies_the_pictures_and_a_redo_keeps_it(happy: FilmAI) -> None:
    cube, bare = bpy.data.objects["Cube"], without_uvs((1, 1, 8))
    select(cube, bare)
    bpy.ops.filmai.generate_texture(size=64, repeat=2.5)
    assert (pictures(cube), pictures(bare)) == (10, 2.5 / 8)
    select(bare)
    bpy.ops.filmai.redo_job()
    assert pictures(bare) == 2.5 / 8
    bpy.context.scene.filmai.repeat = 3.0
    bpy.ops.filmai.generate_texture(size=64)
    assert pictures(bare) == 3 / 8


def test_a_uv_map_without_area_or_hidden_by_edit_mode_is_used_as_it_is(happy: FilmAI) -> None:
    flat, edited = add("plane"), add("cube")
    for corner in flat.data.uv_layers[0].data:
        corner.uv = (0.5, 0.5)
    select(flat)
    bpy.ops.filmai.generate_texture(size=64)
    assert pictures(flat) == 1
    select(edited)
    bpy.ops.object.mode_set(mode="EDIT")
    bpy.ops.filmai.generate_texture(size=64)
    assert pictures(edited) in {1, 4}


def test_objects_with_and_without_uvs_share_the_image(happy: FilmAI) -> None:
    cube, small, large = bpy.data.objects["Cube"], without_uvs((1, 1, 1)), without_uvs((4, 4, 4))
    select(cube, small, large)
    bpy.ops.filmai.generate_texture(size=64)
    assert small.active_material == large.active_material != cube.active_material
    assert filmai_image(cube) == filmai_image(small)
    scale = source_of(node(small, "ShaderNodeTexImage").inputs["Vector"]).inputs["Scale"]
    assert scale.default_value[0] == pytest.approx(1 / 4), "one scale for all, the largest one's"
