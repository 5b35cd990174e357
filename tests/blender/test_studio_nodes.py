"""The material of the Texture Studio: its nodes, colour spaces and relief. With the fake worker."""

from collections.abc import Callable

import bpy
import numpy as np
import pytest

from tests.blender.conftest import FilmAI
from tests.blender.objects import labelled, maps_of, node, pictures_across, select, source_of, without_uvs

MAPS = ("basecolor", "height", "roughness", "metallic", "normal", "occlusion")


@pytest.fixture
def happy(fake: Callable[[str], FilmAI]) -> FilmAI:
    filmai = fake("happy")
    form = bpy.context.scene.filmai_studio
    form.size, form.custom_width, form.custom_height = "CUSTOM", 64, 64
    form.use_real_size, form.picture_width, form.relief_depth = False, 1.0, 0.02
    return filmai


def make(**settings: object) -> bpy.types.Material:
    assert bpy.ops.filmai.generate_material(**settings) == {"FINISHED"}
    return bpy.context.view_layer.objects.active.active_material


def test_every_map_is_packed_named_and_of_the_right_colour_space(happy: FilmAI) -> None:
    material = make(family="BRICK", layout_seed=7, look_seed=12)
    assert material.name == "FilmAI Brick 7-12"
    images = maps_of(material)
    assert set(images) == set(MAPS)
    assert images["basecolor"].name == "FilmAI Brick 7-12 Base Color"
    for kind, image in images.items():
        assert image.colorspace_settings.name == ("sRGB" if kind == "basecolor" else "Non-Color"), kind
        assert image.packed_file is not None
        assert tuple(image.size) == (64, 64)
    assert images["height"].filepath == "//textures/brick_07-12_height.png"
    assert happy.job_folders() == []


def test_numbers_arrive_in_the_pixels_as_they_were_written(happy: FilmAI) -> None:
    images = maps_of(make(layout_seed=7))
    height = np.empty(64 * 64 * 4, np.float32)
    images["height"].pixels.foreach_get(height)
    # 16 bits deep, and no colour management in between
    low = np.float32(7 * 911 / 65535)
    assert sorted(set(height[::4].round(6))) == pytest.approx([low, 60_000 / 65535], abs=1e-5)


def test_colour_roughness_and_metal_are_linked(happy: FilmAI) -> None:
    material = make()
    surface = node(bpy.data.objects["Cube"], "ShaderNodeBsdfPrincipled")
    shade = source_of(surface.inputs["Base Color"])
    assert (shade.bl_idname, shade.blend_type, shade.label) == (
        "ShaderNodeMix",
        "MULTIPLY",
        "Occlusion Strength",
    )
    sockets = {socket.identifier: socket for socket in shade.inputs}
    assert source_of(sockets["A_Color"]) == labelled(material, "Base Color")
    assert source_of(sockets["B_Color"]) == labelled(material, "Occlusion")
    assert sockets["Factor_Float"].default_value == 0.5
    assert not sockets["Factor_Float"].is_linked, "how much is the user's to say"
    assert source_of(surface.inputs["Roughness"]) == labelled(material, "Roughness")
    assert source_of(surface.inputs["Metallic"]) == labelled(material, "Metallic")
    assert material.node_tree.nodes.active == labelled(material, "Base Color")


def test_the_normal_map_follows_the_same_uv_map_as_the_pictures(happy: FilmAI) -> None:
    cube = bpy.data.objects["Cube"]
    cube.data.uv_layers[0].name = "Bake"
    material = make(relief="NORMAL")
    surface = node(cube, "ShaderNodeBsdfPrincipled")
    relief = source_of(surface.inputs["Normal"])
    assert (relief.bl_idname, relief.uv_map) == ("ShaderNodeNormalMap", "Bake")
    assert source_of(relief.inputs["Color"]) == labelled(material, "Normal")
    assert node(cube, "ShaderNodeUVMap").uv_map == "Bake"
    assert not node(cube, "ShaderNodeOutputMaterial").inputs["Displacement"].is_linked


