"""The Texture Studio with the worker and the network that are in the zip: make, look at the scene, keep, change."""

import hashlib
from pathlib import Path
from typing import Any

import bpy
import pytest

from tests.blender.conftest import FilmAI, content

KINDS = {"basecolor", "height", "roughness", "metallic", "normal", "occlusion"}
SMALL = {"width": 128, "height": 128}


def nodes_of(material: Any, kind: str) -> list[Any]:
    return [node for node in material.node_tree.nodes if node.bl_idname == kind]


def images_of(material: Any) -> dict[str, Any]:
    """By the words that the panel has for them."""
    return {node.label: node.image for node in nodes_of(material, "ShaderNodeTexImage")}


def worn() -> Any:
    return bpy.data.objects["Cube"].active_material


def flows_into(material: Any, kind: str) -> set[str]:
    """The sockets that nodes of that kind feed."""
    return {link.to_socket.name for link in material.node_tree.links if link.from_node.bl_idname == kind}


def test_a_script_call_gives_a_material_with_all_its_maps(filmai: FilmAI) -> None:
    assert bpy.ops.filmai.generate_material(family="BRICK", layout_seed=3, look_seed=4, **SMALL) == {
        "FINISHED"
    }
    images = images_of(worn())
    assert len(images) == len(KINDS)
    spaces = {label: image.colorspace_settings.name for label, image in images.items()}
    assert [label for label, name in spaces.items() if name == "sRGB"] == ["Base Color"]
    assert {name for label, name in spaces.items() if label != "Base Color"} == {"Non-Color"}
    assert all(tuple(image.size) == (128, 128) and image.packed_file for image in images.values())
    assert filmai.job_folders() == [], "a delivered result leaves no files behind"


def test_one_undo_takes_it_all_away(filmai: FilmAI) -> None:
    before = content()
    job = bpy.ops.filmai.generate_material(family="MOSS", variations=2, **SMALL)
    assert job == {"FINISHED"}
    assert content() != before
    bpy.ops.ed.undo()
    assert content() == before


@pytest.mark.parametrize(
    ("relief", "node", "socket"),
    [
        ("NORMAL", "ShaderNodeNormalMap", "Normal"),
        ("BUMP", "ShaderNodeBump", "Normal"),
        ("DISPLACEMENT", "ShaderNodeDisplacement", "Displacement"),
    ],
)
def test_the_relief_is_shown_as_was_chosen(filmai: FilmAI, relief: str, node: str, socket: str) -> None:
    bpy.ops.filmai.generate_material(family="BRICK", relief=relief, **SMALL)
    assert flows_into(worn(), node) == {socket}
    reliefs = {"ShaderNodeNormalMap", "ShaderNodeBump", "ShaderNodeDisplacement"}
    assert {kind for kind in reliefs if nodes_of(worn(), kind)} == {node}
    if relief == "DISPLACEMENT":
        assert worn().displacement_method == "BOTH"


def test_it_can_be_projected_from_six_sides(filmai: FilmAI) -> None:
    bpy.ops.filmai.generate_material(family="BRICK", projection="BOX", **SMALL)
    assert {node.projection for node in nodes_of(worn(), "ShaderNodeTexImage")} == {"BOX"}
    assert not nodes_of(worn(), "ShaderNodeUVMap")


@pytest.mark.parametrize(("unit", "times"), [(1.0, 2.0), (0.5, 1.0)])
def test_pictures_have_their_width_in_metres(filmai: FilmAI, unit: float, times: float) -> None:
    bpy.ops.mesh.primitive_plane_add(size=2)
    bpy.context.scene.unit_settings.scale_length = unit
    form = bpy.context.scene.filmai_studio
    form.use_real_size = False
    form.picture_width = 1 / unit
    bpy.ops.filmai.generate_material(family="BRICK", **SMALL)
    (mapping,) = nodes_of(bpy.context.object.active_material, "ShaderNodeMapping")
    assert mapping.inputs["Scale"].default_value[0] == pytest.approx(times, rel=0.01)


def test_words_set_what_they_say_and_name_what_they_do_not(filmai: FilmAI) -> None:
    form = bpy.context.scene.filmai_studio
    form.prompt = "mossy cobblestone, dark red, herringbone, blargh"
    assert (form.family, form.use_mix, form.mix_family) == ("COBBLESTONE", True, "MOSS")
    assert form.use_base
    assert form.base[0] > form.base[2]
    assert form.pattern == "HERRINGBONE"
    assert "blargh" in form.not_understood
    assert "mossy" in form.understood
    form.prompt = "大理石"
    assert (form.family, form.use_mix, form.use_base, form.pattern) == ("MARBLE", False, False, "OWN")
    assert form.not_understood == ""


