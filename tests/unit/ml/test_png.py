"""PNG files against the reader that everybody has."""

import io

import numpy as np
import pytest
from PIL import Image

from ml.tasks.png import Pixels, png_pieces


def file_of(pixels: Pixels, rows: int) -> bytes:
    bands = (pixels[top : top + rows] for top in range(0, len(pixels), rows))
    return b"".join(png_pieces(len(pixels), bands))


@pytest.mark.parametrize(
    ("shape", "kind", "mode"),
    [((33, 47, 3), np.uint8, "RGB"), ((33, 47), np.uint8, "L"), ((33, 47), np.uint16, "I;16")],
)
@pytest.mark.parametrize("rows", [1, 8, 33])
def test_pictures_come_back_whatever_the_bands(
    shape: tuple[int, ...], kind: type[np.uint8] | type[np.uint16], mode: str, rows: int
) -> None:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, np.iinfo(kind).max, shape, kind, endpoint=True)
    with Image.open(io.BytesIO(file_of(pixels, rows))) as picture:
        assert (picture.mode, picture.info) == (mode, {})
        assert np.array_equal(np.asarray(picture), pixels)


def test_equal_pixels_give_equal_bytes_and_flat_ones_few() -> None:
    flat = np.full((256, 256), 700, np.uint16)
    assert file_of(flat, 16) == file_of(flat.copy(), 16)
    assert len(file_of(flat, 16)) < 2_000


def test_a_slice_of_a_larger_picture_is_written_as_it_is_seen() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (20, 40, 3), np.uint8)[::2, 5:25]
    with Image.open(io.BytesIO(file_of(pixels, 4))) as picture:
        assert np.array_equal(np.asarray(picture), pixels)