def test_bumps_are_as_deep_as_the_relief(happy: FilmAI) -> None:
    material = make(relief="BUMP")
    relief = source_of(node(bpy.data.objects["Cube"], "ShaderNodeBsdfPrincipled").inputs["Normal"])
    assert relief.bl_idname == "ShaderNodeBump"
    assert relief.inputs["Distance"].default_value == pytest.approx(0.02)
    assert source_of(relief.inputs["Height"]) == labelled(material, "Height")


def test_displacement_moves_the_surface_by_metres(happy: FilmAI) -> None:
    bpy.context.scene.unit_settings.scale_length = 0.01
    # the panel keeps lengths in Blender units, here centimetres
    bpy.context.scene.filmai_studio.picture_width = 100.0
    bpy.context.scene.filmai_studio.relief_depth = 2.0
    material = make(relief="DISPLACEMENT")
    output = node(bpy.data.objects["Cube"], "ShaderNodeOutputMaterial")
    relief = source_of(output.inputs["Displacement"])
    assert (relief.bl_idname, relief.space) == ("ShaderNodeDisplacement", "WORLD")
    assert relief.inputs["Scale"].default_value == pytest.approx(2.0)
    assert relief.inputs["Midlevel"].default_value == 0.5
    assert source_of(relief.inputs["Height"]) == labelled(material, "Height")
    assert material.displacement_method == "BOTH"
    assert not node(bpy.data.objects["Cube"], "ShaderNodeBsdfPrincipled").inputs["Normal"].is_linked


@pytest.mark.parametrize("relief", ["NORMAL", "BUMP", "DISPLACEMENT"])
def test_projected_every_picture_is_and_a_normal_map_gives_way_to_bumps(happy: FilmAI, relief: str) -> None:
    material = make(projection="BOX", relief=relief)
    textures = [node for node in material.node_tree.nodes if node.bl_idname == "ShaderNodeTexImage"]
    assert {texture.projection for texture in textures} == {"BOX"}
    (link,) = {texture.inputs["Vector"].links[0].from_node.name for texture in textures}
    mapping = material.node_tree.nodes[link]
    assert mapping.inputs["Vector"].links[0].from_socket.name == "Object"
    kinds = {node.bl_idname for node in material.node_tree.nodes}
    assert ("ShaderNodeBump" in kinds) == (relief != "DISPLACEMENT")
    assert ("ShaderNodeDisplacement" in kinds) == (relief == "DISPLACEMENT")
    assert ("normal map needs a UV map" in happy.rows[-1].note) == (relief == "NORMAL")


def test_an_object_without_uvs_is_projected(happy: FilmAI) -> None:
    bare = without_uvs()
    select(bare)
    make()
    assert node(bare, "ShaderNodeTexImage").projection == "BOX"


def test_no_two_nodes_lie_on_each_other(happy: FilmAI) -> None:
    for relief in ("NORMAL", "BUMP", "DISPLACEMENT"):
        nodes = make(relief=relief).node_tree.nodes
        places = [tuple(node.location) for node in nodes]
        assert len(set(places)) == len(places), relief


def test_with_nothing_selected_the_material_is_made_and_kept(happy: FilmAI, tmp_path: object) -> None:
    select()
    assert bpy.ops.filmai.generate_material(family="SAND", layout_seed=3, look_seed=3) == {"FINISHED"}
    material = bpy.data.materials["FilmAI Sand 3"]
    assert material.use_fake_user
    assert pictures_across(material)[:2] == (1.0, 1.0)
    bpy.ops.wm.save_as_mainfile(filepath=f"{tmp_path}/scene.blend")
    bpy.ops.wm.open_mainfile(filepath=f"{tmp_path}/scene.blend")
    assert set(maps_of(bpy.data.materials["FilmAI Sand 3"])) == set(MAPS)


def test_the_first_variation_is_worn_and_the_others_wait(happy: FilmAI) -> None:
    bpy.context.scene.filmai_studio.vary = "LOOK"
    make(family="MOSS", layout_seed=5, look_seed=8, variations=3)
    names = ["FilmAI Moss 5-8", "FilmAI Moss 5-9", "FilmAI Moss 5-10"]
    assert bpy.data.objects["Cube"].active_material.name == names[0]
    assert [bpy.data.materials[name].use_fake_user for name in names] == [False, True, True]
    assert happy.rows[-1].title == "Moss 5-8, 3 variations"
