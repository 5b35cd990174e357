"""A folder of the user's pictures: what is read, what is guessed and said, what is left out and named."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ml.train.folder_guide import GUIDE_PX, periodic_squares, picture_guide, resized
from ml.train.folder_pictures import USUAL_ROUGHNESS, FolderError, read_folder


def picture(width: int = 160, height: int = 160, seed: int = 0) -> np.ndarray:
    """Soft blotches that do not tile."""
    small = np.random.default_rng(seed).integers(
        0, 256, (height // 16 + 1, width // 16 + 1, 3), dtype=np.uint8
    )
    grown = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(grown)


def save(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)


def test_pictures_of_every_kind_are_read_and_what_is_guessed_is_said(tmp_path: Path) -> None:
    for index, ending in enumerate(("png", "jpg", "tiff")):
        save(tmp_path / f"slate {index}.{ending}", picture(seed=index))
    found = read_folder(tmp_path)
    assert [entry.name for entry in found.pictures] == ["slate 0.png", "slate 1.jpg", "slate 2.tiff"]
    assert found.pictures[0].maps.shape == (6, 160, 160)
    assert [note.split()[0] for note in found.notes] == ["Height", "Roughness", "Metallic"]
    assert all("all 3 pictures" in note for note in found.notes)
    maps = found.pictures[0].maps
    light = np.tensordot([0.2126, 0.7152, 0.0722], maps[:3], 1)
    assert np.corrcoef(light.ravel(), maps[3].ravel())[0, 1] > 0.98, "dark counts as deep"
    assert (maps[3].min(), maps[3].max()) == (0, 1)
    assert np.allclose(maps[4], USUAL_ROUGHNESS)


def test_one_picture_is_enough(tmp_path: Path) -> None:
    save(tmp_path / "a.PNG", picture())
    assert len(read_folder(tmp_path).pictures) == 1


def test_sets_of_maps_are_put_together_by_their_names(tmp_path: Path) -> None:
    save(tmp_path / "slate_01_basecolor.png", picture())
    deep = np.linspace(0, 65535, 160 * 160).reshape(160, 160).astype(np.uint16)
    Image.fromarray(deep).save(tmp_path / "slate_01_displacement.png")
    save(tmp_path / "slate_01-Roughness.jpg", np.full((80, 80), 51, np.uint8))
    save(tmp_path / "slate_01_metalness.png", np.full((160, 160), 255, np.uint8))
    save(tmp_path / "slate_01_normal.png", picture())
    save(tmp_path / "rusty metal.png", picture(seed=3))
    found = read_folder(tmp_path)
    assert [entry.name for entry in found.pictures] == ["rusty metal.png", "slate_01_basecolor.png"]
    maps = found.pictures[1].maps
    assert np.allclose(maps[3], deep / 65535, atol=1e-3), "16 bits are kept, over their full range"
    assert np.allclose(maps[4], 0.2, atol=0.01)
    assert np.allclose(maps[5], 1)
    assert all("1 of 2" in note for note in found.notes)


def test_what_cannot_be_used_is_left_out_and_named(tmp_path: Path) -> None:
    save(tmp_path / "good.png", picture())
    save(tmp_path / "small.png", picture(300, 100))
    save(tmp_path / "flat.png", np.full((200, 200, 3), 99, np.uint8))
    save(tmp_path / "lonely_height.png", picture())
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    (tmp_path / "cut.png").write_bytes((tmp_path / "good.png").read_bytes()[:2000])
    (tmp_path / "notes.txt").write_text("not a picture")
    found = read_folder(tmp_path)
    assert [entry.name for entry in found.pictures] == ["good.png"]
    notes = " ".join(found.notes)
    for word in ("small.png is left out: 300 x 100", "flat.png is left out", "lonely_height.png is left out"):
        assert word in notes
    assert "broken.jpg is left out: it is no picture" in notes
    assert "cut.png is left out" in notes
    assert "notes.txt" not in notes


def test_a_large_picture_is_made_smaller_and_a_turned_one_upright(tmp_path: Path) -> None:
    turned = Image.fromarray(picture(2600, 1300))
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(tmp_path / "photo.jpg", exif=exif)
    assert read_folder(tmp_path).pictures[0].maps.shape == (6, 2048, 1024)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "There is no folder"),
        (lambda path: path.write_text("x"), "is no folder"),
        (lambda path: path.mkdir(), "There is no picture"),
        (lambda path: save(path / "a.png", picture(64, 64)), "can be used. .*64 x 64"),
        (lambda path: save(path / "within" / "a.png", picture()), "There is no picture"),
    ],
    ids=["absent", "a file", "empty", "all too small", "only folders"],
)
def test_a_folder_that_holds_nothing_says_so(tmp_path: Path, make: object, words: str) -> None:
    make(tmp_path / "folder")  # type: ignore[operator]
    with pytest.raises(FolderError, match=words):
        read_folder(tmp_path / "folder")


def wrap_step(maps: np.ndarray) -> float:
    """How much larger the largest mean step across a border is than the largest inside."""
    ratios = []
    for axis in (1, 2):
        inside = np.abs(np.diff(maps, axis=axis)).mean(axis=(0, 3 - axis)).max()
        ratios.append(float(np.abs(maps.take(0, axis) - maps.take(-1, axis)).mean() / inside))
    return max(ratios)


def test_a_photograph_is_made_to_tile(tmp_path: Path) -> None:
    save(tmp_path / "a.png", picture(240, 240))
    maps = read_folder(tmp_path).pictures[0].maps
    assert wrap_step(maps) > 1.5
    (square,) = periodic_squares(maps)
    assert square.shape == (6, 200, 200)
    assert wrap_step(square) < 1.2


def test_a_picture_that_tiles_stays_as_it_is() -> None:
    rows, columns = np.mgrid[:144, :144] * (2 * np.pi / 144)
    wave = (0.5 + 0.4 * np.sin(2 * rows + columns)).astype(np.float32)
    maps = np.stack([wave] * 6)
    (square,) = periodic_squares(maps)
    assert square is maps


@pytest.mark.parametrize(("size", "count"), [((6, 160, 200), 1), ((6, 400, 160), 2), ((6, 160, 600), 2)])
def test_an_oblong_picture_gives_squares(size: tuple[int, int, int], count: int) -> None:
    maps = np.random.default_rng(0).random(size, np.float32)
    squares = list(periodic_squares(maps))
    assert len(squares) == count
    assert {square.shape[1:] for square in squares} == {(128, 128)}


@pytest.mark.parametrize("px", [128, 256, 512])
def test_resizing_goes_around_the_border(px: int) -> None:
    rows, columns = np.mgrid[:200, :200] * (2 * np.pi / 200)
    wave = (0.5 + 0.4 * np.sin(rows + 2 * columns)).astype(np.float32)[None]
    there = (np.arange(px) + 0.5) / px * 200 - 0.5
    expected = 0.5 + 0.4 * np.sin((there[:, None] + 2 * there[None, :]) * 2 * np.pi / 200)
    assert np.abs(resized(wave, px)[0] - expected).max() < 2e-3


def test_the_guide_shows_where_the_picture_is_high() -> None:
    square = np.full((6, 128, 128), 0.2, np.float32)
    square[:4, 32:96, 32:96] = 0.8
    guide = picture_guide(square)
    assert guide.shape == (4, GUIDE_PX, GUIDE_PX)
    assert (guide.min(), guide.max()) >= (0, 0)
    middle, corner = guide[0, 96:160, 96:160].mean(), guide[0, :32, :32].mean()
    assert middle > 0.75
    assert corner < middle - 0.3
    assert np.allclose(guide.mean((1, 2)), 0.5, atol=0.01), "ranks are even"
