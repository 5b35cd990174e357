"""Names of materials and their files, catalogues of assets, and the PNG that a layout travels in."""

import io
import uuid
from pathlib import Path

import pytest
from PIL import Image

from filmai_addon.contract import FAMILIES, MAP_KINDS, LayoutChoice
from filmai_addon.core.asset_catalogue import with_catalogue
from filmai_addon.core.naming import MAP_LABELS, free_stem, material_file_stem, material_name, material_title
from filmai_addon.core.png import rgba_png
from tests.unit.core.examples import material_settings


def test_titles() -> None:
    pattern = (LayoutChoice("pattern", "running_bond"),)
    assert material_title(material_settings()) == "Brick 7"
    assert material_title(material_settings(choices=pattern)) == "Brick 7, running bond"
    mixed = material_settings(mix_family="moss", mix=0.2, look_seed=12, variations=4)
    assert material_title(mixed) == "Brick and Moss 7-12, 4 variations"
    assert material_title(material_settings(mix_family="moss", mix=0.0)) == "Brick 7"


def test_names() -> None:
    assert material_name(material_settings()) == "FilmAI Brick 7"
    assert material_name(material_settings(look_seed=12)) == "FilmAI Brick 7-12"
    assert material_file_stem(material_settings()) == "brick_07"
    assert material_file_stem(material_settings(layout_seed=123, look_seed=4)) == "brick_123-04"


@pytest.mark.parametrize("family", [family.id for family in FAMILIES])
def test_image_names_fit_into_blenders_63_bytes(family: str) -> None:
    highest = material_settings(family=family, layout_seed=2**31 - 1, look_seed=2**31 - 2)
    longest = max(len(f"{material_name(highest)} {label}".encode()) for label in MAP_LABELS.values())
    assert longest <= 63 - len(".001")


def test_every_map_has_a_label() -> None:
    assert set(MAP_LABELS) == set(MAP_KINDS)


def test_a_free_stem_is_free_for_all_endings(tmp_path: Path) -> None:
    ends = ("_a.png", "_b.png")
    assert free_stem(tmp_path, "x", ends) == "x"
    (tmp_path / "x_b.png").touch()
    (tmp_path / "x_2_a.png").touch()
    assert free_stem(tmp_path, "x", iter(ends)) == "x_3"


def test_a_new_file_of_catalogues_has_blenders_head() -> None:
    text, number = with_catalogue("", "FilmAI/Brick")
    assert "\nVERSION 1\n" in text
    assert text.endswith(f"{number}:FilmAI/Brick:FilmAI-Brick\n")
    assert str(uuid.UUID(number)) == number


def test_a_catalogue_is_added_once_and_is_the_same_everywhere() -> None:
    first, number = with_catalogue("", "FilmAI/Brick")
    assert with_catalogue(first, "FilmAI/Brick") == (first, number)
    other, second = with_catalogue(first, "FilmAI/Moss")
    assert other.startswith(first)
    assert number != second
    assert with_catalogue("VERSION 1", "FilmAI/Brick")[1] == number


def test_what_others_wrote_stays_and_is_used() -> None:
    theirs = "# mine\nVERSION 1\n11111111-2222-3333-4444-555555555555:FilmAI/Brick:My bricks"
    assert with_catalogue(theirs, "FilmAI/Brick") == (theirs, "11111111-2222-3333-4444-555555555555")
    text, number = with_catalogue(theirs, "FilmAI/Moss")
    assert text == f"{theirs}\n{number}:FilmAI/Moss:FilmAI-Moss\n"


@pytest.mark.parametrize("text", ["VERSION 2\n", "hello\n", "# only a comment\n"])
def test_files_of_an_unknown_kind_are_left_alone(text: str) -> None:
    with pytest.raises(ValueError, match="version is not 1"):
        with_catalogue(text, "FilmAI/Brick")


def test_a_layout_is_a_png_that_others_read() -> None:
    rows = [bytes((255, 0, 0, 255, 0, 255, 0, 128, 1, 2, 3, 4)), bytes(range(12))]
    with Image.open(io.BytesIO(rgba_png(3, 2, rows))) as picture:
        assert (picture.size, picture.mode) == ((3, 2), "RGBA")
        assert picture.tobytes() == b"".join(rows)
