"""Folders of pictures as people have them: good, odd and broken."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from ml.families import FAMILY_INDEX
from ml.train.data import BatchSampler, DataError, load_pictures, read_picture, vary
from ml.train.recipe import DataRecipe


def variation(roll: str = "none", mirror: bool = False, turn: bool = False) -> DataRecipe:
    return DataRecipe(pattern="*", periodic=True, roll=roll, mirror=mirror, turn=turn)  # type: ignore[arg-type]


def test_family_folders_keep_their_place_among_the_families(picture_folder: Path) -> None:
    pictures = load_pictures(picture_folder, "*.png", periodic=True, px=64)
    assert pictures.images.shape == (6, 3, 64, 64)
    assert pictures.images.dtype == torch.uint8
    assert pictures.names == tuple(FAMILY_INDEX)
    assert pictures.classes.tolist() == [FAMILY_INDEX["brick"]] * 3 + [FAMILY_INDEX["sand"]] * 3
    assert not pictures.turnable[FAMILY_INDEX["brick"]]
    assert pictures.turnable[FAMILY_INDEX["sand"]]


def test_other_folder_names_become_classes_in_alphabetical_order(picture_folder: Path) -> None:
    (picture_folder / "sand").rename(picture_folder / "zebra")
    pictures = load_pictures(picture_folder, "*.png", periodic=True, px=64)
    assert pictures.names == ("brick", "zebra")
    assert pictures.turnable.tolist() == [False, False]


def test_a_folder_without_sub_folders_has_no_classes(picture_folder: Path) -> None:
    pictures = load_pictures(picture_folder / "sand", "*.png", periodic=True, px=64)
    assert pictures.names == ()
    assert pictures.classes.tolist() == [0, 0, 0]


def test_broken_files_are_named_and_the_rest_is_used(picture_folder: Path) -> None:
    whole = (picture_folder / "brick" / "0.png").read_bytes()
    (picture_folder / "brick" / "cut.png").write_bytes(whole[: len(whole) // 2])
    (picture_folder / "brick" / "empty.png").write_bytes(b"")
    (picture_folder / "sand" / "letter.png").write_text("Dear Sir")
    (picture_folder / "sand" / "notes.txt").write_text("not matched by the pattern")
    Image.new("RGB", (4, 4)).save(picture_folder / "sand" / "dot.png")
    pictures = load_pictures(picture_folder, "*.png", periodic=True, px=64)
    assert len(pictures.images) == 6
    named = sorted(line.split(":")[0].replace("\\", "/") for line in pictures.skipped)
    assert named == ["brick/cut.png", "brick/empty.png", "sand/dot.png", "sand/letter.png"]


@pytest.mark.parametrize("case", ["absent", "empty", "unmatched", "broken"])
def test_a_folder_without_usable_pictures_is_an_error(tmp_path: Path, case: str) -> None:
    folder = tmp_path / "pictures"
    if case != "absent":
        folder.mkdir()
    if case == "unmatched":
        (folder / "notes.txt").write_text("hello")
    if case == "broken":
        (folder / "broken.png").write_text("hello")
    with pytest.raises(DataError, match="pictures"):
        load_pictures(folder, "*.png", periodic=True, px=64)


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("L", 200, (200, 200, 200)),
        ("1", 1, (255, 255, 255)),
        ("RGBA", (10, 20, 30, 128), (10, 20, 30)),
        ("LA", (90, 255), (90, 90, 90)),
        ("CMYK", (255, 0, 0, 0), (0, 255, 255)),
        ("I;16", 257 * 100, (100, 100, 100)),
        ("P", 0, (7, 8, 9)),
    ],
)
def test_every_colour_mode_becomes_rgb(
    tmp_path: Path, mode: str, colour: int | tuple[int, ...], expected: tuple[int, ...]
) -> None:
    path = tmp_path / ("picture.tif" if mode == "CMYK" else "picture.png")
    image = Image.new(mode, (20, 20), colour)
    if mode == "P":
        image.putpalette([7, 8, 9] * 256)
    image.save(path)
    pixels = read_picture(path, periodic=False, px=16)
    assert pixels.shape == (16, 16, 3)
    assert np.abs(pixels.astype(int) - expected).max() <= 1


def test_the_middle_square_of_an_oblong_picture_is_used(tmp_path: Path) -> None:
    pixels = np.zeros((20, 60, 3), np.uint8)
    pixels[:, 20:40] = 255
    Image.fromarray(pixels).save(tmp_path / "wide.png")
    assert read_picture(tmp_path / "wide.png", periodic=False, px=16).min() == 255


def test_scaling_a_tile_commutes_with_shifting_it(tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (128, 128, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    Image.fromarray(np.roll(pixels, (40, 60), (0, 1))).save(tmp_path / "b.png")
    first = read_picture(tmp_path / "a.png", periodic=True, px=64).astype(int)
    second = read_picture(tmp_path / "b.png", periodic=True, px=64).astype(int)
    assert np.abs(np.roll(first, (20, 30), (0, 1)) - second).max() <= 1


def test_batches_hold_every_present_class_equally_often(picture_folder: Path) -> None:
    (picture_folder / "sand" / "1.png").unlink()
    (picture_folder / "sand" / "2.png").unlink()
    sampler = BatchSampler(load_pictures(picture_folder, "*.png", periodic=True, px=64))
    classes = sampler.draw_classes(10, 0, torch.Generator().manual_seed(0))
    assert torch.bincount(classes)[sampler.present].tolist() == [5, 5]
    assert classes.unique_consecutive().numel() == 2, "the pictures of a class lie side by side"


def test_fewer_classes_share_a_batch_when_asked(picture_folder: Path) -> None:
    sampler = BatchSampler(load_pictures(picture_folder, "*.png", periodic=True, px=64))
    rng = torch.Generator().manual_seed(0)
    drawn = [set(sampler.draw_classes(4, 1, rng).tolist()) for _ in range(20)]
    assert all(len(classes) == 1 for classes in drawn)
    assert set.union(*drawn) == set(sampler.present.tolist()), "every class has its turn"


def test_drawn_pictures_belong_to_the_classes(picture_folder: Path) -> None:
    pictures = load_pictures(picture_folder, "*.png", periodic=True, px=64)
    wanted = torch.tensor([FAMILY_INDEX["sand"], FAMILY_INDEX["brick"]] * 10)
    drawn = BatchSampler(pictures).draw_images(wanted, torch.Generator().manual_seed(0))
    seen = set()
    for image, class_index in zip(drawn, wanted, strict=True):
        (match,) = (pictures.images == image).flatten(1).all(1).nonzero()[:, 0].tolist()
        assert pictures.classes[match] == class_index
        seen.add(match)
    assert len(seen) == 6


def test_each_variation_does_what_it_says() -> None:
    image = torch.arange(3 * 8 * 8, dtype=torch.uint8).reshape(1, 3, 8, 8)
    many, yes, no = (
        image.repeat(64, 1, 1, 1),
        torch.ones(64, dtype=torch.bool),
        torch.zeros(64, dtype=torch.bool),
    )
    rng = torch.Generator().manual_seed(0)

    def distinct(recipe: DataRecipe, turnable: torch.Tensor) -> int:
        return len({bytes(row.flatten().tolist()) for row in vary(many, turnable, recipe, rng)})

    assert distinct(variation(), yes) == 1
    assert distinct(variation(mirror=True), no) == 2
    assert distinct(variation(turn=True), yes) == 4
    assert distinct(variation(turn=True), no) == 1
    assert distinct(variation(mirror=True, turn=True), yes) == 8
    assert distinct(variation(roll="turnable"), no) == 1
    assert distinct(variation(roll="all"), no) > 30
    for row in vary(many, no, variation(roll="all"), rng):
        assert torch.equal(row.sort(-1).values.sum((1, 2)), image[0].sum((1, 2)))