def test_a_material_can_be_made_again_byte_for_byte_and_edited(filmai: FilmAI) -> None:
    bpy.ops.filmai.generate_material(prompt="white marble with dark veins", look_seed=9, **SMALL)
    before = {
        label: hashlib.sha256(image.packed_file.data).digest() for label, image in images_of(worn()).items()
    }
    form = bpy.context.scene.filmai_studio
    form.family = "SAND"
    assert bpy.ops.filmai.redo_job() == {"FINISHED"}
    after = {
        label: hashlib.sha256(image.packed_file.data).digest() for label, image in images_of(worn()).items()
    }
    assert after == before
    assert bpy.ops.filmai.edit_material() == {"FINISHED"}
    assert (form.family, form.look_seed, form.use_base, form.use_second) == ("MARBLE", 9, True, True)
    assert form.size == "CUSTOM"
    assert (form.custom_width, form.custom_height) == (128, 128)


@pytest.mark.parametrize(("change", "stays"), [("LAYOUT", "look_seed"), ("LOOK", "layout_seed")])
def test_more_like_this_changes_one_seed(filmai: FilmAI, change: str, stays: str) -> None:
    bpy.ops.filmai.generate_material(family="BRICK", layout_seed=3, look_seed=4, **SMALL)
    assert bpy.ops.filmai.vary_material(change=change) == {"FINISHED"}
    bpy.ops.filmai.edit_material()
    form = bpy.context.scene.filmai_studio
    seeds = {"layout_seed": form.layout_seed, "look_seed": form.look_seed}
    assert seeds[stays] == {"layout_seed": 3, "look_seed": 4}[stays]
    assert seeds != {"layout_seed": 3, "look_seed": 4}


def test_maps_are_saved_under_their_usual_names_and_over_nothing(filmai: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_material(family="BRICK", layout_seed=7, look_seed=7, **SMALL)
    for _ in range(2):
        assert bpy.ops.filmai.save_material_maps(directory=str(tmp_path)) == {"FINISHED"}
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 2 * len(KINDS)
    for kind in KINDS:
        assert f"brick_07_{kind}.png" in names
    packed = {hashlib.sha256(image.packed_file.data).digest() for image in images_of(worn()).values()}
    assert {hashlib.sha256(path.read_bytes()).digest() for path in tmp_path.iterdir()} == packed


def test_a_folder_that_cannot_be_written_is_told(filmai: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_material(family="BRICK", **SMALL)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(RuntimeError, match="file"):
        bpy.ops.filmai.save_material_maps(directory=str(tmp_path / "file"))


def test_it_becomes_an_asset_with_tags(filmai: FilmAI) -> None:
    bpy.ops.filmai.generate_material(family="BRICK", **SMALL)
    assert bpy.ops.filmai.mark_material_asset() == {"FINISHED"}
    assert {"FilmAI", "Brick"} <= {tag.name for tag in worn().asset_data.tags}


def test_a_painted_image_is_the_layout(filmai: FilmAI) -> None:
    image = bpy.data.images.new("Mask", 64, 64)
    values = [0.0, 0.0, 0.0, 1.0] * (64 * 64)
    for row in range(16, 48):
        for column in range(16, 48):
            values[(row * 64 + column) * 4 : (row * 64 + column) * 4 + 3] = [1.0] * 3
    image.pixels.foreach_set(values)
    bpy.context.scene.filmai_studio.layout_image = image
    before = list(image.pixels[:16])
    assert bpy.ops.filmai.generate_material(family="CONCRETE", **SMALL) == {"FINISHED"}
    assert list(image.pixels[:16]) == before
    height = next(image for label, image in images_of(worn()).items() if "eight" in label)
    rows = list(height.pixels)[::4]
    middle = sum(rows[64 * 128 + 40 : 64 * 128 + 88])
    border = sum(rows[4 * 128 + 40 : 4 * 128 + 88])
    assert middle > border


def test_a_deleted_object_is_told_and_the_maps_are_kept(filmai: FilmAI) -> None:
    submit = filmai.module("operators.job_submit").submit_job
    wish = filmai.module("operators.job_operator").MaterialWish
    form = bpy.context.scene.filmai_studio
    form.size = "256"
    job = submit(bpy.context, wish(filmai.module("studio_form").read_form(form))).id
    bpy.data.objects.remove(bpy.data.objects["Cube"])
    bpy.context.view_layer.update()
    before = content()
    assert filmai.wait_for(job) == "FAILED"
    assert filmai.failure(job).code == "NOT_DELIVERED"
    assert "Cube" in filmai.failure(job).message
    assert content() == before
