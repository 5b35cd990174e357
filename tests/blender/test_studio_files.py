"""Files of the Texture Studio: folders, saved maps, assets, the user's own layout. With the fake worker."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import numpy as np
import pytest

from tests.blender.conftest import FilmAI, content
from tests.blender.objects import maps_of, select

MAPS = ("basecolor", "height", "roughness", "metallic", "normal", "occlusion")


@pytest.fixture
def happy(fake: Callable[[str], FilmAI]) -> FilmAI:
    filmai = fake("happy")
    form = bpy.context.scene.filmai_studio
    form.size, form.custom_width, form.custom_height = "CUSTOM", 64, 64
    return filmai


def worn() -> Any:
    return bpy.data.objects["Cube"].active_material


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["plain", "mit Umlaut ä", "日本 語"])
def test_maps_in_a_folder_of_the_users(happy: FilmAI, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    happy.preferences.image_storage, happy.preferences.images_folder = "FOLDER", str(folder)
    for _twice in range(2):
        bpy.ops.filmai.generate_material()
    expected = [f"brick_07_{kind}.png" for kind in MAPS] + [f"brick_07_2_{kind}.png" for kind in MAPS]
    assert names_in(folder) == sorted(expected)
    for kind, image in maps_of(worn()).items():
        assert image.packed_file is None
        assert Path(bpy.path.abspath(image.filepath)) == folder / f"brick_07_2_{kind}.png"
    assert happy.job_folders() == []


def test_a_failure_halfway_leaves_neither_files_nor_datablocks(
    happy: FilmAI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    happy.preferences.image_storage, happy.preferences.images_folder = "FOLDER", str(tmp_path)
    before = content()
    delivery = happy.module("scene.material_delivery")
    make = delivery.new_studio_material

    def fail_at_the_second(name: str, *args: Any) -> Any:
        if name.endswith("8"):
            raise ValueError("halfway")
        return make(name, *args)

    monkeypatch.setattr(delivery, "new_studio_material", fail_at_the_second)
    assert happy.wait_for(happy.press_material(variations=2)) == "FAILED"
    assert content() == before
    assert list(tmp_path.iterdir()) == []


def test_an_object_that_was_deleted(happy: FilmAI) -> None:
    job = happy.press_material()
    bpy.data.objects.remove(bpy.data.objects["Cube"])
    bpy.context.view_layer.update()
    before = content()
    assert happy.wait_for(job) == "FAILED"
    assert content() == before
    assert "Cube: not there any more" in happy.failure(job).message
    (folder,) = happy.job_folders()
    assert folder in happy.failure(job).hint, "the maps are kept, and the user is told where"


def test_saved_maps_are_the_packed_files_byte_for_byte(happy: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_material()
    for round_, stem in enumerate(("brick_07", "brick_07_2")):
        assert bpy.ops.filmai.save_material_maps(directory=str(tmp_path / "new" / "folder")) == {"FINISHED"}
        assert len(names_in(tmp_path / "new" / "folder")) == 6 * (round_ + 1), "nothing is overwritten"
        for kind, image in maps_of(worn()).items():
            written = (tmp_path / "new" / "folder" / f"{stem}_{kind}.png").read_bytes()
            assert written == bytes(image.packed_file.data)


def test_saved_maps_of_a_folder_are_its_files(happy: FilmAI, tmp_path: Path) -> None:
    happy.preferences.image_storage, happy.preferences.images_folder = "FOLDER", str(tmp_path / "mine")
    bpy.ops.filmai.generate_material()
    bpy.ops.filmai.save_material_maps(directory=str(tmp_path / "copy"))
    for kind in MAPS:
        name = f"brick_07_{kind}.png"
        assert (tmp_path / "copy" / name).read_bytes() == (tmp_path / "mine" / name).read_bytes()
    (tmp_path / "mine" / "brick_07_normal.png").unlink()
    with pytest.raises(RuntimeError, match=r"FilmAI Brick 7 Normal cannot be read.*Redo"):
        bpy.ops.filmai.save_material_maps(directory=str(tmp_path / "copy"))
    assert len(names_in(tmp_path / "copy")) == 6


def test_the_shown_image_leads_to_its_material(happy: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_material(layout_seed=3, look_seed=3)
    shown = maps_of(worn())["roughness"]
    bpy.ops.filmai.generate_material(layout_seed=4, look_seed=4)
    window = bpy.context.window_manager.windows[0]
    area = window.screen.areas[0]
    area.ui_type = "IMAGE_EDITOR"
    area.spaces.active.image = shown
    with bpy.context.temp_override(window=window, area=area):
        bpy.ops.filmai.save_material_maps(directory=str(tmp_path))
    assert names_in(tmp_path)[0] == "brick_03_basecolor.png"


def test_a_map_that_was_painted_on_is_not_saved_as_it_was(happy: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_material()
    image = maps_of(worn())["basecolor"]
    image.pixels[0] = 1.0
    image.update()
    assert image.is_dirty
    with pytest.raises(RuntimeError, match="was changed and not saved since"):
        bpy.ops.filmai.save_material_maps(directory=str(tmp_path))
    image.pack()
    bpy.ops.filmai.save_material_maps(directory=str(tmp_path))
    assert (tmp_path / "brick_07_basecolor.png").read_bytes() == bytes(image.packed_file.data)


@pytest.mark.parametrize("kind", ["file in the way", "kernel"])
def test_a_folder_that_cannot_be_written_is_named(happy: FilmAI, tmp_path: Path, kind: str) -> None:
    if kind == "kernel" and sys.platform != "linux":
        pytest.skip("only Linux has such a folder")
    bpy.ops.filmai.generate_material()
    folder = tmp_path / "taken" if kind == "file in the way" else Path("/proc/filmai")
    if kind == "file in the way":
        folder.write_text("precious")
    with pytest.raises(RuntimeError, match=f"cannot be saved in {folder}.*another folder"):
        bpy.ops.filmai.save_material_maps(directory=str(folder))
    if kind == "file in the way":
        assert folder.read_text() == "precious"


def test_a_disk_that_fills_up_leaves_no_half_set(
    happy: FilmAI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bpy.ops.filmai.generate_material()
    open_ = Path.open

    def full(path: Path, mode: str = "r", *args: Any, **options: Any) -> Any:
        if path.name.endswith("normal.png") and "x" in mode:
            raise OSError(28, "No space left on device")
        return open_(path, mode, *args, **options)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(RuntimeError, match="No space left"):
        bpy.ops.filmai.save_material_maps(directory=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_relative_or_missing_folder_is_refused(happy: FilmAI, tmp_path: Path) -> None:
    bpy.ops.filmai.generate_material()
    with pytest.raises(RuntimeError, match="No folder is chosen"):
        bpy.ops.filmai.save_material_maps()
    with pytest.raises(RuntimeError, match="never saved"):
        bpy.ops.filmai.save_material_maps(directory="//maps")
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    bpy.ops.filmai.save_material_maps(directory="//maps")
    assert len(names_in(tmp_path / "maps")) == 6


def test_an_asset_has_tags_a_description_and_in_a_saved_file_a_catalogue(
    happy: FilmAI, tmp_path: Path
) -> None:
    bpy.ops.filmai.generate_material(prompt="old brick")
    bpy.ops.filmai.mark_material_asset()
    data = worn().asset_data
    assert {tag.name for tag in data.tags} == {"FilmAI", "Brick"}
    assert data.description == "old brick"
    assert data.catalog_id == "00000000-0000-0000-0000-000000000000", "the file has no folder as yet"
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    catalogues = tmp_path / "blender_assets.cats.txt"
    theirs = "VERSION 1\n\n11111111-2222-3333-4444-555555555555:Props:Props\n"
    catalogues.write_text(theirs)
    for _twice in range(2):
        bpy.ops.filmai.mark_material_asset()
    text = catalogues.read_text()
    assert text.startswith(theirs)
    assert text.count("FilmAI/Brick:FilmAI-Brick") == 1
    assert f"{data.catalog_id}:FilmAI/Brick" in text
    assert {tag.name for tag in data.tags} == {"FilmAI", "Brick"}
    assert names_in(tmp_path) == ["blender_assets.cats.txt", "scene.blend"]


def test_marking_is_one_undo_step(happy: FilmAI) -> None:
    bpy.ops.filmai.generate_material()
    bpy.ops.ed.undo_push(message="before")
    bpy.ops.filmai.mark_material_asset()
    bpy.ops.ed.undo_push(message="after")
    bpy.ops.ed.undo()
    assert worn().asset_data is None
    assert worn().name == "FilmAI Brick 7"


@pytest.mark.parametrize("trouble", ["unknown version", "folder"])
def test_catalogues_that_cannot_be_written_leave_the_asset_marked(
    happy: FilmAI, tmp_path: Path, trouble: str
) -> None:
    bpy.ops.filmai.generate_material()
    bpy.ops.wm.save_as_mainfile(filepath=str(tmp_path / "scene.blend"))
    catalogues = tmp_path / "blender_assets.cats.txt"
    if trouble == "folder":
        catalogues.mkdir()
    else:
        catalogues.write_text("VERSION 2\n")
    bpy.ops.filmai.mark_material_asset()
    assert worn().asset_data is not None
    assert trouble == "folder" or catalogues.read_text() == "VERSION 2\n"


def mask(name: str = "Mask", size: tuple[int, int] = (32, 16), **options: Any) -> Any:
    """Dark, with a bright lower left corner."""
    image = bpy.data.images.new(name, *size, **options)
    pixels = np.zeros((size[1], size[0], 4), np.float32)
    pixels[..., 3] = 1.0
    pixels[:4, :8, :3] = 1.0
    image.pixels.foreach_set(pixels.ravel())
    return image


def handed_over(filmai: FilmAI, image: Any, tmp_path: Path) -> np.ndarray:
    """What the worker would read: (height, width, 4), rows from the top."""
    write = filmai.module("scene.layout_picture").write_layout_picture
    path, _sha256 = write(image.name, tmp_path)
    copy = bpy.data.images.load(path, check_existing=False)
    values = np.empty(copy.size[0] * copy.size[1] * 4, np.float32)
    copy.pixels.foreach_get(values)
    return values.reshape(copy.size[1], copy.size[0], 4)[::-1]


def test_a_painted_layout_is_handed_over_and_the_image_left_as_it_is(happy: FilmAI) -> None:
    image = mask()
    before = (image.source, image.is_dirty, image.filepath, image.packed_file, image.users)
    bpy.context.scene.filmai_studio.layout_image = image
    bpy.ops.filmai.generate_material()
    assert "The layout picture has 32 x 16 pixels" in happy.rows[-1].note
    assert (image.source, image.is_dirty, image.filepath, image.packed_file) == before[:4]
    assert happy.job_folders() == []


def test_a_layout_arrives_upright(happy: FilmAI, tmp_path: Path) -> None:
    pixels = handed_over(happy, mask(), tmp_path)
    assert pixels.shape == (16, 32, 4)
    assert pixels[-4:, :8, :3].min() == 1.0
    assert pixels[:-4].max(axis=(0, 1))[:3].tolist() == [0.0, 0.0, 0.0]


def test_layouts_in_float_are_encoded_as_they_are_seen_and_data_is_left(
    happy: FilmAI, tmp_path: Path
) -> None:
    for is_data, expected in ((False, 0.735), (True, 0.5)):
        image = bpy.data.images.new("Deep", 8, 8, float_buffer=True, is_data=is_data)
        pixels = np.full((8, 8, 4), 0.5, np.float32)
        pixels[..., 3] = 1.0
        image.pixels.foreach_set(pixels.ravel())
        assert handed_over(happy, image, tmp_path)[0, 0, 0] == pytest.approx(expected, abs=0.005)


def test_a_large_layout_is_made_smaller(happy: FilmAI, tmp_path: Path) -> None:
    assert handed_over(happy, mask(size=(2048, 1024)), tmp_path).shape == (512, 1024, 4)


def test_layouts_that_cannot_be_used_are_named(happy: FilmAI, tmp_path: Path) -> None:
    form = bpy.context.scene.filmai_studio
    form.layout_image = mask("Huge", (8192, 64))
    with pytest.raises(RuntimeError, match="'Huge' is larger than 4096 pixels"):
        bpy.ops.filmai.generate_material()
    broken = mask("Broken")
    broken.filepath_raw, broken.source = str(tmp_path / "nowhere.png"), "FILE"
    form.layout_image = broken
    with pytest.raises(RuntimeError, match="'Broken' has no pixels that can be read"):
        bpy.ops.filmai.generate_material()
    assert happy.job_folders() == []
    assert happy.rows == ()


def test_redo_without_its_layout_says_which_one_is_missing(happy: FilmAI) -> None:
    image = mask()
    bpy.context.scene.filmai_studio.layout_image = image
    bpy.ops.filmai.generate_material()
    bpy.data.images.remove(image)
    with pytest.raises(RuntimeError, match="The layout image 'Mask' is not in this file"):
        bpy.ops.filmai.redo_job()
    bpy.ops.filmai.edit_material()
    assert bpy.context.scene.filmai_studio.layout_image is None


def test_redo_with_a_layout_that_was_painted_on_since_says_so(happy: FilmAI) -> None:
    image = mask()
    bpy.context.scene.filmai_studio.layout_image = image
    bpy.ops.filmai.generate_material()
    bpy.ops.filmai.redo_job()
    assert "layout image was changed" not in happy.rows[-1].note
    image.pixels.foreach_set(np.ones(32 * 16 * 4, np.float32))
    bpy.ops.filmai.redo_job()
    assert "The layout image was changed since the original was made" in happy.rows[-1].note


def test_in_the_image_editor_the_base_color_is_shown(happy: FilmAI) -> None:
    area = bpy.context.window_manager.windows[0].screen.areas[0]
    area.ui_type = "IMAGE_EDITOR"
    select()
    bpy.ops.filmai.generate_material()
    assert area.spaces.active.image == bpy.data.images["FilmAI Brick 7 Base Color"]
